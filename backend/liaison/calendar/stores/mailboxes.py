"""Mailboxes in the database: what is due, where the changes are read on, the subscription."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.model import LinkState
from liaison.calendar.stores.noted import begin_anew
from liaison.calendar.stores.tables import CopyRow, LinkRow, MailboxRow, NotedItemRow
from liaison.db.tables import plain
from liaison.errors import NotFound


@dataclass(frozen=True, slots=True)
class FollowedMailbox:
    """A mailbox as the sync sees it; the members are those of its table."""

    id: UUID
    is_followed: bool
    due_at: datetime | None
    delta_link: str | None
    window_start: datetime | None
    window_end: datetime | None
    epoch_at: datetime | None
    reads_window: bool
    wants_delta: bool
    next_delta_at: datetime | None
    unavailable_since: datetime | None
    resumed_at: datetime | None
    attempts: int
    last_run_at: datetime | None
    last_success_at: datetime | None
    last_error: str | None
    subscription_id: str | None
    subscription_expires_at: datetime | None
    subscription_renew_at: datetime | None
    client_state: str | None


@dataclass(frozen=True, slots=True)
class MailboxStatus:
    """A mailbox for the administrator: its row, its live links, what waits and what failed."""

    mailbox: FollowedMailbox
    live_links: int
    waiting: int
    failed: int


@dataclass(frozen=True, slots=True)
class Subscriber:
    """The mailbox of a subscription, and what proves that a notification is of it; empty where nothing does."""

    id: UUID
    client_state: str


# Each notification asks this.
_SUBSCRIBED = text(
    "SELECT id, subscription_id, client_state FROM mailboxes WHERE subscription_id = ANY (:ids)"
)
MAILBOXES = plain(MailboxRow)
COLUMNS = [MAILBOXES.c[name] for name in FollowedMailbox.__dataclass_fields__]


def find_mailbox(session: Session, mailbox_id: UUID) -> FollowedMailbox | None:
    """The mailbox of this representative, if it was ever followed."""
    return _first(session, select(*COLUMNS).where(MAILBOXES.c.id == mailbox_id))


def get_mailbox(session: Session, mailbox_id: UUID, *, lock: bool = False) -> FollowedMailbox:
    """The mailbox of this representative, which is or was followed. Raises `NotFound`."""
    statement = select(*COLUMNS).where(MAILBOXES.c.id == mailbox_id)
    found = _first(session, statement.with_for_update() if lock else statement)
    if found is None:
        raise NotFound
    return found


def is_due(session: Session, mailbox_id: UUID, now: datetime) -> bool:
    """Whether this mailbox waits for a run."""
    waits = select(MAILBOXES.c.due_at <= now).where(MAILBOXES.c.id == mailbox_id)
    return bool(session.scalar(waits))


def find_by_subscriptions(
    session: Session, subscription_ids: Collection[str]
) -> dict[str, Subscriber]:
    """The mailboxes to which these subscriptions belong, by subscription id."""
    rows = session.execute(_SUBSCRIBED, {"ids": list(subscription_ids)})
    return {row.subscription_id: Subscriber(row.id, row.client_state or "") for row in rows}


def find_followed(session: Session, mailbox_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these are followed and can be read at present."""
    if not mailbox_ids:
        return frozenset()
    statement = select(MailboxRow.id).where(MailboxRow.id.in_(mailbox_ids), MailboxRow.is_followed)
    return frozenset(session.scalars(statement))


def find_known(session: Session, mailbox_ids: Collection[UUID]) -> frozenset[UUID]:
    """Which of these are, or were once, followed."""
    statement = select(MailboxRow.id).where(MailboxRow.id.in_(mailbox_ids))
    return frozenset(session.scalars(statement))


def list_due_mailboxes(session: Session, now: datetime, limit: int) -> list[UUID]:
    """Those that wait for a run, the longest waiting first."""
    statement = (
        select(MailboxRow.id)
        .where(MailboxRow.due_at <= now)
        .order_by(MailboxRow.due_at)
        .limit(limit)
    )
    return list(session.scalars(statement))


def list_mailboxes(session: Session) -> list[MailboxStatus]:
    """Every mailbox that is or was followed, with its figures."""
    linked = session.execute(
        select(CopyRow.mailbox_id, func.count())
        .join(LinkRow, LinkRow.id == CopyRow.link_id)
        .where(LinkRow.state == LinkState.LIVE.value)
        .group_by(CopyRow.mailbox_id)
    )
    live = {row[0]: row[1] for row in linked}
    counted = session.execute(
        select(NotedItemRow.mailbox_id, NotedItemRow.is_dead, func.count()).group_by(
            NotedItemRow.mailbox_id, NotedItemRow.is_dead
        )
    )
    noted = {(row[0], row[1]): row[2] for row in counted}
    return [
        MailboxStatus(
            FollowedMailbox(*row),
            live.get(row.id, 0),
            noted.get((row.id, False), 0),
            noted.get((row.id, True), 0),
        )
        for row in session.execute(select(*COLUMNS).order_by(MAILBOXES.c.id))
    ]


def follow_mailbox(session: Session, mailbox_id: UUID, now: datetime) -> None:
    """Follow this mailbox from now on: due at once, its changes read, its links looked at again."""
    values = {"is_followed": True, "due_at": now, "wants_delta": True, "resumed_at": now}
    fresh = {"attempts": 0, "unavailable_since": None, "last_error": None}
    begun = session.scalar(
        insert(MailboxRow)
        .values(id=mailbox_id, attempts=0, **values)
        .on_conflict_do_update(
            index_elements=[MailboxRow.id],
            set_={**values, **fresh},
            where=MailboxRow.is_followed.is_(False),
        )
        .returning(MailboxRow.id)
    )
    if begun:
        begin_anew(session, mailbox_id)


def save_mailbox(session: Session, mailbox_id: UUID, changes: Mapping[str, Any]) -> None:
    """Write these members."""
    session.execute(
        update(MailboxRow)
        .where(MailboxRow.id == mailbox_id)
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def make_all_due(session: Session, now: datetime, *, new_window: bool = False) -> Sequence[UUID]:
    """Every mailbox is due (start of the service, another policy); which they are.

    Also those not followed any more: their links may still have to be frozen, or they can be read again. With
    `new_window` the next round lays the window anew.
    """
    begin_anew(session)
    epoch: dict[str, None] = {"epoch_at": None} if new_window else {}
    return session.scalars(
        update(MailboxRow)
        .values(due_at=now, wants_delta=True, **epoch)
        .returning(MailboxRow.id)
        .execution_options(synchronize_session=False)
    ).all()


def _first(session: Session, statement: Select[Any]) -> FollowedMailbox | None:
    row = session.execute(statement).first()
    return FollowedMailbox(*row) if row else None
