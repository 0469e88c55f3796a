"""A CRM in memory that keeps the port's promises."""

# ruff: noqa: ARG002 - the port hands a session to everything, and memory needs none

import copy
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.clock import Clock
from liaison.crm.activity_changes import (
    CHANGEABLE,
    changed_activity,
    differing_fields,
    made_activity,
)
from liaison.crm.alike import is_alike
from liaison.crm.model import (
    Activity,
    ActivityChange,
    ActivityStatus,
    Actor,
    Applied,
    ChangeResult,
    Company,
    Contact,
    CrmChange,
    MeetingFacts,
    NewActivity,
    Refused,
)
from liaison.crm.suggesting import Sought, lower, rank
from liaison.db.tables import new_id
from liaison.times import When


class FakeCrm:
    """Keeps activities, contacts and companies in dictionaries; `session` is ignored."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ids: dict[UUID, UUID] = {}
        self.activities: dict[UUID, Activity] = {}
        self.contacts: list[Contact] = []
        self.companies: dict[UUID, Company] = {}
        self.writes: list[tuple[Actor, Activity]] = []
        self.changes: list[CrmChange] = []

    def rehearse(self, session: Any) -> "FakeCrm":
        return copy.deepcopy(self)

    def add(self, *known: Contact | Company) -> None:
        """Let the CRM know contacts and companies."""
        for one in known:
            if isinstance(one, Contact):
                self.contacts.append(one)
            else:
                self.companies[one.id] = one

    def find_activities(self, session: Any, ids: Sequence[UUID]) -> dict[UUID, Activity]:
        return {one: self.activities[one] for one in ids if one in self.activities}

    def create_activities(
        self, session: Any, new: Sequence[NewActivity], actor: Actor
    ) -> list[Activity]:
        return [self._create(one, actor) for one in new]

    def apply_changes(
        self, session: Any, changes: Sequence[ActivityChange], actor: Actor
    ) -> list[ChangeResult]:
        return [self._apply(change, actor) for change in changes]

    def take_changes(
        self, session: Any, activity_ids: Sequence[UUID] | None, *, limit: int
    ) -> list[CrmChange]:
        asked = [
            one for one in self.changes if activity_ids is None or one.activity_id in activity_ids
        ]
        taken = asked[:limit]
        self.changes = [one for one in self.changes if one not in taken]
        return taken

    def find_alike(self, session: Any, meetings: Sequence[MeetingFacts]) -> list[list[Activity]]:
        return [
            [one for one in self.activities.values() if is_alike(one, meeting)]
            for meeting in meetings
        ]

    def list_planned(
        self,
        session: Any,
        organizer_id: UUID,
        *,
        between: tuple[datetime, datetime],
        only_flagged: bool,
    ) -> list[UUID]:
        start, end = between
        found = [
            one
            for one in self.activities.values()
            if one.organizer.id == organizer_id
            and one.status is ActivityStatus.PLANNED
            and one.deleted_at is None
            and not one.stub
            and one.when.starts_at <= end
            and (one.when.ends_at >= start or one.recurrence is not None)
            and (one.transfer_to_outlook or not only_flagged)
        ]
        return [one.id for one in sorted(found, key=lambda one: (one.when.starts_at, one.id))]

    def find_contacts(self, session: Any, addresses: Sequence[str]) -> dict[str, list[Contact]]:
        found = {
            address: [one for one in self.contacts if address in one.addresses]
            for address in addresses
        }
        return {address: contacts for address, contacts in found.items() if contacts}

    def find_companies(self, session: Any, ids: Sequence[UUID]) -> dict[UUID, Company]:
        return {one: self.companies[one] for one in ids if one in self.companies}

    def suggest_activities(
        self, session: Any, *, viewer_id: UUID, addresses: Sequence[str], when: When, limit: int
    ) -> list[tuple[Activity, str]]:
        sought = self._sought(viewer_id, lower(addresses), when)
        planned = [one for one in self.activities.values() if _may_be_suggested(one, viewer_id)]
        return rank(planned, sought, limit)

    def _create(self, new: NewActivity, actor: Actor) -> Activity:
        if new.key not in self._ids:
            made = made_activity(new, new_id(), actor, self._clock.now())
            self._ids[new.key] = made.id
            self._keep(made, actor, sorted(CHANGEABLE))
        return self.activities[self._ids[new.key]]

    def _apply(self, change: ActivityChange, actor: Actor) -> ChangeResult:
        before = self.activities.get(change.activity_id)
        if before is None:
            return Refused("not-found")
        if before.version != change.if_version:
            return Refused("version-mismatch")
        after = changed_activity(before, change.fields, actor, self._clock.now())
        if after is not before:
            self._keep(after, actor, differing_fields(before, after))
        return Applied(after)

    def _keep(self, activity: Activity, actor: Actor, fields: Sequence[str]) -> None:
        self.activities[activity.id] = activity
        self.writes.append((actor, activity))
        if actor.origin != "sync":
            told = CrmChange(
                activity.id, activity.version, tuple(fields), actor.name, self._clock.now()
            )
            self.changes.append(told)

    def _sought(self, viewer_id: UUID, addresses: frozenset[str], when: When) -> Sought:
        contacts = [one for one in self.contacts if addresses & set(one.addresses)]
        domains = {address.rpartition("@")[2] for address in addresses}
        companies = {one.company_id for one in contacts if one.company_id}
        companies |= {one.id for one in self.companies.values() if domains & set(one.domains)}
        ids = frozenset(one.id for one in contacts)
        return Sought(viewer_id, addresses, ids, frozenset(companies), when)


def _may_be_suggested(activity: Activity, viewer_id: UUID) -> bool:
    people = {one.id for one in activity.participants} | {activity.owner_id}
    is_open = activity.status is ActivityStatus.PLANNED and activity.deleted_at is None
    return is_open and (not activity.confidential or viewer_id in people)
