"""Graph's JSON of how a series repeats, to our words. Pure; members that do not matter come as 0 or as a day of year 1."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from liaison.outlook.graph_values import clean, members, record, word
from liaison.outlook.time_zones import iana_name
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

Json = Mapping[str, Any]

_KINDS = {kind.value.replace("-", ""): kind for kind in PatternKind}
_RANGES = {
    "enddate": RangeKind.END_DATE,
    "noend": RangeKind.NO_END,
    "numbered": RangeKind.NUMBERED,
}
_WEEKDAYS = {day.value: day for day in Weekday}
_INDEXES = {index.value: index for index in WeekIndex}


def read_recurrence(fields: Json) -> Recurrence:
    """How the series with these fields repeats. Raises `ImpossibleRecurrence` with a sentence without content."""
    recurrence = record(fields.get("recurrence"))
    pattern, span = record(recurrence.get("pattern")), record(recurrence.get("range"))
    if not pattern or not span:
        raise ImpossibleRecurrence("It is a series, but how it repeats is not told.")
    return Recurrence(_pattern(pattern), _range(span, _zone(fields, span)))


def cancelled_days(values: Any) -> tuple[date, ...]:
    """The days of cancelled occurrences, from texts such as OID.<id of the master>.2026-11-23."""
    days = (_day(clean(value).rpartition(".")[2]) for value in members(values))
    return tuple(
        sorted({_told(day, "One of its cancelled occurrences cannot be read.") for day in days})
    )


def _pattern(pattern: Json) -> Pattern:
    kind = _KINDS.get(word(pattern.get("type")))
    if kind is None:
        raise ImpossibleRecurrence("It repeats in a way that is unknown.")
    interval = _number(pattern.get("interval"))
    days = tuple(_named(_WEEKDAYS, day) for day in members(pattern.get("daysOfWeek")))
    match kind:
        case PatternKind.DAILY:
            return Pattern(kind, interval)
        case PatternKind.WEEKLY:
            # What Graph takes where nothing is said.
            starts = _named(_WEEKDAYS, pattern.get("firstDayOfWeek") or Weekday.SUNDAY.value)
            return Pattern(kind, interval, days, first_day_of_week=starts)
    month = _number(pattern.get("month")) if kind.value.endswith("yearly") else None
    if kind in {PatternKind.ABSOLUTE_MONTHLY, PatternKind.ABSOLUTE_YEARLY}:
        day = _number(pattern.get("dayOfMonth"))
        return Pattern(kind, interval, day_of_month=day, month=month)
    index = _named(_INDEXES, pattern.get("index") or WeekIndex.FIRST.value)
    return Pattern(kind, interval, days, month=month, index=index)


def _range(span: Json, zone: str) -> Range:
    kind = _RANGES.get(word(span.get("type")))
    if kind is None:
        raise ImpossibleRecurrence("It ends in a way that is unknown.")
    start = _told(_day(span.get("startDate")), "Its range has no first day.")
    match kind:
        case RangeKind.END_DATE:
            end = _told(_day(span.get("endDate")), "Its range has no last day.")
            return Range(kind, start, zone, end_date=end)
        case RangeKind.NUMBERED:
            return Range(kind, start, zone, count=_number(span.get("numberOfOccurrences")))
    return Range(kind, start, zone)


def _zone(fields: Json, span: Json) -> str:
    """Days and time of day are of this zone: a wrong guess would be an hour aside after a clock change."""
    named = (span.get("recurrenceTimeZone"), fields.get("originalStartTimeZone"))
    texts = [text for text in map(clean, named) if text]
    known = [zone for zone in map(iana_name, texts) if zone]
    if texts and not known:
        raise ImpossibleRecurrence("It repeats in an unknown time zone.")
    return known[0] if known else "UTC"


def _named(names: Mapping[str, Any], value: Any) -> Any:
    found = names.get(word(value))
    if found is None:
        raise ImpossibleRecurrence("It repeats on days that are unknown.")
    return found


def _number(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _day(value: Any) -> date | None:
    try:
        return date.fromisoformat(clean(value)[:10])
    except ValueError:
        return None


def _told(day: date | None, sentence: str) -> date:
    if day is None:
        raise ImpossibleRecurrence(sentence)
    return day
