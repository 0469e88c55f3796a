"""The copies of linked meetings: the event of each in each mailbox, remembered with its link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.model import Copy, LinkState, Scope
from liaison.calendar.stores.tables import CopyRow, LinkRow, MailboxRow
from liaison.db.lists import among
from liaison.db.recordset import recordset

# A meeting that begins in the window is in it, wherever it ends.
STRADDLING = timedelta(days=1)


def find_link_ids(
    session: Session, mailbox_id: UUID, event_ids: Iterable[str]
) -> dict[str, list[UUID]]:
    """The ids of the links of these events of one mailbox, by event id: a series' event may have several."""
    wanted = list(event_ids)
    if not wanted:
        return {}
    rows = session.execute(
        select(CopyRow.event_id, CopyRow.link_id)
        .where(CopyRow.mailbox_id == mailbox_id, among(CopyRow.event_id, wanted))
        .order_by(CopyRow.link_id)
    )
    found: dict[str, list[UUID]] = {}
    for event_id, link_id in rows:
        found.setdefault(event_id, []).append(link_id)
    return found


def find_copies(session: Session, link_ids: Sequence[UUID]) -> dict[UUID, tuple[Copy, ...]]:
    """The copies of these links, by link."""
    if not link_ids:
        return {}
    rows = session.execute(
        select(
            CopyRow.link_id,
            CopyRow.mailbox_id,
            CopyRow.event_id,
            CopyRow.is_organizer,
            CopyRow.is_present,
            func.coalesce(MailboxRow.is_followed, False),
        )
        .outerjoin(MailboxRow, MailboxRow.id == CopyRow.mailbox_id)
        .where(among(CopyRow.link_id, link_ids))
        .order_by(CopyRow.mailbox_id)
    ).all()
    found: dict[UUID, tuple[Copy, ...]] = {}
    for link_id, mailbox_id, event_id, is_organizer, is_present, is_followed in rows:
        copy = Copy(mailbox_id, event_id, is_organizer, is_present, is_followed)
        found[link_id] = (*found.get(link_id, ()), copy)
    return found


def save_copies(
    session: Session, copies: Sequence[tuple[UUID, Copy]], seen: datetime | None
) -> None:
    """Remember the events of meetings (link id, copy), each instead of what its mailbox had before.

    `seen`: the full round that returned them, None outside of one.
    """
    rows = {
        (link_id, copy.mailbox_id): {
            "link_id": link_id,
            "mailbox_id": copy.mailbox_id,
            "event_id": copy.event_id,
            "is_organizer": copy.is_organizer,
            "is_present": copy.is_present,
            "seen_epoch": seen,
        }
        for link_id, copy in copies
    }
    if not rows:
        return
    names = list(next(iter(rows.values())))
    record = recordset(CopyRow, list(rows.values()))
    statement = insert(CopyRow).from_select(names, select(*(record.c[name] for name in names)))
    given = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[CopyRow.link_id, CopyRow.mailbox_id],
            set_={
                "event_id": given.event_id,
                "is_organizer": given.is_organizer,
                "is_present": given.is_present,
                "seen_epoch": func.coalesce(given.seen_epoch, CopyRow.seen_epoch),
            },
        )
    )


def mark_seen(
    session: Session, mailbox_id: UUID, event_ids: Sequence[str], epoch: datetime
) -> None:
    """Remember that this full round returned these events."""
    if not event_ids:
        return
    session.execute(
        update(CopyRow)
        .where(CopyRow.mailbox_id == mailbox_id, among(CopyRow.event_id, event_ids))
        .values(seen_epoch=epoch)
        .execution_options(synchronize_session=False)
    )


def list_unseen_events(
    session: Session, mailbox_id: UUID, epoch: datetime, window: tuple[datetime, datetime]
) -> list[str]:
    """Events of live links in this mailbox that lie in the window and that the full round of this epoch did not return."""
    start, end = window
    statement = (
        select(CopyRow.event_id)
        .join(LinkRow, LinkRow.id == CopyRow.link_id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            CopyRow.is_present,
            CopyRow.seen_epoch.is_distinct_from(epoch),
            LinkRow.state == LinkState.LIVE.value,
            func.coalesce(LinkRow.ends_at, start) >= start,
            # A series goes on beyond the window.
            or_(
                LinkRow.scope == Scope.SERIES.value,
                func.coalesce(LinkRow.ends_at, start) <= end + STRADDLING,
            ),
        )
    )
    return list(session.scalars(statement))
