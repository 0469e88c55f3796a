"""Noted items that were given up: listed for administrators, tried again on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from liaison.calendar.model import NoteSource
from liaison.calendar.stores import noted
from liaison.calendar.stores.tables import CopyRow, LinkRow, NotedItemRow
from liaison.errors import NotFound


@dataclass(frozen=True, slots=True)
class FailedItem:
    """An event that failed for good. `error`: the code, or the kind, of what went wrong. `activity_id`: where it is linked."""

    id: UUID
    mailbox_id: UUID
    event_id: str
    error: str | None
    attempts: int
    noted_at: datetime
    activity_id: UUID | None


def list_failed(session: Session, *, limit: int, before: UUID | None = None) -> list[FailedItem]:
    """What was given up, the newest first; `before` continues a list after its last id."""
    # A series may have several links: the one to the whole of it comes first.
    linked = (
        select(LinkRow.activity_id)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(
            CopyRow.mailbox_id == NotedItemRow.mailbox_id,
            CopyRow.event_id == NotedItemRow.event_id,
        )
        .order_by(LinkRow.original_start.nulls_first())
        .limit(1)
        .correlate(NotedItemRow)
        .scalar_subquery()
    )
    statement = (
        select(NotedItemRow, linked)
        .where(NotedItemRow.is_dead)
        .order_by(NotedItemRow.id.desc())
        .limit(limit)
    )
    if before is not None:
        statement = statement.where(NotedItemRow.id < before)
    rows = session.execute(statement).all()
    return [_to_failed(row, activity_id) for row, activity_id in rows]


def retry_failed(session: Session, item_id: UUID, now: datetime) -> UUID:
    """Look at it again from the beginning; whose mailbox it is, for waking. Raises `NotFound` once it is settled."""
    row = session.get(NotedItemRow, item_id)
    if row is None:
        raise NotFound
    noted.note_events(session, row.mailbox_id, [row.event_id], NoteSource.PERSON, now)
    return row.mailbox_id


def _to_failed(row: NotedItemRow, activity_id: UUID | None) -> FailedItem:
    return FailedItem(
        id=row.id,
        mailbox_id=row.mailbox_id,
        event_id=row.event_id,
        error=row.last_error,
        attempts=row.attempts,
        noted_at=row.noted_at,
        activity_id=activity_id,
    )
