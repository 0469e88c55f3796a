"""How a series repeats, in Outlook's terms. Pure values; what does not matter to a kind of pattern is not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LAST_DAY_OF_MONTH, LAST_MONTH = 31, 12


class PatternKind(StrEnum):
    """Graph's types of patterns."""

    DAILY = "daily"
    WEEKLY = "weekly"
    ABSOLUTE_MONTHLY = "absolute-monthly"
    RELATIVE_MONTHLY = "relative-monthly"
    ABSOLUTE_YEARLY = "absolute-yearly"
    RELATIVE_YEARLY = "relative-yearly"


class RangeKind(StrEnum):
    """Graph's types of ranges."""

    END_DATE = "end-date"
    NO_END = "no-end"
    NUMBERED = "numbered"


class Weekday(StrEnum):
    """A day of the week."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """As `date.weekday` counts: Monday is 0."""
        return WEEK.index(self)


class WeekIndex(StrEnum):
    """Which of the days of a month that fit."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"


WEEK = tuple(Weekday)
_ABSOLUTE = {PatternKind.ABSOLUTE_MONTHLY, PatternKind.ABSOLUTE_YEARLY}
_YEARLY = {PatternKind.ABSOLUTE_YEARLY, PatternKind.RELATIVE_YEARLY}
_RELATIVE = {PatternKind.RELATIVE_MONTHLY, PatternKind.RELATIVE_YEARLY}


class ImpossibleRecurrence(ValueError):
    """Says in a sentence why nothing can repeat like this."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """Which days. `interval` counts days, weeks, months or years.

    `days_of_week` stand in the order of the week, for weekly and relative patterns; relative ones mean the
    `index`th of all days of the month that are among them ("the last weekday" has five). `day_of_month` beyond
    the end of a month means its last day. `first_day_of_week` matters to weekly patterns alone.
    """

    kind: PatternKind
    interval: int = 1
    days_of_week: tuple[Weekday, ...] = ()
    day_of_month: int | None = None
    month: int | None = None
    index: WeekIndex | None = None
    first_day_of_week: Weekday | None = None

    def __post_init__(self) -> None:
        """Refuse what is incomplete; raises `ImpossibleRecurrence`."""
        _demand("an interval", fits=self.interval >= 1)
        named = tuple(day for day in WEEK if day in self.days_of_week)
        object.__setattr__(self, "days_of_week", named)
        by_week = self.kind in _RELATIVE or self.kind is PatternKind.WEEKLY
        _demand("days of the week", fits=bool(named) == by_week)
        _demand("a day of the month", fits=_is_day(self.day_of_month, self.kind in _ABSOLUTE))
        _demand("a month", fits=_is_month(self.month, self.kind in _YEARLY))
        _demand("a place in the month", fits=(self.index is not None) == (self.kind in _RELATIVE))
        starts_weeks = self.first_day_of_week is not None
        _demand("a first day of the week", fits=starts_weeks == (self.kind is PatternKind.WEEKLY))

    @property
    def is_yearly(self) -> bool:
        """Whether the interval counts years."""
        return self.kind in _YEARLY

    @property
    def is_relative(self) -> bool:
        """Whether days of the week are counted within a month."""
        return self.kind in _RELATIVE


@dataclass(frozen=True, slots=True)
class Range:
    """From when to when, in days of `time_zone` (an IANA name); the end date is inclusive."""

    kind: RangeKind
    start_date: date
    time_zone: str
    end_date: date | None = None
    count: int | None = None

    def __post_init__(self) -> None:
        """Refuse what is incomplete; raises `ImpossibleRecurrence`."""
        has_end = self.end_date is not None
        _demand("an end date", fits=has_end == (self.kind is RangeKind.END_DATE))
        is_numbered = self.kind is RangeKind.NUMBERED
        is_counted = self.count is not None and self.count >= 1
        _demand("a number of occurrences", fits=is_counted if is_numbered else self.count is None)


@dataclass(frozen=True, slots=True)
class Recurrence:
    """How a series repeats. Occurrences that were changed or cancelled are no part of it."""

    pattern: Pattern
    range: Range

    @property
    def is_endless(self) -> bool:
        """Whether it goes on until somebody ends it."""
        return self.range.kind is RangeKind.NO_END


def _is_day(day: int | None, wanted: bool) -> bool:  # noqa: FBT001 - read at its two calls
    return (
        1 <= day <= LAST_DAY_OF_MONTH if wanted and day is not None else wanted == (day is not None)
    )


def _is_month(month: int | None, wanted: bool) -> bool:  # noqa: FBT001 - likewise
    return (
        1 <= month <= LAST_MONTH if wanted and month is not None else wanted == (month is not None)
    )


def _demand(what: str, *, fits: bool) -> None:
    if not fits:
        raise ImpossibleRecurrence(
            f"A series of this kind lacks {what}, or has one it cannot have."
        )
