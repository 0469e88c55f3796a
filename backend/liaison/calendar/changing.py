"""Carries one change of the CRM to its event: a meeting, a whole series and single occurrences of it, or one occurrence."""

from __future__ import annotations

from datetime import datetime

from liaison.calendar.rules.decision import ChangeEvent
from liaison.calendar.rules.event_changes import event_changes
from liaison.calendar.series_writing import write_occurrences
from liaison.errors import EventChangedMeanwhile
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.outlook.port import Outlook


def change_event(
    outlook: Outlook, mailbox: Mailbox, change: ChangeEvent, now: datetime
) -> CalendarEvent:
    """The event, of a series with its exceptions, as Outlook holds it then.

    Raises `GatewayError`, `EventChangedMeanwhile` where somebody was faster or it is gone.
    """
    if change.original_start is not None:
        return _change_occurrence(outlook, mailbox, change, change.original_start)
    event = None
    if change.fields:
        changes = event_changes(change)
        event = outlook.writer.change_event(mailbox, change.event_id, changes, change.etag)
    if event is not None and not change.occurrences:
        return event
    master = event or _read(outlook, mailbox, change.event_id)
    write_occurrences(outlook, mailbox, master, change.occurrences, now)
    return _read(outlook, mailbox, change.event_id)


def _change_occurrence(
    outlook: Outlook, mailbox: Mailbox, change: ChangeEvent, start: datetime
) -> CalendarEvent:
    """It is known by its series, never by its own id; its series is what shows it afterwards."""
    found = outlook.calendars.find_occurrence(mailbox, change.event_id, start)
    if found is None:
        raise EventChangedMeanwhile
    outlook.writer.change_event(mailbox, found.event_id, event_changes(change), found.etag)
    return _read(outlook, mailbox, change.event_id)


def _read(outlook: Outlook, mailbox: Mailbox, event_id: str) -> CalendarEvent:
    event = outlook.calendars.find_event(mailbox, event_id)
    if not isinstance(event, CalendarEvent):
        raise EventChangedMeanwhile
    return event
