"""Carries single occurrences of a series to Outlook: each is written by itself, on the organizer's copy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from liaison.calendar.rules.occurrence_changes import in_writing_order, occurrence_changes
from liaison.calendar.rules.series import key_of, original_day_of
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.errors import RequestRejected
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.outlook.port import Outlook


def write_occurrences(
    outlook: Outlook,
    mailbox: Mailbox,
    master: CalendarEvent,
    occurrences: Iterable[OccurrenceException],
    now: datetime,
) -> None:
    """Write these, one after the other; what is so already or is over is passed by.

    So a further try after a lost answer goes on where the first one ended. Raises `GatewayError`; what Outlook refuses
    of one occurrence is raised when the others are written.
    """
    refused: RequestRejected | None = None
    for exception in in_writing_order(master, occurrences):
        try:
            _write(outlook, mailbox, master, exception, now)
        except RequestRejected as error:
            refused = refused or error
    if refused:
        raise refused


def _write(
    outlook: Outlook,
    mailbox: Mailbox,
    master: CalendarEvent,
    exception: OccurrenceException,
    now: datetime,
) -> None:
    instance = _find(outlook, mailbox, master, exception)
    if instance is None or instance.is_cancelled or instance.when.is_over(now):
        return
    if exception.kind is OccurrenceKind.CANCELLED:
        _take_away(outlook, mailbox, instance)
        return
    changes = occurrence_changes(master, instance, exception)
    if changes is not None:
        outlook.writer.change_event(mailbox, instance.event_id, changes, instance.etag)


def _take_away(outlook: Outlook, mailbox: Mailbox, instance: CalendarEvent) -> None:
    if instance.attendees:
        outlook.writer.cancel_event(mailbox, instance.event_id)
    else:
        outlook.writer.delete_event(mailbox, instance.event_id)


def _find(
    outlook: Outlook, mailbox: Mailbox, master: CalendarEvent, exception: OccurrenceException
) -> CalendarEvent | None:
    """The occurrence of that day of the pattern, wherever it lies now."""
    day = original_day_of(master, exception.original_start)
    for known in master.exceptions:
        if known.original_start and original_day_of(master, known.original_start) == day:
            found = outlook.calendars.find_event(mailbox, known.event_id)
            return found if isinstance(found, CalendarEvent) else None
    start = key_of(exception.original_start)
    shown = outlook.calendars.find_occurrence(mailbox, master.event_id, start)
    return shown if shown and _is_of(master, shown, exception) else None


def _is_of(master: CalendarEvent, shown: CalendarEvent, exception: OccurrenceException) -> bool:
    """Another occurrence may have been moved to this very time."""
    start = shown.original_start or shown.when.start
    return original_day_of(master, start) == original_day_of(master, exception.original_start)
