"""What the owner of an invitee's copy answered, among its people. Pure.

Only the organizer's copy tells the answers of all; in each other copy its owner's own stands beside the list.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from liaison.outlook.model import CalendarEvent, Response


def is_answered(event: CalendarEvent) -> bool:
    """Whether its owner answered it, or one of its changed occurrences, as an invitee."""
    if event.is_organizer:
        return False
    return any(one.own_response is not Response.NONE for one in (event, *event.exceptions))


def with_own_answer(event: CalendarEvent, addresses: Container[str]) -> CalendarEvent:
    """The event, in whose people somebody with one of these addresses answered what its owner did."""
    if not is_answered(event):
        return event
    attendees = tuple(
        replace(one, response=event.own_response) if one.address in addresses else one
        for one in event.attendees
    )
    exceptions = tuple(with_own_answer(one, addresses) for one in event.exceptions)
    return replace(event, attendees=attendees, exceptions=exceptions)
