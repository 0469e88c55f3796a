"""Which moved occurrences come too near to their neighbours, as Graph's documentation of updates has it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liaison.recurrence.order import out_of_order
from liaison.times import When
from series_builders import MON, an_hour, daily, series, weekly, whole_day, yearly

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23))
SECOND, THIRD = date(2026, 11, 30), date(2026, 12, 7)


def lasting(text: str, length: timedelta) -> When:
    start = an_hour(text)
    return When(start.start, start.starts_at + length, start.time_zone)


@pytest.mark.parametrize(
    ("to", "found"),
    [
        (an_hour("2026-11-30T23:30"), set()),
        (an_hour("2026-12-06T23:00"), set()),
        (an_hour("2026-12-07T00:00"), {SECOND}),
        (an_hour("2026-12-07T18:00"), {SECOND}),
        (an_hour("2026-12-08T10:00"), {SECOND}),
        (an_hour("2026-11-24T00:00"), set()),
        (an_hour("2026-11-23T23:00"), {SECOND}),
        (an_hour("2026-11-22T10:00"), {SECOND}),
        (lasting("2026-12-06T10:00", timedelta(days=1)), set()),
        (lasting("2026-12-06T10:00", timedelta(days=1, minutes=1)), {SECOND}),
    ],
)
def test_an_occurrence_stays_on_the_days_between_its_neighbours(to: When, found: set[date]) -> None:
    assert out_of_order(WEEKLY, FIRST, {SECOND: to}) == found


def test_neighbours_may_move_together() -> None:
    both = {SECOND: an_hour("2026-12-08T10:00"), THIRD: an_hour("2026-12-11T10:00")}

    assert out_of_order(WEEKLY, FIRST, both) == set()


def test_of_two_that_cross_both_are_named() -> None:
    crossed = {SECOND: an_hour("2026-12-05T10:00"), THIRD: an_hour("2026-12-04T10:00")}

    assert out_of_order(WEEKLY, FIRST, crossed) == {SECOND, THIRD}


def test_days_are_those_of_the_series_zone() -> None:
    """Half past eleven in the evening of Berlin is the same day there, whatever UTC says."""
    days = series(daily(), date(2026, 7, 1))
    first = an_hour("2026-07-01T10:00")
    evening, night = an_hour("2026-07-02T23:30"), an_hour("2026-07-03T00:30")

    assert out_of_order(days, first, {date(2026, 7, 2): evening}) == set()
    assert out_of_order(days, first, {date(2026, 7, 2): night}) == {date(2026, 7, 2)}


def test_whole_days_count_too() -> None:
    first = whole_day("2026-11-23")
    moved = {SECOND: whole_day("2026-12-06"), THIRD: whole_day("2026-12-06")}

    assert out_of_order(WEEKLY, first, {SECOND: moved[SECOND]}) == set()
    assert out_of_order(WEEKLY, first, moved) == {SECOND, THIRD}


def test_where_nothing_is_moved_nothing_is_looked_at() -> None:
    endless = series(daily(), date(1990, 1, 1))

    assert out_of_order(endless, whole_day("1990-01-01"), {}) == set()


def test_the_last_occurrence_has_no_neighbour_behind_it() -> None:
    ends = series(weekly(MON), date(2026, 11, 23), count=2)
    far = an_hour("2027-03-01T10:00")

    assert out_of_order(ends, FIRST, {SECOND: far}) == set()


def test_a_series_that_began_long_ago_is_entered_where_something_is_moved() -> None:
    years = series(yearly(2, 29, 4), date(1904, 2, 29), count=40)
    first = an_hour("1904-02-29T10:00")
    too_early = {date(2028, 2, 29): an_hour("2024-02-29T12:00")}

    assert out_of_order(years, first, too_early) == {date(2028, 2, 29)}
    assert out_of_order(years, first, {date(1904, 2, 29): an_hour("1908-02-29T08:00")}) == {
        date(1904, 2, 29)
    }
