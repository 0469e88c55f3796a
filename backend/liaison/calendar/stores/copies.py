"""The copies of linked meetings: the event of each in each mailbox, remembered with its link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from liaison.calendar.model import Copy, LinkState, Scope
from liaison.calendar.stores.tables import CopyRow, LinkRow, MailboxRow
from liaison.db.lists import among_given
from liaison.db.recordset import given, insert_rows
from liaison.db.tables import plain

# A meeting that begins in the window is in it, wherever it ends.
STRADDLING = timedelta(days=1)

# Each page of changes executes these, so that they are put together once.
COPIES, MAILBOXES = plain(CopyRow).c, plain(MailboxRow).c
_LINK_IDS = (
    select(COPIES.event_id, COPIES.link_id)
    .where(COPIES.mailbox_id == bindparam("mailbox"), among_given(COPIES.event_id, "events"))
    .order_by(COPIES.link_id)
)
_OF_LINKS = (
    select(
        COPIES.link_id,
        COPIES.mailbox_id,
        COPIES.event_id,
        COPIES.is_organizer,
        COPIES.is_present,
        func.coalesce(MAILBOXES.is_followed, False),
    )
    .select_from(plain(CopyRow).outerjoin(plain(MailboxRow), MAILBOXES.id == COPIES.mailbox_id))
    .where(among_given(COPIES.link_id, "links"))
    .order_by(COPIES.mailbox_id)
)
_NAMES = ("link_id", "mailbox_id", "event_id", "is_organizer", "is_present", "seen_epoch")
_ADD = insert_rows(CopyRow, _NAMES)
_SAVE = _ADD.on_conflict_do_update(
    index_elements=[COPIES.link_id, COPIES.mailbox_id],
    set_={
        "event_id": _ADD.excluded.event_id,
        "is_organizer": _ADD.excluded.is_organizer,
        "is_present": _ADD.excluded.is_present,
        "seen_epoch": func.coalesce(_ADD.excluded.seen_epoch, COPIES.seen_epoch),
    },
)
# Those that were saved just now know the round already.
_MARK_SEEN = (
    update(plain(CopyRow))
    .where(
        COPIES.mailbox_id == bindparam("mailbox"),
        among_given(COPIES.event_id, "events"),
        COPIES.seen_epoch.is_distinct_from(bindparam("epoch")),
    )
    .values(seen_epoch=bindparam("epoch"))
)


def find_link_ids(
    session: Session, mailbox_id: UUID, event_ids: Iterable[str]
) -> dict[str, list[UUID]]:
    """The ids of the links of these events of one mailbox, by event id: a series' event may have several."""
    wanted = list(event_ids)
    if not wanted:
        return {}
    of_mailbox = {"mailbox": mailbox_id, "events": wanted}
    rows = session.execute(_LINK_IDS, of_mailbox)
    found: dict[str, list[UUID]] = {}
    for event_id, link_id in rows:
        found.setdefault(event_id, []).append(link_id)
    return found


def find_copies(session: Session, link_ids: Sequence[UUID]) -> dict[UUID, tuple[Copy, ...]]:
    """The copies of these links, by link."""
    if not link_ids:
        return {}
    rows = session.execute(_OF_LINKS, {"links": link_ids})
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
    if rows:
        session.execute(_SAVE, given(list(rows.values())))


def mark_seen(
    session: Session, mailbox_id: UUID, event_ids: Sequence[str], epoch: datetime
) -> None:
    """Remember that this full round returned these events."""
    if not event_ids:
        return
    wanted = {"mailbox": mailbox_id, "events": event_ids, "epoch": epoch}
    session.execute(_MARK_SEEN, wanted)


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
