"""The days of a series, by Outlook's own calendar arithmetic. Pure.

Outlook holds a meeting of the 31st on the last day of shorter months, where RFC 5545 would skip these months.
Days are counted from the series' first day; a rule never begins anew.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from itertools import islice

from liaison.recurrence.model import LAST_MONTH, Pattern, PatternKind, RangeKind, Recurrence
from liaison.recurrence.model import WeekIndex as Index

# Exchange writes a series without an end as one that ends on this day.
END_OF_TIME = date(4500, 8, 31)
_DAYS_A_WEEK = 7
_PLACES = {Index.FIRST: 0, Index.SECOND: 1, Index.THIRD: 2, Index.FOURTH: 3, Index.LAST: -1}


def days_of(recurrence: Recurrence, first: date, since: date | None = None) -> Iterator[date]:
    """The days in their order, of those from `since` on. `first` is the day of the first occurrence.

    A numbered series is counted from its beginning, whatever is asked for; others are entered where asked for.
    """
    span = recurrence.range
    from_day = max(first, since or first)
    if span.kind is RangeKind.NUMBERED:
        counted = islice(_from(recurrence.pattern, first, first), span.count)
        yield from (day for day in counted if day >= from_day)
        return
    last = min(span.end_date or END_OF_TIME, END_OF_TIME)
    for day in _from(recurrence.pattern, first, from_day):
        if day > last:
            return
        yield day


def last_day_of(recurrence: Recurrence, first: date) -> date | None:
    """The day of the last occurrence; None where there is no end, or no occurrence at all."""
    if recurrence.is_endless:
        return None
    end = recurrence.range.end_date
    since = (
        None
        if end is None
        else date.fromordinal(max(1, end.toordinal() - longest_gap(recurrence.pattern)))
    )
    found = None
    for day in days_of(recurrence, first, since):
        found = day
    return found


def longest_gap(pattern: Pattern) -> int:
    """More days than lie between two occurrences."""
    if pattern.kind is PatternKind.DAILY:
        return pattern.interval
    if pattern.kind is PatternKind.WEEKLY:
        return (pattern.interval + 1) * _DAYS_A_WEEK
    return (pattern.interval * (LAST_MONTH if pattern.is_yearly else 1) + 1) * 31


def nth_day(year: int, month: int, pattern: Pattern) -> date:
    """The one day of a month that a monthly or yearly pattern means."""
    length = monthrange(year, month)[1]
    if pattern.day_of_month is not None:
        return date(year, month, min(pattern.day_of_month, length))
    wanted = {day.number for day in pattern.days_of_week}
    fitting = [
        day
        for day in (date(year, month, n) for n in range(1, length + 1))
        if day.weekday() in wanted
    ]
    return fitting[_PLACES[pattern.index or Index.FIRST]]


def _from(pattern: Pattern, first: date, from_day: date) -> Iterator[date]:
    """The days from `from_day` on, without end but that of time."""
    match pattern.kind:
        case PatternKind.DAILY:
            days = _daily(pattern, first, from_day)
        case PatternKind.WEEKLY:
            days = _weekly(pattern, first, from_day)
        case _:
            days = _monthly(pattern, first, from_day)
    yield from (day for day in days if day >= from_day)


def _daily(pattern: Pattern, first: date, from_day: date) -> Iterator[date]:
    begin, step = first.toordinal(), pattern.interval
    skipped = (from_day.toordinal() - begin) // step
    for ordinal in range(begin + skipped * step, END_OF_TIME.toordinal() + 1, step):
        yield date.fromordinal(ordinal)


def _weekly(pattern: Pattern, first: date, from_day: date) -> Iterator[date]:
    """Weeks begin on the first day of the week: with an interval it decides which weeks are left out."""
    starts = pattern.first_day_of_week.number if pattern.first_day_of_week else 0
    offsets = sorted((day.number - starts) % _DAYS_A_WEEK for day in pattern.days_of_week)
    week = first.toordinal() - (first.weekday() - starts) % _DAYS_A_WEEK
    step = pattern.interval * _DAYS_A_WEEK
    skipped = (from_day.toordinal() - week) // step
    for begin in range(week + skipped * step, END_OF_TIME.toordinal() - _DAYS_A_WEEK, step):
        yield from (date.fromordinal(begin + offset) for offset in offsets)


def _monthly(pattern: Pattern, first: date, from_day: date) -> Iterator[date]:
    """A year is twelve months, of which one is meant."""
    month, step = first.month, pattern.interval
    if pattern.is_yearly:
        month, step = pattern.month or month, step * LAST_MONTH
    begin = first.year * LAST_MONTH + month - 1
    skipped = max(0, (from_day.year * LAST_MONTH + from_day.month - 1 - begin) // step)
    end = END_OF_TIME.year * LAST_MONTH + END_OF_TIME.month
    for number in range(begin + skipped * step, end, step):
        yield nth_day(number // LAST_MONTH, number % LAST_MONTH + 1, pattern)
