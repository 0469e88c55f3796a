"""On which days a series takes place, by Outlook's rules. Days only; clocks are elsewhere.

Outlook clamps: the 31st is the last day of a shorter month, 29 February is the 28th in other years.
Weeks are counted from the week of the start, as the first day of the week cuts it.
"""

import calendar
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
INDEXES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "last": -1}
# Exchange's calendar ends here; a series without an end goes on until then.
LAST_YEAR = 4500


@dataclass(frozen=True, slots=True)
class Rule:
    """`days` and `first_day` count from Monday, which is 0."""

    kind: str
    interval: int
    start: date
    days: frozenset[int] = frozenset()
    day_of_month: int = 0
    month: int = 0
    index: int = 0
    first_day: int = 6
    end: date | None = None
    count: int | None = None


def rule_of(recurrence: Mapping[str, Any]) -> Rule:
    """From a patternedRecurrence as Graph writes it."""
    pattern, span = recurrence["pattern"], recurrence["range"]
    kind = span["type"]
    return Rule(
        kind=pattern["type"],
        interval=pattern["interval"],
        start=date.fromisoformat(span["startDate"]),
        days=frozenset(DAYS.index(day) for day in pattern["daysOfWeek"]),
        day_of_month=pattern["dayOfMonth"],
        month=pattern["month"],
        index=INDEXES[pattern["index"]],
        first_day=DAYS.index(pattern["firstDayOfWeek"]),
        end=date.fromisoformat(span["endDate"]) if kind == "endDate" else None,
        count=span["numberOfOccurrences"] if kind == "numbered" else None,
    )


def days_from(rule: Rule, first: date) -> Iterator[date]:
    """The days of the series that are not before `first`, in order."""
    last = last_day(rule)
    for day in _endless(rule, max(first, rule.start)):
        if last is not None and day > last:
            return
        yield day


def is_on(rule: Rule, day: date) -> bool:
    return next(days_from(rule, day), None) == day


@lru_cache(maxsize=4096)
def last_day(rule: Rule) -> date | None:
    """None for a series that never ends. A numbered one ends with its last occurrence."""
    if rule.count is None:
        return rule.end
    return deque(islice(_endless(rule, rule.start), rule.count), maxlen=1).pop()


def _endless(rule: Rule, first: date) -> Iterator[date]:
    period = _period_of(rule, first)
    while True:
        try:
            days = _days_in(rule, period)
        except (OverflowError, ValueError):
            return
        for day in days:
            if day.year > LAST_YEAR:
                return
            if day >= first:
                yield day
        period += 1


def _period_of(rule: Rule, day: date) -> int:
    """The number of the interval that holds the day; the start is in number 0."""
    match rule.kind:
        case "daily":
            units = (day - rule.start).days
        case "weekly":
            units = (day - _week_start(rule)).days // 7
        case "absoluteMonthly" | "relativeMonthly":
            units = _months(day) - _months(rule.start)
        case _:
            units = day.year - rule.start.year
    return max(units // rule.interval, 0)


def _days_in(rule: Rule, period: int) -> list[date]:
    units = period * rule.interval
    match rule.kind:
        case "daily":
            return [rule.start + timedelta(days=units)]
        case "weekly":
            week = _week_start(rule) + timedelta(weeks=units)
            offsets = sorted((day - rule.first_day) % 7 for day in rule.days)
            return [week + timedelta(days=offset) for offset in offsets]
        case "absoluteMonthly" | "relativeMonthly":
            year, month = divmod(_months(rule.start) + units, 12)
            return [_in_month(rule, year, month + 1)]
        case _:
            return [_in_month(rule, rule.start.year + units, rule.month)]


def _week_start(rule: Rule) -> date:
    return rule.start - timedelta(days=(rule.start.weekday() - rule.first_day) % 7)


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _in_month(rule: Rule, year: int, month: int) -> date:
    length = calendar.monthrange(year, month)[1]
    if rule.kind.startswith("absolute"):
        return date(year, month, min(rule.day_of_month, length))
    every = (date(year, month, day) for day in range(1, length + 1))
    return [day for day in every if day.weekday() in rule.days][rule.index]
