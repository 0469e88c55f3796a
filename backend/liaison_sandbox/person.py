"""A person of the tenant: what somebody does in Outlook, for tests, stories and pages."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from liaison_sandbox import answers, ids, meetings, series_acts
from liaison_sandbox.drafts import AttendeeGiven, completed, fields_from, response_word
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.model import CALENDAR, Address, Event
from liaison_sandbox.person_series import SeriesOfPerson
from liaison_sandbox.upkeep import check_movable

MailboxState = Literal["ready", "none", "unlicensed", "moved", "denied"]


class Person(SeriesOfPerson):
    def __init__(self, exchange: Exchange, oid: str, name: str, address: str) -> None:
        self.oid = oid
        self.name = name
        self.address = address
        self.aliases: tuple[str, ...] = ()
        self.time_zone = "Europe/Berlin"
        self.roles: tuple[str, ...] = ()
        self.mailbox_state: MailboxState = "ready"
        super().__init__(exchange)

    def as_address(self) -> Address:
        return Address(self.name, self.address)

    def create_event(  # noqa: PLR0913 - a new meeting in Outlook has these fields
        self,
        *,
        subject: str,
        start: datetime | date,
        end: datetime | date | None = None,
        time_zone: str | None = None,
        all_day: bool = False,
        attendees: Iterable[AttendeeGiven] = (),
        body: str = "",
        body_type: Literal["text", "html"] = "text",
        location: str | Sequence[str] = "",
        sensitivity: str = "normal",
        categories: Iterable[str] = (),
        id_twin_of: str | None = None,
        **more: Any,
    ) -> str:
        """Returns the default id. `id_twin_of`: the ids differ from that event's in one - or _."""
        given = {
            "subject": subject,
            "start": start,
            "end": end,
            "time_zone": time_zone,
            "all_day": all_day,
            "attendees": attendees,
            "body": body,
            "body_type": body_type,
            "location": location,
            "sensitivity": sensitivity,
            "categories": categories,
        }
        fields = fields_from(given | more, self.time_zone)
        with self._exchange.lock:
            if id_twin_of is not None:
                model = self.event(id_twin_of)
                fields["id"] = ids.twin_of(model.id)
                fields["immutable_id"] = ids.twin_of(model.immutable_id)
            return meetings.create(self._exchange, self.mailbox, self.as_address(), fields).id

    def change_event(self, event_id: str, **given: Any) -> Event:
        """The same names as create_event; only what is given changes."""
        with self._exchange.lock:
            event = self.event(event_id)
            whole_day = {"all_day": event.all_day} if "start" in given or "end" in given else {}
            fields = fields_from(whole_day | given, event.time_zone)
            if "start" in given and "end" not in given:
                fields["end"] = fields["start"] + (event.end - event.start)
            if "recurrence" in fields and "start" not in fields:
                fields["recurrence"] = completed(
                    fields["recurrence"], event.start, event.time_zone, all_day=event.all_day
                )
            fields = series_acts.with_shifted_pattern(event, fields)
            return meetings.change(self._exchange, self.mailbox, event, fields)

    def answer(self, event_id: str, response: str, *, send: bool = True) -> None:
        """accepted, declined or tentative. Declined takes it out of the calendar."""
        with self._exchange.lock:
            answers.respond(
                self._exchange,
                self.mailbox,
                self.event(event_id),
                response_word(response),
                send=send,
            )

    def cancel_event(self, event_id: str, comment: str = "") -> None:
        with self._exchange.lock:
            event = self.event(event_id)
            if comment:
                event = replace(event, body=f"{comment}\n{event.body}")
            meetings.cancel(self._exchange, self.mailbox, event)

    def delete_event(
        self, event_id: str, *, hard: bool = False, send_response: bool = False
    ) -> None:
        """`hard` empties it from Deleted Items too; `send_response` declines as an invitee."""
        with self._exchange.lock:
            meetings.delete(
                self._exchange,
                self.mailbox,
                self.event(event_id),
                hard=hard,
                send_response=send_response,
            )

    def restore_event(self, event_id: str) -> Event:
        """Drags a deleted item back into the calendar; its default id is a new one."""
        return self.move_event(event_id, CALENDAR)

    def move_event(self, event_id: str, calendar_name: str) -> Event:
        with self._exchange.lock:
            event = self.event(event_id)
            check_movable(event)
            return self._exchange.move(self.mailbox, event, calendar_name)

    def copy_event(self, event_id: str) -> str:
        """A copy is a meeting of its own: another iCalUId, no attendees, the same properties."""
        with self._exchange.lock:
            event = self.event(event_id)
            names = ("subject", "start", "end", "time_zone", "end_time_zone", "all_day", "body")
            more = ("body_type", "locations", "categories", "sensitivity", "properties")
            fields = {name: getattr(event, name) for name in names + more}
            fields["recurrence"] = event.recurrence
            return meetings.create(self._exchange, self.mailbox, self.as_address(), fields).id

    def make_odd(self, event_id: str, **written: Any) -> Event:
        """From now on Graph writes these members so: `start=None`, a custom time zone, …"""
        with self._exchange.lock:
            return meetings.change(
                self._exchange, self.mailbox, self.event(event_id), {"oddities": written}
            )

    def event(self, event_id: str) -> Event:
        """By default or immutable id, also in Deleted Items; KeyError when there is none."""
        with self._exchange.lock:
            event = self.mailbox.find(event_id)
        if event is None:
            raise KeyError(event_id)
        return event

    def events(self, **wanted: Any) -> list[Event]:
        """In all calendars but Deleted Items, oldest start first; filtered by equal fields.

        Of a series it is the master; `occurrences` lists the members.
        """
        with self._exchange.lock:
            found = self.mailbox.list_events()
        hits = [one for one in found if all(getattr(one, n) == v for n, v in wanted.items())]
        return sorted(hits, key=lambda one: (one.start, one.key))
