"""A recurrence as JSON and back, without loss. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from liaison.recurrence.model import (
    ImpossibleRecurrence,
    Pattern,
    PatternKind,
    Range,
    RangeKind,
    Recurrence,
    Weekday,
    WeekIndex,
)


def to_json(recurrence: Recurrence) -> dict[str, Any]:
    """What a JSON column holds; members that do not matter are absent."""
    pattern, span = recurrence.pattern, recurrence.range
    return {
        "pattern": _present(
            kind=pattern.kind.value,
            interval=pattern.interval,
            daysOfWeek=[day.value for day in pattern.days_of_week] or None,
            dayOfMonth=pattern.day_of_month,
            month=pattern.month,
            index=pattern.index and pattern.index.value,
            firstDayOfWeek=pattern.first_day_of_week and pattern.first_day_of_week.value,
        ),
        "range": _present(
            kind=span.kind.value,
            startDate=span.start_date.isoformat(),
            timeZone=span.time_zone,
            endDate=span.end_date and span.end_date.isoformat(),
            count=span.count,
        ),
    }


def from_json(stored: Mapping[str, Any]) -> Recurrence:
    """What `to_json` made. Raises `ImpossibleRecurrence` for anything else."""
    try:
        pattern, span = stored["pattern"], stored["range"]
        return Recurrence(_pattern(pattern), _range(span))
    except (KeyError, TypeError, AttributeError, ValueError) as problem:
        raise ImpossibleRecurrence("This is no stored recurrence.") from problem


def _pattern(stored: Mapping[str, Any]) -> Pattern:
    index, first_day = stored.get("index"), stored.get("firstDayOfWeek")
    return Pattern(
        kind=PatternKind(stored["kind"]),
        interval=stored["interval"],
        days_of_week=tuple(Weekday(day) for day in stored.get("daysOfWeek", ())),
        day_of_month=stored.get("dayOfMonth"),
        month=stored.get("month"),
        index=WeekIndex(index) if index else None,
        first_day_of_week=Weekday(first_day) if first_day else None,
    )


def _range(stored: Mapping[str, Any]) -> Range:
    end_date = stored.get("endDate")
    return Range(
        kind=RangeKind(stored["kind"]),
        start_date=date.fromisoformat(stored["startDate"]),
        time_zone=stored["timeZone"],
        end_date=date.fromisoformat(end_date) if end_date else None,
        count=stored.get("count"),
    )


def _present(**members: Any) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
