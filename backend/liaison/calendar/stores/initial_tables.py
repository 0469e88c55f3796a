"""The tables of initial syncs: the runs over several mailboxes, and what a dry run planned."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table


class InitialRunRow(Table):
    """An initial sync, or the dry run of one.

    `phase`: what a worker still has to do for it. `window_*`, `policy`: what a plan covers, and with which
    policy it was made. `trial`: of that one, what was not in force. `mailed`: whom it mails, disguised, as long as it is carried out. `undone`: what undoing it did.
    """

    __tablename__ = "initial_runs"
    __table_args__ = (
        Index("ix_initial_runs_phase", "id", postgresql_where=text("phase IS NOT NULL")),
    )

    id: Mapped[Id]
    dry_run: Mapped[bool]
    status: Mapped[str]
    phase: Mapped[str | None]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
    finished_at: Mapped[datetime | None]
    error: Mapped[str | None]
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    policy: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    trial: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    done: Mapped[int]
    total: Mapped[int]
    counts: Mapped[dict[str, Any]]
    people: Mapped[int]
    outsiders: Mapped[int]
    mailed: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    undone: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))


class InitialMailboxRow(Table):
    """One mailbox of an initial sync. `is_active`: a worker is, or soon will be, at it; `error`: what stopped it.

    `activates`: the version of a person whom the plan took for active although he was not.
    """

    __tablename__ = "initial_run_mailboxes"
    __table_args__ = (
        Index(
            "uq_initial_run_mailboxes_active",
            "mailbox_id",
            unique=True,
            postgresql_where=text("is_active"),
        ),
    )

    run_id: Mapped[UUID] = mapped_column(ForeignKey("initial_runs.id"), primary_key=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("representatives.id"), primary_key=True)
    is_active: Mapped[bool]
    is_done: Mapped[bool]
    error: Mapped[str | None]
    activates: Mapped[int | None]


class PlanItemRow(Table):
    """One thing that a dry run decided.

    `before`, `after`: values of what would be a non-confidential activity, else null. `outlook`: what would be written
    to the event. `fingerprint`: by which the same decision is known again; null where there is nothing to carry out.
    `twin`: the captured event that could be linked instead; `is_linked`: it shall be. `mailed`: who gets mail, disguised.
    """

    __tablename__ = "plan_items"
    __table_args__ = (Index("ix_plan_items_run_id", "run_id", "id"),)

    id: Mapped[Id]
    run_id: Mapped[UUID] = mapped_column(ForeignKey("initial_runs.id"))
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("representatives.id"))
    event_id: Mapped[str]
    ical_uid: Mapped[str | None] = mapped_column(index=True)
    activity_id: Mapped[UUID | None]
    reason: Mapped[str]
    action: Mapped[str]
    outcome: Mapped[str]
    start: Mapped[str | None]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    outlook: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    fingerprint: Mapped[str | None]
    twin: Mapped[str | None]
    is_linked: Mapped[bool] = mapped_column(server_default=false())
    mailed: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    state: Mapped[str]
