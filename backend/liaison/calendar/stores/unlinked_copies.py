"""Invitees' copies of meetings without a link: their ids are kept until the meeting has one. Nothing of their content."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from liaison.calendar.stores.tables import LinkRow, UnlinkedCopyRow
from liaison.db.lists import among, among_given
from liaison.db.recordset import given, insert_rows
from liaison.db.tables import plain

COPIES = plain(UnlinkedCopyRow).c
_ADD = insert_rows(UnlinkedCopyRow, ("mailbox_id", "event_id", "ical_uid"))
_REMEMBER = _ADD.on_conflict_do_update(
    index_elements=[COPIES.mailbox_id, COPIES.event_id],
    set_={"ical_uid": _ADD.excluded.ical_uid},
)
_TAKE = (
    delete(plain(UnlinkedCopyRow))
    .where(among_given(COPIES.ical_uid, "uids"))
    .returning(COPIES.mailbox_id, COPIES.event_id, COPIES.ical_uid)
)


@dataclass(frozen=True, slots=True)
class UnlinkedCopy:
    """The event of one mailbox, and which meeting it is."""

    mailbox_id: UUID
    event_id: str
    ical_uid: str


def remember(session: Session, copies: Sequence[UnlinkedCopy]) -> None:
    """Keep these until their meetings have links."""
    rows = [
        {"mailbox_id": one.mailbox_id, "event_id": one.event_id, "ical_uid": one.ical_uid}
        for one in {(one.mailbox_id, one.event_id): one for one in copies}.values()
    ]
    if rows:
        session.execute(_REMEMBER, given(rows))


def take_copies(session: Session, ical_uids: Collection[str]) -> list[UnlinkedCopy]:
    """The copies of these meetings, which have links now; they are kept no longer."""
    if not ical_uids:
        return []
    taken = session.execute(_TAKE, {"uids": ical_uids})
    return [UnlinkedCopy(*row) for row in taken]


def take_linked(session: Session, mailbox_id: UUID) -> list[str]:
    """The events of this mailbox whose meetings have links by now; they are kept no longer."""
    has_link = (
        select(LinkRow.id)
        .where(LinkRow.ical_uid == UnlinkedCopyRow.ical_uid, LinkRow.original_start.is_(None))
        .exists()
    )
    taken = (
        delete(UnlinkedCopyRow)
        .where(UnlinkedCopyRow.mailbox_id == mailbox_id, has_link)
        .returning(UnlinkedCopyRow.event_id)
        .execution_options(synchronize_session=False)
    )
    return list(session.scalars(taken))


def forget(session: Session, mailbox_id: UUID, event_ids: Collection[str] | None = None) -> None:
    """Keep these events of the mailbox no longer; None: none of them, because all are read anew."""
    statement = delete(UnlinkedCopyRow).where(UnlinkedCopyRow.mailbox_id == mailbox_id)
    if event_ids is not None:
        statement = statement.where(among(UnlinkedCopyRow.event_id, event_ids))
    session.execute(statement.execution_options(synchronize_session=False))
