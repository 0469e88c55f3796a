"""What a series holds once its exceptions and cancelled occurrences are taken into account. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from liaison.outlook.model import CalendarEvent, EventKind, UnreadableEvent
from liaison.recurrence.held import held
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import local_date_of, original_starts
from liaison.times import When


def original_date(master: CalendarEvent, occurrence: CalendarEvent) -> date:
    """The day of the series' zone on which an occurrence was meant to be."""
    start = occurrence.original_start or occurrence.when.start
    return local_date_of(_recurrence(master), master.when, start)


def begins_at(when: When, start: datetime) -> bool:
    """Whether it begins then; whole days begin at midnight of UTC, too."""
    in_utc = start.astimezone(UTC)
    is_that_day = in_utc.time() == time() and when.start == in_utc.date()
    return when.starts_at == in_utc or (when.is_all_day and is_that_day)


def held_between(master: CalendarEvent, after: datetime, before: datetime) -> Iterator[When]:
    """When the occurrences take place that are not over at `after` and begin earlier than `before`, in order."""
    return held(
        _recurrence(master),
        master.when,
        gone={*master.cancelled, *(original_date(master, each) for each in master.exceptions)},
        moved=[one.when for one in master.exceptions if not one.is_cancelled],
        after=after,
        before=before,
    )


def compared(
    master: CalendarEvent,
    instances: Iterable[CalendarEvent | UnreadableEvent],
    after: datetime,
    before: datetime,
) -> CalendarEvent | UnreadableEvent:
    """The master with exceptions and cancelled occurrences as a list of its instances shows them.

    What was meant to begin from `after` on and before `before` and is not among them was cancelled.
    """
    recurrence, listed = _recurrence(master), list(instances)
    readable = [each for each in listed if isinstance(each, CalendarEvent)]
    exceptions = [each for each in readable if each.kind is EventKind.EXCEPTION]
    if len(readable) < len(listed) or any(each.original_start is None for each in exceptions):
        return UnreadableEvent(master.event_id, "One of its occurrences cannot be read.")
    present = {original_date(master, each) for each in readable}
    meant = (
        local_date_of(recurrence, master.when, start)
        for start in original_starts(recurrence, master.when, after=after, before=before)
    )
    return replace(
        master,
        exceptions=tuple(sorted(exceptions, key=lambda one: original_date(master, one))),
        cancelled=tuple(day for day in meant if day not in present),
        knows_exceptions=True,
    )


def _recurrence(master: CalendarEvent) -> Recurrence:
    if master.recurrence is None:
        raise ValueError("Only a series master has occurrences.")
    return master.recurrence
