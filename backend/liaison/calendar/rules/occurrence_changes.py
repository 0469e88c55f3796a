"""What one occurrence of a series has to become, once the CRM changed it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from liaison.calendar.rules import synced
from liaison.calendar.rules.series import key_of, occurrence_at
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.crm.recurring import when_changed
from liaison.outlook.model import Attendee, CalendarEvent, EventChanges, Response, Role
from liaison.times import When


def in_writing_order(
    master: CalendarEvent, exceptions: Iterable[OccurrenceException]
) -> list[OccurrenceException]:
    """So that none passes a neighbour on its way: first what is cancelled, then the latest of those that move later."""
    ordered = sorted(exceptions, key=lambda one: key_of(one.original_start))
    cancelled = [one for one in ordered if one.kind is OccurrenceKind.CANCELLED]
    changed = [one for one in ordered if one.kind is OccurrenceKind.CHANGED]
    later = [one for one in changed if _moves_later(master, one)]
    return [*cancelled, *reversed(later), *(one for one in changed if one not in later)]


def occurrence_changes(
    master: CalendarEvent, instance: CalendarEvent, exception: OccurrenceException
) -> EventChanges | None:
    """What to write to this occurrence; None where it is so already, or was meant for no day of the series.

    What the exception does not name is as the series has it. Texts are never written after creation.
    """
    plain = replace(master, exceptions=())
    meant = occurrence_at(plain, key_of(exception.original_start))
    if meant is None or master.recurrence is None:
        return None
    changes = _changes(
        meant, instance, exception, when_changed(master.recurrence, master.when, exception)
    )
    return None if changes == EventChanges() else changes


def unreachable(exceptions: Iterable[OccurrenceException]) -> list[str]:
    """Who takes part in one of these occurrences and has no address, so that he cannot be written into it."""
    people = (one for exception in exceptions for one in people_of(exception))
    return sorted({one.name for one in people if not one.address})


def people_of(exception: OccurrenceException) -> tuple[Attendee, ...]:
    """Who takes part in a changed occurrence, as far as it says so; its organizer is none of them."""
    return tuple(
        Attendee(one["name"], one["address"].lower(), Role(one["role"]), Response(one["response"]))
        for one in exception.fields.get("participants", ())
        if one["response"] != synced.ORGANIZER
    )


def _moves_later(master: CalendarEvent, exception: OccurrenceException) -> bool:
    present = occurrence_at(master, key_of(exception.original_start))
    if present is None or master.recurrence is None:
        return False
    wanted = when_changed(master.recurrence, master.when, exception)
    return wanted.starts_at > present.when.starts_at


def _changes(
    meant: CalendarEvent, instance: CalendarEvent, exception: OccurrenceException, when: When
) -> EventChanges:
    fields = exception.fields
    subject = str(fields.get("subject", meant.subject))
    place = str(fields.get("location", meant.place))
    people = people_of(exception) if "participants" in fields else meant.attendees
    people = tuple(one for one in people if one.address)
    return EventChanges(
        subject=subject if subject != instance.subject else None,
        when=None if when.same_span(instance.when) else when,
        place=place if place != instance.place else None,
        attendees=people if _may_write(people, instance.attendees) else None,
    )


def _may_write(wanted: tuple[Attendee, ...], present: tuple[Attendee, ...]) -> bool:
    """Whether the list differs. Written as a whole, it would take out of the meeting who is there without an address."""
    if any(not one.address for one in present):
        return False
    return {(one.address, one.role) for one in wanted} != {
        (one.address, one.role) for one in present
    }
