"""Microsoft 365 in memory, behind the ports of liaison.outlook. Tests arrange mailboxes and let things happen in them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fakes.outlook_calendars import FakeCalendars
from fakes.outlook_directory import FakeDirectory, FakeSubscriptions
from fakes.outlook_series import occurrence_on
from fakes.outlook_state import FakeCall, FakeMailbox, FakeState
from fakes.outlook_writer import FakeWriter
from liaison.errors import GatewayError, MailboxUnavailable
from liaison.outlook.model import (
    Attendee,
    CalendarEvent,
    CalendarPlace,
    Caller,
    DirectoryPerson,
    EventKind,
    Mailbox,
    Organizer,
    UnreadableEvent,
)
from liaison.outlook.series import original_date
from liaison.recurrence.model import Pattern, Range, RangeKind, Recurrence
from liaison.times import When

TENANT = "77777777-7777-4777-8777-777777777777"


class FakeOutlook:
    """The port `Outlook`. `calls` lists what was asked; `fail_next` and `break_mailbox` make trouble."""

    def __init__(self, *, in_transaction: Callable[[], bool] = lambda: False) -> None:
        self._state = FakeState(in_transaction)
        self.calendars = FakeCalendars(self._state)
        self.writer = FakeWriter(self._state)
        self.subscriptions = FakeSubscriptions(self._state)
        self.directory = FakeDirectory(self._state)

    @property
    def calls(self) -> list[FakeCall]:
        return self._state.calls

    @property
    def deleted_items_still_answer(self) -> bool:
        """Whether a softly deleted event still answers by its id, as Exchange's Deleted Items do."""
        return self._state.deleted_items_still_answer

    @deleted_items_still_answer.setter
    def deleted_items_still_answer(self, still: bool) -> None:
        self._state.deleted_items_still_answer = still

    # --- people and mailboxes

    def add_person(
        self, name: str, address: str, *, aliases: Iterable[str] = (), has_mailbox: bool = True
    ) -> DirectoryPerson:
        person = DirectoryPerson(
            str(uuid.uuid4()), name, address.lower(), tuple(aliases), has_mailbox=has_mailbox
        )
        self._state.people[person.oid] = person
        if has_mailbox:
            self._state.mailboxes[person.oid] = FakeMailbox(person.oid)
        return person

    def mailbox(self, person: DirectoryPerson) -> Mailbox:
        return Mailbox(TENANT, person.oid)

    def caller(self, person: DirectoryPerson) -> Caller:
        return Caller(person.oid, f"token-of-{person.oid}")

    def share(self, owner: DirectoryPerson, reader: DirectoryPerson) -> None:
        """Let the reader see the owner's calendar."""
        self._of(owner).readers.add(reader.oid)

    def break_mailbox(self, owner: DirectoryPerson, error: GatewayError | None = None) -> None:
        """Every call to it fails until `mend_mailbox`."""
        self._of(owner).error = error or MailboxUnavailable()

    def mend_mailbox(self, owner: DirectoryPerson) -> None:
        self._of(owner).error = None

    def fail_next(self, *errors: Exception, operation: str | None = None) -> None:
        """The next calls (of that operation) raise these, one each."""
        self._state.failures.extend((operation, error) for error in errors)

    # --- meetings

    def add_meeting(
        self,
        owner: DirectoryPerson,
        subject: str = "Offer",
        *,
        start: datetime | None = None,
        minutes: int = 60,
        **fields: Any,
    ) -> CalendarEvent:
        """A meeting that the owner organizes, unless `fields` (of CalendarEvent) say otherwise."""
        starts_at = start or datetime(2026, 11, 23, 9, tzinfo=UTC)
        event = CalendarEvent(
            event_id=self._state.new_id(),
            ical_uid=f"uid-{uuid.uuid4().hex}",
            etag="",
            kind=EventKind.SINGLE_INSTANCE,
            subject=subject,
            notes="",
            when=When(starts_at, starts_at + timedelta(minutes=minutes), "Europe/Berlin"),
            place="",
            organizer=Organizer(owner.name, owner.address),
            is_organizer=True,
        )
        return self._of(owner).put(replace(event, **fields))

    def add_series(
        self,
        owner: DirectoryPerson,
        subject: str,
        pattern: Pattern,
        *,
        start: datetime,
        until: date | None = None,
        count: int | None = None,
        **fields: Any,
    ) -> CalendarEvent:
        """An hour's meeting that repeats, without an end unless one is given; `start` is its first one."""
        zone = "Europe/Berlin"
        kind = RangeKind.END_DATE if until else RangeKind.NUMBERED if count else RangeKind.NO_END
        begin = start.astimezone(ZoneInfo(zone)).date()
        span = Range(kind, begin, zone, until, count)
        kinds = {"kind": EventKind.SERIES_MASTER, "recurrence": Recurrence(pattern, span)}
        return self.add_meeting(owner, subject, start=start, **(kinds | fields))

    def change_occurrence(
        self, owner: DirectoryPerson, master_id: str, day: date, **fields: Any
    ) -> CalendarEvent:
        """Make an exception of the occurrence that was meant for this day; it has a new state, its id stays."""
        master = self._of(owner).readable(master_id)
        known = (one for one in master.exceptions if original_date(master, one) == day)
        changed = replace(next(known, occurrence_on(master, day)), **fields)
        others = (one for one in master.exceptions if original_date(master, one) != day)
        self.change(owner, master_id, exceptions=(*others, changed))
        return changed

    def cancel_occurrence(self, owner: DirectoryPerson, master_id: str, day: date) -> None:
        """It is gone from the series."""
        master = self._of(owner).readable(master_id)
        others = tuple(one for one in master.exceptions if original_date(master, one) != day)
        cancelled = tuple(sorted({*master.cancelled, day}))
        self.change(owner, master_id, exceptions=others, cancelled=cancelled)

    def copy_to(self, invitee: DirectoryPerson, meeting: CalendarEvent) -> CalendarEvent:
        """The copy that an invitation makes: another id, the same ical_uid."""
        copy = replace(meeting, event_id=self._state.new_id(), is_organizer=False)
        return self._of(invitee).put(copy)

    def copy_by_hand(self, owner: DirectoryPerson, meeting: CalendarEvent) -> CalendarEvent:
        """A copy that the owner made in his calendar: an item of its own, with the same ical_uid."""
        return self._of(owner).put(replace(meeting, event_id=self._state.new_id()))

    def change(self, owner: DirectoryPerson, event_id: str, **fields: Any) -> CalendarEvent:
        """Change fields of CalendarEvent."""
        return self._of(owner).put(replace(self._of(owner).readable(event_id), **fields))

    def answer(
        self, owner: DirectoryPerson, event_id: str, address: str, response: Any
    ) -> CalendarEvent:
        """Somebody's answer arrives in this copy."""
        event = self._of(owner).readable(event_id)
        attendees = tuple(
            replace(each, response=response) if each.address == address else each
            for each in event.attendees
        )
        return self.change(owner, event_id, attendees=attendees)

    def cancel(self, owner: DirectoryPerson, event_id: str) -> CalendarEvent:
        """As an invitee's copy shows it."""
        return self.change(owner, event_id, is_cancelled=True)

    def delete(self, owner: DirectoryPerson, event_id: str, *, hard: bool = False) -> None:
        """Into Deleted Items, or for good."""
        self._of(owner).remove(event_id, for_good=hard)

    def restore(self, owner: DirectoryPerson, event_id: str) -> None:
        """Back from Deleted Items."""
        self._of(owner).lie_in(event_id, CalendarPlace.DEFAULT)

    def move_to_other_calendar(self, owner: DirectoryPerson, event_id: str) -> None:
        self._of(owner).lie_in(event_id, CalendarPlace.OTHER)

    def spoil(
        self, owner: DirectoryPerson, event_id: str, why: str = "Its type is unknown."
    ) -> None:
        """It cannot be read any more."""
        self._of(owner).put(UnreadableEvent(event_id, why))

    def expire_links(self) -> None:
        """No next link or delta link of before is known any more."""
        self._state.generation += 1

    def ews_id(self, event_id: str) -> str:
        """The id as Office.js gives it."""
        return self._state.ews_id(event_id)

    def _of(self, owner: DirectoryPerson) -> FakeMailbox:
        return self._state.mailboxes[owner.oid]


def attendee(name: str, address: str, **fields: Any) -> Attendee:
    """Somebody invited."""
    return Attendee(name, address.lower(), **fields)
