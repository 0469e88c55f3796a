"""A recurrence as the rule of an iCalendar file (RFC 5545), without "RRULE:". Pure.

Readers of RFC 5545 get the very dates of Outlook: where it holds a meeting on the last day of a month that is too
short, the rule names all days that may be meant and takes the last of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from liaison.recurrence.model import (
    Pattern,
    PatternKind,
    RangeKind,
    Recurrence,
    Weekday,
    WeekIndex,
)
from liaison.recurrence.occurrences import start_on
from liaison.times import When

CODES = {day: day.value[:2].upper() for day in Weekday}
PLACES = {
    WeekIndex.FIRST: 1,
    WeekIndex.SECOND: 2,
    WeekIndex.THIRD: 3,
    WeekIndex.FOURTH: 4,
    WeekIndex.LAST: -1,
}
# Days that every month has.
SAFE_DAYS = 28
FREQUENCIES = {
    PatternKind.DAILY: "DAILY",
    PatternKind.WEEKLY: "WEEKLY",
    PatternKind.ABSOLUTE_MONTHLY: "MONTHLY",
    PatternKind.RELATIVE_MONTHLY: "MONTHLY",
    PatternKind.ABSOLUTE_YEARLY: "YEARLY",
    PatternKind.RELATIVE_YEARLY: "YEARLY",
}
UNTIL_DAY, UNTIL_INSTANT = "%Y%m%d", "%Y%m%dT%H%M%SZ"


def rule_text(recurrence: Recurrence, first: When) -> str:
    """The rule; `first` is when the first occurrence takes place, which the rule's end refers to."""
    return ";".join([*_pattern_parts(recurrence.pattern), *_end_parts(recurrence, first)])


def clamped_days(day: int) -> range:
    """The days of a month of which the last one that exists is meant by `day`."""
    return range(min(day, SAFE_DAYS), day + 1)


def _pattern_parts(pattern: Pattern) -> Iterator[str]:
    yield f"FREQ={FREQUENCIES[pattern.kind]}"
    if pattern.interval > 1:
        yield f"INTERVAL={pattern.interval}"
    if pattern.month is not None:
        yield f"BYMONTH={pattern.month}"
    if pattern.day_of_month is not None:
        days = clamped_days(pattern.day_of_month)
        yield "BYMONTHDAY=" + ",".join(map(str, days))
        if len(days) > 1:
            yield "BYSETPOS=-1"
    elif pattern.is_relative:
        yield from _relative_parts(pattern)
    elif pattern.first_day_of_week is not None:
        yield "BYDAY=" + _codes(pattern)
        yield f"WKST={CODES[pattern.first_day_of_week]}"


def _relative_parts(pattern: Pattern) -> Iterator[str]:
    place = PLACES[pattern.index or WeekIndex.FIRST]
    if len(pattern.days_of_week) == 1:
        yield f"BYDAY={place}{_codes(pattern)}"
        return
    yield "BYDAY=" + _codes(pattern)
    yield f"BYSETPOS={place}"


def _codes(pattern: Pattern) -> str:
    return ",".join(CODES[day] for day in pattern.days_of_week)


def _end_parts(recurrence: Recurrence, first: When) -> Iterator[str]:
    span = recurrence.range
    if span.kind is RangeKind.NUMBERED:
        yield f"COUNT={span.count}"
    if span.end_date is not None:
        last = start_on(recurrence, first, span.end_date)
        form = UNTIL_INSTANT if isinstance(last, datetime) else UNTIL_DAY
        yield f"UNTIL={last.strftime(form)}"
