"""Which meetings are captured, and which are only counted."""

from datetime import timedelta

import pytest

from capture_stage import activities, captures, link_of
from liaison.calendar.looking import foresee
from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import OccurrenceKind
from liaison.reasons.explain import explain
from scenario_runs import calls_during, looks_in
from series_world import endless, nth, weekly

INES = "ines@contoso.example"


def subjects(world):
    return [one.subject for one in activities(world)]


def test_not_categorised_is_what_does_not_carry_the_category(world, ann):
    captures(world, "category", categoryName="Customer")
    ann.create_event(subject="Without", start=world.tomorrow())
    ann.create_event(subject="With", start=world.tomorrow(14), categories=["customer", "Red"])

    [report] = world.run(ann)

    assert subjects(world) == ["With"]
    assert report.counts["not-categorised"] == 1


def test_the_category_may_be_given_later(world, ann):
    captures(world, "category")
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    world.run(ann)

    ann.change_event(event_id, categories=["Liaison"])
    world.run(ann)

    assert subjects(world) == ["Review"]


def test_taking_the_category_away_ends_nothing(world, ann):
    captures(world, "category")
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), categories=["Liaison"])
    world.run(ann)

    ann.change_event(event_id, categories=[], subject="Reviewed")
    world.run(ann)

    assert subjects(world) == ["Reviewed"]


def test_internal_only_is_a_meeting_of_colleagues(world, ann, bo):
    captures(world, "all", captureInternal=False)
    ann.create_event(subject="Alone", start=world.tomorrow())
    ann.create_event(subject="Team", start=world.tomorrow(), attendees=[bo.address])
    ann.create_event(subject="Customer", start=world.tomorrow(), attendees=[bo.address, ("", INES)])

    [report] = world.run(ann)

    assert subjects(world) == ["Customer"]
    assert report.counts["internal-only"] == 2


def test_a_meeting_of_colleagues_is_captured_when_somebody_from_outside_joins(world, ann, bo):
    captures(world, "all", captureInternal=False)
    event_id = ann.create_event(subject="Team", start=world.tomorrow(), attendees=[bo.address])
    world.run(bo, ann)

    ann.change_event(event_id, attendees=[bo.address, INES])
    world.run(bo, ann)

    [made] = activities(world)
    mailboxes = {copy.mailbox_id for copy in link_of(world, made).copies}
    assert mailboxes == {world.own(ann).id, world.own(bo).id}


def test_invitee_copy_is_left_to_the_active_organizer(world, ann, bo):
    """SA-04. pains 9: one meeting, not one for each invited user."""
    captures(world, "all")
    ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])

    [of_bo, of_ann] = world.run(bo, ann)

    assert of_bo.counts["invitee-copy"] == 1
    assert of_ann.counts["activity-created"] == 1
    [made] = activities(world)
    assert made.owner_id == world.own(ann).id
    copies = {copy.mailbox_id: copy.is_present for copy in link_of(world, made).copies}
    assert copies == {world.own(ann).id: True, world.own(bo).id: True}


def test_an_invitees_copy_that_went_before_the_meeting_was_captured_is_not_remembered(
    world, ann, bo
):
    captures(world, "all")
    ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])
    world.run(bo)
    bo.delete_event(bo.events(subject="Review")[0].id, hard=True)

    world.run(bo, ann)

    [made] = activities(world)
    assert [copy.mailbox_id for copy in link_of(world, made).copies] == [world.own(ann).id]


def test_private_meetings_and_those_of_other_calendars_are_not_captured(world, ann):
    captures(world, "all")
    ann.create_event(subject="Doctor", start=world.tomorrow(), sensitivity="private")
    other = ann.create_event(subject="Family", start=world.tomorrow())
    moved = ann.move_event(other, "Holidays")

    [report] = world.run(ann)
    world.notify(ann, moved.id)

    assert activities(world) == []
    assert report.counts["private"] == 1


def test_a_meeting_that_was_cancelled_before_it_was_met_is_not_captured(world, sandbox, ann):
    captures(world, "all")
    kim = ("Kim Sato", "kim@fabrikam.example")
    uid = sandbox.tenant.outside.invite(
        kim, [ann.address], subject="Review", start=world.tomorrow()
    )
    sandbox.tenant.outside.cancel(uid)

    world.run(ann)

    assert activities(world) == []


def test_the_past_is_captured_as_far_as_the_window_goes(world, ann):
    captures(world, "all", windowPastDays=14)
    ann.create_event(subject="Last week", start=world.tomorrow() - timedelta(days=8))
    ann.create_event(subject="Last month", start=world.tomorrow() - timedelta(days=31))

    world.run(ann)

    assert subjects(world) == ["Last week"]


def test_a_series_counts_by_any_occurrence_inside(world, ann):
    captures(world, "all", windowFutureDays=30)
    begun = world.tomorrow() - timedelta(weeks=10)
    ann.create_event(subject="Begun", start=begun, recurrence=endless(begun))
    ann.create_event(subject="Over", start=begun, recurrence=weekly(begun, count=3))

    world.run(ann)

    assert subjects(world) == ["Begun"]


def test_the_rest_of_a_series_is_captured_without_the_occurrence_that_has_its_own_activity(
    world, ann
):
    start = world.tomorrow()
    event_id = ann.create_event(subject="Jour fixe", start=start, recurrence=weekly(start))
    single = world.link(
        ann, event_id, world.activity(ann, "First"), Scope.OCCURRENCE, start=nth(world, 1)
    )
    captures(world, "all")

    world.run(ann)

    series = next(one for one in activities(world) if one.id != single.activity.id)
    [left_out] = series.recurrence.exceptions
    assert (left_out.original_start, left_out.kind) == (nth(world, 1), OccurrenceKind.CANCELLED)
    assert world.link_now(single.link).state is LinkState.LIVE


@pytest.mark.parametrize("act", ["unlink", "retract"])
def test_unlinked_by_person_is_never_captured_again(world, ann, act):
    captures(world, "all")
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    world.run(ann)
    [made] = activities(world)
    getattr(world, act)(ann, link_of(world, made))

    ann.change_event(event_id, subject="Changed")
    world.notify(ann, event_id)
    captures(world, "all", windowFutureDays=100)
    world.run(ann)

    assert len(activities(world)) == 1
    assert activities(world)[0].subject != "Changed"


def test_capture_that_is_switched_on_later_reads_the_whole_window(world, ann):
    ann.create_event(subject="Before", start=world.tomorrow())
    world.run(ann)
    assert activities(world) == []

    captures(world, "all")
    world.work(ann)

    assert subjects(world) == ["Before"]


def test_switching_capture_off_unlinks_nothing(world, ann):
    captures(world, "all")
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    world.run(ann)

    captures(world, "linked")
    ann.change_event(event_id, subject="Reviewed")
    ann.create_event(subject="New", start=world.tomorrow())
    world.run(ann)

    assert subjects(world) == ["Reviewed"]


def test_without_capture_nothing_but_the_identity_of_a_meeting_is_read(world, ann):
    world.run(ann)
    event_id = ann.create_event(subject="Nobody's", start=world.tomorrow())

    calls = looks_in(calls_during(world, lambda: world.notify(ann, event_id)))

    assert ["subject" in str(call.query) for call in calls] == [False]


@pytest.mark.parametrize(
    ("capture", "more", "sentence"),
    [
        ("linked", {}, "The meeting is not followed, because nobody linked it to an activity."),
        (
            "category",
            {},
            "The meeting is not followed, because it does not carry the category.",
        ),
        (
            "all",
            {"captureInternal": False},
            "The meeting is not followed, because only colleagues take part.",
        ),
    ],
)
def test_why_a_meeting_is_not_captured_is_explained_on_demand(world, ann, capture, more, sentence):
    captures(world, capture, **more)
    event_id = ann.create_event(subject="Team", start=world.tomorrow())

    decision = foresee(world.tools, world.own(ann), ann.event(event_id).immutable_id)

    assert explain(decision, "Europe/Berlin").startswith(sentence)
    assert world.mailbox_log(ann) == []


@pytest.mark.parametrize(
    ("more", "reasons"),
    [({"captureInternal": False}, ["internal-only"]), ({}, [])],
)
def test_the_pane_says_why_a_meeting_is_not_captured(world, ann, more, reasons):
    captures(world, "all", **more)
    event_id = ann.create_event(subject="Team", start=world.tomorrow())

    shown = world.show(ann, event_id)

    assert [one.decision.reason for one in shown.decisions] == reasons
    assert world.mailbox_log(ann) == []


def test_the_pane_leaves_a_colleagues_meeting_to_him(world, ann, bo):
    captures(world, "all")
    ann.create_event(subject="Review", start=world.tomorrow(), attendees=[bo.address])

    shown = world.show(bo, bo.events(subject="Review")[0].id)

    assert [one.decision.reason for one in shown.decisions] == ["invitee-copy"]
