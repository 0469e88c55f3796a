"""On which days Outlook holds a series: a table written by hand from a calendar and Outlook's rules."""

from __future__ import annotations

from datetime import date

import pytest

from liaison.recurrence.model import Pattern
from liaison.recurrence.occurrences import original_starts
from series_builders import (
    FRI,
    MON,
    SUN,
    THU,
    TUE,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    daily,
    monthly,
    monthly_on,
    series,
    weekly,
    whole_day,
    yearly,
    yearly_on,
)

TABLE: dict[str, tuple[Pattern, list[str]]] = {
    "every-tenth-day": (
        daily(10),
        ["2026-11-23", "2026-12-03", "2026-12-13", "2026-12-23", "2027-01-02"],
    ),
    "every-monday-and-friday": (
        weekly(FRI, MON),
        ["2026-11-20", "2026-11-23", "2026-11-27", "2026-11-30", "2026-12-04"],
    ),
    "second-weeks-that-begin-on-monday": (
        weekly(SUN, MON, interval=2, starts=MON),
        ["2026-11-23", "2026-11-29", "2026-12-07", "2026-12-13", "2026-12-21", "2026-12-27"],
    ),
    "second-weeks-that-begin-on-sunday": (
        weekly(SUN, MON, interval=2, starts=SUN),
        ["2026-11-23", "2026-12-06", "2026-12-07", "2026-12-20", "2026-12-21"],
    ),
    "the-31st": (
        monthly(31),
        ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31", "2027-06-30"],
    ),
    "the-31st-in-a-leap-year": (
        monthly(31),
        ["2027-12-31", "2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"],
    ),
    "the-30th-every-second-month": (
        monthly(30, interval=2),
        ["2026-12-30", "2027-02-28", "2027-04-30", "2027-06-30"],
    ),
    "the-15th-every-fifth-month": (
        monthly(15, interval=5),
        ["2026-11-15", "2027-04-15", "2027-09-15", "2028-02-15"],
    ),
    "second-tuesday": (
        monthly_on("second", TUE),
        ["2026-11-10", "2026-12-08", "2027-01-12", "2027-02-09"],
    ),
    "last-friday": (
        monthly_on("last", FRI),
        ["2026-11-27", "2026-12-25", "2027-01-29", "2027-02-26"],
    ),
    "last-weekday": (
        monthly_on("last", *WEEKDAYS),
        ["2026-11-30", "2026-12-31", "2027-01-29", "2027-02-26", "2027-03-31"],
    ),
    "fourth-weekday": (
        monthly_on("fourth", *WEEKDAYS),
        ["2026-11-05", "2026-12-04", "2027-01-06"],
    ),
    "last-day": (
        monthly_on("last", *WEEK),
        ["2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"],
    ),
    "third-day": (monthly_on("third", *WEEK), ["2026-12-03", "2027-01-03", "2027-02-03"]),
    "first-weekend-day": (
        monthly_on("first", *WEEKEND),
        ["2026-11-01", "2026-12-05", "2027-01-02", "2027-02-06"],
    ),
    "second-weekend-day": (
        monthly_on("second", *WEEKEND),
        ["2026-11-07", "2026-12-06", "2027-01-03", "2027-02-07"],
    ),
    "last-weekend-day-every-third-month": (
        monthly_on("last", *WEEKEND, interval=3),
        ["2026-11-29", "2027-02-28", "2027-05-30"],
    ),
    "every-23-november": (yearly(11, 23), ["2026-11-23", "2027-11-23", "2028-11-23"]),
    "the-29-february": (
        yearly(2, 29),
        ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"],
    ),
    "every-fourth-29-february": (
        yearly(2, 29, interval=4),
        ["2092-02-29", "2096-02-29", "2100-02-28", "2104-02-29"],
    ),
    "fourth-thursday-of-november": (
        yearly_on(11, "fourth", THU),
        ["2026-11-26", "2027-11-25", "2028-11-23"],
    ),
    "last-weekend-day-of-march": (
        yearly_on(3, "last", *WEEKEND),
        ["2027-03-28", "2028-03-26"],
    ),
    "first-weekday-of-january-every-second-year": (
        yearly_on(1, "first", *WEEKDAYS, interval=2),
        ["2027-01-01", "2029-01-01", "2031-01-01"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TABLE)
def test_a_series_is_held_on_these_days(name: str) -> None:
    pattern, days = TABLE[name]
    recurrence = series(pattern, date.fromisoformat(days[0]))

    found = original_starts(recurrence, whole_day(days[0]), limit=len(days))

    assert [str(day) for day in found] == days


@pytest.mark.parametrize("name", TABLE)
def test_a_series_may_be_entered_anywhere(name: str) -> None:
    pattern, days = TABLE[name]
    recurrence = series(pattern, date.fromisoformat(days[0]))
    third = whole_day(days[1]).ends_at

    found = original_starts(recurrence, whole_day(days[0]), after=third, limit=len(days) - 2)

    assert [str(day) for day in found] == days[2:]


def test_the_end_date_is_the_last_day_on_which_it_may_be_held() -> None:
    recurrence = series(weekly(FRI), date(2026, 11, 27), until=date(2026, 12, 11))

    found = list(original_starts(recurrence, whole_day("2026-11-27")))

    assert found == [date(2026, 11, 27), date(2026, 12, 4), date(2026, 12, 11)]


def test_the_last_occurrence_may_lie_before_the_end_date() -> None:
    recurrence = series(monthly(31), date(2027, 1, 31), until=date(2027, 3, 30))

    found = list(original_starts(recurrence, whole_day("2027-01-31")))

    assert found == [date(2027, 1, 31), date(2027, 2, 28)]


def test_a_numbered_series_is_counted_from_its_beginning() -> None:
    recurrence = series(weekly(SUN, MON, interval=2, starts=SUN), date(2026, 11, 23), count=4)
    first = whole_day("2026-11-23")

    late = original_starts(recurrence, first, after=whole_day("2026-12-07").starts_at)

    assert [str(day) for day in late] == ["2026-12-07", "2026-12-20"]
