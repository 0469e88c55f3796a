"""Series in the fake Microsoft 365: only masters are stored, occurrences are made from them when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from liaison.outlook.model import CalendarEvent, EventKind, UnreadableEvent
from liaison.outlook.series import begins_at, original_date
from liaison.recurrence.occurrences import (
    instant_of,
    local_date_of,
    original_starts,
    start_on,
    when_of,
)

A_DAY = timedelta(days=1)


def occurrence_id(master_id: str, day: date) -> str:
    return f"{master_id}_{day:%Y%m%d}"


def is_series(event: Any) -> bool:
    return isinstance(event, CalendarEvent) and event.recurrence is not None


def whole(event: CalendarEvent) -> CalendarEvent:
    """As the mailbox keeps a master: its exceptions are its own, in their order."""
    if not is_series(event):
        return event
    exceptions = [
        replace(
            one,
            event_id=occurrence_id(event.event_id, original_date(event, one)),
            ical_uid=event.ical_uid,
            kind=EventKind.EXCEPTION,
            series_master_id=event.event_id,
            is_organizer=event.is_organizer,
        )
        for one in event.exceptions
    ]
    exceptions.sort(key=lambda one: one.original_start or one.when.starts_at)
    return replace(event, exceptions=tuple(exceptions), knows_exceptions=True)


def told(event: CalendarEvent | UnreadableEvent) -> CalendarEvent | UnreadableEvent:
    """As delta and lists tell a master."""
    if isinstance(event, UnreadableEvent) or not is_series(event):
        return event
    return replace(event, exceptions=(), cancelled=(), knows_exceptions=False)


def shown(event: CalendarEvent, start: datetime, end: datetime) -> Iterator[CalendarEvent]:
    """What a calendar shows of an event in a span: itself, or the occurrences of a series."""
    candidates = occurrences(event, end) if is_series(event) else [event]
    return (one for one in candidates if one.when.starts_at < end and one.when.ends_at > start)


def occurrences(master: CalendarEvent, before: datetime) -> Iterator[CalendarEvent]:
    """All that were meant to begin before that, and all exceptions."""
    assert master.recurrence is not None
    yield from master.exceptions
    gone = {*master.cancelled, *(original_date(master, one) for one in master.exceptions)}
    for start in original_starts(master.recurrence, master.when, before=before):
        day = local_date_of(master.recurrence, master.when, start)
        if day not in gone:
            yield occurrence_on(master, day)


def occurrence_on(master: CalendarEvent, day: date) -> CalendarEvent:
    """The regular occurrence of a day of the series' zone."""
    assert master.recurrence is not None
    start = start_on(master.recurrence, master.when, day)
    return replace(
        master,
        event_id=occurrence_id(master.event_id, day),
        kind=EventKind.OCCURRENCE,
        series_master_id=master.event_id,
        when=when_of(master.recurrence, master.when, start),
        original_start=instant_of(master.recurrence, start),
        recurrence=None,
        exceptions=(),
        cancelled=(),
        knows_exceptions=False,
    )


def occurrence_at(master: CalendarEvent, start: datetime) -> CalendarEvent | None:
    """The one that begins then, else the one that was meant to."""
    near = list(shown(master, start - 8 * A_DAY, start + 8 * A_DAY))
    begins = (one for one in near if begins_at(one.when, start))
    meant = (one for one in near if one.original_start == start)
    return next(begins, None) or next(meant, None)


def find_by_id(
    events: Iterable[CalendarEvent | UnreadableEvent], event_id: str
) -> CalendarEvent | None:
    """The occurrence or exception with this id, of whichever series."""
    for master in events:
        if isinstance(master, CalendarEvent) and is_series(master):
            for one in occurrences(master, master.when.starts_at + 4000 * A_DAY):
                if one.event_id == event_id:
                    return one
    return None
