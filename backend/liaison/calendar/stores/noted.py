"""Noted items: events that wait for attention. Nothing that failed is forgotten when the cursor moves on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import (
    case,
    func,
    not_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.model import TO_BE_MADE, NotedItem, NoteSource
from liaison.calendar.stores.tables import NotedItemRow
from liaison.db.lists import among
from liaison.db.tables import new_id
from liaison.errors import Throttled

URGENCY = case(
    {source.value: rank for rank, source in enumerate(NoteSource)}, value=NotedItemRow.source
)

BY_ICAL_UID = "ical-uid:"

# Written out, because each notification executes them and putting them together took most of its time. A hint does
# not shorten a wait that Microsoft or the backoff asked for.
_NOTE = text("""
    INSERT INTO noted_items AS known
        (id, event_id, hint, mailbox_id, source, next_at, noted_at, attempts, is_dead)
    SELECT id, event_id, hint, :mailbox_id, :source, :now, :now, 0, false
    FROM unnest(CAST(:ids AS uuid[]), CAST(:event_ids AS text[]), CAST(:hints AS uuid[]))
        AS fresh (id, event_id, hint)
    ON CONFLICT (mailbox_id, event_id) DO UPDATE SET
        source = CASE WHEN known.source = ANY(:requests) AND NOT known.is_dead
                 AND excluded.source <> ALL(:requests) THEN known.source ELSE excluded.source END,
        noted_at = excluded.noted_at,
        hint = excluded.hint,
        next_at = CASE WHEN known.is_dead OR :anew OR known.attempts = 0
                  THEN excluded.next_at ELSE known.next_at END,
        attempts = CASE WHEN known.is_dead OR :anew THEN 0 ELSE known.attempts END,
        is_dead = false
""")
_MAKE_DUE = text("""
    UPDATE mailboxes SET due_at =
        CASE WHEN last_error = :throttled THEN coalesce(due_at, :at) ELSE least(due_at, :at) END
    WHERE id = :id
""")


def by_ical_uid(ical_uid: str) -> str:
    """Stands for an event whose id in this mailbox is not known yet. No id of Microsoft contains a colon."""
    return BY_ICAL_UID + ical_uid


def by_activity(activity_id: UUID) -> str:
    """Stands for the event that is to be made of an activity, or that may have been made of it."""
    return f"{TO_BE_MADE}{activity_id}"


def note_events(
    session: Session,
    mailbox_id: UUID,
    event_ids: Iterable[str],
    source: NoteSource,
    now: datetime,
) -> None:
    """Note these events to be looked at now, and make their mailbox due.

    An item that waits already is due now with its attempts kept; a hint of a person begins anew. What a person asked
    for stays that, whatever else is told of it meanwhile.
    """
    wanted = sorted(set(event_ids))
    if not wanted:
        return
    given = {
        "ids": [new_id() for _ in wanted],
        "event_ids": wanted,
        "hints": [new_id() for _ in wanted],
        "mailbox_id": mailbox_id,
        "source": source.value,
        "now": now,
        "anew": source is NoteSource.PERSON,
        "requests": [NoteSource.PERSON.value, NoteSource.CRM.value],
    }
    session.execute(_NOTE, given)
    make_due(session, mailbox_id, now)


def begin_anew(session: Session, mailbox_id: UUID | None = None) -> None:
    """Nobody asks just now for what waits already, in this mailbox or (None) in all: a run sends it as one action.

    What a person asked of the sync itself stays his request.
    """
    changes_of_crm = update(NotedItemRow).where(NotedItemRow.source == NoteSource.CRM.value)
    if mailbox_id is not None:
        changes_of_crm = changes_of_crm.where(NotedItemRow.mailbox_id == mailbox_id)
    session.execute(
        changes_of_crm.values(source=NoteSource.BEGINNING.value).execution_options(
            synchronize_session=False
        )
    )


def note_event(session: Session, mailbox_id: UUID, event_id: str, now: datetime) -> NotedItem:
    """Note one event that a round of changes returned; the item as it waits then."""
    note_events(session, mailbox_id, [event_id], NoteSource.DELTA, now)
    return cast("NotedItem", find_item(session, mailbox_id, event_id))


def make_due(session: Session, mailbox_id: UUID, at: datetime) -> None:
    """Make the mailbox due at this time, or leave it due earlier, or when Microsoft 365 allows it again."""
    session.execute(_MAKE_DUE, {"id": mailbox_id, "at": at, "throttled": Throttled.code})


def list_due_items(
    session: Session,
    mailbox_id: UUID,
    now: datetime,
    limit: int,
    *,
    besides: Collection[UUID] = (),
) -> list[NotedItem]:
    """What is due besides these items, the most urgent first."""
    statement = (
        select(NotedItemRow)
        .where(
            NotedItemRow.mailbox_id == mailbox_id,
            NotedItemRow.next_at <= now,
            NotedItemRow.is_dead.is_(False),
            not_(among(NotedItemRow.id, besides)),
        )
        .order_by(URGENCY, NotedItemRow.noted_at)
        .limit(limit)
    )
    return [_to_item(row) for row in session.scalars(statement)]


def next_due_at(session: Session, mailbox_id: UUID) -> datetime | None:
    """When the next item of this mailbox is due."""
    return session.scalar(
        select(func.min(NotedItemRow.next_at)).where(
            NotedItemRow.mailbox_id == mailbox_id, NotedItemRow.is_dead.is_(False)
        )
    )


def look_again(
    session: Session,
    mailbox_id: UUID,
    event_id: str,
    at: datetime,
    seen_absent_at: datetime | None,
    now: datetime,
) -> None:
    """Note the event for this time, whether it waits already or not; no failed attempt."""
    wait: dict[str, Any] = {
        "next_at": at,
        "seen_absent_at": seen_absent_at,
        "noted_at": now,
        "is_dead": False,
        "hint": new_id(),
    }
    session.execute(
        insert(NotedItemRow)
        .values(
            id=new_id(),
            mailbox_id=mailbox_id,
            event_id=event_id,
            source=NoteSource.RETRY.value,
            **wait,
        )
        .on_conflict_do_update(
            index_elements=[NotedItemRow.mailbox_id, NotedItemRow.event_id], set_=wait
        )
    )
    make_due(session, mailbox_id, at)


def find_item(session: Session, mailbox_id: UUID, event_id: str) -> NotedItem | None:
    """What waits for this event, failed ones included."""
    row = session.scalar(
        select(NotedItemRow).where(
            NotedItemRow.mailbox_id == mailbox_id, NotedItemRow.event_id == event_id
        )
    )
    return _to_item(row) if row else None


def find_items(
    session: Session, places: Iterable[tuple[UUID, str]]
) -> dict[tuple[UUID, str], NotedItem]:
    """What waits for these events (mailbox, event id), failed ones included."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    place = tuple_(NotedItemRow.mailbox_id, NotedItemRow.event_id)
    rows = session.scalars(select(NotedItemRow).where(place.in_(wanted)))
    return {(row.mailbox_id, row.event_id): _to_item(row) for row in rows}


def _to_item(row: NotedItemRow) -> NotedItem:
    return NotedItem(
        id=row.id,
        mailbox_id=row.mailbox_id,
        event_id=row.event_id,
        source=NoteSource(row.source),
        attempts=row.attempts,
        next_at=row.next_at,
        noted_at=row.noted_at,
        hint=row.hint,
        last_error=row.last_error,
        seen_absent_at=row.seen_absent_at,
        is_dead=row.is_dead,
    )
