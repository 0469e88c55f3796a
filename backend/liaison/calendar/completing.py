"""Completes a series that was just made: single occurrences first, then its guests, so that they get one invitation."""

from __future__ import annotations

from datetime import datetime

from liaison.calendar.rules.drafts import Draft
from liaison.calendar.series_writing import write_occurrences
from liaison.errors import EventChangedMeanwhile
from liaison.outlook.model import CalendarEvent, EventChanges, Mailbox
from liaison.outlook.port import Outlook


def complete_series(
    outlook: Outlook, mailbox: Mailbox, draft: Draft, event_id: str, now: datetime
) -> CalendarEvent:
    """The series as it shall be; every step may be repeated. Raises `GatewayError`, `EventChangedMeanwhile`."""
    write_occurrences(outlook, mailbox, _read(outlook, mailbox, event_id), draft.exceptions, now)
    whole = _read(outlook, mailbox, event_id)
    if whole.attendees or not draft.guests:
        return whole
    guests = EventChanges(attendees=draft.guests)
    return outlook.writer.change_event(mailbox, event_id, guests, whole.etag)


def _read(outlook: Outlook, mailbox: Mailbox, event_id: str) -> CalendarEvent:
    whole = outlook.calendars.find_event(mailbox, event_id)
    if not isinstance(whole, CalendarEvent):
        raise EventChangedMeanwhile
    return whole
