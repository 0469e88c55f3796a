"""What a mailbox holds. An Event is one item in one mailbox; copies of a meeting are several."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

CALENDAR = "Calendar"
DELETED_ITEMS = "Deleted Items"

MailKind = Literal["invitation", "update", "cancellation", "response"]
ChangeKind = Literal["created", "updated", "deleted"]


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attendee:
    name: str
    address: str
    type: str = "required"
    response: str = "none"
    responded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Location:
    display_name: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """Times are UTC; a whole-day event floats, so its midnights are written as if in UTC."""

    key: int
    id: str
    immutable_id: str
    ical_uid: str
    calendar: str
    subject: str
    start: datetime
    end: datetime
    time_zone: str
    end_time_zone: str
    organizer: Address
    is_organizer: bool
    created_at: datetime
    changed_at: datetime
    version: int = 0
    change_key: str = ""
    all_day: bool = False
    body: str = ""
    body_type: str = "text"
    locations: tuple[Location, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    categories: tuple[str, ...] = ()
    sensitivity: str = "normal"
    importance: str = "normal"
    show_as: str = "busy"
    is_cancelled: bool = False
    is_reminder_on: bool = True
    reminder_minutes: int = 15
    response: str = "none"
    responded_at: datetime | None = None
    response_requested: bool = True
    allow_new_time_proposals: bool = True
    hide_attendees: bool = False
    transaction_id: str | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    type: str = "singleInstance"
    recurrence: Mapping[str, Any] | None = None
    # Of a master: the days it leaves out, and how often its whole pattern was shifted.
    cancelled_days: frozenset[date] = frozenset()
    shifts: int = 0
    # Of a member of a series; an exception that is alone in its mailbox has no master.
    master_key: int | None = None
    series_master_id: str | None = None
    series_master_immutable_id: str | None = None
    original_start: datetime | None = None
    # On the series' own wall; at most one occurrence is on a day.
    original_day: date | None = None
    # What an exception has of its own; all else follows the master.
    own_fields: frozenset[str] = frozenset()
    # Written over what Graph would answer, to show a client what it may meet.
    oddities: Mapping[str, Any] = field(default_factory=dict)

    @property
    def location(self) -> str:
        return self.locations[0].display_name if self.locations else ""

    @property
    def is_master(self) -> bool:
        return self.type == "seriesMaster"

    @property
    def is_deleted(self) -> bool:
        return self.calendar == DELETED_ITEMS


@dataclass(frozen=True, slots=True)
class Mail:
    """One message Exchange sent to one recipient."""

    at: datetime
    recipient: str
    kind: MailKind
    subject: str
    ical_uid: str
    original_start: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to an item, for notifications. Ids as they were when it happened."""

    mailbox: str
    kind: ChangeKind
    id: str
    immutable_id: str
    change_key: str
