"""Freezes and resumes the links of a mailbox as a whole: when it is lost, and when it is back. No network here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import (
    OF_A_MAILBOX,
    Copy,
    FrozenReason,
    Link,
    LinkState,
    LoggedDecision,
    NoteSource,
)
from liaison.calendar.passes import Pass
from liaison.calendar.rules.mailbox_lost import HandOver, when_mailbox_is_lost
from liaison.calendar.stores import decisions, links, mailboxes, noted

MANY = 1_000_000


def freeze_mailbox(
    session: Session, mailbox_id: UUID, because: FrozenReason, this: Pass
) -> set[UUID]:
    """Freeze what only this mailbox could follow; where another one can, that one looks. Which those are."""
    states = [LinkState.RESERVED, LinkState.LIVE]
    entries, wake, frozen = [], set(), []
    for link in links.list_links_of_mailbox(session, mailbox_id, states, limit=MANY, lock=True):
        match when_mailbox_is_lost(link, mailbox_id):
            case HandOver(other):
                _note_copy(session, other, this)
                wake.add(other.mailbox_id)
            case "freeze":
                frozen.append((link, {"state": LinkState.FROZEN, "frozen_reason": because}))
                facts = {"cause": because.value}
                entries.append(_entry(link, mailbox_id, "link-frozen", "freeze-link", this, facts))
            case _:
                pass
    links.save_links(session, frozen)
    decisions.log_decisions(session, entries)
    return wake


def resume_mailbox(session: Session, mailbox_id: UUID, this: Pass) -> int:
    """Make the links that were frozen with this mailbox live again and note their events; how many."""
    frozen = [
        link
        for link in links.list_links_of_mailbox(
            session, mailbox_id, [LinkState.FROZEN], limit=MANY, lock=True
        )
        if link.frozen_reason in OF_A_MAILBOX
    ]
    live = {"state": LinkState.LIVE, "frozen_reason": None}
    links.save_links(session, [(link, live) for link in frozen])
    entries = [_entry(link, mailbox_id, "link-resumed", "resume-link", this, {}) for link in frozen]
    decisions.log_decisions(session, entries)
    event_ids = [copy.event_id for link in frozen if (copy := link.copy_of(mailbox_id))]
    noted.note_events(session, mailbox_id, event_ids, NoteSource.RESUME, this.now)
    mailboxes.save_mailbox(session, mailbox_id, {"resumed_at": None})
    return len(frozen)


def _note_copy(session: Session, copy: Copy, this: Pass) -> None:
    noted.note_events(session, copy.mailbox_id, [copy.event_id], NoteSource.LINK, this.now)


def _entry(
    link: Link, mailbox_id: UUID, reason: str, action: str, this: Pass, facts: Mapping[str, Any]
) -> LoggedDecision:
    copy = link.copy_of(mailbox_id)
    return this.entry(
        reason,
        action,
        mailbox_id=mailbox_id,
        event_id=copy.event_id if copy else None,
        link_id=link.id,
        activity_id=link.activity_id,
        facts=facts,
    )
