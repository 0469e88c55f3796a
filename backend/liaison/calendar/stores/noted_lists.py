"""Noted items for administrators: those that wait, and those that were given up and are tried again on request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from liaison.calendar.model import NoteSource
from liaison.calendar.stores import noted
from liaison.calendar.stores.tables import CopyRow, LinkRow, NotedItemRow
from liaison.errors import NotFound


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A noted event. `error`: the code, or the kind, of what went wrong, if it was tried. `activity_id`: where it is linked."""

    id: UUID
    mailbox_id: UUID
    event_id: str
    error: str | None
    attempts: int
    noted_at: datetime
    next_at: datetime
    activity_id: UUID | None


def list_failed(session: Session, *, limit: int, before: UUID | None = None) -> list[ListedItem]:
    """What was given up, the newest first; `before` continues a list after its last id."""
    return _list(session, [NotedItemRow.is_dead.is_(True)], limit, before)


def list_waiting(
    session: Session, mailbox_id: UUID | None = None, *, limit: int, before: UUID | None = None
) -> list[ListedItem]:
    """What is tried again by itself, of one mailbox or of all, the newest first; `before` as above."""
    of_mailbox = [NotedItemRow.mailbox_id == mailbox_id] if mailbox_id else []
    return _list(session, [NotedItemRow.is_dead.is_(False), *of_mailbox], limit, before)


def retry_failed(session: Session, item_id: UUID, now: datetime) -> UUID:
    """Look at it again from the beginning; whose mailbox it is, for waking. Raises `NotFound` once it is settled."""
    row = session.get(NotedItemRow, item_id)
    if row is None:
        raise NotFound
    noted.note_events(session, row.mailbox_id, [row.event_id], NoteSource.PERSON, now)
    return row.mailbox_id


def _list(
    session: Session, wanted: list[ColumnElement[bool]], limit: int, before: UUID | None
) -> list[ListedItem]:
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
        select(NotedItemRow, linked).where(*wanted).order_by(NotedItemRow.id.desc()).limit(limit)
    )
    if before is not None:
        statement = statement.where(NotedItemRow.id < before)
    return [_to_listed(row, activity_id) for row, activity_id in session.execute(statement)]


def _to_listed(row: NotedItemRow, activity_id: UUID | None) -> ListedItem:
    return ListedItem(
        id=row.id,
        mailbox_id=row.mailbox_id,
        event_id=row.event_id,
        error=row.last_error,
        attempts=row.attempts,
        noted_at=row.noted_at,
        next_at=row.next_at,
        activity_id=activity_id,
    )
