"""The reconcile in the database: when it is due, how far it is, what it stated last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, delete, exists, func, or_, select, true, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.model import LinkState
from liaison.calendar.stores.reconcile_tables import CheckedLinkRow, ReconcileRow
from liaison.calendar.stores.tables import CopyRow, LinkRow

# A link waits that long for a copy that cannot be read yet before its state counts as odd.
RESERVED_FOR = timedelta(days=1)
NAMED = 200

Named = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reconcile:
    """The members are those of its table."""

    mailbox_id: UUID
    next_at: datetime
    began_at: datetime | None
    found: Sequence[Named]
    ended_at: datetime | None
    links: int | None
    different: int | None
    unsettled: int | None
    differences: Sequence[Named]
    apart: int | None
    named_apart: Sequence[Named]


MEMBERS = tuple(Reconcile.__dataclass_fields__)


def find_reconcile(session: Session, mailbox_id: UUID) -> Reconcile | None:
    """That of this mailbox, None where none was ever due."""
    return list_reconciles(session, [mailbox_id]).get(mailbox_id)


def list_reconciles(
    session: Session, mailbox_ids: Iterable[UUID] | None = None
) -> dict[UUID, Reconcile]:
    """By mailbox; those of all mailboxes unless some are named."""
    statement = select(ReconcileRow).execution_options(populate_existing=True)
    if mailbox_ids is not None:
        statement = statement.where(ReconcileRow.mailbox_id.in_(list(mailbox_ids)))
    rows = session.scalars(statement)
    return {
        row.mailbox_id: Reconcile(**{name: getattr(row, name) for name in MEMBERS}) for row in rows
    }


def schedule(session: Session, mailbox_id: UUID, at: datetime) -> None:
    """The next one is due then."""
    nothing: dict[str, Any] = {"found": [], "differences": []}
    session.execute(
        insert(ReconcileRow)
        .values(mailbox_id=mailbox_id, next_at=at, **nothing)
        .on_conflict_do_update(index_elements=[ReconcileRow.mailbox_id], set_={"next_at": at})
    )


def begin_reconcile(session: Session, mailbox_id: UUID, now: datetime) -> None:
    """Begin one anew, whatever an earlier one that broke off had found."""
    schedule(session, mailbox_id, now)
    _save(session, mailbox_id, {"began_at": now, "found": []})
    _forget_checked(session, mailbox_id)


def save_checked(
    session: Session, mailbox_id: UUID, link_ids: Iterable[UUID], found: Sequence[Named]
) -> None:
    """These links were looked at, and this is all that was found so far."""
    rows = [{"mailbox_id": mailbox_id, "link_id": link_id} for link_id in link_ids]
    if rows:
        session.execute(insert(CheckedLinkRow).on_conflict_do_nothing(), rows)
    _save(session, mailbox_id, {"found": list(found)})


def finish(
    session: Session,
    mailbox_id: UUID,
    now: datetime,
    next_at: datetime,
    links: int,
    found: Sequence[Named],
) -> None:
    """State what came of it. What each side keeps for itself by the rules is named, and is no difference."""
    apart = [one for one in found if one.get("apart")]
    unsettled = [one for one in found if not one["settled"]]
    settled = [one for one in found if one["settled"] and not one.get("apart")]
    stated = {
        "ended_at": now,
        "links": links,
        "different": len(unsettled) + len(settled),
        "unsettled": len(unsettled),
        "differences": (unsettled + settled)[:NAMED],
        "apart": len(apart),
        "named_apart": apart[:NAMED],
    }
    _save(session, mailbox_id, stated | {"began_at": None, "found": [], "next_at": next_at})
    _forget_checked(session, mailbox_id)


def list_unchecked(session: Session, mailbox_id: UUID, now: datetime, limit: int) -> list[UUID]:
    """Links with a copy in this mailbox that the present reconcile has not looked at, by the time of their meetings."""
    checked = exists().where(
        CheckedLinkRow.mailbox_id == mailbox_id, CheckedLinkRow.link_id == LinkRow.id
    )
    statement = (
        select(LinkRow.id)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            or_(LinkRow.state == LinkState.LIVE.value, _is_odd(now)),
            ~checked,
        )
        .order_by(LinkRow.ends_at, LinkRow.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def list_lost(
    session: Session, mailbox_id: UUID, addresses: Sequence[str], limit: int
) -> list[UUID]:
    """Live links that should have a copy in this mailbox but have none.

    Its owner organizes the meeting; or no mailbox at all has a copy, and its owner is, or may be, among the people.
    """
    of_link = CopyRow.link_id == LinkRow.id
    takes_part = or_(
        LinkRow.baseline.is_(None),
        func.jsonb_typeof(LinkRow.baseline["participants"]).is_distinct_from("array"),
        *(
            LinkRow.baseline["participants"].contains([{"address": address}])
            for address in addresses
        ),
    )
    statement = (
        select(LinkRow.id)
        .where(
            LinkRow.state == LinkState.LIVE.value,
            ~exists().where(of_link, CopyRow.mailbox_id == mailbox_id),
            or_(
                LinkRow.organizer_address.in_(addresses),
                and_(~exists().where(of_link), takes_part),
            ),
        )
        .order_by(LinkRow.id)
        .limit(limit)
    )
    return list(session.scalars(statement))


def list_live(session: Session, mailbox_id: UUID) -> list[UUID]:
    """All live links with a copy in this mailbox."""
    statement = (
        select(LinkRow.id)
        .join(CopyRow, CopyRow.link_id == LinkRow.id)
        .where(CopyRow.mailbox_id == mailbox_id, LinkRow.state == LinkState.LIVE.value)
    )
    return list(session.scalars(statement))


def list_unreturned_events(session: Session, mailbox_id: UUID, epoch: datetime | None) -> list[str]:
    """Events of live links in this mailbox, wherever they lie, that the full round of this epoch did not return."""
    statement = (
        select(CopyRow.event_id)
        .join(LinkRow, LinkRow.id == CopyRow.link_id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            CopyRow.is_present,
            CopyRow.seen_epoch.is_distinct_from(epoch) if epoch else true(),
            LinkRow.state == LinkState.LIVE.value,
        )
        .distinct()
    )
    return list(session.scalars(statement))


def _is_odd(now: datetime) -> Any:
    """States that no path of ours leaves behind."""
    state, why = LinkRow.state, LinkRow.frozen_reason
    return or_(
        and_(state == LinkState.FROZEN.value, why.is_(None)),
        and_(state == LinkState.ENDED.value, LinkRow.ended_at.is_(None)),
        and_(state == LinkState.RESERVED.value, LinkRow.created_at < now - RESERVED_FOR),
    )


def _save(session: Session, mailbox_id: UUID, changes: dict[str, Any]) -> None:
    session.execute(
        update(ReconcileRow)
        .where(ReconcileRow.mailbox_id == mailbox_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def _forget_checked(session: Session, mailbox_id: UUID) -> None:
    session.execute(delete(CheckedLinkRow).where(CheckedLinkRow.mailbox_id == mailbox_id))
