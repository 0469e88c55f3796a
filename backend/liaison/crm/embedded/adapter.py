"""The CRM that comes with Liaison, behind the port."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.clock import Clock
from liaison.crm.embedded import activities, alike, companies, contacts, outbox, search
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import (
    Activity,
    ActivityChange,
    Actor,
    ChangeResult,
    Company,
    Contact,
    CrmChange,
    MeetingFacts,
    NewActivity,
)
from liaison.db.shadows import cast_shadows
from liaison.times import When


class EmbeddedCrm:
    """Joins the caller's transaction in everything it does."""

    def __init__(self, clock: Clock) -> None:
        """`clock` stamps the changes."""
        self._clock = clock

    def rehearse(self, session: Session) -> EmbeddedCrm:
        """See the port."""
        cast_shadows(session, [ActivityRow])
        return self

    def find_activities(self, session: Session, ids: Sequence[UUID]) -> dict[UUID, Activity]:
        """See the port."""
        return activities.find_activities(session, ids)

    def create_activities(
        self, session: Session, new: Sequence[NewActivity], actor: Actor
    ) -> list[Activity]:
        """See the port."""
        return activities.create_activities(session, new, actor, self._clock.now())

    def apply_changes(
        self, session: Session, changes: Sequence[ActivityChange], actor: Actor
    ) -> list[ChangeResult]:
        """See the port."""
        return activities.apply_changes(session, changes, actor, self._clock.now())

    def take_changes(
        self, session: Session, activity_ids: Sequence[UUID] | None, *, limit: int
    ) -> list[CrmChange]:
        """See the port."""
        return outbox.take(session, activity_ids, limit=limit)

    def find_alike(
        self, session: Session, meetings: Sequence[MeetingFacts]
    ) -> list[list[Activity]]:
        """See the port."""
        return alike.find_alike(session, meetings)

    def list_planned(
        self,
        session: Session,
        organizer_id: UUID,
        *,
        between: tuple[datetime, datetime],
        only_flagged: bool,
    ) -> list[UUID]:
        """See the port."""
        return activities.list_planned(
            session, organizer_id, between=between, only_flagged=only_flagged
        )

    def find_contacts(self, session: Session, addresses: Sequence[str]) -> dict[str, list[Contact]]:
        """See the port."""
        return contacts.find_by_addresses(session, addresses)

    def find_companies(self, session: Session, ids: Sequence[UUID]) -> dict[UUID, Company]:
        """See the port."""
        return companies.find_companies(session, ids)

    def suggest_activities(
        self, session: Session, *, viewer_id: UUID, addresses: Sequence[str], when: When, limit: int
    ) -> list[tuple[Activity, str]]:
        """See the port."""
        return search.suggest_activities(
            session, viewer_id=viewer_id, addresses=addresses, when=when, limit=limit
        )
