"""What the engine asks of a CRM.

The embedded CRM joins the caller's transaction through `session`; a foreign CRM ignores it, commits by itself,
and is idempotent by the keys it is given. A batch answers in the order in which it was asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, TypeAlias
from uuid import UUID

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
from liaison.times import When

# The caller's open transaction: an SQLAlchemy session, of which a pure file must not know.
Transaction: TypeAlias = Any


class Crm(Protocol):
    """Activities and the people in them, as the engine and the pane need them."""

    def rehearse(self, session: Transaction) -> Crm:
        """A CRM as this one is now; what is written to it stays nowhere and holds nobody up who writes to this one.

        `session`: of a transaction that will be rolled back; it is good until then.
        """
        ...

    def find_activities(self, session: Transaction, ids: Sequence[UUID]) -> dict[UUID, Activity]:
        """Those that exist, deleted ones included, by id."""
        ...

    def create_activities(
        self, session: Transaction, new: Sequence[NewActivity], actor: Actor
    ) -> list[Activity]:
        """Make activities; one whose key was used before is returned as it is now."""
        ...

    def apply_changes(
        self, session: Transaction, changes: Sequence[ActivityChange], actor: Actor
    ) -> list[ChangeResult]:
        """Change activities, each if it still has the given version. `deleted_at` deletes and restores."""
        ...

    def take_changes(
        self, session: Transaction, activity_ids: Sequence[UUID] | None, *, limit: int
    ) -> list[CrmChange]:
        """What people changed, of these activities or (None) of all, the oldest first; each is told once.

        What the sync itself changed is not told. Those that another reader takes at this moment are left to it.
        """
        ...

    def find_alike(
        self, session: Transaction, meetings: Sequence[MeetingFacts]
    ) -> list[list[Activity]]:
        """For each of these meetings the planned activities with its subject, organizer, start, end and all-day.

        The CRM does not know links: the caller leaves out what is linked.
        """
        ...

    def list_planned(
        self,
        session: Transaction,
        organizer_id: UUID,
        *,
        between: tuple[datetime, datetime],
        only_flagged: bool,
    ) -> list[UUID]:
        """Planned activities that one of ours organizes and that lie in this time, also in part; series whenever they do.

        `only_flagged`: those that somebody wants to be brought to Outlook. Deleted ones and stubs are none of them.
        """
        ...

    def find_contacts(
        self, session: Transaction, addresses: Sequence[str]
    ) -> dict[str, list[Contact]]:
        """All contacts that carry each of these addresses (lower-case), aliases included."""
        ...

    def find_companies(self, session: Transaction, ids: Sequence[UUID]) -> dict[UUID, Company]:
        """Those that exist, by id."""
        ...

    def suggest_activities(
        self,
        session: Transaction,
        *,
        viewer_id: UUID,
        addresses: Sequence[str],
        when: When,
        limit: int,
    ) -> list[tuple[Activity, str]]:
        """Planned activities that may be this meeting, best first, each with why (a few words).

        The CRM does not know links: the caller leaves out what is linked.
        """
        ...
