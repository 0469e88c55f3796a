"""Series and their occurrences, as links see them. Pure.

An occurrence is known by its original start, never by its own id: it is derived from the master, whose ids it keeps.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from liaison.calendar.model import Synced
from liaison.calendar.rules import log_values, synced
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import CalendarEvent, EventKind
from liaison.outlook.series import original_date
from liaison.policy.values import Private
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import (
    instant_of,
    is_original_start,
    local_date_of,
    start_on,
    when_of,
)
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json


def repeats(
    master: CalendarEvent, left_out: Collection[datetime] = (), private: Private = Private.SKIP
) -> ActivityRecurrence | None:
    """How a series' activity repeats. `left_out`: original starts of occurrences that have links of their own.

    `private`: what the policy lets in of single occurrences that are private.
    """
    recurrence = master.recurrence
    if recurrence is None:
        return None
    gone = {local_date_of(recurrence, master.when, start) for start in left_out}
    gone |= {*master.cancelled}
    gone |= {
        original_date(master, one)
        for one in master.exceptions
        if _is_kept_out(master, one, private)
    }
    changed = {original_date(master, one): one for one in master.exceptions}
    exceptions = [_cancelled(recurrence, master, day) for day in gone]
    touched = [
        _changed(recurrence, master, day, one) for day, one in changed.items() if day not in gone
    ]
    # Outlook makes an exception of whatever was touched, be it its reminder.
    exceptions += [one for one in touched if one.fields]
    return ActivityRecurrence(
        rule_text(recurrence, master.when),
        to_json(recurrence),
        tuple(sorted(exceptions, key=lambda one: instant_of(recurrence, one.original_start))),
    )


def occurrence_at(master: CalendarEvent, start: datetime) -> CalendarEvent | None:
    """The occurrence that was meant to begin then; None for no such one. A cancelled one says that it is."""
    recurrence = master.recurrence
    if recurrence is None or not is_original_start(recurrence, master.when, start):
        return None
    day = local_date_of(recurrence, master.when, start)
    exception = next((one for one in master.exceptions if original_date(master, one) == day), None)
    meant = exception or replace(master, when=when_of(recurrence, master.when, start))
    return replace(
        meant,
        event_id=master.event_id,
        ical_uid=master.ical_uid,
        kind=EventKind.EXCEPTION if exception else EventKind.OCCURRENCE,
        series_master_id=master.event_id,
        original_start=key_of(start_on(recurrence, master.when, day)),
        is_cancelled=meant.is_cancelled or day in master.cancelled,
        recurrence=None,
        exceptions=(),
        cancelled=(),
    )


def occurrence_shown(master: CalendarEvent, start: datetime) -> CalendarEvent | None:
    """The occurrence that takes place then, wherever it was meant to be; None for no such one."""
    for one in master.exceptions:
        if one.when.starts_at == start and one.original_start:
            return occurrence_at(master, one.original_start)
    return occurrence_at(master, start)


def key_of(start: datetime | date) -> datetime:
    """An original start as links keep it: an instant, midnight of UTC for whole days."""
    return start if isinstance(start, datetime) else datetime.combine(start, time(), UTC)


def original_day_of(master: CalendarEvent, start: datetime | date) -> date | None:
    """The day of the series' zone on which an occurrence was meant to begin; None for what is no series."""
    recurrence = master.recurrence
    return None if recurrence is None else local_date_of(recurrence, master.when, start)


def fresh_exceptions(
    before: ActivityRecurrence | None, after: ActivityRecurrence | None
) -> dict[OccurrenceKind, list[OccurrenceException]]:
    """The occurrences that are changed or cancelled in `after` in another way than in `before`."""
    known = before.exceptions if before else ()
    fresh = [one for one in (after.exceptions if after else ()) if one not in known]
    return {kind: [one for one in fresh if one.kind is kind] for kind in OccurrenceKind}


def told_of(fields: Mapping[str, Any], series: Synced) -> dict[str, Any]:
    """What a changed occurrence has of its own, for a sentence: a move resets the answers, which is no news of it."""
    people = fields.get("participants")
    as_the_series = {(one.address, one.role) for one in series.participants}
    if people is None or {(one["address"], one["role"]) for one in people} != as_the_series:
        return dict(fields)
    told = {name: value for name, value in fields.items() if name != "participants"}
    return told or {"answers": True}


def was_taken_out(master: CalendarEvent, occurrence: CalendarEvent) -> bool:
    """Whether an invitee removed it from his own calendar; what the organizer cancels stays there, marked."""
    day = original_date(master, occurrence)
    is_marked = any(
        one.is_cancelled and original_date(master, one) == day for one in master.exceptions
    )
    return not master.is_organizer and day in master.cancelled and not is_marked


def _is_kept_out(master: CalendarEvent, exception: CalendarEvent, private: Private) -> bool:
    """Of a series that everybody may see nothing is told that only some may."""
    is_told = private in {Private.BUSY_ONLY, Private.INCLUDE} or master.is_private
    return exception.is_cancelled or (exception.is_private and not is_told)


def _cancelled(recurrence: Recurrence, master: CalendarEvent, day: date) -> OccurrenceException:
    return OccurrenceException(start_on(recurrence, master.when, day), OccurrenceKind.CANCELLED)


def _changed(
    recurrence: Recurrence, master: CalendarEvent, day: date, exception: CalendarEvent
) -> OccurrenceException:
    start = start_on(recurrence, master.when, day)
    meant = synced.from_event(replace(master, when=when_of(recurrence, master.when, start)))
    differing: dict[str, Any] = {}
    shown = synced.from_event(exception)
    for name, member in synced.MEMBERS.items():
        if shown.value(name) != meant.value(name):
            differing |= log_values.to_log({member: shown.value(name)})
    return OccurrenceException(start, OccurrenceKind.CHANGED, differing)
