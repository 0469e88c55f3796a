"""Changes that wait because they would mail too many people outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.stores.hold_tables import OPEN, HeldMailRow, HoldRow
from liaison.calendar.stores.holds import MAILS_WAITING, HoldState, Mailed
from liaison.db.tables import new_id

REASON = "mail-held"


class SentOrNot(StrEnum):
    """What became of a change that waited: written, dropped by an administrator, or not wanted any more."""

    SENT = "sent"
    KEPT = "kept"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A change that waits, or that was approved and not carried out yet."""

    hold_id: UUID
    is_approved: bool
    mailed: Mailed


def hold_mails(
    session: Session,
    mailbox_id: UUID,
    action: str,
    mailed: Mapping[UUID, Mailed],
    now: datetime,
) -> None:
    """Let the changes of these activities wait, all of one action together."""
    hold_id = _open_hold(session, mailbox_id, action, now)
    statement = insert(HeldMailRow)
    rows = [
        {
            "hold_id": hold_id,
            "activity_id": activity_id,
            "people": one.people,
            "outsiders": one.outsiders,
            "outside": sorted(one.outside),
            "at": now,
        }
        for activity_id, one in sorted(mailed.items())
    ]
    given = statement.excluded
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[HeldMailRow.hold_id, HeldMailRow.activity_id],
            set_={
                "people": given.people,
                "outsiders": given.outsiders,
                "outside": given.outside,
                "came_of": None,
            },
        ),
        rows,
    )


def read_held_mails(session: Session, activity_ids: Collection[UUID]) -> dict[UUID, HeldMail]:
    """What waits of these activities, or may go since it was approved."""
    if not activity_ids:
        return {}
    rows = session.execute(
        select(HeldMailRow, HoldRow.state)
        .join(HoldRow, HoldRow.id == HeldMailRow.hold_id)
        .where(HeldMailRow.activity_id.in_(activity_ids), HeldMailRow.came_of.is_(None))
        .order_by(HoldRow.opened_at.desc())
    )
    return {
        row.activity_id: HeldMail(
            row.hold_id,
            state == HoldState.APPROVED.value,
            Mailed(row.people, row.outsiders, frozenset(row.outside)),
        )
        for row, state in rows
    }


def update_held(session: Session, held: HeldMail, activity_id: UUID, mailed: Mailed) -> None:
    """The change that waits is another one by now."""
    session.execute(
        update(HeldMailRow)
        .where(HeldMailRow.hold_id == held.hold_id, HeldMailRow.activity_id == activity_id)
        .values(people=mailed.people, outsiders=mailed.outsiders, outside=sorted(mailed.outside))
        .execution_options(synchronize_session=False)
    )


def settle_mails(
    session: Session, activity_ids: Collection[UUID], came_of: SentOrNot, now: datetime
) -> None:
    """These wait no more; a hold of which nothing waits is dissolved."""
    if not activity_ids:
        return
    settled = session.scalars(
        update(HeldMailRow)
        .where(HeldMailRow.activity_id.in_(activity_ids), HeldMailRow.came_of.is_(None))
        .values(came_of=came_of.value, outside=[])
        .returning(HeldMailRow.hold_id)
        .execution_options(synchronize_session=False)
    ).all()
    if settled:
        session.execute(
            update(HoldRow)
            .where(HoldRow.id.in_(settled), OPEN, ~MAILS_WAITING)
            .values(state=HoldState.DISSOLVED.value, settled_at=now)
            .execution_options(synchronize_session=False)
        )


def _open_hold(session: Session, mailbox_id: UUID, action: str, now: datetime) -> UUID:
    """The open hold of this action, made if there is none, locked."""
    whose = {"mailbox_id": mailbox_id, "reason": REASON, "action": action}
    session.execute(
        insert(HoldRow)
        .values(id=new_id(), state=HoldState.OPEN.value, opened_at=now, **whose)
        .on_conflict_do_nothing()
    )
    mine = select(HoldRow.id).filter_by(**whose).where(OPEN).with_for_update()
    return session.execute(mine).scalar_one()
