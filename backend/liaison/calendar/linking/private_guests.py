"""Whom a meeting invites of whom the CRM does not know: read where its organizer asks, and kept nowhere.

That is where only the times of a private meeting are stored, and where a series leaves out occurrences: they may be
private or have activities of their own, and what is done to the whole series is told to their guests too.
"""

from __future__ import annotations

from uuid import UUID

from liaison.calendar.model import Link, Synced
from liaison.calendar.rules.mail_budget import guests_in
from liaison.calendar.rules.private import BUSY_SUBJECT, is_bare
from liaison.calendar.rules.series import occurrence_at
from liaison.calendar.tools import Tools
from liaison.crm.model import OccurrenceKind
from liaison.errors import GatewayError
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.people.model import Representative


def has_hidden_guests(link: Link) -> bool:
    """Whether the CRM may not know who is invited, to the meeting or to a single occurrence of it."""
    agreed = link.baseline
    if agreed is None:
        return False
    return (agreed.is_private and is_bare(agreed)) or _has_hidden_part(agreed)


def read_guests(tools: Tools, owner: Representative, link: Link) -> frozenset[str] | None:
    """Their addresses, from the organizer's own calendar; None where somebody else asks, or it cannot be read now."""
    event_id = _own_event(link, owner.id)
    if event_id is None:
        return None
    try:
        event = tools.outlook.calendars.find_event(Mailbox(owner.tenant_id, owner.oid), event_id)
    except GatewayError:
        return None
    if not isinstance(event, CalendarEvent):
        return None
    meant = occurrence_at(event, link.original_start) if link.original_start else event
    return guests_in(meant).union(*map(guests_in, meant.exceptions)) if meant else None


def _has_hidden_part(agreed: Synced) -> bool:
    exceptions = agreed.recurrence.exceptions if agreed.recurrence else ()
    return any(
        one.kind is OccurrenceKind.CANCELLED or one.fields.get("subject") == BUSY_SUBJECT
        for one in exceptions
    )


def _own_event(link: Link, owner_id: UUID) -> str | None:
    copy = link.copy_of(owner_id)
    return copy.event_id if copy and copy.is_organizer and copy.is_followed else None
