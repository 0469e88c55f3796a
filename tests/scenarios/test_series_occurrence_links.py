"""An occurrence with a link of its own, over its whole life; Outlook is never written to."""

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from liaison.outlook.model import EventKind
from liaison.reasons.explain import explain
from series_world import nth, weekly

BO = "bo@nordwind.example"


@pytest.fixture
def series(world, ann):
    start = world.tomorrow()
    return ann.create_event(subject="Team", start=start, attendees=[BO], recurrence=weekly(start))


def link_occurrence(world, person, series, number):
    occurrence = person.occurrence(series, nth(world, number))
    return world.create(person, occurrence.id, scope=Scope.OCCURRENCE)


def kinds(world, linked):
    exceptions = world.activity_now(linked.activity).recurrence.exceptions
    return [(one.original_start, one.kind) for one in exceptions]


def finish(world, person, activity):
    return world.edit(person, activity, status=ActivityStatus.COMPLETED)


def test_a_moved_occurrence_stays_linked_under_its_original_start(world, ann, series):
    part = link_occurrence(world, ann, series, 1)
    moved = nth(world, 1) + timedelta(days=2)

    ann.change_occurrence(series, nth(world, 1), start=moved, location="Lounge")
    world.run(ann)

    link, activity = world.link_now(part.link), world.activity_now(part.activity)
    assert link.original_start == nth(world, 1)
    assert (activity.when.start, activity.place) == (moved, "Lounge")
    shown = world.show(ann, ann.occurrence(series, nth(world, 1)).id)
    assert (shown.link.id, shown.event.kind) == (link.id, EventKind.EXCEPTION)


def test_a_completed_activity_stays_when_its_occurrence_is_cancelled(world, ann, series):
    part = link_occurrence(world, ann, series, 1)
    finish(world, ann, part.activity)

    ann.cancel_occurrence(series, nth(world, 1))
    world.run(ann)

    assert world.activity_now(part.activity).status is ActivityStatus.COMPLETED
    assert world.reasons(part.link)[-1] == "completed-kept"
    assert world.link_now(part.link).state is LinkState.ENDED


def test_an_occurrence_that_is_cleared_away_when_it_is_past_leaves_its_activity(
    world, ann, series, clock
):
    first = nth(world, 0)
    part = link_occurrence(world, ann, series, 0)
    clock.advance(days=2)

    ann.delete_occurrence(series, first)
    world.run(ann)

    assert world.activity_now(part.activity).status is ActivityStatus.PLANNED
    assert world.reasons(part.link)[-1] == "past-removal-kept"


def test_a_cancelled_occurrence_is_named_by_its_day(world, ann, series):
    part = link_occurrence(world, ann, series, 1)

    ann.cancel_occurrence(series, nth(world, 1))
    world.run(ann)

    start = nth(world, 1)
    last = world.log(part.link)[-1]
    assert explain(last, "Europe/Berlin") == (
        f"The occurrence of {start:%a} {start.day} {start:%b} was cancelled in Outlook."
    )


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("how", ["delete_event", "cancel_event"])
def test_the_end_of_a_series_ends_each_of_its_links_once(
    world, ann, series, sandbox, clock, answers, how
):
    sandbox.settings.deleted_items_still_answer = answers
    whole = world.create(ann, series, scope=Scope.SERIES)
    parts = [link_occurrence(world, ann, series, number) for number in (1, 3)]
    mails = len(sandbox.tenant.mails)

    getattr(ann, how)(series)
    told = len(sandbox.tenant.mails)
    for _ in range(3):
        world.run(ann)
        clock.advance(minutes=1)

    for linked in (whole, *parts):
        assert world.link_now(linked.link).state is LinkState.ENDED
        assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
        removals = [one for one in world.log(linked.link) if one.action == "remove-activity"]
        assert len(removals) == 1
    assert told > mails
    assert len(sandbox.tenant.mails) == told


def test_an_activity_of_an_occurrence_that_lost_its_series_to_a_single_meeting_goes_to_review(
    world, ann
):
    start = world.tomorrow()
    event_id = ann.create_event(subject="Talk", start=start)
    linked = world.create(ann, event_id)
    ann.make_series(event_id, weekly(start))
    world.run(ann)
    part = link_occurrence(world, ann, event_id, 2)

    ann.make_single(event_id)
    world.run(ann)

    assert world.link_now(linked.link).scope is Scope.SINGLE
    assert world.activity_now(linked.activity).recurrence is None
    assert world.link_now(part.link).state is LinkState.ENDED
    review = world.activity_now(part.activity).review
    assert [note.reason for note in review] == ["occurrence-orphaned"]


def test_an_occurrence_that_comes_back_is_linked_again_and_left_out_of_its_series_at_once(
    world, ann, bo
):
    start = world.tomorrow()
    series = ann.create_event(
        subject="Team", start=start, attendees=[bo.address], recurrence=weekly(start)
    )
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = link_occurrence(world, ann, series, 1)
    ann.delete_occurrence(series, nth(world, 1))
    world.run(ann)
    assert world.link_now(part.link).state is LinkState.ENDED

    # Another time and back again: Outlook forgets what was cancelled.
    ann.change_series(series, start=start + timedelta(hours=4))
    ann.change_series(series, start=start)
    world.run(ann)

    assert world.link_now(part.link).state is LinkState.LIVE
    assert world.activity_now(part.activity).status is ActivityStatus.PLANNED
    assert kinds(world, whole) == [(nth(world, 1), OccurrenceKind.CANCELLED)]
    version = world.activity_now(whole.activity).version
    world.run(ann)
    assert world.activity_now(whole.activity).version == version
