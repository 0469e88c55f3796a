"""Initial syncs in the database. The row is the truth; the queue only wakes workers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.model import (
    InitialRun,
    Phase,
    RunMailbox,
    RunStatus,
    Trial,
    Undone,
)
from liaison.calendar.rules.mail_budget import Mailing, together
from liaison.calendar.stores.initial_tables import InitialMailboxRow, InitialRunRow, PlanItemRow
from liaison.calendar.stores.mailings import mailing_from_json, mailing_to_json
from liaison.errors import RunActive
from liaison.policy.changes import stored_policy
from liaison.policy.keys import policy_as_json
from liaison.policy.settings import Policy

MEMBERS = tuple(InitialRun.__dataclass_fields__)


def add_run(session: Session, run: InitialRun, mailbox_ids: Sequence[UUID]) -> None:
    """Make a run over these mailboxes. Raises `RunActive` where one of them is in another one."""
    columns = {name: _to_column(getattr(run, name)) for name in MEMBERS}
    session.execute(insert(InitialRunRow).values(**columns))
    rows = [
        {"run_id": run.id, "mailbox_id": one, "is_active": True, "is_done": False}
        for one in sorted(mailbox_ids)
    ]
    made = session.scalars(
        upsert(InitialMailboxRow)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(InitialMailboxRow.mailbox_id)
    ).all()
    if len(made) < len(rows):
        raise RunActive


def find_run(session: Session, run_id: UUID, *, lock: bool = False) -> InitialRun | None:
    """The run with this id; `lock` keeps others from changing it until the transaction ends."""
    statement = select(InitialRunRow).where(InitialRunRow.id == run_id)
    if lock:
        statement = statement.with_for_update()
    row = session.scalar(statement.execution_options(populate_existing=True))
    return _to_run(row) if row else None


def list_runs(session: Session, *, limit: int, before: UUID | None = None) -> list[InitialRun]:
    """The newest first; `before` continues a list after its last id."""
    statement = select(InitialRunRow).order_by(InitialRunRow.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(InitialRunRow.id < before)
    return [_to_run(row) for row in session.scalars(statement)]


def list_waiting(session: Session) -> list[UUID]:
    """Those for which a worker has something to do, the oldest first."""
    waits = InitialRunRow.phase.is_not(None)
    return list(session.scalars(select(InitialRunRow.id).where(waits).order_by(InitialRunRow.id)))


def save_run(session: Session, run_id: UUID, **changes: Any) -> None:
    """Write these members."""
    columns = {name: _to_column(value) for name, value in changes.items()}
    session.execute(
        update(InitialRunRow)
        .where(InitialRunRow.id == run_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )


def add_mailed(session: Session, run_id: UUID, mailed: Mailing) -> None:
    """Remember whom it mails besides, disguised. Each counts once."""
    present = find_run(session, run_id, lock=True)
    if present is None:
        return
    whole = together([present.mailed, mailed])
    counted = {"people": len(whole.people), "outsiders": len(whole.outsiders)}
    save_run(session, run_id, mailed=whole, **counted)


def list_mailboxes(session: Session, run_id: UUID) -> list[RunMailbox]:
    """The mailboxes of a run, in the order in which they are done."""
    rows = session.execute(
        select(
            InitialMailboxRow.mailbox_id,
            InitialMailboxRow.is_done,
            InitialMailboxRow.error,
            InitialMailboxRow.activates,
        )
        .where(InitialMailboxRow.run_id == run_id)
        .order_by(InitialMailboxRow.mailbox_id)
    )
    return [RunMailbox(*row) for row in rows]


def is_awaiting_run(session: Session, mailbox_id: UUID) -> bool:
    """Whether an initial sync or its plan is being carried out that this mailbox is part of, and has not done it yet."""
    statement = (
        select(InitialMailboxRow.run_id)
        .join(InitialRunRow, InitialRunRow.id == InitialMailboxRow.run_id)
        .where(
            InitialMailboxRow.mailbox_id == mailbox_id,
            InitialMailboxRow.is_active,
            InitialRunRow.phase.in_([Phase.APPLY.value, Phase.CARRY_OUT.value]),
        )
    )
    return session.scalar(statement) is not None


def save_activations(session: Session, run_id: UUID, versions: Mapping[UUID, int]) -> None:
    """Remember whom the plan took for active although they were not, by mailbox, and at which version."""
    for mailbox_id, version in versions.items():
        session.execute(
            update(InitialMailboxRow)
            .where(InitialMailboxRow.run_id == run_id, InitialMailboxRow.mailbox_id == mailbox_id)
            .values(activates=version)
            .execution_options(synchronize_session=False)
        )


def take_up(session: Session, run_id: UUID) -> None:
    """Begin (again) with the mailboxes that are not done. Raises `RunActive` where one is in another run."""
    mine = select(InitialMailboxRow.mailbox_id).where(
        InitialMailboxRow.run_id == run_id, InitialMailboxRow.is_done.is_(False)
    )
    others = select(InitialMailboxRow.mailbox_id).where(
        InitialMailboxRow.run_id != run_id,
        InitialMailboxRow.is_active,
        InitialMailboxRow.mailbox_id.in_(mine),
    )
    if session.scalars(others).first() is not None:
        raise RunActive
    _change_mailboxes(session, run_id, is_active=True, error=None)


def release(session: Session, run_id: UUID, errors: Mapping[UUID, str] | None = None) -> None:
    """No worker is at its mailboxes any more; `errors`: what stopped some of them. They may be begun again."""
    _change_mailboxes(session, run_id, is_active=False)
    for mailbox_id, error in (errors or {}).items():
        finish_mailbox(session, run_id, mailbox_id, error)


def finish_mailbox(session: Session, run_id: UUID, mailbox_id: UUID, error: str | None) -> None:
    """One mailbox is done, or was stopped by an error and may be begun again."""
    session.execute(
        update(InitialMailboxRow)
        .where(InitialMailboxRow.run_id == run_id, InitialMailboxRow.mailbox_id == mailbox_id)
        .values(is_done=error is None, is_active=False, error=error)
        .execution_options(synchronize_session=False)
    )


def erase_older_than(session: Session, before: datetime) -> None:
    """Forget runs, with their plans, that retention does not keep any longer."""
    old = select(InitialRunRow.id).where(
        InitialRunRow.created_at < before, InitialRunRow.phase.is_(None)
    )
    for table in (PlanItemRow, InitialMailboxRow):
        session.execute(delete(table).where(table.run_id.in_(old)))
    session.execute(delete(InitialRunRow).where(InitialRunRow.id.in_(old)))


def count_done(session: Session, run_id: UUID) -> int:
    """How many mailboxes were finished, with or without success."""
    statement = (
        select(func.count())
        .select_from(InitialMailboxRow)
        .where(InitialMailboxRow.run_id == run_id, InitialMailboxRow.is_active.is_(False))
    )
    return session.scalar(statement) or 0


def _change_mailboxes(session: Session, run_id: UUID, **changes: Any) -> None:
    session.execute(
        update(InitialMailboxRow)
        .where(InitialMailboxRow.run_id == run_id, InitialMailboxRow.is_done.is_(False))
        .values(**changes)
        .execution_options(synchronize_session=False)
    )


def _to_column(value: Any) -> Any:
    if isinstance(value, Undone | Trial):
        return asdict(value)
    if isinstance(value, Policy):
        return policy_as_json(value)
    if isinstance(value, Mailing):
        return mailing_to_json(value)
    return value.value if isinstance(value, RunStatus | Phase) else value


def _to_run(row: InitialRunRow) -> InitialRun:
    members = {name: getattr(row, name) for name in MEMBERS}
    return InitialRun(
        **members
        | {
            "status": RunStatus(row.status),
            "phase": Phase(row.phase) if row.phase else None,
            "mailed": mailing_from_json(row.mailed),
            "policy": stored_policy(row.policy) if row.policy else None,
            "trial": Trial(**row.trial) if row.trial else None,
            "undone": Undone(**row.undone) if row.undone else None,
        }
    )
