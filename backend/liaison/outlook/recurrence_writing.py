"""How a series repeats, in our words, to the JSON that Graph takes. Pure; recurrence_mapping is the other direction.

Only what matters to a kind of pattern or range is sent: Graph checks the rest too, and refuses what is odd in it.
"""

from __future__ import annotations

from typing import Any

from liaison.outlook.time_zones import outlook_name
from liaison.recurrence.model import Pattern, PatternKind, Range, RangeKind, Recurrence

Json = dict[str, Any]

_KINDS = {
    PatternKind.DAILY: "daily",
    PatternKind.WEEKLY: "weekly",
    PatternKind.ABSOLUTE_MONTHLY: "absoluteMonthly",
    PatternKind.RELATIVE_MONTHLY: "relativeMonthly",
    PatternKind.ABSOLUTE_YEARLY: "absoluteYearly",
    PatternKind.RELATIVE_YEARLY: "relativeYearly",
}
_RANGES = {
    RangeKind.END_DATE: "endDate",
    RangeKind.NO_END: "noEnd",
    RangeKind.NUMBERED: "numbered",
}


def recurrence_json(recurrence: Recurrence) -> Json:
    """Pattern and range."""
    return {"pattern": _pattern(recurrence.pattern), "range": _range(recurrence.range)}


def _pattern(pattern: Pattern) -> Json:
    written: Json = {"type": _KINDS[pattern.kind], "interval": pattern.interval}
    if pattern.days_of_week:
        written["daysOfWeek"] = [day.value for day in pattern.days_of_week]
    if pattern.first_day_of_week is not None:
        written["firstDayOfWeek"] = pattern.first_day_of_week.value
    if pattern.day_of_month is not None:
        written["dayOfMonth"] = pattern.day_of_month
    if pattern.month is not None:
        written["month"] = pattern.month
    if pattern.index is not None:
        written["index"] = pattern.index.value
    return written


def _range(span: Range) -> Json:
    written: Json = {
        "type": _RANGES[span.kind],
        "startDate": span.start_date.isoformat(),
        "recurrenceTimeZone": outlook_name(span.time_zone) or span.time_zone,
    }
    if span.end_date is not None:
        written["endDate"] = span.end_date.isoformat()
    if span.count is not None:
        written["numberOfOccurrences"] = span.count
    return written
