from datetime import timedelta

import pytest

from liaison.calendar.linking.values import MeetingQuery
from liaison.calendar.linking.views import show_meeting
from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from liaison.errors import ScopeMismatch

BO = "bo@nordwind.example"


def weekly(start, count=6):
    day = start.strftime("%A").lower()
    return {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": [day]},
        "range": {
            "type": "numbered",
            "startDate": start.date().isoformat(),
            "numberOfOccurrences": count,
        },
    }


HABITS = {
    "as documented": {},
    "one uid for all occurrences": {"occurrence_ical_uid": "same", "delta_lists": "master"},
    "nothing of exceptions on the master": {"knows_series_members": False},
}


@pytest.fixture(autouse=True, params=HABITS)
def habits(request, sandbox):
    """Sources disagree on what Microsoft 365 tells of series; the product is right under each."""
    for name, value in HABITS[request.param].items():
        setattr(sandbox.settings, name, value)


@pytest.fixture
def series(world, ann):
    start = world.tomorrow()
    return ann.create_event(subject="Team", start=start, attendees=[BO], recurrence=weekly(start))


def nth(world, number):
    return world.tomorrow() + timedelta(weeks=number)


def kinds(activity):
    return [(one.original_start, one.kind) for one in activity.recurrence.exceptions]


def test_a_series_becomes_one_activity_with_its_rule(world, ann, series):
    linked = world.create(ann, series, scope=Scope.SERIES)

    assert linked.activity.recurrence.rule.startswith("FREQ=WEEKLY")
    assert "COUNT=6" in linked.activity.recurrence.rule
    assert linked.activity.when.start == world.tomorrow()
    assert linked.link.scope is Scope.SERIES


def test_a_series_is_not_linked_as_a_single_meeting(world, ann, series):
    with pytest.raises(ScopeMismatch):
        world.create(ann, series, scope=Scope.SINGLE)


def test_a_moved_occurrence_is_an_exception_and_a_cancelled_one_is_no_resurrection(
    world, ann, series
):
    linked = world.create(ann, series, scope=Scope.SERIES)

    ann.change_occurrence(series, nth(world, 1), start=nth(world, 1) + timedelta(hours=2))
    ann.cancel_occurrence(series, nth(world, 2))
    world.run(ann)

    activity = world.activity_now(linked.activity)
    assert kinds(activity) == [
        (nth(world, 1), OccurrenceKind.CHANGED),
        (nth(world, 2), OccurrenceKind.CANCELLED),
    ]
    assert {"occurrence-changed", "occurrence-cancelled"} <= set(world.reasons(linked.link))

    world.run(ann)
    assert world.activity_now(linked.activity).version == activity.version


def test_a_renamed_series_renames_its_activity_and_keeps_its_exceptions(world, ann, series):
    linked = world.create(ann, series, scope=Scope.SERIES)
    ann.cancel_occurrence(series, nth(world, 2))
    world.run(ann)

    ann.change_event(series, subject="Sales team")
    world.run(ann)

    activity = world.activity_now(linked.activity)
    assert activity.subject == "Sales team"
    assert kinds(activity) == [(nth(world, 2), OccurrenceKind.CANCELLED)]


def test_an_occurrence_of_its_own_is_left_out_of_the_series_activity(world, ann, series):
    whole = world.create(ann, series, scope=Scope.SERIES)
    occurrence = ann.occurrences(series, nth(world, 1), nth(world, 2))[0]

    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)

    assert part.link.original_start == nth(world, 1)
    assert part.activity.when.start == nth(world, 1)
    assert part.activity.recurrence is None
    assert kinds(world.activity_now(whole.activity)) == [(nth(world, 1), OccurrenceKind.CANCELLED)]

    world.unlink(ann, part.link)
    world.run(ann)
    assert kinds(world.activity_now(whole.activity)) == []


def test_a_linked_occurrence_follows_its_own_changes_only(world, ann, series):
    occurrence = ann.occurrences(series, nth(world, 1), nth(world, 2))[0]
    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)

    ann.change_occurrence(series, nth(world, 2), subject="Another one")
    ann.change_occurrence(series, nth(world, 1), subject="With the customer")
    world.run(ann)
    assert world.activity_now(part.activity).subject == "With the customer"

    ann.cancel_occurrence(series, nth(world, 1))
    world.run(ann)

    assert world.activity_now(part.activity).status is ActivityStatus.CANCELLED
    assert "occurrence-cancelled" in world.reasons(part.link)
    assert world.link_now(part.link).state is LinkState.ENDED


def test_an_occurrence_is_found_by_its_time_where_outlook_names_the_series(world, ann, series):
    query = MeetingQuery(item_id=series, start=nth(world, 3))

    view = show_meeting(world.tools, world.sign_in(ann), query)

    assert view.event.when.start == nth(world, 3)
    assert view.event.original_start == nth(world, 3)


def test_a_shifted_series_keeps_its_linked_occurrence(world, ann, series):
    occurrence = ann.occurrences(series, nth(world, 1), nth(world, 2))[0]
    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)

    ann.change_event(series, start=world.tomorrow(14))
    world.run(ann)

    link = world.link_now(part.link)
    assert link.original_start == nth(world, 1) + timedelta(hours=4)
    assert world.activity_now(part.activity).when.start == nth(world, 1) + timedelta(hours=4)


def test_a_single_meeting_that_becomes_a_series_keeps_its_link(world, ann):
    start = world.tomorrow()
    event_id = ann.create_event(subject="Talk", start=start)
    linked = world.create(ann, event_id)

    ann.make_series(event_id, weekly(start))
    world.run(ann)

    link = world.link_now(linked.link)
    assert (link.state, link.scope) == (LinkState.LIVE, Scope.SERIES)
    assert world.activity_now(linked.activity).recurrence is not None
    assert "kind-changed" in world.reasons(linked.link)

    ann.make_single(event_id)
    world.run(ann)
    assert world.link_now(linked.link).scope is Scope.SINGLE
    assert world.activity_now(linked.activity).recurrence is None


def test_a_cancelled_series_cancels_its_activity_once(world, ann, series, sandbox):
    sandbox.settings.deleted_items_still_answer = False
    linked = world.create(ann, series, scope=Scope.SERIES)

    ann.cancel_event(series)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    assert world.reasons(linked.link).count("event-cancelled") == 1


def test_this_and_following_shortens_the_old_series_and_the_new_one_can_continue_it(
    world, ann, series
):
    linked = world.create(ann, series, scope=Scope.SERIES)

    new_id = ann.change_from(series, nth(world, 3), start=nth(world, 3) + timedelta(hours=1))
    world.run(ann)

    shortened = world.activity_now(linked.activity).recurrence.rule
    view = world.show(ann, new_id)
    assert "COUNT=6" not in shortened
    assert view.suggestions[0][1] == "continues this series"

    again = world.link(ann, new_id, linked.activity, scope=Scope.SERIES)
    assert again.activity.when.start == nth(world, 3) + timedelta(hours=1)
    assert world.link_now(linked.link).state is LinkState.ENDED


def test_an_invitee_links_a_colleagues_series_on_the_organizers_copy(world, ann, bo):
    start = world.tomorrow()
    series = ann.create_event(
        subject="Team", start=start, attendees=[bo.address], recurrence=weekly(start)
    )
    copy = next(event for event in bo.events() if event.ical_uid == ann.event(series).ical_uid)

    linked = world.create(bo, copy.id, scope=Scope.SERIES)
    ann.change_event(series, subject="Sales team")
    world.run(ann, bo)

    assert world.activity_now(linked.activity).subject == "Sales team"
    assert {one.mailbox_id for one in world.link_now(linked.link).copies} == {
        world.own(ann).id,
        world.own(bo).id,
    }


def test_a_notification_about_an_occurrence_is_carried_out_on_its_series(world, ann, series):
    linked = world.create(ann, series, scope=Scope.SERIES)
    world.run(ann)

    ann.change_occurrence(series, nth(world, 1), subject="With the customer")
    occurrence = ann.occurrences(series, nth(world, 1), nth(world, 2))[0]
    world.notify_id(ann, occurrence.immutable_id)

    (exception,) = world.activity_now(linked.activity).recurrence.exceptions
    assert exception.fields == {"subject": "With the customer"}


def test_of_a_series_that_nobody_linked_only_the_identity_is_read(world, ann, series, sandbox):
    world.run(ann)
    occurrence = ann.occurrences(series, nth(world, 1), nth(world, 2))[0]
    before = len(sandbox.log)

    world.notify_id(ann, occurrence.immutable_id)

    read = [call for call in list(sandbox.log)[before:] if "/events/" in call.path]
    assert read
    assert all("subject" not in str(call.response_body) for call in read)
