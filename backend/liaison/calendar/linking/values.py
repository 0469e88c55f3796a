"""What the pane asks and what it is shown. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from liaison.calendar.model import Link
from liaison.calendar.stores.decisions import StoredDecision
from liaison.crm.matching import Matches
from liaison.crm.model import Activity, ActivityRecurrence
from liaison.outlook.model import CalendarEvent, Caller, Mailbox
from liaison.people.model import Representative
from liaison.times import When


class Person(Protocol):
    """The signed-in person of a request; `representative` once imported."""

    @property
    def oid(self) -> str: ...
    @property
    def tenant_id(self) -> str: ...
    @property
    def token(self) -> str: ...
    @property
    def representative(self) -> Representative | None: ...


@dataclass(frozen=True, slots=True)
class MeetingQuery:
    """The meeting that is open. `item_id` as Office.js gives it, REST or immutable; else subject, start, end, organizer.

    `mailbox`: the address of the mailbox in which it is open, where that is not the caller's own. `start` also settles
    which occurrence of a series is meant.
    """

    item_id: str | None = None
    mailbox: str | None = None
    start: datetime | date | None = None
    subject: str | None = None
    end: datetime | date | None = None
    organizer: str | None = None


@dataclass(frozen=True, slots=True)
class FoundMeeting:
    """A meeting as the caller may read it. `owner`: whose mailbox it was found in, where that is one of ours.

    `in_name_of`: set where it was read in the caller's name, because the mailbox is not his own. `event` is the
    occurrence that is open, where one is; `master` its series, or the series that is open itself.
    """

    event: CalendarEvent
    mailbox: Mailbox
    address: str
    owner: Representative | None
    in_name_of: Caller | None = None
    master: CalendarEvent | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """A synced field that differs between the meeting and its activity.

    `conflict`: a person decides which value stays. `apart`: each side keeps its own until somebody changes it.
    """

    field: str
    outlook: Any
    crm: Any
    conflict: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Repetition:
    """How the series of an open meeting repeats; `first` is when its first occurrence takes place."""

    recurrence: ActivityRecurrence
    first: When


@dataclass(frozen=True, slots=True)
class MeetingView:
    """What the pane shows of one meeting. `activity` is None also where the caller may not see it.

    `repetition`: of a series and its occurrences. `copied_from`: the activity of the linked meeting of which this one,
    without a link of its own, is a copy that a person made; it is not followed.
    """

    event: CalendarEvent
    mailbox: str
    link: Link | None
    activity: Activity | None
    matches: Matches
    differences: tuple[Difference, ...]
    suggestions: tuple[tuple[Activity, str], ...]
    decisions: tuple[StoredDecision, ...]
    repetition: Repetition | None
    copied_from: Activity | None = None


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """One of «my meetings»."""

    event: CalendarEvent
    link: Link | None
    activity: Activity | None


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as it is after a person linked. `created`: whether this request did it; `activity` None if not visible yet."""

    link: Link
    activity: Activity | None
    created: bool
