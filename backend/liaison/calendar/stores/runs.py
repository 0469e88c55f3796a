"""Runs in the database: when, how they ended, how often each reason came up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from liaison.calendar.stores.tables import RunRow


@dataclass(frozen=True, slots=True)
class PastRun:
    """One pass over one mailbox."""

    id: UUID
    mailbox_id: UUID
    started_at: datetime
    finished_at: datetime | None
    outcome: str | None
    counts: Mapping[str, int]


def begin_run(
    session: Session,
    run_id: UUID,
    mailbox_id: UUID,
    now: datetime,
    initial_run_id: UUID | None = None,
) -> None:
    """Note that a run began. `initial_run_id`: the initial sync that it is part of."""
    session.execute(
        insert(RunRow).values(
            id=run_id,
            mailbox_id=mailbox_id,
            started_at=now,
            counts={},
            initial_run_id=initial_run_id,
        )
    )


def list_runs_of(session: Session, initial_run_id: UUID) -> list[UUID]:
    """The runs that an initial sync consists of."""
    return list(session.scalars(select(RunRow.id).where(RunRow.initial_run_id == initial_run_id)))


def find_past_run(session: Session, run_id: UUID) -> PastRun | None:
    """The run with this id."""
    row = session.get(RunRow, run_id, populate_existing=True)
    members = PastRun.__dataclass_fields__
    return PastRun(**{name: getattr(row, name) for name in members}) if row else None


def mark_undone(session: Session, run_id: UUID) -> None:
    """Note that an administrator took back what it did."""
    session.execute(update(RunRow).where(RunRow.id == run_id).values(outcome="undone"))


def end_run(
    session: Session, run_id: UUID, now: datetime, outcome: str, counts: Mapping[str, int]
) -> None:
    """Note how a run ended: done, or the code of what stopped it."""
    session.execute(
        update(RunRow)
        .where(RunRow.id == run_id)
        .values(finished_at=now, outcome=outcome, counts=dict(counts))
    )


def erase_older_than(session: Session, before: datetime) -> None:
    """Forget runs that retention does not keep any longer."""
    session.execute(delete(RunRow).where(RunRow.started_at < before))
