"""Removals that wait for an administrator: one open hold per mailbox, with the links whose removal it holds."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.rules.situation import Held
from liaison.calendar.stores.hold_tables import OPEN, HeldLinkRow, HoldRow
from liaison.calendar.stores.holds import REASON, WAITING, CameOf, HoldState
from liaison.db.lists import among
from liaison.db.tables import new_id


def hold_links(
    session: Session, mailbox_id: UUID, events: Mapping[UUID, str], now: datetime
) -> None:
    """Let the removal of these links (event ids by link id) wait; one that waits already stays as it is."""
    if not events:
        return
    hold_id = _open_hold(session, mailbox_id, now)
    session.execute(
        insert(HeldLinkRow)
        .values(
            [
                {"hold_id": hold_id, "link_id": link_id, "event_id": event_id, "at": now}
                for link_id, event_id in sorted(events.items())
            ]
        )
        .on_conflict_do_nothing()
    )


def read_held(session: Session, mailbox_id: UUID, link_ids: Collection[UUID]) -> dict[UUID, Held]:
    """Which of these links have a removal that this mailbox waits with, or that was approved and not carried out yet."""
    if not link_ids:
        return {}
    rows = session.execute(
        select(HeldLinkRow.link_id, HoldRow.state)
        .join(HoldRow)
        .where(
            HoldRow.mailbox_id == mailbox_id,
            among(HeldLinkRow.link_id, link_ids),
            HeldLinkRow.came_of.is_(None),
        )
        .order_by(HoldRow.opened_at.desc())
    )
    is_open = {HoldState.OPEN: Held.WAITING, HoldState.APPROVED: Held.APPROVED}
    return {link_id: is_open[HoldState(state)] for link_id, state in rows}


def has_open(session: Session, mailbox_id: UUID) -> bool:
    """Whether removals of this mailbox wait."""
    statement = select(HoldRow.id).where(*_mine(mailbox_id), OPEN, WAITING).limit(1)
    return session.scalar(statement) is not None


def release_links(
    session: Session, mailbox_id: UUID, came_of: Mapping[UUID, CameOf], now: datetime
) -> None:
    """These links wait no more: of an open hold they are dropped, of an approved one it is kept what became of them."""
    for outcome in CameOf:
        ids = [link_id for link_id, one in came_of.items() if one is outcome]
        if ids:
            _settle_rows(session, mailbox_id, ids, outcome)
    if came_of:
        dissolved = {"state": HoldState.DISSOLVED.value, "settled_at": now}
        session.execute(
            update(HoldRow)
            .where(*_mine(mailbox_id), OPEN, ~WAITING)
            .values(**dissolved)
            .execution_options(synchronize_session=False)
        )


def last_settled_at(session: Session, mailbox_id: UUID) -> datetime | None:
    """When an administrator last judged removals of this mailbox: what was before is not counted again."""
    judged = [HoldState.APPROVED.value, HoldState.DISCARDED.value]
    return session.scalar(
        select(func.max(HoldRow.settled_at)).where(*_mine(mailbox_id), HoldRow.state.in_(judged))
    )


def _mine(mailbox_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The holds of removals of one mailbox."""
    return (HoldRow.mailbox_id == mailbox_id, HoldRow.reason == REASON)


def _open_hold(session: Session, mailbox_id: UUID, now: datetime) -> UUID:
    """The open hold of this mailbox, made if there is none, locked. An emptied one begins anew."""
    session.execute(
        insert(HoldRow)
        .values(
            id=new_id(),
            mailbox_id=mailbox_id,
            reason=REASON,
            state=HoldState.OPEN.value,
            opened_at=now,
        )
        .on_conflict_do_nothing()
    )
    mine = select(HoldRow.id, WAITING).where(*_mine(mailbox_id), OPEN)
    hold_id, waits = session.execute(mine.with_for_update(of=HoldRow)).one()
    if not waits:
        session.execute(delete(HeldLinkRow).where(HeldLinkRow.hold_id == hold_id))
        session.execute(
            update(HoldRow)
            .where(HoldRow.id == hold_id)
            .values(opened_at=now)
            .execution_options(synchronize_session=False)
        )
    return UUID(str(hold_id))


def _settle_rows(
    session: Session, mailbox_id: UUID, link_ids: Sequence[UUID], outcome: CameOf
) -> None:
    mine = select(HoldRow.id).where(*_mine(mailbox_id))
    rows = (HeldLinkRow.link_id.in_(link_ids), HeldLinkRow.came_of.is_(None))
    session.execute(
        delete(HeldLinkRow)
        .where(HeldLinkRow.hold_id.in_(mine.where(OPEN)), *rows)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        update(HeldLinkRow)
        .where(HeldLinkRow.hold_id.in_(mine), *rows)
        .values(came_of=outcome.value)
        .execution_options(synchronize_session=False)
    )
