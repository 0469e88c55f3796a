"""Which meetings runs made in Outlook, by the log."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from liaison.calendar.stores import links
from liaison.calendar.stores.tables import DecisionRow
from liaison.reasons.model import Outcome

MADE = "event-created"


def list_made_meetings(session: Session, run_ids: Collection[UUID]) -> list[UUID]:
    """The activities whose meetings these runs made in Outlook, as far as they are still linked, the first first."""
    statement = (
        select(DecisionRow.activity_id)
        .where(
            DecisionRow.run_id.in_(run_ids),
            DecisionRow.reason == MADE,
            DecisionRow.outcome == Outcome.APPLIED.value,
        )
        .order_by(DecisionRow.id)
    )
    made = [one for one in session.scalars(statement) if one is not None]
    tied = links.find_links_of_activities(session, made)
    return [one for one in dict.fromkeys(made) if one in tied]
