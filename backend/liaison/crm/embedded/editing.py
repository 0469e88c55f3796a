"""What people do with activities in the CRM: plan, change, complete, delete, restore."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.crm.activity_changes import changed_activity
from liaison.crm.embedded.activities import apply_changes, create_activities, find_activities
from liaison.crm.embedded.companies import find_companies
from liaison.crm.embedded.contacts import find_contacts
from liaison.crm.model import (
    Activity,
    ActivityChange,
    Applied,
    NewActivity,
    Participant,
    PersonKind,
)
from liaison.crm.reviewing import entered, set_aside
from liaison.crm.rights import (
    Editor,
    check_change,
    check_locked,
    check_organizer,
    is_in_charge,
    may_see,
)
from liaison.crm.wishes import (
    Colleague,
    Known,
    named_ids,
    read_wishes,
)
from liaison.errors import Conflict, Forbidden, InvalidRequest, NotFound, VersionMismatch

FindColleagues = Callable[[Session, Collection[UUID]], Mapping[UUID, Colleague]]
NEEDED = ("subject", "start", "end")


@dataclass(frozen=True, slots=True)
class Edited:
    """An activity before and after an edit; the very same where nothing differed."""

    before: Activity
    after: Activity


@dataclass(frozen=True, slots=True)
class Editing:
    """One person's edits in one transaction. `find_colleagues` finds representatives by id.

    Everything raises `NotFound` (also for what the person may not see), `Forbidden`, `InvalidRequest` with all
    `errors`; changes also `VersionMismatch`.
    """

    session: Session
    editor: Editor
    now: datetime
    find_colleagues: FindColleagues

    def plan(self, wishes: Mapping[str, Any], *, key: UUID) -> Activity:
        """Make an activity; owner and organizer are the person unless others are named."""
        missing = {name: ["This is needed."] for name in NEEDED if wishes.get(name) is None}
        if missing:
            raise InvalidRequest(errors=missing)
        own_id = self.editor.representative_id
        complete = {"owner": own_id, "organizer": own_id, **wishes}
        fields = self.read(complete)
        check_organizer(fields["organizer"].id, self.editor)
        new = NewActivity(key, fields)
        return create_activities(self.session, [new], self.editor.actor, self.now)[0]

    def read(self, wishes: Mapping[str, Any], current: Activity | None = None) -> dict[str, Any]:
        """The members of `Activity` that are wished, checked; nothing is written."""
        return read_wishes(wishes, current, self._known(wishes), self.editor.time_zone)

    def change(
        self,
        activity_id: UUID,
        wishes: Mapping[str, Any],
        *,
        if_version: int,
        locked_fields: frozenset[str] = frozenset(),
    ) -> Edited:
        """Change members. `locked_fields` (subject, notes, time, place, participants) belong to Outlook now.

        Raises `OwnedByOutlook` where one of them would differ; sending back the value that stands is fine.
        """
        before = self._get(activity_id, if_version)
        if before.deleted_at is not None:
            raise Conflict("This activity is deleted. Restore it first.")
        fields = self.read(wishes, before)
        after = changed_activity(before, fields, self.editor.actor, self.now)
        check_change(before, after, self.editor)
        check_locked(before, after, wishes, locked_fields)
        return self._apply(before, fields)

    def enter(self, activity_id: UUID, address: str, person: Participant) -> Edited:
        """Somebody who stands there by address is this person. Also raises `ReviewSettled`."""
        return self._settle(activity_id, lambda before: entered(before, address, person))

    def set_aside(self, activity_id: UUID, *, address: str | None, reason: str | None) -> Edited:
        """Take a mark away, and change nothing else. Also raises `ReviewSettled`."""
        return self._settle(
            activity_id, lambda before: set_aside(before, address=address, reason=reason)
        )

    def delete(self, activity_id: UUID, *, if_version: int) -> Edited:
        """Hide it; it can be restored. One that is deleted already stays as it is."""
        before = self._get_in_charge(activity_id, if_version)
        return self._apply(before, {"deleted_at": before.deleted_at or self.now})

    def restore(self, activity_id: UUID, *, if_version: int) -> Edited:
        """Show it again; one that is not deleted stays as it is."""
        return self._apply(self._get_in_charge(activity_id, if_version), {"deleted_at": None})

    def _settle(self, activity_id: UUID, answer: Callable[[Activity], Mapping[str, Any]]) -> Edited:
        """Also of a linked activity: who a participant is to the CRM is not Outlook's to say."""
        before = self._get(activity_id)
        if not is_in_charge(before, self.editor.representative_id):
            raise Forbidden("Only owner and organizer settle what is marked for editing.")
        return self._apply(before, answer(before))

    def _apply(self, before: Activity, fields: Mapping[str, Any]) -> Edited:
        change = ActivityChange(before.id, before.version, fields)
        [result] = apply_changes(self.session, [change], self.editor.actor, self.now)
        if not isinstance(result, Applied):
            raise VersionMismatch
        return Edited(before, result.activity)

    def _get(self, activity_id: UUID, if_version: int | None = None) -> Activity:
        found = find_activities(self.session, [activity_id], for_update=True).get(activity_id)
        own_id = self.editor.representative_id
        hidden = found is None or not may_see(found, own_id)
        if found is None or hidden or (found.deleted_at and not is_in_charge(found, own_id)):
            raise NotFound
        if if_version is not None and found.version != if_version:
            raise VersionMismatch(version=found.version)
        return found

    def _get_in_charge(self, activity_id: UUID, if_version: int) -> Activity:
        activity = self._get(activity_id, if_version)
        if not is_in_charge(activity, self.editor.representative_id):
            raise Forbidden("Only owner and organizer delete and restore this activity.")
        return activity

    def _known(self, wishes: Mapping[str, Any]) -> Known:
        company_id = wishes.get("company")
        return Known(
            self.find_colleagues(self.session, named_ids(wishes, PersonKind.REPRESENTATIVE)),
            find_contacts(self.session, named_ids(wishes, PersonKind.CONTACT)),
            find_companies(self.session, [company_id] if company_id else []),
        )
