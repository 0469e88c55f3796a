"""What a change of an event writes. Pure."""

from __future__ import annotations

from liaison.calendar.model import Synced, SyncedPerson
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import ChangeEvent
from liaison.crm.recurring import recurrence_in
from liaison.outlook.model import Attendee, EventChanges, Response, Role
from liaison.recurrence.model import Recurrence


def event_changes(change: ChangeEvent) -> EventChanges:
    """The members of the event that the change names; the others are left as they are.

    A series begins on the day that its range names: a new time is sent with how it repeats.
    """
    wanted, fields = change.wanted, change.fields
    return EventChanges(
        subject=wanted.subject if "subject" in fields else None,
        notes=wanted.notes if "notes" in fields else None,
        when=wanted.time if "time" in fields else None,
        place=wanted.place if "place" in fields else None,
        recurrence=_recurrence(wanted) if fields & {"time", "recurrence"} else None,
        ends_series="recurrence" in fields and wanted.recurrence is None,
        attendees=attendees_of(wanted) if "participants" in fields else None,
    )


def attendees_of(wanted: Synced) -> tuple[Attendee, ...]:
    """Everybody but the organizer."""
    return tuple(_attendee(one) for one in wanted.participants if one.response != synced.ORGANIZER)


def _attendee(one: SyncedPerson) -> Attendee:
    return Attendee(one.name, one.address, Role(one.role), Response(one.response))


def _recurrence(wanted: Synced) -> Recurrence | None:
    return recurrence_in(wanted.recurrence, wanted.time) if wanted.recurrence else None
