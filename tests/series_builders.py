"""Series in few words."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from liaison.recurrence.model import (
    WEEK,
    Pattern,
    PatternKind,
    Range,
    RangeKind,
    Recurrence,
    Weekday,
    WeekIndex,
)
from liaison.times import When

BERLIN = "Europe/Berlin"
MON, TUE, WED, THU, FRI, SAT, SUN = WEEK
WEEKDAYS, WEEKEND = WEEK[:5], WEEK[5:]


def daily(interval: int = 1) -> Pattern:
    return Pattern(PatternKind.DAILY, interval)


def weekly(*days: Weekday, interval: int = 1, starts: Weekday = MON) -> Pattern:
    return Pattern(PatternKind.WEEKLY, interval, days, first_day_of_week=starts)


def monthly(day: int, interval: int = 1) -> Pattern:
    return Pattern(PatternKind.ABSOLUTE_MONTHLY, interval, day_of_month=day)


def monthly_on(index: str, *days: Weekday, interval: int = 1) -> Pattern:
    return Pattern(PatternKind.RELATIVE_MONTHLY, interval, days, index=WeekIndex(index))


def yearly(month: int, day: int, interval: int = 1) -> Pattern:
    return Pattern(PatternKind.ABSOLUTE_YEARLY, interval, month=month, day_of_month=day)


def yearly_on(month: int, index: str, *days: Weekday, interval: int = 1) -> Pattern:
    return Pattern(PatternKind.RELATIVE_YEARLY, interval, days, month=month, index=WeekIndex(index))


# A pattern of each kind, with a day on which it takes place.
EACH_KIND = [
    (daily(3), date(2026, 11, 23)),
    (weekly(MON, WED, interval=2, starts=SUN), date(2026, 11, 23)),
    (monthly(23), date(2026, 11, 23)),
    (monthly(31), date(2026, 12, 31)),
    (monthly_on("last", *WEEKDAYS), date(2026, 11, 30)),
    (yearly(11, 23), date(2026, 11, 23)),
    (yearly(2, 29, 4), date(2028, 2, 29)),
    (yearly_on(11, "fourth", MON), date(2026, 11, 23)),
]
EACH_END: list[dict[str, Any]] = [{}, {"until": date(2040, 6, 30)}, {"count": 5}]


def series(
    pattern: Pattern,
    begin: date,
    *,
    until: date | None = None,
    count: int | None = None,
    zone: str = BERLIN,
) -> Recurrence:
    """Without an end unless one is given."""
    kind = RangeKind.END_DATE if until else RangeKind.NUMBERED if count else RangeKind.NO_END
    day = begin.date() if isinstance(begin, datetime) else begin
    return Recurrence(pattern, Range(kind, day, zone, until, count))


def local(text: str, zone: str = BERLIN) -> datetime:
    """A time on the clocks of a zone, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def an_hour(text: str, zone: str = BERLIN) -> When:
    start = local(text, zone)
    return When(start, start + timedelta(hours=1), zone)


def whole_day(text: str, **changes: Any) -> When:
    day = date.fromisoformat(text)
    return When(day, changes.get("end", day), changes.get("zone", BERLIN))
