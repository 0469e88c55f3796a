"""Looks at single events of one mailbox in Outlook. No database here, only the network."""

from __future__ import annotations

from datetime import datetime

from liaison.calendar.rules.situation import Absent, NotFound, Observation, Seen, Unreadable
from liaison.calendar.stores.noted import BY_ICAL_UID
from liaison.errors import EventNotShown, MeetingNotSeenYet
from liaison.outlook.model import (
    CalendarPlace,
    EventIdentity,
    EventKind,
    Mailbox,
    UnreadableEvent,
)
from liaison.outlook.port import Outlook


class Observer:
    """Sees what became of events. Believes «does not exist» only of a mailbox that answered otherwise in this run."""

    def __init__(self, outlook: Outlook, mailbox: Mailbox) -> None:
        """One for each run over one mailbox."""
        self._outlook = outlook
        self._mailbox = mailbox
        self.has_answered = False

    def observe(self, event_id: str, first_seen_absent_at: datetime | None = None) -> Observation:
        """The event as it is now. Raises `GatewayError`."""
        if event_id.startswith(BY_ICAL_UID):
            return self._find_by_ical_uid(event_id.removeprefix(BY_ICAL_UID))
        presence = self._outlook.calendars.look_up(self._mailbox, event_id)
        event = presence.event
        if event is None:
            self._make_sure_it_answers()
            return NotFound(event_id)
        self.has_answered = True
        if isinstance(event, UnreadableEvent):
            return Unreadable(event_id, event.why)
        if event.series_master_id:
            # An occurrence is known by its series, never by its own id.
            return self.observe(event.series_master_id, first_seen_absent_at)
        # A cancelled copy says itself what became of the meeting, also from Deleted Items.
        if presence.is_listed or presence.calendar is not CalendarPlace.NONE or event.is_cancelled:
            return Seen(event, place=presence.calendar)
        return Absent(event_id, first_seen_absent_at)

    def identify(self, event_id: str) -> EventIdentity | None:
        """What meeting an event belongs to, without reading what it is about. Raises `GatewayError`."""
        identity = self._outlook.calendars.read_identity(self._mailbox, event_id)
        if identity is not None:
            self.has_answered = True
        return identity

    def of_one_item(self) -> EventNotShown:
        """What a refusal means once the mailbox itself answers. Raises the mailbox's own failure where it does not."""
        self._outlook.directory.probe_mailbox(self._mailbox)
        self.has_answered = True
        return EventNotShown()

    def _find_by_ical_uid(self, ical_uid: str) -> Observation:
        """A meeting whose id in this mailbox is not known yet. Raises `MeetingNotSeenYet`."""
        found = self._outlook.calendars.list_by_ical_uid(self._mailbox, ical_uid)
        self.has_answered = True
        own = [event for event in found if event.is_organizer] or found
        if not own:
            raise MeetingNotSeenYet
        if own[0].kind is EventKind.SERIES_MASTER:
            return self.observe(own[0].event_id)
        return Seen(own[0])

    def _make_sure_it_answers(self) -> None:
        """A mailbox that is moved or denied may say of every event that it does not exist."""
        if not self.has_answered:
            self._outlook.directory.probe_mailbox(self._mailbox)
            self.has_answered = True
