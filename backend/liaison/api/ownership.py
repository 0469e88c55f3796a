"""Which members of a linked activity are written in Outlook, and whose copy of the meeting they follow."""

from __future__ import annotations

from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules.private import UNSTORED, is_bare
from liaison.policy.settings import Policy
from liaison.policy.values import Owner

# What a synced field is called in an activity of the API.
MEMBERS = {
    "subject": ("subject",),
    "notes": ("notes",),
    "time": ("start", "end", "timeZone", "allDay", "recurrence"),
    "place": ("location",),
    "participants": ("participants", "organizer"),
}


def locked_fields(link: Link | None, policy: Policy) -> frozenset[str]:
    """The synced fields that are Outlook's now: all of them while an invitee's copy governs.

    Of a private meeting of which only the times are stored so are the others, whoever owns them.
    """
    if link is None or link.state is not LinkState.LIVE:
        return frozenset()
    copy = governing_copy(link)
    if copy is not None and not copy.is_organizer:
        return policy.owners.fields_of(*Owner)
    unstored = UNSTORED if link.baseline and is_bare(link.baseline) else frozenset()
    return policy.owners.fields_of(Owner.OUTLOOK) | unstored


def locked_members(link: Link, policy: Policy) -> list[str]:
    """The same as members of an activity."""
    locked = locked_fields(link, policy)
    return [member for field, names in MEMBERS.items() if field in locked for member in names]
