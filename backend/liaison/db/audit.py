"""Who of the administrators did what and when; written in the transaction of the act itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from liaison.db.tables import Id, Table


class AuditRow(Table):
    """One act."""

    __tablename__ = "audit"

    id: Mapped[Id]
    # The database's clock, so that acts from several machines stand in one order.
    at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp(), index=True)
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    details: Mapped[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """`actor` did `action` (a stable word such as service-stopped) to `subject`."""

    id: UUID
    at: datetime
    actor: str
    action: str
    subject: str
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which acts; None asks for nothing. `actor`: part of the name, in whatever case."""

    action: str | None = None
    actor: str | None = None
    since: datetime | None = None


EVERY_ACT = AuditFilter()


def record_act(
    session: Session, actor: str, action: str, subject: str = "", details: Mapping[str, Any] = {}
) -> None:
    """Keep that somebody did something."""
    session.add(AuditRow(actor=actor, action=action, subject=subject, details=dict(details)))
    session.flush()


def list_audit(
    session: Session,
    wanted: AuditFilter = EVERY_ACT,
    *,
    limit: int,
    before: UUID | None = None,
) -> list[AuditEntry]:
    """The newest acts first, those older than the entry `before` where one is given."""
    newest = select(AuditRow).order_by(AuditRow.id.desc()).limit(limit)
    if wanted.action is not None:
        newest = newest.where(AuditRow.action == wanted.action)
    if wanted.actor is not None:
        newest = newest.where(AuditRow.actor.icontains(wanted.actor, autoescape=True))
    if wanted.since is not None:
        newest = newest.where(AuditRow.at >= wanted.since)
    if before is not None:
        newest = newest.where(AuditRow.id < before)
    return [
        AuditEntry(row.id, row.at, row.actor, row.action, row.subject, row.details)
        for row in session.scalars(newest)
    ]
