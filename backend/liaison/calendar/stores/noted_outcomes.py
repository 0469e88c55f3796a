"""What becomes of noted items once they were looked at: forgotten, postponed, or listed as failed.

An item that was noted again since it was read has another hint, and waits anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import CursorResult, and_, delete, literal, or_, update
from sqlalchemy.orm import Session

from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.stores.tables import NotedItemRow
from liaison.db.lists import among


def finish_item(session: Session, item: NotedItem) -> None:
    """Forget the item, unless it was noted again since it was read: then it waits anew."""
    session.execute(
        delete(NotedItemRow).where(NotedItemRow.id == item.id, NotedItemRow.hint == item.hint)
    )


def finish_items(session: Session, items: Iterable[NotedItem]) -> None:
    """Forget several, each unless it was noted again since it was read."""
    read = {item.hint: item.id for item in items}
    session.execute(
        delete(NotedItemRow).where(
            among(NotedItemRow.id, read.values()), among(NotedItemRow.hint, read)
        )
    )


def finish_covered(
    session: Session,
    mailbox_id: UUID,
    event_ids: Collection[str],
    noted_before: datetime,
    *,
    waiting: bool,
) -> None:
    """Forget items that a round brought up to date, as far as they were noted before it began.

    Those listed as failed, and with `waiting` also those that wait, unless a person asked for them.
    """
    waits_for_nobody = and_(literal(waiting), NotedItemRow.source != NoteSource.PERSON.value)
    session.execute(
        delete(NotedItemRow).where(
            NotedItemRow.mailbox_id == mailbox_id,
            among(NotedItemRow.event_id, event_ids),
            NotedItemRow.noted_at < noted_before,
            or_(NotedItemRow.is_dead, waits_for_nobody),
        )
    )


def postpone_item(
    session: Session,
    item: NotedItem,
    next_at: datetime,
    *,
    error: str | None,
    seen_absent_at: datetime | None = None,
) -> None:
    """Look again at this time, unless it was noted again: then at once. With `error` it counts as a failed attempt."""
    session.execute(
        update(NotedItemRow)
        .where(NotedItemRow.id == item.id, NotedItemRow.hint == item.hint)
        .values(
            next_at=next_at,
            attempts=item.attempts + (1 if error else 0),
            last_error=error,
            seen_absent_at=seen_absent_at,
        )
        .execution_options(synchronize_session=False)
    )


def bury_item(session: Session, item: NotedItem, error: str) -> None:
    """List it as failed: its attempts are used up, or trying again never helps."""
    session.execute(
        update(NotedItemRow)
        .where(NotedItemRow.id == item.id, NotedItemRow.hint == item.hint)
        .values(is_dead=True, attempts=item.attempts + 1, last_error=error)
        .execution_options(synchronize_session=False)
    )


def erase_items(session: Session, mailbox_and_event: Iterable[tuple[UUID, str]]) -> int:
    """Forget these items altogether; how many there were."""
    erased = 0
    for mailbox_id, event_id in mailbox_and_event:
        result = session.execute(
            delete(NotedItemRow).where(
                NotedItemRow.mailbox_id == mailbox_id, NotedItemRow.event_id == event_id
            )
        )
        erased += cast("CursorResult[object]", result).rowcount
    return erased
