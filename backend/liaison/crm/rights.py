"""Who may see and change an activity. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from liaison.crm.activity_changes import CHANGEABLE
from liaison.crm.model import Activity, Actor, PersonKind
from liaison.errors import Forbidden, OwnedByOutlook

BEYOND_PARTICIPANTS = CHANGEABLE - {"outcome", "next_step", "internal_notes"}
# What a synced field is called in an activity.
LOCKING = {
    "subject": ("subject",),
    "notes": ("notes",),
    "time": ("when", "recurrence"),
    "place": ("place",),
    "participants": ("participants", "organizer"),
}
TIME_NAMES = {"start": "start", "end": "end", "time_zone": "timeZone", "all_day": "allDay"}


@dataclass(frozen=True, slots=True)
class Editor:
    """The person who edits: one of our representatives."""

    representative_id: UUID
    name: str
    may_plan_for_others: bool = False
    time_zone: str = "UTC"

    @property
    def actor(self) -> Actor:
        """In whose name the CRM is written."""
        return Actor(self.name, "crm", self.representative_id)


def may_see(activity: Activity, representative_id: UUID) -> bool:
    """Confidential ones are for owner and participants only."""
    return (
        not activity.confidential
        or activity.owner_id == representative_id
        or takes_part(activity, representative_id)
    )


def is_in_charge(activity: Activity, representative_id: UUID) -> bool:
    """Whether somebody owns or organizes it."""
    organizer = activity.organizer
    organizes = organizer.kind is PersonKind.REPRESENTATIVE and organizer.id == representative_id
    return organizes or activity.owner_id == representative_id


def takes_part(activity: Activity, representative_id: UUID) -> bool:
    """Whether one of ours is among the participants."""
    return any(
        one.kind is PersonKind.REPRESENTATIVE and one.id == representative_id
        for one in activity.participants
    )


def check_change(before: Activity, after: Activity, editor: Editor) -> None:
    """Raises `Forbidden` where this person may not turn the one into the other."""
    editor_id = editor.representative_id
    if not is_in_charge(before, editor_id):
        if not takes_part(before, editor_id):
            raise Forbidden("Only owner, organizer and participants change this activity.")
        if any(getattr(before, n) != getattr(after, n) for n in BEYOND_PARTICIPANTS):
            raise Forbidden("Participants write outcome, next step and internal notes only.")
    if after.organizer.id != before.organizer.id:
        check_organizer(after.organizer.id, editor)


def check_organizer(organizer_id: UUID | None, editor: Editor) -> None:
    """Raises `Forbidden` where this person may not plan for that one."""
    if organizer_id != editor.representative_id and not editor.may_plan_for_others:
        raise Forbidden("Naming another person as organizer needs the permission PLAN_FOR_OTHERS.")


def check_locked(
    before: Activity, after: Activity, wishes: Mapping[str, Any], locked_fields: frozenset[str]
) -> None:
    """Raises `OwnedByOutlook` naming the fields (as the API calls them) that Outlook owns and that would differ."""
    differing: list[str] = []
    for locked in sorted(locked_fields):
        members = [n for n in LOCKING[locked] if getattr(before, n) != getattr(after, n)]
        differing += _api_names(members, wishes)
    if differing:
        raise OwnedByOutlook(
            f"While it is linked, Outlook owns {', '.join(differing)}. Change the meeting instead.",
            fields=differing,
        )


def _api_names(members: list[str], wishes: Mapping[str, Any]) -> list[str]:
    names: list[str] = []
    for member in members:
        if member == "when":
            names += [api for wish, api in TIME_NAMES.items() if wish in wishes]
        elif member in wishes or member == "place":
            names.append("location" if member == "place" else member)
    return names
