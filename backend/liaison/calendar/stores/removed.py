"""Links that ended because their meeting was removed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from liaison.calendar.model import LinkState
from liaison.calendar.stores.tables import CopyRow, LinkRow


def list_removed_events(
    session: Session,
    mailbox_id: UUID,
    *,
    by: str,
    reasons: Collection[str],
    since: datetime,
    now: datetime,
    limit: int,
) -> list[str]:
    """Events of this mailbox whose links ended since then for one of these reasons, unless they are over; the latest first."""
    statement = (
        select(CopyRow.event_id)
        .join(LinkRow, LinkRow.id == CopyRow.link_id)
        .where(
            CopyRow.mailbox_id == mailbox_id,
            LinkRow.state == LinkState.ENDED.value,
            LinkRow.ended_by == by,
            LinkRow.ended_reason.in_(reasons),
            LinkRow.ended_at >= since,
            func.coalesce(LinkRow.ends_at, now) >= now,
        )
        .order_by(LinkRow.ended_at.desc())
        .limit(limit)
    )
    return list(dict.fromkeys(session.scalars(statement)))
