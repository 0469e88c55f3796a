"""What is written when a link ends, and what the log names of it. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.calendar.model import Link, LinkState


def ended(reason: str, by: str, at: datetime) -> dict[str, Any]:
    """The members of a link that has ended."""
    return {
        "state": LinkState.ENDED,
        "frozen_reason": None,
        "ended_at": at,
        "ended_by": by,
        "ended_reason": reason,
        "removal_version": None,
    }


def whose(link: Link, mailbox_id: UUID) -> dict[str, Any]:
    """What a line of the log about this link names."""
    copy = link.copy_of(mailbox_id)
    return {
        "mailbox_id": mailbox_id,
        "event_id": copy.event_id if copy else None,
        "link_id": link.id,
        "activity_id": link.activity_id,
    }
