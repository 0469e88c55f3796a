"""What the rules can decide: an action and the code of its reason. Pure; `apply.py` carries actions out.

What has to be written to Outlook stands beside the action: it is carried out after the transaction of the action.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.calendar.model import FrozenReason, Synced
from liaison.crm.model import OccurrenceException
from liaison.reasons.model import Outcome


@dataclass(frozen=True, slots=True)
class Leave:
    """Change nothing in the CRM. `copy_present`: whether this mailbox's copy is remembered, dropped, or (None) untouched."""

    copy_present: bool | None = None


@dataclass(frozen=True, slots=True)
class CreateActivity:
    """Make an activity with these members of `Activity`, and the link of its meeting with this baseline."""

    fields: Mapping[str, Any]
    baseline: Synced


@dataclass(frozen=True, slots=True)
class LinkActivity:
    """Link the meeting to this activity, and decide afresh what it brings."""

    activity_id: UUID


@dataclass(frozen=True, slots=True)
class UpdateActivity:
    """Write these members of `Activity`, if it still has this version, and store the new baseline."""

    fields: Mapping[str, Any]
    if_version: int
    baseline: Synced


@dataclass(frozen=True, slots=True)
class Agree:
    """Nothing differs: remember the baseline and the copy, write nothing to the CRM."""

    baseline: Synced


@dataclass(frozen=True, slots=True)
class RemoveActivity:
    """The meeting is gone: cancel, mark, delete or keep the activity (members to write in `fields`), and end the link."""

    how: str
    fields: Mapping[str, Any]
    if_version: int


@dataclass(frozen=True, slots=True)
class HoldRemoval:
    """Unusually many meetings are gone: change nothing, and let this removal wait for an administrator."""


@dataclass(frozen=True, slots=True)
class EndLink:
    """End the link, keep the activity as it is."""


@dataclass(frozen=True, slots=True)
class FreezeLink:
    """Follow nothing until the cause is gone. `copy_present`: as in Leave. `fields`: members of `Activity` to write."""

    because: FrozenReason
    copy_present: bool | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)
    if_version: int = 0


@dataclass(frozen=True, slots=True)
class ResumeLink:
    """The cause of the freeze is gone: the link is live again, and the item is decided afresh."""


@dataclass(frozen=True, slots=True)
class RestoreLink:
    """A meeting whose removal we carried out is back. `fields` undo the removal where nobody changed the activity since."""

    fields: Mapping[str, Any]
    if_version: int | None


@dataclass(frozen=True, slots=True)
class LookAgain:
    """Nothing can be believed yet: note the item for this time. `seen_absent_at` is kept for the second look."""

    at: datetime
    seen_absent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class GiveWay:
    """This copy does not govern any more (or cannot): have that mailbox's copy looked at."""

    to_mailbox_id: Any
    copy_present: bool


@dataclass(frozen=True, slots=True)
class Rekey:
    """The linked occurrence is known by this original start now, and is decided afresh."""

    original_start: datetime


Action = (
    Leave
    | CreateActivity
    | LinkActivity
    | UpdateActivity
    | Agree
    | RemoveActivity
    | HoldRemoval
    | EndLink
    | FreezeLink
    | ResumeLink
    | RestoreLink
    | LookAgain
    | GiveWay
    | Rekey
)


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """PATCH these synced fields (SYNCED_FIELDS) of the organizer's event, if it still has this etag.

    `wanted`: the synced fields as they shall be afterwards. `fields`: which of them differ from the event, which was
    as `replaced` says. `original_start`: only this occurrence of the series `event_id`. `occurrences`: those of the
    series that the CRM changed or cancelled; each is written by itself.
    """

    event_id: str
    etag: str
    fields: frozenset[str]
    wanted: Synced
    replaced: Synced | None = None
    original_start: datetime | None = None
    occurrences: tuple[OccurrenceException, ...] = ()


@dataclass(frozen=True, slots=True)
class CancelEvent:
    """Take the organizer's event away, once: with attendees Outlook cancels it and mails them, without it is deleted.

    `original_start`: only this occurrence of the series `event_id`.
    """

    event_id: str
    has_attendees: bool
    original_start: datetime | None = None


OutlookWrite = ChangeEvent | CancelEvent


@dataclass(frozen=True, slots=True)
class Remark:
    """A further reason to log with a decision (participants-unknown …); `facts` fill its sentence, `outcome` as there.

    `before`, `after`: values by field, where it tells of a change of its own.
    """

    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do and why.

    `outcome` is None where the registry's usual outcome of the reason holds. `log` is False for items without a
    link, which are only counted. `facts` fill the sentence of the reason. `outlook`: what is written to the event
    when the transaction of the action has ended. `forgets`: the log loses what it held of the meeting.
    `before`, `after`: what changed, where that is not in the activity. `keeps`: further members of the link to store.
    `is_told`: False where only the remarks are news: it is not done yet, or was told before.
    """

    action: Action
    reason: str
    outcome: Outcome | None = None
    remarks: tuple[Remark, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    log: bool = True
    outlook: OutlookWrite | None = None
    forgets: bool = False
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    keeps: Mapping[str, Any] = field(default_factory=dict)
    is_told: bool = True


def activity_wish(action: Action) -> tuple[Mapping[str, Any], int] | None:
    """The members of the activity that are written, and the version that it must still have; None where none are."""
    match action:
        case UpdateActivity(members, version) | RemoveActivity(_, members, version) if members:
            return members, version
        case FreezeLink(fields=members, if_version=version) if members:
            return members, version
        case RestoreLink(members, version) if members and version is not None:
            return members, version
    return None
