"""Recurrences as JSON, and which ones cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.recurrence.model import (
    ImpossibleRecurrence,
    Pattern,
    PatternKind,
    Range,
    RangeKind,
    WeekIndex,
)
from liaison.recurrence.stored import from_json, to_json
from series_builders import FRI, MON, SUN, series, weekly, yearly_on

STORED = {
    "pattern": {
        "kind": "weekly",
        "interval": 2,
        "daysOfWeek": ["monday", "sunday"],
        "firstDayOfWeek": "sunday",
    },
    "range": {
        "kind": "end-date",
        "startDate": "2026-11-23",
        "timeZone": "Europe/Berlin",
        "endDate": "2027-01-31",
    },
}


def test_a_recurrence_is_stored_with_what_matters_alone() -> None:
    recurrence = series(
        weekly(SUN, MON, interval=2, starts=SUN), date(2026, 11, 23), until=date(2027, 1, 31)
    )

    assert to_json(recurrence) == STORED
    assert from_json(STORED) == recurrence


def test_a_relative_yearly_one_keeps_month_and_place() -> None:
    stored = to_json(series(yearly_on(11, "last", FRI), date(2026, 11, 27), count=3))

    assert stored["pattern"] == {
        "kind": "relative-yearly",
        "interval": 1,
        "daysOfWeek": ["friday"],
        "month": 11,
        "index": "last",
    }
    assert stored["range"]["count"] == 3


@pytest.mark.parametrize(
    "stored",
    [
        {},
        {"pattern": STORED["pattern"]},
        STORED | {"pattern": None},
        STORED | {"pattern": {"kind": "lunar", "interval": 1}},
        STORED | {"pattern": {"kind": "daily", "interval": "often"}},
        STORED | {"range": {"kind": "no-end", "startDate": "soon", "timeZone": "UTC"}},
    ],
)
def test_anything_else_is_no_stored_recurrence(stored: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleRecurrence):
        from_json(stored)


@pytest.mark.parametrize(
    "members",
    [
        {"kind": PatternKind.DAILY, "interval": 0},
        {"kind": PatternKind.DAILY, "days_of_week": (MON,)},
        {"kind": PatternKind.WEEKLY, "first_day_of_week": MON},
        {"kind": PatternKind.WEEKLY, "days_of_week": (MON,)},
        {"kind": PatternKind.ABSOLUTE_MONTHLY},
        {"kind": PatternKind.ABSOLUTE_MONTHLY, "day_of_month": 32},
        {"kind": PatternKind.ABSOLUTE_MONTHLY, "day_of_month": 3, "index": WeekIndex.LAST},
        {"kind": PatternKind.RELATIVE_MONTHLY, "days_of_week": (MON,)},
        {"kind": PatternKind.ABSOLUTE_YEARLY, "day_of_month": 3},
        {"kind": PatternKind.ABSOLUTE_YEARLY, "day_of_month": 3, "month": 13},
    ],
)
def test_an_incomplete_pattern_is_impossible(members: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleRecurrence):
        Pattern(**members)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (RangeKind.END_DATE, {}),
        (RangeKind.NUMBERED, {}),
        (RangeKind.NUMBERED, {"count": 0}),
        (RangeKind.NO_END, {"count": 2}),
        (RangeKind.NO_END, {"end_date": date(2027, 1, 1)}),
    ],
)
def test_an_incomplete_range_is_impossible(kind: RangeKind, members: dict[str, Any]) -> None:
    with pytest.raises(ImpossibleRecurrence):
        Range(kind, date(2026, 11, 23), "UTC", **members)
