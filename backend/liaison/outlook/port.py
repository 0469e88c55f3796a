"""What Liaison asks of Microsoft 365.

Every call may raise `GatewayError`: `Throttled`, `GatewayTimeout`, `GatewayUnavailable`, `ConsentMissing`,
`MailboxUnavailable` (the mailbox as a whole), `RequestRejected`, `UnreadableAnswer`. After any other error of a
write than a refusal (`ConsentMissing`, `RequestRejected`, `EventChangedMeanwhile`) nobody knows whether it was
carried out: look before trying again. No call may be made while a database transaction
is open in the same thread. Ids are immutable ids, given and returned byte for byte. Only `EventWriter`
writes to a calendar.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from liaison.outlook.model import (
    CalendarEvent,
    Caller,
    DeltaPage,
    DirectoryPerson,
    EventChanges,
    EventDraft,
    EventIdentity,
    Mailbox,
    Presence,
    Subscription,
    UnreadableEvent,
)


class Calendars(Protocol):
    """Reads calendars: in the application's name, or, where `caller` is given, in the name of that person.

    In a caller's name `EventAccessDenied` says that Outlook does not show it to him, and
    `InteractionRequired` carries the `claims` that Microsoft asks for.
    """

    def find_event(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        """The event as it is now; None when Outlook says that it does not exist.

        A series master comes with all its exceptions and cancelled occurrences.
        """
        ...

    def read_series(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        """The master, with all exceptions and cancelled occurrences, given its id or that of an occurrence.

        What is no part of a series is given as it is, None what does not exist.
        """
        ...

    def find_occurrence(
        self, mailbox: Mailbox, master_id: str, start: datetime, *, caller: Caller | None = None
    ) -> CalendarEvent | None:
        """The occurrence or exception that begins then, else the one that was meant to.

        Whole days begin at midnight of UTC or of their zone. One that was moved by more than a week is found by the
        time to which it was moved.
        """
        ...

    def read_identity(self, mailbox: Mailbox, event_id: str) -> EventIdentity | None:
        """Which event it is, without reading its content; None when Outlook says that it does not exist.

        Raises `UnreadableAnswer` for a kind of event that is unknown.
        """
        ...

    def look_up(self, mailbox: Mailbox, event_id: str) -> Presence:
        """The event, whether its calendar lists it, and which calendar it lies in (up to three calls)."""
        ...

    def list_by_ical_uid(self, mailbox: Mailbox, ical_uid: str) -> list[CalendarEvent]:
        """The copies of one meeting in this mailbox: none, one, or several (a person copied it)."""
        ...

    def list_between(
        self, mailbox: Mailbox, start: datetime, end: datetime, *, caller: Caller | None = None
    ) -> list[CalendarEvent]:
        """What the default calendar shows from start to end, occurrences of series each for itself."""
        ...

    def read_window(self, mailbox: Mailbox, start: datetime, end: datetime) -> DeltaPage:
        """The first page of a full round over the window; a new epoch of changes begins."""
        ...

    def read_changes(self, mailbox: Mailbox, link: str) -> DeltaPage:
        """The page behind a next link or delta link of this mailbox. Raises `DeltaExpired`."""
        ...

    def immutable_id(
        self, mailbox: Mailbox, item_id: str, *, caller: Caller | None = None
    ) -> str | None:
        """The immutable id for an id as Office.js (EWS form), Graph (REST form) or we ourselves give it.

        None when it is malformed or of no item in this mailbox.
        """
        ...


class EventWriter(Protocol):
    """Writes events into their organizer's calendar. Exchange mails the attendees; nobody can ask it not to."""

    def create_event(self, mailbox: Mailbox, draft: EventDraft) -> CalendarEvent:
        """Make it, and return it as Outlook holds it. A second try with the same transaction id makes no second event."""
        ...

    def change_event(
        self, mailbox: Mailbox, event_id: str, changes: EventChanges, etag: str
    ) -> CalendarEvent:
        """PATCH these members if the event still has this etag; the event as Outlook holds it then.

        Raises `EventChangedMeanwhile` where it has not, or is gone: look again. `RequestRejected` where somebody in
        the list has no address: written without him, the list would take him out of the meeting.
        """
        ...

    def cancel_event(self, mailbox: Mailbox, event_id: str, comment: str = "") -> None:
        """Cancel a meeting or a whole series; Exchange mails each attendee once. One that is gone is fine."""
        ...

    def delete_event(self, mailbox: Mailbox, event_id: str) -> None:
        """Delete an event without attendees. One that is gone is fine."""
        ...

    def add_lines(
        self, mailbox: Mailbox, event_id: str, lines: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        """Put these lines at the end of the text, which stays as it is with all its looks. Raises `EventChangedMeanwhile`.

        Exchange tells guests of a new text like of any other change.
        """
        ...

    def find_by_marker(self, mailbox: Mailbox, marker: str) -> list[CalendarEvent]:
        """The events with exactly this marker: none, one, or several (a person copied it)."""
        ...

    def list_marked(self, mailbox: Mailbox) -> dict[str, str]:
        """The markers of all events of this mailbox that carry one, by event id."""
        ...

    def set_categories(
        self, mailbox: Mailbox, event_id: str, categories: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        """Replace the categories, which only the mailbox's owner sees. Raises `EventChangedMeanwhile`."""
        ...

    def ensure_category(self, mailbox: Mailbox, name: str) -> bool:
        """Have the master category; False where MailboxSettings.ReadWrite is not granted."""
        ...


class Subscriptions(Protocol):
    """Asks Microsoft 365 to tell us of changes."""

    def create(self, mailbox: Mailbox, *, client_state: str, expires_at: datetime) -> Subscription:
        """Subscribe to the mailbox's events and to lifecycle events."""
        ...

    def renew(self, subscription_id: str, expires_at: datetime) -> Subscription | None:
        """Prolong (which also reauthorizes); None when the subscription does not exist any more."""
        ...

    def delete(self, subscription_id: str) -> None:
        """End it; one that does not exist any more is fine."""
        ...


class Directory(Protocol):
    """Reads the people of the tenant."""

    def list_people(self) -> list[DirectoryPerson]:
        """Everybody of the tenant who has a mailbox (member accounts that are enabled)."""
        ...

    def find_person(self, address_or_oid: str) -> DirectoryPerson | None:
        """By object id, user principal name, or any address, whatever its case."""
        ...

    def probe_mailbox(self, mailbox: Mailbox) -> None:
        """One cheap read of the calendar; raises what stands in the way."""
        ...


class Outlook(Protocol):
    """The Microsoft 365 side as a whole."""

    @property
    def calendars(self) -> Calendars:
        """Reading calendars."""
        ...

    @property
    def writer(self) -> EventWriter:
        """Writing calendars."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """Being told of changes."""
        ...

    @property
    def directory(self) -> Directory:
        """The people of the tenant."""
        ...
