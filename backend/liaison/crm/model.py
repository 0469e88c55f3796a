"""The CRM's words: activities, people, companies. Pure values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from liaison.times import When


class ActivityType(StrEnum):
    """What kind of business activity it is."""

    APPOINTMENT = "appointment"
    CALL = "call"
    VISIT = "visit"
    OTHER = "other"


class ActivityStatus(StrEnum):
    """How far an activity is. Deleting is no status: it is `deleted_at`."""

    PLANNED = "planned"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class PersonKind(StrEnum):
    """Whom a participant is to the CRM: our person, a person there, or only an address."""

    REPRESENTATIVE = "representative"
    CONTACT = "contact"
    OTHER = "other"


class CompanyKind(StrEnum):
    """What an organisation is to us."""

    CUSTOMER = "customer"
    SUPPLIER = "supplier"
    PARTNER = "partner"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody who takes part. `role` and `response` use Outlook's words in kebab-case.

    `id` is the representative's or contact's, None for kind other. `address` is lower-case, empty when unknown.
    `invite`: whether Outlook shall mail this person; None where nobody decided.
    """

    kind: PersonKind
    id: UUID | None
    name: str
    address: str
    role: str = "required"
    response: str = "none"
    invite: bool | None = None


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """Why an activity is marked for editing; `address` where one participant is the cause."""

    reason: str
    address: str | None = None


class OccurrenceKind(StrEnum):
    """What happened to one occurrence of a series."""

    CHANGED = "changed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class OccurrenceException:
    """An occurrence that is not as the series has it.

    `original_start` is when it was meant to begin: an instant in UTC, a date where the series is of whole days.
    `fields` are what differs, as the API names and writes it: JSON.
    """

    original_start: datetime | date
    kind: OccurrenceKind
    fields: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class ActivityRecurrence:
    """How an activity repeats; its `when` is that of the first occurrence.

    `rule` is the text of RFC 5545, without RRULE:, that people and other programs read. `pattern` is what it was
    made of (`liaison.recurrence.stored`), where RFC 5545 cannot say all of it as briefly.
    """

    rule: str
    pattern: Mapping[str, Any] | None = field(default=None, hash=False)
    exceptions: tuple[OccurrenceException, ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """A business activity. `version` grows with every change; times of change are UTC.

    `organizer` is also among the participants with response `organizer`. `owner_id` is a representative's id.
    """

    id: UUID
    type: ActivityType
    subject: str
    notes: str
    when: When
    place: str
    status: ActivityStatus
    owner_id: UUID
    organizer: Participant
    participants: tuple[Participant, ...]
    version: int
    created_by: str
    changed_by: str
    changed_at: datetime
    internal_notes: str = ""
    outcome: str = ""
    next_step: str = ""
    regarding: str = ""
    confidential: bool = False
    company_id: UUID | None = None
    stub: bool = False
    review: tuple[ReviewNote, ...] = ()
    transfer_to_outlook: bool = False
    deleted_at: datetime | None = None
    recurrence: ActivityRecurrence | None = None


@dataclass(frozen=True, slots=True)
class NewActivity:
    """An activity to be made. `key` makes creation idempotent: the same key never makes a second one."""

    key: UUID
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """By what an activity is known as the same meeting. `when`: of a series its first occurrence."""

    subject: str
    organizer: Participant
    when: When
    is_series: bool = False


@dataclass(frozen=True, slots=True)
class ActivityChange:
    """Change these members (names of `Activity`) of one activity, if it still has this version."""

    activity_id: UUID
    if_version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CrmChange:
    """A person changed these members of an activity, which has this version since."""

    activity_id: UUID
    version: int
    fields: tuple[str, ...]
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Applied:
    """The change was made; this is the activity after it."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class Refused:
    """The change was not made. `reason` is version-mismatch or not-found."""

    reason: str


ChangeResult = Applied | Refused


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at a customer, supplier or partner. Addresses are lower-case, the first is the main one.

    `remembered`: aliases that people confirmed in reviews. They find him, too.
    """

    id: UUID
    given_name: str
    surname: str
    addresses: tuple[str, ...]
    version: int
    phone: str = ""
    mobile: str = ""
    job_title: str = ""
    company_id: UUID | None = None
    synchronize: bool = False
    remembered: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name as people write it."""
        return f"{self.given_name} {self.surname}".strip()


@dataclass(frozen=True, slots=True)
class Company:
    """An organisation. `domains` are its mail domains, lower-case."""

    id: UUID
    name: str
    kind: CompanyKind
    domains: tuple[str, ...]
    version: int


@dataclass(frozen=True, slots=True)
class Actor:
    """In whose name the CRM is written. `origin` tells a person's change from one of the sync, which makes no echo."""

    name: str
    origin: str
    representative_id: UUID | None = None


SYNC_MASTER = Actor("SYNC_MASTER", "sync")
