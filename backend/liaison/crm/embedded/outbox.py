"""What people changed in the CRM, for those who carry it on. Written in the transaction of the change."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from liaison.crm.embedded.tables import OutboxRow
from liaison.crm.model import Activity, Actor, CrmChange
from liaison.db.lists import among

SYNC = "sync"


def write(
    session: Session,
    changes: Iterable[tuple[Activity, Sequence[str]]],
    actor: Actor,
    now: datetime,
) -> None:
    """Keep what was changed; what the sync itself wrote makes no entry, so that nothing echoes."""
    if actor.origin == SYNC:
        return
    rows = [
        {
            "activity_id": activity.id,
            "version": activity.version,
            "fields": list(fields),
            "actor": actor.name,
            "at": now,
        }
        for activity, fields in changes
    ]
    if rows:
        session.execute(insert(OutboxRow), rows)


def take(session: Session, activity_ids: Collection[UUID] | None, *, limit: int) -> list[CrmChange]:
    """The oldest entries, of these activities or of all, and forget them. Those that another holds are left to it."""
    oldest = select(OutboxRow.id).order_by(OutboxRow.id).limit(limit)
    if activity_ids is not None:
        oldest = oldest.where(among(OutboxRow.activity_id, activity_ids))
    statement = (
        delete(OutboxRow)
        .where(OutboxRow.id.in_(oldest.with_for_update(skip_locked=True)))
        .returning(OutboxRow)
        .execution_options(synchronize_session=False)
    )
    rows = sorted(session.scalars(statement), key=lambda row: row.id)
    return [
        CrmChange(row.activity_id, row.version, tuple(row.fields), row.actor, row.at)
        for row in rows
    ]
