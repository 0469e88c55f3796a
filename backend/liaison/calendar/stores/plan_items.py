"""What dry runs planned, in the database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.model import ItemState
from liaison.calendar.model import Link
from liaison.calendar.rules.mail_budget import Mailing
from liaison.calendar.rules.plan import IDLE, PlannedItem
from liaison.calendar.stores.initial_tables import PlanItemRow
from liaison.calendar.stores.mailings import mailing_from_json, mailing_to_json
from liaison.calendar.stores.tables import DecisionRow, LinkRow, RunRow
from liaison.db.lists import among
from liaison.db.recordset import given, insert_rows
from liaison.db.tables import new_id
from liaison.reasons.model import Outcome

COPIED = tuple(name for name in PlannedItem.__dataclass_fields__ if name != "mailed")
AT_ONCE = 1000
TWIN = PlanItemRow.outlook["resembles"].as_boolean()
# As `PlannedItem.is_change` says.
CHANGES = or_(PlanItemRow.action.not_in(IDLE), PlanItemRow.outlook.is_not(None))


@dataclass(frozen=True, slots=True)
class StoredItem:
    """An item of a plan, with what became of it."""

    id: UUID
    item: PlannedItem
    state: ItemState
    is_linked: bool = False


@dataclass(frozen=True, slots=True)
class ItemFilter:
    """Which items are wanted; None asks for nothing. `is_change`: only those that would change something.

    `is_twin`: only those that resemble a captured meeting.
    """

    mailbox_id: UUID | None = None
    reason: str | None = None
    state: ItemState | None = None
    is_change: bool = False
    is_twin: bool = False


def add_items(
    session: Session,
    run_id: UUID,
    items: Sequence[PlannedItem],
    mailed: Callable[[PlannedItem], Mailing],
) -> None:
    """Store a plan, in this order. `mailed`: whom an item mails, disguised."""
    fixed = {"run_id": run_id, "state": ItemState.PLANNED.value}
    for start in range(0, len(items), AT_ONCE):
        rows = [
            {
                "id": new_id(),
                **fixed,
                **{name: getattr(item, name) for name in COPIED},
                "is_linked": False,
                "mailed": mailing_to_json(mailed(item)),
            }
            for item in items[start : start + AT_ONCE]
        ]
        session.execute(insert_rows(PlanItemRow, tuple(rows[0])), given(rows))


def list_items(
    session: Session,
    run_id: UUID,
    wanted: ItemFilter,
    *,
    limit: int,
    after: UUID | None = None,
) -> list[StoredItem]:
    """The items of a plan in its order; `after` continues a list after its last id."""
    statement = (
        select(PlanItemRow)
        .where(PlanItemRow.run_id == run_id)
        .order_by(PlanItemRow.id)
        .limit(limit)
    )
    if wanted.mailbox_id is not None:
        statement = statement.where(PlanItemRow.mailbox_id == wanted.mailbox_id)
    if wanted.reason is not None:
        statement = statement.where(PlanItemRow.reason == wanted.reason)
    if wanted.state is not None:
        statement = statement.where(PlanItemRow.state == wanted.state.value)
    if wanted.is_change:
        statement = statement.where(CHANGES)
    if wanted.is_twin:
        statement = statement.where(TWIN)
    if after is not None:
        statement = statement.where(PlanItemRow.id > after)
    return [_to_item(row) for row in session.scalars(statement)]


def list_to_apply(session: Session, run_id: UUID, mailbox_id: UUID) -> dict[str, StoredItem]:
    """What is still to be carried out in one mailbox, by fingerprint, in the order of the plan."""
    rows = session.scalars(
        select(PlanItemRow)
        .where(
            PlanItemRow.run_id == run_id,
            PlanItemRow.mailbox_id == mailbox_id,
            PlanItemRow.state == ItemState.PLANNED.value,
            PlanItemRow.fingerprint.is_not(None),
        )
        .order_by(PlanItemRow.id)
    )
    return {row.fingerprint: _to_item(row) for row in rows if row.fingerprint}


@dataclass(frozen=True, slots=True)
class Done:
    """What a plan did by the log, of which event or activity."""

    reason: str
    event_id: str | None
    activity_id: UUID | None

    def is_of(self, item: PlannedItem) -> bool:
        """Whether this was that item."""
        is_same_activity = self.activity_id is not None and self.activity_id == item.activity_id
        return self.reason == item.reason and (is_same_activity or self.event_id == item.event_id)


def list_done(session: Session, run_id: UUID, mailbox_id: UUID) -> list[Done]:
    """What was carried out of this plan in one mailbox, also by a worker that could not say so any more."""
    rows = session.execute(
        select(DecisionRow.reason, DecisionRow.event_id, DecisionRow.activity_id)
        .join(RunRow, RunRow.id == DecisionRow.run_id)
        .where(
            RunRow.initial_run_id == run_id,
            RunRow.mailbox_id == mailbox_id,
            DecisionRow.outcome == Outcome.APPLIED.value,
        )
    )
    return [Done(*row) for row in rows]


def save_state(session: Session, item_ids: Collection[UUID], state: ItemState) -> None:
    """Remember what became of these."""
    if not item_ids:
        return
    session.execute(
        update(PlanItemRow)
        .where(among(PlanItemRow.id, item_ids))
        .values(state=state.value)
        .execution_options(synchronize_session=False)
    )


def save_undone(session: Session, run_id: UUID, undone: Collection[Link]) -> None:
    """Remember of which items of a plan what they wrote was taken back: those of these links."""
    is_new = and_(
        PlanItemRow.activity_id.is_(None),
        among(PlanItemRow.ical_uid, [one.ical_uid for one in undone]),
    )
    is_known = among(PlanItemRow.activity_id, [one.activity_id for one in undone])
    is_applied = PlanItemRow.state == ItemState.APPLIED.value
    session.execute(
        update(PlanItemRow)
        .where(PlanItemRow.run_id == run_id, is_applied, or_(is_known, is_new))
        .values(state=ItemState.UNDONE.value)
        .execution_options(synchronize_session=False)
    )


def count_states(session: Session, run_id: UUID) -> dict[ItemState, int]:
    """How many items there are in each state, of those that would change something."""
    rows = session.execute(
        select(PlanItemRow.state, func.count())
        .where(PlanItemRow.run_id == run_id, CHANGES)
        .group_by(PlanItemRow.state)
    )
    return {ItemState(state): count for state, count in rows}


def count_twins(session: Session, run_id: UUID) -> int:
    """Of how many activities an event would be made although they resemble a meeting that is captured."""
    return _count(session, run_id, TWIN)


def count_choices(session: Session, run_id: UUID) -> tuple[int, int]:
    """Of how many of them both could be linked instead, and of how many they shall be."""
    may_be = PlanItemRow.twin.is_not(None)
    return _count(session, run_id, may_be), _count(session, run_id, PlanItemRow.is_linked.is_(True))


def save_twins(
    session: Session, run_id: UUID, item_ids: Collection[UUID] | None, *, link: bool
) -> int:
    """Remember that these shall be linked to their twins, or not; None: all that can be. How many they are."""
    statement = (
        update(PlanItemRow)
        .where(PlanItemRow.run_id == run_id, PlanItemRow.twin.is_not(None))
        .values(is_linked=link)
        .returning(PlanItemRow.id)
        .execution_options(synchronize_session=False)
    )
    if item_ids is not None:
        statement = statement.where(among(PlanItemRow.id, item_ids))
    return len(session.scalars(statement).all())


def list_mailed(session: Session, run_id: UUID) -> list[Mailing]:
    """Whom the items of a plan mail, disguised; of what is linked instead no event is made."""
    stored = session.scalars(
        select(PlanItemRow.mailed).where(
            PlanItemRow.run_id == run_id,
            PlanItemRow.is_linked.is_(False),
            PlanItemRow.mailed.is_not(None),
        )
    )
    return [mailing_from_json(one) for one in stored]


def _count(session: Session, run_id: UUID, which: ColumnElement[bool]) -> int:
    statement = select(func.count()).where(PlanItemRow.run_id == run_id, which)
    return session.scalar(statement) or 0


def erase_values(session: Session, link_id: UUID) -> None:
    """Erase what plans show of the meeting of this link; codes and times stay (retraction)."""
    uid = select(LinkRow.ical_uid).where(LinkRow.id == link_id).scalar_subquery()
    session.execute(
        update(PlanItemRow)
        .where(PlanItemRow.ical_uid == uid)
        .values(before=None, after=None, outlook=None, mailed=None)
        .execution_options(synchronize_session=False)
    )


def _to_item(row: PlanItemRow) -> StoredItem:
    item = PlannedItem(**{name: getattr(row, name) for name in COPIED})
    return StoredItem(row.id, item, ItemState(row.state), row.is_linked)
