"""People outside the tenant: they have no mailbox here, but they invite and answer."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from liaison_sandbox import answers, copies, meetings
from liaison_sandbox.drafts import AttendeeGiven, fields_from, response_word
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Address, Event
from liaison_sandbox.occurrences import as_series, reshaped
from liaison_sandbox.series_acts import member_at
from liaison_sandbox.upkeep import remove, settled, store


class Outside:
    """Keeps the outside organizers' own copies, which no mailbox of the tenant holds."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._elsewhere = Mailbox("elsewhere")

    def invite(
        self, organizer: tuple[str, str], attendees: Iterable[AttendeeGiven], **given: Any
    ) -> str:
        """An outsider (name, address) sends an invitation; returns its ical_uid."""
        fields = fields_from(given | {"attendees": attendees}, "Europe/Berlin")
        with self._exchange.lock:
            begun = self._make(Address(*organizer), fields)
            event = as_series(begun) if begun.recurrence is not None else begun
            self._deliver(self._elsewhere.put(event, self._exchange.clock()))
            return event.ical_uid

    def change(
        self, ical_uid: str, *, original_start: datetime | date | None = None, **given: Any
    ) -> None:
        """The meeting, or the one occurrence of the series."""
        with self._exchange.lock:
            event = self._find(ical_uid, original_start)
            fields = fields_from(given, event.time_zone)
            after = reshaped(event, replace(event, **fields), fields)
            if original_start is not None:
                after = replace(after, own_fields=event.own_fields | fields.keys())
            kept = settled(self._exchange, self._elsewhere, event, after)
            self._deliver(store(self._exchange, self._elsewhere, kept))

    def cancel(self, ical_uid: str, *, original_start: datetime | date | None = None) -> None:
        with self._exchange.lock:
            event = self._find(ical_uid, original_start)
            copies.call_off(self._exchange, event, [one.address for one in event.attendees])
            remove(self._exchange, self._elsewhere, event)

    def answer(
        self,
        address: str,
        ical_uid: str,
        response: str,
        *,
        original_start: datetime | date | None = None,
    ) -> None:
        """An outside attendee's answer reaches the organizer in the tenant."""
        word = response_word(response)
        with self._exchange.lock:
            for mailbox in self._exchange.list_mailboxes():
                for copy in mailbox.list_copies(ical_uid):
                    if copy.is_organizer:
                        event = member_at(mailbox, copy, original_start)
                        self._exchange.send(copy.organizer.address, "response", event)
                        answers.record_response(self._exchange, event, address, word)

    def _find(self, ical_uid: str, original_start: datetime | date | None) -> Event:
        found = next(
            (one for one in self._elsewhere.list_copies(ical_uid) if not one.is_deleted), None
        )
        if found is None:
            raise KeyError(ical_uid)
        return member_at(self._elsewhere, found, original_start)

    def _make(self, organizer: Address, fields: dict[str, Any]) -> Event:
        key = self._exchange.new_key()
        event_id, immutable_id = self._elsewhere.new_ids("Calendar")
        now = self._exchange.clock()
        return Event(
            key=key,
            id=event_id,
            immutable_id=immutable_id,
            ical_uid=meetings.new_ical_uid(key),
            calendar="Calendar",
            organizer=organizer,
            is_organizer=True,
            created_at=now,
            changed_at=now,
            **fields,
        )

    def _deliver(self, event: Event) -> None:
        for attendee in event.attendees:
            copies.deliver(self._exchange, event, attendee.address)
