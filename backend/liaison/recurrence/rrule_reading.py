"""The rule of an iCalendar file as a recurrence, where Outlook can hold the very same dates. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from liaison.recurrence.model import (
    ImpossibleRecurrence,
    Pattern,
    PatternKind,
    Range,
    RangeKind,
    Recurrence,
    Weekday,
)
from liaison.recurrence.rrule import (
    CODES,
    PLACES,
    SAFE_DAYS,
    UNTIL_DAY,
    UNTIL_INSTANT,
    clamped_days,
)
from liaison.times import When

Parts = Mapping[str, str]
_KNOWN = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS"}
)
_DAYS = {code: day for day, code in CODES.items()}
_INDEXES = {place: index for index, place in PLACES.items()}
_LAST_DAY = 31
# Graph has them as Int32.
_MOST = 2**31 - 1


def recurrence_of(rule: str, first: When) -> Recurrence | None:
    """The recurrence with the same dates; None where Outlook has no pattern for them, or the rule is none.

    What a rule leaves out (the day of a monthly one, say) is taken from the first occurrence.
    """
    pairs = [part.partition("=")[::2] for part in rule.strip().upper().split(";") if part]
    parts = dict(pairs)
    if len(parts) < len(pairs) or not _KNOWN.issuperset(parts) or {"COUNT", "UNTIL"} <= set(parts):
        return None
    try:
        pattern = _pattern(parts, _first_day(first))
        return None if pattern is None else Recurrence(pattern, _range(parts, first))
    except (ImpossibleRecurrence, ValueError, KeyError, OverflowError):
        return None


def _first_day(first: When) -> date:
    if not isinstance(first.start, datetime):
        return first.start
    return first.start.astimezone(ZoneInfo(first.time_zone)).date()


def _pattern(parts: Parts, first: date) -> Pattern | None:
    interval = _number(parts.get("INTERVAL", "1"))
    match parts.get("FREQ"):
        case "DAILY":
            return _daily(parts, interval)
        case "WEEKLY":
            return _weekly(parts, interval, first)
        case "MONTHLY" if "BYMONTH" not in parts:
            return _of_month(parts, first, "MONTHLY", {"interval": interval})
        case "YEARLY" if "BYMONTH" in parts or not parts.keys() & {"BYDAY", "BYMONTHDAY"}:
            month = int(parts.get("BYMONTH", first.month))
            return _of_month(parts, first, "YEARLY", {"interval": interval, "month": month})
    return None


def _daily(parts: Parts, interval: int) -> Pattern | None:
    if parts.keys() & {"BYMONTHDAY", "BYMONTH", "BYSETPOS"}:
        return None
    if "BYDAY" not in parts:
        return Pattern(PatternKind.DAILY, interval)
    return _days_of_weeks(parts, 1) if interval == 1 else None


def _weekly(parts: Parts, interval: int, first: date) -> Pattern | None:
    if parts.keys() & {"BYMONTHDAY", "BYMONTH", "BYSETPOS"}:
        return None
    named = {"BYDAY": CODES[tuple(Weekday)[first.weekday()]]}
    return _days_of_weeks(named | dict(parts), interval)


def _days_of_weeks(parts: Parts, interval: int) -> Pattern:
    days = tuple(_DAYS[code] for code in parts["BYDAY"].split(","))
    starts = _DAYS[parts.get("WKST", "MO")]
    return Pattern(PatternKind.WEEKLY, interval, days, first_day_of_week=starts)


def _of_month(parts: Parts, first: date, frequency: str, members: dict[str, Any]) -> Pattern | None:
    """A day of the month by its number, or by days of the week."""
    if "BYDAY" in parts:
        return None if "BYMONTHDAY" in parts else _relative(parts, frequency, members)
    day = _day_of_month(parts, first, members.get("month"))
    if day is None:
        return None
    yearly = PatternKind.ABSOLUTE_YEARLY
    kind = PatternKind.ABSOLUTE_MONTHLY if frequency == "MONTHLY" else yearly
    return Pattern(kind, day_of_month=day, **members)


def _relative(parts: Parts, frequency: str, members: dict[str, Any]) -> Pattern | None:
    codes = parts["BYDAY"].split(",")
    place = int(parts["BYSETPOS"]) if "BYSETPOS" in parts else 0
    if len(codes) == 1 and len(codes[0]) > 2:  # noqa: PLR2004 - longer than a code: a number stands before it
        place, codes = (0 if place else int(codes[0][:-2])), [codes[0][-2:]]
    if place not in _INDEXES:
        return None
    days = tuple(_DAYS[code] for code in codes)
    yearly = PatternKind.RELATIVE_YEARLY
    kind = PatternKind.RELATIVE_MONTHLY if frequency == "MONTHLY" else yearly
    return Pattern(kind, days_of_week=days, index=_INDEXES[place], **members)


def _day_of_month(parts: Parts, first: date, month: int | None) -> int | None:
    """None where a reader of RFC 5545 would skip months that are too short."""
    given = parts.get("BYMONTHDAY", str(first.day))
    days = [int(day) for day in given.split(",")]
    place = parts.get("BYSETPOS")
    if days == [-1] and place in {None, "1", "-1"}:
        return _LAST_DAY
    if len(days) == 1 and place in {None, "1", "-1"}:
        return days[0] if _always_exists(days[0], month) else None
    return max(days) if place == "-1" and sorted(days) == list(clamped_days(max(days))) else None


def _always_exists(day: int, month: int | None) -> bool:
    """Whether that month, or any month, has this day every year."""
    return 1 <= day <= (SAFE_DAYS if month is None else monthrange(2001, month)[1])


def _range(parts: Parts, first: When) -> Range:
    begin = _first_day(first)
    if "COUNT" in parts:
        count = _number(parts["COUNT"])
        return Range(RangeKind.NUMBERED, begin, first.time_zone, count=count)
    if "UNTIL" in parts:
        until = _until(parts["UNTIL"], first)
        return Range(RangeKind.END_DATE, begin, first.time_zone, end_date=until)
    return Range(RangeKind.NO_END, begin, first.time_zone)


def _number(text: str) -> int:
    number = int(text)
    if number > _MOST:
        raise ValueError(text)
    return number


def _until(text: str, first: When) -> date:
    """The last day on which an occurrence may begin."""
    if "T" not in text:
        return datetime.strptime(text, UNTIL_DAY).replace(tzinfo=UTC).date()
    until = datetime.strptime(text.removesuffix("Z") + "Z", UNTIL_INSTANT).replace(tzinfo=UTC)
    if not isinstance(first.start, datetime):
        return until.date()
    zone = ZoneInfo(first.time_zone)
    local = until.astimezone(zone) if text.endswith("Z") else until.replace(tzinfo=zone)
    # On its last day the occurrence may begin later than the rule allows.
    is_too_late = local.time() < first.start.astimezone(zone).time()
    return local.date() - timedelta(days=int(is_too_late))
