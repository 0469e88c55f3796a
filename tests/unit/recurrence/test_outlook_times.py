"""At which instants the occurrences begin: clock changes both ways and far zones, written by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from liaison.recurrence.model import Pattern
from liaison.recurrence.occurrences import (
    ends_at,
    index_of,
    is_original_start,
    local_date_of,
    original_starts,
    when_of,
)
from liaison.times import When
from series_builders import (
    MON,
    WED,
    WEEKDAYS,
    an_hour,
    daily,
    local,
    monthly,
    monthly_on,
    series,
    weekly,
    whole_day,
)

TABLE: dict[str, tuple[str, Pattern, str, list[str]]] = {
    "clocks-go-forward": (
        "Europe/Berlin", weekly(MON), "2027-03-22T09:00",
        ["2027-03-22T08:00Z", "2027-03-29T07:00Z"],
    ),
    "clocks-go-back": (
        "Europe/Berlin", weekly(MON), "2026-10-19T09:00",
        ["2026-10-19T07:00Z", "2026-10-26T08:00Z"],
    ),
    "a-time-that-is-left-out-moves-forward": (
        "Europe/Berlin", daily(), "2027-03-27T02:30",
        ["2027-03-27T01:30Z", "2027-03-28T01:30Z", "2027-03-29T00:30Z"],
    ),
    "of-a-time-that-comes-twice-the-first": (
        "Europe/Berlin", daily(), "2026-10-24T02:30",
        ["2026-10-24T00:30Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z"],
    ),
    "summer-ends-in-april": (
        "Pacific/Auckland", weekly(MON), "2027-03-29T09:00",
        ["2027-03-28T20:00Z", "2027-04-04T21:00Z"],
    ),
    "the-31st-where-utc-still-has-the-day-before": (
        "Pacific/Auckland", monthly(31), "2027-01-31T09:00",
        ["2027-01-30T20:00Z", "2027-02-27T20:00Z", "2027-03-30T20:00Z", "2027-04-29T21:00Z"],
    ),
    "a-midnight-that-is-left-out": (
        "America/Sao_Paulo", daily(), "2018-11-03T00:00",
        ["2018-11-03T03:00Z", "2018-11-04T03:00Z", "2018-11-05T02:00Z"],
    ),
    "an-evening-that-comes-twice": (
        "America/Sao_Paulo", daily(), "2019-02-15T23:30",
        ["2019-02-16T01:30Z", "2019-02-17T01:30Z", "2019-02-18T02:30Z"],
    ),
    "half-an-hour-aside": (
        "Asia/Kolkata", monthly_on("last", *WEEKDAYS), "2026-11-30T10:00",
        ["2026-11-30T04:30Z", "2026-12-31T04:30Z", "2027-01-29T04:30Z"],
    ),
    "three-quarters-of-an-hour-aside": (
        "Asia/Kathmandu", weekly(WED), "2026-11-25T05:30",
        ["2026-11-24T23:45Z", "2026-12-01T23:45Z"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_series_keeps_its_time_of_day(name: str) -> None:
    zone, pattern, begin, instants = TABLE[name]
    recurrence = series(pattern, datetime.fromisoformat(begin), zone=zone)

    found = original_starts(recurrence, an_hour(begin, zone), limit=len(instants))

    assert [f"{start:%Y-%m-%dT%H:%MZ}" for start in found] == instants


@pytest.mark.parametrize("name", TABLE)
def test_every_start_is_known_by_its_day_and_number(name: str) -> None:
    zone, pattern, begin, instants = TABLE[name]
    recurrence = series(pattern, datetime.fromisoformat(begin), zone=zone)
    first = an_hour(begin, zone)

    for number, text in enumerate(instants):
        start = datetime.fromisoformat(text)
        assert is_original_start(recurrence, first, start)
        assert not is_original_start(recurrence, first, start + timedelta(minutes=1))
        assert index_of(recurrence, first, start) == number
        assert index_of(recurrence, first, start + timedelta(minutes=1)) is None


def test_an_occurrence_after_the_last_is_none() -> None:
    recurrence = series(weekly(MON), date(2026, 11, 23), count=2)
    first = an_hour("2026-11-23T09:00")

    assert index_of(recurrence, first, local("2026-11-30T09:00")) == 1
    assert index_of(recurrence, first, local("2026-12-07T09:00")) is None
    assert not is_original_start(recurrence, first, local("2026-12-07T09:00"))


def test_the_bounds_are_from_and_before() -> None:
    recurrence = series(daily(), date(2026, 11, 23))
    first = an_hour("2026-11-23T09:00")
    second, third = local("2026-11-24T09:00"), local("2026-11-25T09:00")

    assert list(original_starts(recurrence, first, after=second, before=third)) == [second]


@pytest.mark.parametrize(
    "given",
    [
        date(2026, 12, 1),
        datetime.fromisoformat("2026-12-01T00:00Z"),
        local("2026-12-01T00:00", "Pacific/Auckland"),
    ],
)
def test_a_whole_day_is_known_in_whatever_form_it_is_told(given: date) -> None:
    recurrence = series(daily(), date(2026, 11, 23), zone="Pacific/Auckland")
    first = whole_day("2026-11-23", zone="Pacific/Auckland")

    assert local_date_of(recurrence, first, given) == date(2026, 12, 1)
    assert is_original_start(recurrence, first, given)
    assert index_of(recurrence, first, given) == 8


def test_the_day_of_a_start_is_that_of_its_zone() -> None:
    recurrence = series(daily(), date(2026, 11, 23), zone="Pacific/Auckland")
    first = an_hour("2026-11-23T09:00", "Pacific/Auckland")

    day = local_date_of(recurrence, first, datetime.fromisoformat("2026-11-30T20:00Z"))

    assert day == date(2026, 12, 1)


def test_an_occurrence_lasts_as_long_as_the_first() -> None:
    days = series(weekly(MON), date(2026, 11, 23))
    three_days = whole_day("2026-11-23", end=date(2026, 11, 25))
    hours = series(daily(), date(2027, 3, 27))

    held = when_of(days, three_days, date(2026, 11, 30))
    over_the_change = when_of(hours, an_hour("2027-03-27T02:30"), local("2027-03-28T03:30"))

    assert (held.start, held.end) == (date(2026, 11, 30), date(2026, 12, 2))
    assert over_the_change.end == local("2027-03-28T04:30")


def test_a_series_ends_when_its_last_occurrence_is_over() -> None:
    first = an_hour("2027-01-31T09:00")
    begin = date(2027, 1, 31)

    assert ends_at(series(monthly(31), begin), first) is None
    assert ends_at(series(monthly(31), begin, count=4), first) == local("2027-04-30T10:00")
    end_date = series(monthly(31), begin, until=date(2027, 3, 30))
    assert ends_at(end_date, first) == local("2027-02-28T10:00")
    nothing = series(monthly(31), begin, until=date(2027, 1, 1))
    assert ends_at(nothing, first) == first.ends_at
    days = series(daily(), begin, until=date(2027, 2, 2))
    assert ends_at(days, When(begin, begin, "Europe/Berlin")) == local("2027-02-03T00:00")


def test_a_series_without_end_can_be_asked_for_the_far_future() -> None:
    recurrence = series(daily(3), date(1990, 1, 1))
    far = local("4500-08-31T00:00")

    found = list(original_starts(recurrence, whole_day("1990-01-01"), after=far))

    assert len(found) <= 1
