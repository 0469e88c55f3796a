"""Everything a decision about one event of one mailbox needs, as one value. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from liaison.calendar.model import Link, Synced
from liaison.calendar.rules.decision import ChangeEvent
from liaison.crm.matching import Matches
from liaison.crm.model import Activity
from liaison.outlook.model import CalendarEvent, CalendarPlace
from liaison.policy.settings import Policy


@dataclass(frozen=True, slots=True)
class Veiled:
    """What rules have to know of a private event whose content is kept out: who organizes it, and who was invited.

    `has_attendees`: anybody at all, also a room alone, whom Exchange tells when the event is cancelled.
    """

    organizer: str
    invited: frozenset[str]
    has_attendees: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """The event is there. `place`: in which calendar; `reported_removed`: delta said it was gone.

    `veiled`: set where the event is private and the policy lets in its times only; `hidden_guests`: who is invited to
    single occurrences of which that holds, by their original starts. `knows_marker`: whether the event would tell our
    marker, if it carried one.
    """

    event: CalendarEvent
    reported_removed: bool = False
    place: CalendarPlace = CalendarPlace.DEFAULT
    veiled: Veiled | None = None
    knows_marker: bool = True
    hidden_guests: Mapping[datetime, frozenset[str]] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Absent:
    """It still answers, but no calendar of the user's lists it. `first_seen_at`: when that was first seen, if before."""

    event_id: str
    first_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class NotFound:
    """Outlook says it does not exist, and another call to this mailbox succeeded in this run."""

    event_id: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Outlook returned it, but it cannot be read; `why` is a sentence without content."""

    event_id: str
    why: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The series is there, but no occurrence was meant to begin when the linked one was: the series was shifted.

    `new_start`: the original start by which the linked occurrence is found again, None where that is not certain.
    """

    event_id: str
    master: CalendarEvent
    new_start: datetime | None


Observation = Seen | Absent | NotFound | Unreadable | Lost


class Standing(StrEnum):
    """What the organizer is to us."""

    ACTIVE = "active"
    INACTIVE = "inactive"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class OrganizerStanding:
    """The organizer's standing; `mailbox_id` is his representative id where he is one of ours."""

    standing: Standing
    mailbox_id: UUID | None = None


class Held(StrEnum):
    """What became of a removal that the guard held: it waits, or an administrator approved it."""

    WAITING = "waiting"
    APPROVED = "approved"


class MarkedAs(StrEnum):
    """What the activity is that our marker names: it has no link, one to another event that is there, or shall get none."""

    UNLINKED = "unlinked"
    LINKED_ELSEWHERE = "linked-elsewhere"
    SPOKEN_FOR = "spoken-for"


@dataclass(frozen=True, slots=True)
class Marked:
    """The activity of ours for which the event was made, or from whose event it was copied."""

    activity_id: UUID
    found: MarkedAs


@dataclass(frozen=True, slots=True)
class RemovalCount:
    """What the guard over removals knows of this mailbox: carried out within 24 hours, and live links now.

    `is_closed`: removals of it are held already.
    """

    last_day: int = 0
    live_links: int = 0
    is_closed: bool = False


@dataclass(frozen=True, slots=True)
class Situation:
    """The value that the rules decide about.

    `mailbox_id`: the representative whose copy was observed. `source`: what was observed; of it `observation` is what
    concerns this link, one occurrence of a series for instance. `offered`: the synced fields as this event shows them,
    None when there is no event. `matches`: who its people are to the CRM. `was_pushed`: a notification or a person
    drew attention to it, not the round over the window. `is_activity_taken`: the link has ended, and its activity
    belongs to another meeting since. `written`: what this very observation is Outlook's answer to. `held`: whether
    its removal is held in this mailbox. `invited`: our people among those invited to an event that is veiled.
    `marked`: what our marker says of an event without a link. `alike`: the activities without a link that say the
    same as it. `is_from_outside`: somebody from outside takes part in an event that is veiled. `known_organizer`: who of
    ours organizes the meeting, as far as the link knows. `is_perhaps_ours`: its organizer's mailbox was lost while an
    event was made there for an activity of ours, and this may be an invitation to it.
    """

    mailbox_id: UUID
    observation: Observation
    source: Observation
    link: Link | None
    activity: Activity | None
    organizer: OrganizerStanding
    policy: Policy
    now: datetime
    offered: Synced | None = None
    matches: Matches | None = None
    removals: RemovalCount = RemovalCount()
    held: Held | None = None
    was_pushed: bool = True
    is_activity_taken: bool = False
    alike: tuple[UUID, ...] = ()
    is_from_outside: bool = False
    written: ChangeEvent | None = None
    invited: frozenset[UUID] = frozenset()
    marked: Marked | None = None
    known_organizer: UUID | None = None
    is_perhaps_ours: bool = False
