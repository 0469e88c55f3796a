"""On which days Outlook holds a series. Every date here was taken from a calendar by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

import pytest

from fakes.clock import FakeClock
from liaison_sandbox.recurrence import read_recurrence
from liaison_sandbox.series import days_from, is_on, last_day, rule_of
from liaison_sandbox.tenant import Tenant

WORKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]
WEEKEND = ["saturday", "sunday"]


def monthly_on(day: int, interval: int = 1) -> dict[str, Any]:
    return {"type": "absoluteMonthly", "interval": interval, "dayOfMonth": day}


def monthly_the(index: str, days: list[str]) -> dict[str, Any]:
    return {"type": "relativeMonthly", "interval": 1, "index": index, "daysOfWeek": days}


def weekly(days: list[str], interval: int = 1, first: str = "sunday") -> dict[str, Any]:
    return {
        "type": "weekly",
        "interval": interval,
        "daysOfWeek": days,
        "firstDayOfWeek": first,
    }


YEARLY_29_FEBRUARY = {"type": "absoluteYearly", "interval": 1, "month": 2, "dayOfMonth": 29}
FOURTH_THURSDAY_OF_NOVEMBER = {
    "type": "relativeYearly",
    "interval": 1,
    "month": 11,
    "index": "fourth",
    "daysOfWeek": ["thursday"],
}
BY_HAND = [
    (monthly_on(31), "2026-10-31 2026-11-30 2026-12-31 2027-01-31 2027-02-28 2027-03-31"),
    (monthly_on(30), "2028-01-30 2028-02-29 2028-03-30"),
    (monthly_on(31, 2), "2026-12-31 2027-02-28 2027-04-30 2027-06-30 2027-08-31"),
    (YEARLY_29_FEBRUARY, "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29"),
    (monthly_the("last", WORKDAYS), "2026-10-30 2026-11-30 2026-12-31 2027-01-29"),
    (monthly_the("first", WORKDAYS), "2026-08-03 2026-09-01 2026-10-01 2026-11-02"),
    (monthly_the("second", ["tuesday"]), "2026-11-10 2026-12-08 2027-01-12 2027-02-09"),
    (monthly_the("last", ["friday"]), "2026-11-27 2026-12-25 2027-01-29"),
    (monthly_the("last", WEEKEND), "2026-10-31 2026-11-29 2026-12-27 2027-01-31"),
    (monthly_the("last", [*WORKDAYS, *WEEKEND]), "2027-01-31 2027-02-28 2027-03-31"),
    (
        weekly(["tuesday", "sunday"], 2, "monday"),
        "1997-08-05 1997-08-10 1997-08-19 1997-08-24",
    ),
    (
        weekly(["tuesday", "sunday"], 2, "sunday"),
        "1997-08-05 1997-08-17 1997-08-19 1997-08-31",
    ),
    (FOURTH_THURSDAY_OF_NOVEMBER, "2026-11-26 2027-11-25 2028-11-23"),
    ({"type": "daily", "interval": 3}, "2026-12-30 2027-01-02 2027-01-05"),
]


def rule(pattern: dict[str, Any], start: str, **span: Any):
    given = {"pattern": pattern, "range": {"type": "noEnd", "startDate": start} | span}
    return rule_of(read_recurrence(given, date.fromisoformat(start), "UTC"))


@pytest.mark.parametrize(("pattern", "expected"), BY_HAND)
def test_each_pattern_falls_on_outlooks_days(pattern, expected):
    days = [date.fromisoformat(day) for day in expected.split()]

    found = list(islice(days_from(rule(pattern, expected[:10]), days[0]), len(days)))

    assert found == days


@pytest.mark.parametrize(("pattern", "expected"), BY_HAND)
def test_looking_at_a_late_window_gives_the_same_days(pattern, expected):
    days = [date.fromisoformat(day) for day in expected.split()]

    assert next(days_from(rule(pattern, expected[:10]), days[-1])) == days[-1]


def test_a_far_window_is_counted_from_the_start():
    every_third = rule({"type": "daily", "interval": 3}, "2020-01-01")

    assert next(days_from(every_third, date(2026, 11, 20))) == date(2026, 11, 22)


def test_a_start_off_the_pattern_leads_to_the_next_day_of_it():
    found = islice(
        days_from(rule(weekly(["monday", "wednesday"]), "2026-11-20"), date(2026, 11, 20)), 3
    )

    assert list(found) == [date(2026, 11, 23), date(2026, 11, 25), date(2026, 11, 30)]


def test_a_numbered_range_ends_with_its_last_occurrence():
    five = rule(
        weekly(["monday", "wednesday"]), "2026-11-23", type="numbered", numberOfOccurrences=5
    )

    assert last_day(five) == date(2026, 12, 7)
    assert not is_on(five, date(2026, 12, 9))


def test_an_end_date_is_the_last_day_that_may_be():
    until = rule(
        {"type": "daily", "interval": 2}, "2026-11-20", type="endDate", endDate="2026-11-23"
    )

    assert list(days_from(until, date(2026, 11, 20))) == [date(2026, 11, 20), date(2026, 11, 22)]


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("Europe/Berlin", "2026-10-19T09:00", "2026-10-19T07:00 2026-10-26T08:00"),
        ("Europe/Berlin", "2027-03-22T09:00", "2027-03-22T08:00 2027-03-29T07:00"),
        ("America/New_York", "2026-10-26T09:00", "2026-10-26T13:00 2026-11-02T14:00"),
        ("Pacific/Auckland", "2026-11-23T09:00", "2026-11-22T20:00 2026-11-29T20:00"),
    ],
)
def test_the_clock_on_the_wall_stays_when_the_clocks_change(zone, wall, expected):
    ann = Tenant.create(FakeClock().now).add_person("Ann", "ann@nordwind.example", time_zone=zone)
    start = datetime.fromisoformat(wall)
    series = ann.create_event(
        subject="Team", start=start, recurrence={"pattern": {"type": "weekly"}}
    )

    found = ann.occurrences(
        series, start.replace(day=1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )

    assert [f"{one.start:%Y-%m-%dT%H:%M}" for one in found[:2]] == expected.split()


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2027-03-27T02:30", "2027-03-27T01:30 2027-03-28T01:30 2027-03-29T00:30"),
        ("2026-10-24T02:30", "2026-10-24T00:30 2026-10-25T00:30 2026-10-26T01:30"),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat(first, expected):
    ann = Tenant.create(FakeClock().now).add_person("Ann", "ann@nordwind.example")
    start = datetime.fromisoformat(first)
    series = ann.create_event(
        subject="Night", start=start, recurrence={"pattern": {"type": "daily"}}
    )

    found = ann.occurrences(
        series, start.replace(day=1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC)
    )

    assert [f"{one.start:%Y-%m-%dT%H:%M}" for one in found[:3]] == expected.split()


def test_an_occurrence_over_the_clock_change_ends_by_the_wall():
    ann = Tenant.create(FakeClock().now).add_person("Ann", "ann@nordwind.example")
    series = ann.create_event(
        subject="Night shift",
        start=datetime(2027, 3, 27, 1),  # noqa: DTZ001 - on the wall in Berlin
        end=datetime(2027, 3, 27, 4),  # noqa: DTZ001 - on the wall in Berlin
        recurrence={"pattern": {"type": "daily"}},
    )

    night = ann.occurrence(series, date(2027, 3, 28))

    assert night.start == datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert night.end == datetime(2027, 3, 28, 2, tzinfo=UTC)
