"""A series from its next occurrence on: what of it can still be brought to Outlook, and how that compares. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.crm.recurring import recurrence_in, when_changed
from liaison.recurrence.model import ImpossibleRecurrence, Recurrence
from liaison.recurrence.occurrences import (
    index_of,
    instant_of,
    local_date_of,
    original_starts,
    when_of,
)
from liaison.times import When


@dataclass(frozen=True, slots=True)
class SeriesAhead:
    """What lies ahead: `when` of its first occurrence, how it repeats from there, and what is changed or cancelled."""

    when: When
    recurrence: Recurrence
    exceptions: tuple[OccurrenceException, ...]


def recurrence_to_send(repeats: ActivityRecurrence, first: When) -> Recurrence:
    """How it repeats in Outlook's terms. Raises `ImpossibleRecurrence` where Outlook has no such series."""
    recurrence = recurrence_in(repeats, first)
    if recurrence is None:
        raise ImpossibleRecurrence("Outlook has no series that repeats like this.")
    return recurrence


def series_ahead(repeats: ActivityRecurrence, first: When, now: datetime) -> SeriesAhead | None:
    """The series from the next occurrence on that begins after now and takes place; None when there is none.

    Raises `ImpossibleRecurrence` where Outlook has no such series.
    """
    recurrence = recurrence_to_send(repeats, first)
    by_day = {
        local_date_of(recurrence, first, one.original_start): one for one in repeats.exceptions
    }
    for start in original_starts(recurrence, first, after=now):
        exception = by_day.get(local_date_of(recurrence, first, start))
        if exception is None or _takes_place(recurrence, first, exception, now):
            return series_from(repeats, first, start)
    return None


def series_from(
    repeats: ActivityRecurrence, first: When, start: datetime | date
) -> SeriesAhead | None:
    """The series without the occurrences before the one that was meant to begin then; None if none was."""
    recurrence = recurrence_to_send(repeats, first)
    passed = index_of(recurrence, first, start)
    if passed is None:
        return None
    day = local_date_of(recurrence, first, start)
    begins = instant_of(recurrence, start)
    return SeriesAhead(
        when_of(recurrence, first, start),
        _without(recurrence, passed, day),
        tuple(
            one
            for one in repeats.exceptions
            if instant_of(recurrence, one.original_start) >= begins
        ),
    )


def _without(recurrence: Recurrence, passed: int, day: date) -> Recurrence:
    span = replace(recurrence.range, start_date=day)
    if span.count is not None:
        span = replace(span, count=span.count - passed)
    return replace(recurrence, range=span)


def _takes_place(
    recurrence: Recurrence, first: When, exception: OccurrenceException, now: datetime
) -> bool:
    is_changed = exception.kind is OccurrenceKind.CHANGED
    return is_changed and not when_changed(recurrence, first, exception).is_over(now)
