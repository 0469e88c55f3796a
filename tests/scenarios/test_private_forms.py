"""A private meeting under each form that the policy knows, from the first run on and when it turns private (pains 10)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.db.tables import Table
from liaison.errors import PrivateMeeting
from series_world import nth, weekly

SECRETS = {
    "subject": "Canary surgery",
    "body": "Canary ward",
    "location": "Canary clinic",
    "attendees": ["canary@clinic.example"],
}


def stored(world):
    """Everything that any table holds, as text."""
    with world.database.transaction() as session:
        return {
            table.name: str(session.execute(select(table)).all())
            for table in Table.metadata.sorted_tables
        }


def leaks(world):
    return [name for name, text in stored(world).items() if "canary" in text.lower()]


def secret_meeting(world, ann, **more):
    given = SECRETS | {"start": world.tomorrow(), "sensitivity": "private"} | more
    return ann.create_event(**given)


def people_of(world, made):
    return [one.address for one in world.activity_now(made.activity).participants]


@pytest.mark.parametrize("form", ["busy-only", "owner-only", "include"])
def test_private_a_meeting_may_be_linked_unless_it_is_skipped(world, ann, form):
    world.set_policy(private=form)

    made = world.link(ann, secret_meeting(world, ann), world.activity(ann))

    assert world.link_now(made.link).state is LinkState.LIVE


def test_private_under_skip_linking_is_refused_and_nothing_is_stored(world, ann):
    with pytest.raises(PrivateMeeting):
        world.link(ann, secret_meeting(world, ann), world.activity(ann))
    world.run(ann)

    assert leaks(world) == []


@pytest.mark.parametrize("way", ["link", "create"])
def test_private_under_busy_only_stores_the_times_and_nothing_else(world, ann, bo, way, capfd):
    world.set_policy(private="busy-only", unknownParticipants="review")
    event_id = secret_meeting(world, ann, attendees=["canary@clinic.example", bo.address])
    made = (
        world.create(ann, event_id)
        if way == "create"
        else world.link(ann, event_id, world.activity(ann))
    )
    ann.change_event(event_id, start=world.tomorrow(15), subject="Canary second surgery")
    world.run(ann, bo, ann)

    activity = world.activity_now(made.activity)
    assert (activity.subject, activity.notes, activity.place) == ("Private appointment", "", "")
    assert activity.when.start == world.tomorrow(15)
    assert (people_of(world, made), activity.review) == ([ann.address], ())
    assert leaks(world) == []
    assert "canary" not in "".join(capfd.readouterr()).lower()
    assert "private" in world.reasons(made.link)


def test_private_of_an_outsiders_meeting_not_even_the_organizer_is_stored(world, ann):
    world.set_policy(private="busy-only")
    world.sandbox.tenant.outside.invite(
        ("Canary Moreau", "canary@clinic.example"),
        subject="Canary",
        start=world.tomorrow(),
        attendees=[ann.address],
        sensitivity="private",
    )
    made = world.create(ann, ann.events()[0].id)
    world.run(ann)

    assert people_of(world, made) == [ann.address]
    assert world.activity_now(made.activity).organizer.address == ann.address
    assert leaks(world) == []


def test_private_a_linked_meeting_that_turns_private_is_frozen_under_skip(world, ann):
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    ann.change_event(event_id, sensitivity="private", subject="Canary renamed")
    world.run(ann)

    link = world.link_now(made.link)
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.PRIVATE)
    assert world.activity_now(made.activity).subject == "Canary surgery"


def test_private_content_and_log_are_replaced_when_a_meeting_turns_private(world, ann):
    world.set_policy(private="busy-only", unknownParticipants="review")
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    ann.change_event(event_id, location="Canary wing")
    world.run(ann)
    assert {"activities", "decisions", "links"} <= set(leaks(world))

    ann.change_event(event_id, sensitivity="private")
    world.run(ann)

    assert world.activity_now(made.activity).subject == "Private appointment"
    assert leaks(world) == []


def test_private_no_longer_brings_everything_back_whoever_owns_it(world, ann):
    world.set_policy(private="busy-only")
    event_id = secret_meeting(world, ann)
    made = world.create(ann, event_id)
    world.run(ann)

    ann.change_event(event_id, sensitivity="normal")
    world.run(ann)

    activity = world.activity_now(made.activity)
    assert (activity.subject, activity.place) == ("Canary surgery", "Canary clinic")
    assert people_of(world, made) == [ann.address, "canary@clinic.example"]


def test_private_under_owner_only_is_confidential_from_that_run_on_and_no_longer(world, ann):
    world.set_policy(private="owner-only")
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    before = world.activity_now(made.activity).confidential

    ann.change_event(event_id, sensitivity="confidential")
    world.run(ann)
    while_private = world.activity_now(made.activity)
    ann.change_event(event_id, sensitivity="normal", subject="Open day")
    world.run(ann)
    after = world.activity_now(made.activity)

    assert (before, while_private.confidential, after.confidential) == (False, True, False)
    assert (while_private.subject, after.subject) == ("Canary surgery", "Open day")
    told = [one for one in world.log(made.link) if one.reason == "activity-updated"]
    assert [one.facts.get("confidential") for one in told] == [True, True]


def test_private_from_the_first_run_on_is_confidential(world, ann):
    world.set_policy(private="owner-only")

    made = world.create(ann, secret_meeting(world, ann))

    assert world.activity_now(made.activity).confidential


def test_private_under_include_is_like_any_other(world, ann):
    world.set_policy(private="include")
    made = world.create(ann, secret_meeting(world, ann))
    world.run(ann)

    activity = world.activity_now(made.activity)
    assert (activity.subject, activity.confidential) == ("Canary surgery", False)


def test_private_only_an_invitees_own_copy_changes_nothing(world, ann, bo):
    world.set_policy(private="busy-only")
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    made = world.create(ann, event_id)
    world.run(bo)
    [copy] = bo.events()
    bo.change_event(copy.id, sensitivity="private")
    world.run(bo, ann)

    assert world.activity_now(made.activity).subject == "Review"


def test_private_frozen_links_go_on_when_the_policy_lets_their_times_in(world, ann):
    event_id = secret_meeting(world, ann, sensitivity="normal")
    made = world.create(ann, event_id)
    ann.change_event(event_id, sensitivity="private")
    world.run(ann)
    world.set_policy(private="busy-only")
    ann.change_event(event_id, start=world.tomorrow() + timedelta(hours=2))
    world.run(ann)

    assert world.link_now(made.link).state is LinkState.LIVE
    assert leaks(world) == []


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ("skip", ("cancelled", {})),
        ("owner-only", ("cancelled", {})),
        ("busy-only", ("changed", {"subject": "Private appointment"})),
        ("include", ("changed", {"subject": "Canary surgery"})),
    ],
)
def test_private_single_occurrences_of_an_open_series_follow_the_policy_too(world, ann, form, told):
    world.set_policy(private=form)
    start = world.tomorrow()
    event_id = ann.create_event(subject="Weekly", start=start, recurrence=weekly(start))
    made = world.create(ann, event_id, Scope.SERIES)
    ann.change_occurrence(event_id, nth(world, 1), subject="Canary surgery", sensitivity="private")
    world.run(ann)

    [exception] = world.activity_now(made.activity).recurrence.exceptions
    assert (exception.kind, dict(exception.fields)) == told
    assert bool(leaks(world)) is (form == "include")


@pytest.mark.parametrize("form", ["busy-only", "owner-only", "include"])
def test_private_meetings_are_captured_in_the_same_form(world, ann, form):
    world.set_policy(private=form, capture="all", captureInternal="off")
    secret_meeting(world, ann)
    world.run(ann)

    with world.database.transaction() as session:
        [activity] = session.execute(text("SELECT subject, confidential FROM activities"))
    assert activity.confidential is (form == "owner-only")
    assert bool(leaks(world)) is (form != "busy-only")


def test_private_meetings_are_not_captured_under_skip(world, ann):
    world.set_policy(capture="all")
    secret_meeting(world, ann)
    [report] = world.run(ann)

    assert (report.counts["private"], world.count("activities")) == (1, 0)
