"""A series whose pattern shifts keeps its linked occurrences where it is certain which they are."""

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from liaison.reasons.explain import explain
from series_world import nth, weekly


@pytest.fixture
def series(world, ann):
    start = world.tomorrow()
    return ann.create_event(subject="Team", start=start, recurrence=weekly(start))


def link_occurrence(world, person, series, number):
    occurrence = person.occurrence(series, nth(world, number))
    return world.create(person, occurrence.id, scope=Scope.OCCURRENCE)


def quiet(world, person, *linked):
    """A further run writes nothing."""
    before = [world.activity_now(one.activity).version for one in linked]
    world.run(person)
    assert [world.activity_now(one.activity).version for one in linked] == before


def cancelled(world, linked):
    exceptions = world.activity_now(linked.activity).recurrence.exceptions
    return [one.original_start for one in exceptions if one.kind is OccurrenceKind.CANCELLED]


def test_shifted_to_another_weekday_it_is_found_by_its_number(world, ann, series):
    whole = world.create(ann, series, scope=Scope.SERIES)
    part = link_occurrence(world, ann, series, 2)

    ann.change_series(series, start=nth(world, 0) + timedelta(days=1))
    world.run(ann)

    new = nth(world, 2) + timedelta(days=1)
    assert world.link_now(part.link).original_start == new
    assert world.activity_now(part.activity).when.start == new
    assert cancelled(world, whole) == [new]
    quiet(world, ann, whole, part)
    [told] = [one for one in world.log(part.link) if one.reason == "occurrence-changed"]
    was, now = nth(world, 2), new
    assert explain(told, "UTC") == (
        f"The occurrence of {was:%a} {was.day} {was:%b} was moved to"
        f" {now:%a} {now.day} {now:%b} {now:%H:%M} in Outlook."
    )


def test_shifted_twice_it_is_still_the_same_occurrence(world, ann, series):
    part = link_occurrence(world, ann, series, 2)

    ann.change_series(series, start=nth(world, 0) + timedelta(hours=3))
    world.run(ann)
    ann.change_series(series, start=nth(world, 0) + timedelta(days=2, hours=3))
    world.run(ann)

    assert world.link_now(part.link).original_start == nth(world, 2) + timedelta(days=2, hours=3)
    assert world.link_now(part.link).state is LinkState.LIVE


def test_of_two_occurrences_that_would_meet_the_one_of_that_day_wins(world, ann, series):
    start = nth(world, 0)
    by_number = link_occurrence(world, ann, series, 1)
    by_day = link_occurrence(world, ann, series, 2)

    later = start + timedelta(hours=2)
    ann.change_series(
        series, start=later, end=later + timedelta(hours=1), recurrence=weekly(later, interval=2)
    )
    world.run(ann)

    assert world.link_now(by_day.link).original_start == nth(world, 2) + timedelta(hours=2)
    assert world.link_now(by_number.link).state is LinkState.ENDED
    activity = world.activity_now(by_number.activity)
    assert activity.status is ActivityStatus.PLANNED
    assert [note.reason for note in activity.review] == ["occurrence-orphaned"]
    assert world.reasons(by_number.link)[-1] == "occurrence-orphaned"
    quiet(world, ann, by_number, by_day)


def test_a_tombstone_is_never_overrun_by_a_shift(world, ann, series):
    unlinked = link_occurrence(world, ann, series, 2)
    world.unlink(ann, unlinked.link)
    part = link_occurrence(world, ann, series, 1)

    start = nth(world, 0)
    ann.change_series(series, recurrence=weekly(start, interval=2))
    world.run(ann)

    assert world.link_now(unlinked.link).original_start == nth(world, 2)
    assert world.reasons(part.link)[-1] == "occurrence-orphaned"


def test_this_and_following_leaves_a_linked_occurrence_of_the_rest_to_a_person(world, ann, series):
    whole = world.create(ann, series, scope=Scope.SERIES)
    kept = link_occurrence(world, ann, series, 1)
    moved_on = link_occurrence(world, ann, series, 4)

    following = ann.change_from(series, nth(world, 3), start=nth(world, 3) + timedelta(hours=1))
    world.run(ann)

    assert world.link_now(kept.link).state is LinkState.LIVE
    assert world.reasons(moved_on.link)[-1] == "occurrence-orphaned"
    again = world.link(ann, following, whole.activity, scope=Scope.SERIES)
    assert again.activity.when.start == nth(world, 3) + timedelta(hours=1)
    assert world.reasons(whole.link)[-1] == "unlinked-by-person"
    world.run(ann)
    assert world.link_now(kept.link).state is LinkState.LIVE


def test_an_occurrence_does_not_take_over_the_activity_of_an_earlier_series(world, ann, series):
    whole = world.create(ann, series, scope=Scope.SERIES)
    following = ann.change_from(series, nth(world, 3), start=nth(world, 3) + timedelta(hours=1))
    world.run(ann)
    occurrence = ann.occurrence(following, nth(world, 4) + timedelta(hours=1))

    with pytest.raises(Exception, match="activity"):
        world.link(ann, occurrence.id, whole.activity, scope=Scope.OCCURRENCE)

    assert world.link_now(whole.link).state is LinkState.LIVE
