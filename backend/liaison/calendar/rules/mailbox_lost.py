"""What becomes of a link when one of its mailboxes can no longer be followed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from liaison.calendar.model import Copy, Link


@dataclass(frozen=True, slots=True)
class HandOver:
    """Another mailbox's copy governs from now on."""

    to: Copy


def when_mailbox_is_lost(link: Link, mailbox_id: UUID) -> HandOver | Literal["freeze", "nothing"]:
    """The organizer's copy is replaced by another organizer's only; a followed one by the smallest mailbox's."""
    lost = link.copy_of(mailbox_id)
    if lost is None:
        return "nothing"
    others = [
        copy
        for copy in link.copies
        if copy.mailbox_id != mailbox_id and copy.is_present and copy.is_followed
    ]
    organizers = [copy for copy in others if copy.is_organizer]
    if organizers and not lost.is_organizer:
        return "nothing"
    return _next(lost, organizers if lost.is_organizer else others)


def _next(lost: Copy, others: Sequence[Copy]) -> HandOver | Literal["freeze", "nothing"]:
    if not others:
        return "freeze"
    first = min(others, key=lambda copy: copy.mailbox_id)
    if lost.is_organizer and first.mailbox_id < lost.mailbox_id:
        return "nothing"
    return HandOver(first)
