"""What the fake Microsoft 365 remembers."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from fakes.outlook_series import shown, whole
from liaison.errors import EventAccessDenied, MailboxUnavailable
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    Caller,
    DirectoryPerson,
    Mailbox,
    UnreadableEvent,
)

EventT = TypeVar("EventT", CalendarEvent, UnreadableEvent)


@dataclass(frozen=True, slots=True)
class FakeCall:
    """What was asked; `caller` is the oid of who it was asked on behalf of, None for the application."""

    operation: str
    mailbox: str | None = None
    caller: str | None = None


@dataclass(slots=True)
class FakeMailbox:
    """One person's calendar; every change gets the next number."""

    oid: str
    readers: set[str] = field(default_factory=set)
    error: Exception | None = None
    events: dict[str, CalendarEvent | UnreadableEvent] = field(default_factory=dict)
    places: dict[str, CalendarPlace] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    version: int = 0

    def put(self, event: EventT) -> EventT:
        """Store it under a new etag."""
        self._note(event.event_id)
        if isinstance(event, CalendarEvent):
            event = replace(whole(event), etag=f'W/"{self.version}"')
        self.events[event.event_id] = event
        self.places.setdefault(event.event_id, CalendarPlace.DEFAULT)
        return event

    def readable(self, event_id: str) -> CalendarEvent:
        event = self.events[event_id]
        assert isinstance(event, CalendarEvent)
        return event

    def remove(self, event_id: str, *, for_good: bool) -> None:
        self.lie_in(event_id, CalendarPlace.NONE)
        if for_good:
            del self.events[event_id]

    def lie_in(self, event_id: str, place: CalendarPlace) -> None:
        self._note(event_id)
        self.places[event_id] = place

    def listed(self, start: datetime, end: datetime) -> list[CalendarEvent]:
        """What the default calendar shows; it shows nothing of what cannot be read."""
        return [
            one
            for event in self.events.values()
            if isinstance(event, CalendarEvent) and self.shows(event, start, end)
            for one in shown(event, start, end)
        ]

    def shows(self, event: CalendarEvent | UnreadableEvent, start: datetime, end: datetime) -> bool:
        """Whether the default calendar shows it in this span. When an unreadable one is, nobody knows."""
        if self.places[event.event_id] is not CalendarPlace.DEFAULT:
            return False
        if isinstance(event, UnreadableEvent):
            return True
        return any(True for _ in shown(event, start, end))

    def place_of(self, event: CalendarEvent | UnreadableEvent) -> CalendarPlace:
        """Occurrences lie where their master lies."""
        is_occurrence = isinstance(event, CalendarEvent) and event.series_master_id
        return self.places[event.series_master_id if is_occurrence else event.event_id]

    def _note(self, event_id: str) -> None:
        self.version += 1
        self.changed[event_id] = self.version


@dataclass(slots=True)
class FakeState:
    """All mailboxes, and the trouble that was ordered."""

    in_transaction: Callable[[], bool]
    people: dict[str, DirectoryPerson] = field(default_factory=dict)
    mailboxes: dict[str, FakeMailbox] = field(default_factory=dict)
    calls: list[FakeCall] = field(default_factory=list)
    failures: list[tuple[str | None, Exception]] = field(default_factory=list)
    deleted_items_still_answer: bool = True
    generation: int = 0
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def new_id(self) -> str:
        """An immutable id: case-sensitive, of the URL-safe alphabet."""
        return f"AAkA-fake_{next(self._numbers):06d}-x_Y="

    def ews_id(self, event_id: str) -> str:
        return event_id.replace("AAkA", "AAMk", 1).replace("-", "/").replace("_", "+")

    def enter(
        self, operation: str, mailbox: Mailbox | None = None, caller: Caller | None = None
    ) -> None:
        """Note a call, and raise what stands in its way."""
        assert not self.in_transaction(), "A call to Outlook inside a database transaction."
        self.calls.append(
            FakeCall(operation, mailbox.oid if mailbox else None, caller.oid if caller else None)
        )
        for ordered in self.failures:
            if ordered[0] in {None, operation}:
                self.failures.remove(ordered)
                raise ordered[1]

    def open(self, operation: str, mailbox: Mailbox, caller: Caller | None = None) -> FakeMailbox:
        """The mailbox, if it can be read in this name."""
        self.enter(operation, mailbox, caller)
        found = self.mailboxes.get(mailbox.oid)
        if found is None:
            raise MailboxUnavailable
        if found.error is not None:
            raise found.error
        if caller is not None and caller.oid not in {found.oid, *found.readers}:
            raise EventAccessDenied
        return found
