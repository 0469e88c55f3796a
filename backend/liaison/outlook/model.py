"""What Outlook shows us, in our words. Pure values; the mapping from Graph is in event_mapping."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from liaison.recurrence.model import Recurrence
from liaison.times import When


class EventKind(StrEnum):
    """Graph's `type` of an event."""

    SINGLE_INSTANCE = "single-instance"
    SERIES_MASTER = "series-master"
    OCCURRENCE = "occurrence"
    EXCEPTION = "exception"


class Sensitivity(StrEnum):
    """Graph's `sensitivity`."""

    NORMAL = "normal"
    PERSONAL = "personal"
    PRIVATE = "private"
    CONFIDENTIAL = "confidential"


class Role(StrEnum):
    """In what role somebody is invited."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    RESOURCE = "resource"


class Response(StrEnum):
    """What somebody answered to an invitation."""

    NONE = "none"
    ORGANIZER = "organizer"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"
    NOT_RESPONDED = "not-responded"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The mailbox a call concerns. `oid` is the directory object id of its owner, which Graph takes in paths."""

    tenant_id: str
    oid: str


@dataclass(frozen=True, slots=True)
class Organizer:
    """Who organizes a meeting. `address` is lower-case; empty where Outlook gave none that is usable."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody or something invited. `address` is lower-case; empty where unusable (then `name` tells who)."""

    name: str
    address: str
    role: Role = Role.REQUIRED
    response: Response = Response.NONE


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One calendar item in one mailbox.

    `event_id` is the mailbox's immutable id: opaque, case-sensitive. `notes` is the body as plain text.
    `place` is the display name of the one location, or the names of several joined by "; " (`places` counts them).
    `attendees` never contains the organizer; what they answered only his copy knows, while an invitee's copy knows
    what its owner answered (`own_response`). `marker` is our extended property where it was asked for.

    A series master has a `recurrence`; its `when` is that of the first occurrence. `exceptions` are its changed
    occurrences by `original_start`, `cancelled` the days of its zone whose occurrences are gone. Both are told only
    where `knows_exceptions`: pages of delta and lists of events do not tell them. An exception may be cancelled
    by its organizer and still stand in an invitee's calendar: then it `is_cancelled`.
    """

    event_id: str
    ical_uid: str
    etag: str
    kind: EventKind
    subject: str
    notes: str
    when: When
    place: str
    organizer: Organizer
    is_organizer: bool
    attendees: tuple[Attendee, ...] = ()
    own_response: Response = Response.NONE
    places: int = 0
    is_cancelled: bool = False
    sensitivity: Sensitivity = Sensitivity.NORMAL
    categories: tuple[str, ...] = ()
    series_master_id: str | None = None
    original_start: datetime | None = None
    web_link: str | None = None
    last_modified: datetime | None = None
    marker: str | None = None
    recurrence: Recurrence | None = None
    exceptions: tuple[CalendarEvent, ...] = ()
    cancelled: tuple[date, ...] = ()
    knows_exceptions: bool = False

    @property
    def is_private(self) -> bool:
        """Whether its owner keeps it from others: private or confidential."""
        return self.sensitivity in {Sensitivity.PRIVATE, Sensitivity.CONFIDENTIAL}


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event to be made in its organizer's calendar. `notes`: plain text.

    `transaction_id` makes Outlook drop a second try; `marker` (installation/activity) is written as our extended
    property. The organizer is not among the attendees: Exchange invites exactly these.
    """

    subject: str
    notes: str
    when: When
    place: str
    attendees: tuple[Attendee, ...]
    transaction_id: str
    marker: str
    recurrence: Recurrence | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventChanges:
    """What a PATCH writes; a member that is None is left as it is. `attendees` is the whole new list.

    `ends_series`: what was a series becomes a single meeting.
    """

    subject: str | None = None
    when: When | None = None
    place: str | None = None
    attendees: tuple[Attendee, ...] | None = None
    recurrence: Recurrence | None = None
    notes: str | None = None
    ends_series: bool = False


@dataclass(frozen=True, slots=True)
class EventIdentity:
    """Which event it is, without anything of its content. `marker`: our extended property."""

    event_id: str
    ical_uid: str
    kind: EventKind
    series_master_id: str | None = None
    original_start: datetime | None = None
    marker: str | None = None


@dataclass(frozen=True, slots=True)
class UnreadableEvent:
    """An item that Outlook returned but that cannot be read; `why` is a sentence without content."""

    event_id: str
    why: str


@dataclass(frozen=True, slots=True)
class RemovedEvent:
    """Delta says it is gone from the view. Only a hint: it may have left the window."""

    event_id: str


DeltaItem = CalendarEvent | UnreadableEvent | RemovedEvent


@dataclass(frozen=True, slots=True)
class DeltaPage:
    """A page of a round of changes. Exactly one of `next_link` and `delta_link` is given.

    Occurrences of series come as skeletons and are therefore reported by id only, in `series_masters`
    (the ids of the masters that must be read).
    """

    items: tuple[DeltaItem, ...]
    next_link: str | None
    delta_link: str | None
    series_masters: tuple[str, ...] = ()


class CalendarPlace(StrEnum):
    """In which calendar an event that answers lies."""

    DEFAULT = "default"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Presence:
    """What a look-up of one event shows, for the decision whether it is gone.

    `event` is None when Outlook says it does not exist; then the rest means nothing.
    `is_listed`: calendarView of the default calendar over its own time lists it.
    `calendar`: the calendar it lies in; NONE when it lies in no calendar of the user's (Deleted Items).
    """

    event: CalendarEvent | UnreadableEvent | None
    is_listed: bool = False
    calendar: CalendarPlace = CalendarPlace.NONE


@dataclass(frozen=True, slots=True)
class DirectoryPerson:
    """Somebody of the tenant. `address` is the primary one, lower-case; `aliases` all others."""

    oid: str
    name: str
    address: str
    aliases: tuple[str, ...] = ()
    has_mailbox: bool = True


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription to change notifications of one mailbox's events."""

    subscription_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Caller:
    """The signed-in person in whose name a call is made: the access token that his request carried."""

    oid: str
    token: str = field(repr=False)
