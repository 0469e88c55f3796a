"""The calendar's own words: links, copies, baselines, noted items, decisions. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from liaison.crm.model import ActivityRecurrence
from liaison.policy.values import Conflict
from liaison.reasons.model import Outcome
from liaison.times import When

# What stands in the place of a meeting's uid and of its event's id while the event is still to be made.
TO_BE_MADE = "activity:"
# Among what goes out of a link: its activity was cancelled or deleted, and its meeting shall go with it.
CANCELLATION = "cancellation"
SYNCED_FIELDS = ("subject", "notes", "time", "recurrence", "place", "participants")


class Scope(StrEnum):
    """What of a meeting a link covers."""

    SINGLE = "single"
    SERIES = "series"
    OCCURRENCE = "occurrence"


class LinkState(StrEnum):
    """The states of a link."""

    RESERVED = "reserved"
    LIVE = "live"
    FROZEN = "frozen"
    ENDED = "ended"


class FrozenReason(StrEnum):
    """Why a link follows nothing for the time being."""

    ORGANIZER_INACTIVE = "organizer-inactive"
    MAILBOX_UNAVAILABLE = "mailbox-unavailable"
    PRIVATE = "private"
    LAST_COPY_GONE = "last-copy-gone"
    UNDONE = "undone"


# A link that is frozen for one of these rests only as long as nobody reads the mailbox with the organizer's copy.
OF_A_MAILBOX = frozenset({FrozenReason.ORGANIZER_INACTIVE, FrozenReason.MAILBOX_UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class SyncedPerson:
    """Somebody in a meeting, as both sides can hold it. Known by `address`, by `name` where there is none."""

    address: str
    name: str
    role: str = "required"
    response: str = "none"

    @property
    def key(self) -> str:
        """What makes two entries the same person."""
        return self.address or self.name.casefold()


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """Somebody whom the CRM had in step with the meeting: `who` he is to the CRM, and under which address."""

    who: str
    address: str
    role: str


@dataclass(frozen=True, slots=True)
class Synced:
    """The synced fields, normalised, so that two values are equal exactly when nothing has to be carried.

    `participants` is sorted by key; the organizer is among them with response `organizer`. `time` is that of the first
    occurrence where it repeats. `origin`: the series of an occurrence, remembered to find it again when that is shifted.
    `held`: in a baseline, the people whom the CRM had then, where what it changes about them counts. `apart`: in a
    baseline, the CRM's values of the other fields where the two agreed to differ. `is_private`: in a baseline, whether
    the meeting was private then.
    """

    subject: str
    notes: str
    time: When
    place: str
    participants: tuple[SyncedPerson, ...]
    recurrence: ActivityRecurrence | None = None
    origin: Mapping[str, Any] | None = field(default=None, hash=False)
    held: tuple[HeldPerson, ...] | None = None
    apart: Mapping[str, Any] | None = field(default=None, hash=False)
    is_private: bool = False

    @property
    def crm_side(self) -> Synced:
        """Of a baseline, what the CRM held then; but for what was left apart it is the same."""
        return replace(self, **self.apart) if self.apart else self

    def value(self, name: str) -> Any:
        """The value of one of SYNCED_FIELDS."""
        return getattr(self, name)


@dataclass(frozen=True, slots=True)
class Copy:
    """The event of a linked meeting in one mailbox. `mailbox_id` is the representative's id.

    `is_organizer`: its owner organizes the meeting. `is_present`: it was there when last seen.
    `is_followed`: its owner is active, so that its mailbox is read.
    """

    mailbox_id: UUID
    event_id: str
    is_organizer: bool
    is_present: bool
    is_followed: bool = True


@dataclass(frozen=True, slots=True)
class Contest:
    """A field that both sides changed: both values (JSON, as the log names them), and what became of it.

    `chosen`: whose value a person chose, as long as both sides hold just these.
    """

    outlook: Mapping[str, Any]
    crm: Mapping[str, Any]
    how: Conflict
    chosen: Conflict | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """The tie between a meeting and an activity.

    `ended_reason` is the reason code that ended it, or undone; `removal_version` the activity's version right after a removal
    that we carried out, by which a restored meeting knows whether somebody changed the activity since.
    `contested`: by field, what both sides changed and nobody changed since. `going_out`: the fields that a write, whose
    answer we do not know yet, brings to Outlook; `sent`: their values.
    """

    id: UUID
    scope: Scope
    state: LinkState
    ical_uid: str
    original_start: datetime | None
    activity_id: UUID
    organizer_address: str
    copies: tuple[Copy, ...]
    baseline: Synced | None
    created_by: str
    version: int
    frozen_reason: FrozenReason | None = None
    ended_at: datetime | None = None
    ended_by: str | None = None
    ended_reason: str | None = None
    removal_version: int | None = None
    last_synced_at: datetime | None = None
    contested: Mapping[str, Contest] = field(default_factory=dict, hash=False)
    going_out: frozenset[str] = frozenset()
    sent: Mapping[str, Any] = field(default_factory=dict, hash=False)
    web_link: str | None = None

    @property
    def awaits_event(self) -> bool:
        """Whether its meeting is still to be made in the organizer's calendar, or may just have been."""
        return self.ical_uid.startswith(TO_BE_MADE)

    @property
    def awaits_organizer(self) -> bool:
        """Whether the organizer's copy lies in a mailbox that is not followed now."""
        return any(copy.is_organizer and not copy.is_followed for copy in self.copies)

    def copy_of(self, mailbox_id: UUID) -> Copy | None:
        """This meeting's copy in one mailbox."""
        return next((copy for copy in self.copies if copy.mailbox_id == mailbox_id), None)


class NoteSource(StrEnum):
    """What drew attention to an item. The order is the order of urgency.

    `BEGINNING`: a change of the CRM that waited already when the service, the mailbox or another policy began.
    """

    PERSON = "person"
    CRM = "crm"
    BEGINNING = "beginning"
    NOTIFICATION = "notification"
    LINK = "link"
    DELTA = "delta"
    RETRY = "retry"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class NotedItem:
    """An event of one mailbox that waits for attention. `hint` is another one each time it is noted.

    `seen_absent_at`: when a first look found it in no calendar of the user's though it still answered; a second
    look at least 30 s later must agree before it counts as gone. `is_dead`: attempts are used up; listed as failed.
    """

    id: UUID
    mailbox_id: UUID
    event_id: str
    source: NoteSource
    attempts: int
    next_at: datetime
    noted_at: datetime
    hint: UUID
    last_error: str | None = None
    seen_absent_at: datetime | None = None
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class LoggedDecision:
    """A decision as it goes to the log. `before` and `after` hold values by field name, JSON-ready.

    `undo`, `activity_version`: as in the table of decisions, where something was written.
    """

    reason: str
    action: str
    outcome: Outcome
    actor: str
    policy_version: int
    at: datetime
    mailbox_id: UUID | None = None
    event_id: str | None = None
    link_id: UUID | None = None
    activity_id: UUID | None = None
    run_id: UUID | None = None
    trace_id: str | None = None
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    activity_version: int | None = None
    undo: Mapping[str, Any] | None = None
