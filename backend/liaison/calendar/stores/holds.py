"""What waits for an administrator, or was settled: removals of a mailbox, and mails of one action."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session

from liaison.calendar.model import LinkState
from liaison.calendar.stores.hold_tables import OPEN, HeldLinkRow, HeldMailRow, HoldRow
from liaison.calendar.stores.tables import LinkRow

REASON = "held-removal"


class HoldState(StrEnum):
    """Open until an administrator decides; dissolved when nothing of it waits any more."""

    OPEN = "open"
    APPROVED = "approved"
    DISCARDED = "discarded"
    DISSOLVED = "dissolved"


class CameOf(StrEnum):
    """What became of a held removal."""

    REMOVED = "removed"
    BACK = "back"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Mailed:
    """How many people would get mail, and how many of them are outside; who those are, without their addresses."""

    people: int
    outsiders: int
    outside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Hold:
    """What one mailbox has, or had, waiting. `links`: activity ids by the ids of the links it holds, the first held first.

    `mails`: of mails that wait, by activity how many people would get one.
    """

    id: UUID
    reason: str
    mailbox_id: UUID
    state: HoldState
    opened_at: datetime
    links: Mapping[UUID, UUID]
    settled_at: datetime | None = None
    settled_by: str | None = None
    mails: Mapping[UUID, Mailed] = field(default_factory=dict)

    @property
    def activity_ids(self) -> list[UUID]:
        """The activities it concerns."""
        return [*self.links.values(), *self.mails]

    @property
    def is_waiting(self) -> bool:
        """Whether an administrator has something to decide."""
        return self.state is HoldState.OPEN and bool(self.links or self.mails)


# A link that ended meanwhile waits for nothing.
WAITING = (
    exists()
    .where(
        HeldLinkRow.hold_id == HoldRow.id,
        HeldLinkRow.came_of.is_(None),
        LinkRow.id == HeldLinkRow.link_id,
        LinkRow.state != LinkState.ENDED.value,
    )
    .correlate(HoldRow)
)
MAILS_WAITING = (
    exists()
    .where(HeldMailRow.hold_id == HoldRow.id, HeldMailRow.came_of.is_(None))
    .correlate(HoldRow)
)


def find_hold(session: Session, hold_id: UUID, *, lock: bool = False) -> Hold | None:
    """The hold with this id, whatever became of it; `lock` keeps others from settling it."""
    statement = select(HoldRow).where(HoldRow.id == hold_id)
    found = _read(session, statement.with_for_update() if lock else statement)
    return found[0] if found else None


def list_open_holds(session: Session, *, limit: int, before: UUID | None = None) -> list[Hold]:
    """What waits, the newest first; `before` continues a list after its last id."""
    waits = or_(WAITING, MAILS_WAITING)
    statement = select(HoldRow).where(OPEN, waits).order_by(HoldRow.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(HoldRow.id < before)
    return _read(session, statement)


def settle_hold(session: Session, hold: Hold, state: HoldState, actor: str, now: datetime) -> None:
    """An administrator decided."""
    session.execute(
        update(HoldRow)
        .where(HoldRow.id == hold.id)
        .values(state=state.value, settled_at=now, settled_by=actor)
        .execution_options(synchronize_session=False)
    )
    if state is HoldState.DISCARDED:
        session.execute(
            update(HeldLinkRow)
            .where(HeldLinkRow.hold_id == hold.id)
            .values(came_of=CameOf.KEPT.value)
            .execution_options(synchronize_session=False)
        )


def erase_older_than(session: Session, before: datetime) -> None:
    """Forget what was settled so long ago. What was approved and is not carried out yet stays."""
    waits = and_(HoldRow.state == HoldState.APPROVED.value, or_(WAITING, MAILS_WAITING))
    old = select(HoldRow.id).where(HoldRow.settled_at < before, ~waits)
    ids = session.scalars(old.with_for_update()).all()
    for rows in (HeldLinkRow, HeldMailRow):
        session.execute(delete(rows).where(rows.hold_id.in_(ids)))
    session.execute(delete(HoldRow).where(HoldRow.id.in_(ids)))


def _read(session: Session, statement: Select[HoldRow]) -> list[Hold]:
    rows = list(session.scalars(statement.execution_options(populate_existing=True)))
    held, mails = _links_of(session, rows), _mails_of(session, rows)
    return [
        Hold(
            id=row.id,
            reason=row.reason,
            mailbox_id=row.mailbox_id,
            state=HoldState(row.state),
            opened_at=row.opened_at,
            links=held.get(row.id, {}),
            settled_at=row.settled_at,
            settled_by=row.settled_by,
            mails=mails.get(row.id, {}),
        )
        for row in rows
    ]


def _mails_of(session: Session, rows: Iterable[HoldRow]) -> dict[UUID, dict[UUID, Mailed]]:
    """Of an open hold those that still wait; of a settled one all that it held."""
    ids = [row.id for row in rows if row.reason != REASON]
    if not ids:
        return {}
    still = or_(HoldRow.state != HoldState.OPEN.value, HeldMailRow.came_of.is_(None))
    found = session.scalars(
        select(HeldMailRow)
        .join(HoldRow, HoldRow.id == HeldMailRow.hold_id)
        .where(HeldMailRow.hold_id.in_(ids), still)
        .order_by(HeldMailRow.at, HeldMailRow.activity_id)
        .execution_options(populate_existing=True)
    )
    mails: dict[UUID, dict[UUID, Mailed]] = {}
    for row in found:
        mails.setdefault(row.hold_id, {})[row.activity_id] = Mailed(row.people, row.outsiders)
    return mails


def _links_of(session: Session, rows: Iterable[HoldRow]) -> dict[UUID, dict[UUID, UUID]]:
    """Of an open hold those that still wait; of a settled one all that it held."""
    still = (HoldRow.state != HoldState.OPEN.value) | (LinkRow.state != LinkState.ENDED.value)
    found = session.execute(
        select(HeldLinkRow.hold_id, LinkRow.id, LinkRow.activity_id)
        .join(HoldRow, HoldRow.id == HeldLinkRow.hold_id)
        .join(LinkRow, LinkRow.id == HeldLinkRow.link_id)
        .where(HeldLinkRow.hold_id.in_([row.id for row in rows]), still)
        .order_by(HeldLinkRow.at, LinkRow.id)
    )
    held: dict[UUID, dict[UUID, UUID]] = {}
    for hold_id, link_id, activity_id in found:
        held.setdefault(hold_id, {})[link_id] = activity_id
    return held
