"""When a whole series counts as gone, and what of it a round of changes does not tell."""

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from series_world import endless, nth, weekly

BO = "bo@nordwind.example"


def state(world, linked):
    return world.link_now(linked.link).state


@pytest.mark.parametrize("answers", [True, False])
def test_a_series_without_end_that_goes_while_nobody_listens_is_missed_by_the_next_full_round(
    world, ann, sandbox, clock, answers
):
    sandbox.settings.deleted_items_still_answer = answers
    start = world.tomorrow()
    long = weekly(start) | {
        "range": {
            "type": "endDate",
            "startDate": start.date().isoformat(),
            "endDate": (start.date() + timedelta(days=1500)).isoformat(),
        }
    }
    linked = [
        world.create(
            ann,
            ann.create_event(subject="Team", start=start, attendees=[BO], recurrence=given),
            scope=Scope.SERIES,
        )
        for given in (endless(start), long)
    ]
    world.run(ann)

    for event in ann.events():
        ann.delete_event(event.id)
    sandbox.tenant.expire_delta_tokens()
    clock.advance(minutes=10)
    world.run(ann)
    first = [state(world, one) for one in linked]
    clock.advance(minutes=1)
    world.run(ann)

    assert first == [LinkState.LIVE if answers else LinkState.ENDED] * 2
    assert [state(world, one) for one in linked] == [LinkState.ENDED] * 2
    assert {world.activity_now(one.activity).status for one in linked} == {ActivityStatus.CANCELLED}


def test_a_series_that_began_years_ago_and_goes_on_is_never_past(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = False
    start = world.tomorrow() - timedelta(weeks=150)
    series = ann.create_event(subject="Team", start=start, recurrence=endless(start))
    linked = world.create(ann, series, scope=Scope.SERIES)
    world.run(ann)

    ann.change_occurrence(series, nth(world, 1), subject="With Ines")
    ann.delete_occurrence(series, nth(world, 2))
    world.run(ann)
    kinds = [one.kind for one in world.activity_now(linked.activity).recurrence.exceptions]
    assert kinds == [OccurrenceKind.CHANGED, OccurrenceKind.CANCELLED]

    ann.delete_event(series)
    world.run(ann)
    assert world.reasons(linked.link)[-1] == "event-deleted"


def test_a_series_that_is_over_is_kept_when_it_is_cleared_away(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = False
    start = world.tomorrow() - timedelta(weeks=10)
    series = ann.create_event(subject="Team", start=start, recurrence=weekly(start, count=5))
    linked = world.create(ann, series, scope=Scope.SERIES)

    ann.delete_event(series)
    world.run(ann)
    world.notify_id(ann, world.link_now(linked.link).copies[0].event_id)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.reasons(linked.link)[-1] == "past-removal-kept"


def test_a_series_that_begins_beyond_the_window_is_followed_by_notifications(world, ann):
    start = world.tomorrow() + timedelta(days=800)
    series = ann.create_event(subject="Team", start=start, recurrence=weekly(start))
    linked = world.create(ann, series, scope=Scope.SERIES)
    world.run(ann)

    ann.change_series(series, subject="Sales")
    world.notify(ann, series)

    assert world.activity_now(linked.activity).subject == "Sales"
    assert state(world, linked) is LinkState.LIVE


def test_each_weekly_full_round_looks_at_linked_series_and_changes_nothing(world, ann, clock):
    start = world.tomorrow()
    series = ann.create_event(subject="Team", start=start, recurrence=endless(start))
    linked = world.create(ann, series, scope=Scope.SERIES)
    occurrence = ann.occurrence(series, nth(world, 3))
    part = world.create(ann, occurrence.id, scope=Scope.OCCURRENCE)
    world.run(ann)
    versions = [world.activity_now(one.activity).version for one in (linked, part)]

    clock.advance(days=8)
    world.run(ann)

    assert [world.activity_now(one.activity).version for one in (linked, part)] == versions
    assert [state(world, one) for one in (linked, part)] == [LinkState.LIVE] * 2
    assert world.waiting(ann) == []
