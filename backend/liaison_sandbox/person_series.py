"""What a person does with a series in Outlook: with one occurrence, with all, from one on."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from liaison_sandbox import answers, meetings, series_acts
from liaison_sandbox.drafts import fields_from, response_word
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Event

OriginalStart = datetime | date


class SeriesOfPerson(ABC):
    """Part of Person. `original_start`: the moment, the naive time on the series' wall, or the day."""

    oid: str

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange

    @property
    def mailbox(self) -> Mailbox:
        return self._exchange.get_mailbox(self.oid)

    def occurrence(self, series_id: str, original_start: OriginalStart) -> Event:
        """The occurrence or exception; KeyError when it was cancelled or never was."""
        with self._exchange.lock:
            return series_acts.member_at(self.mailbox, self.event(series_id), original_start)

    def occurrences(self, series_id: str, start: datetime, end: datetime) -> list[Event]:
        with self._exchange.lock:
            return self.mailbox.members_in(self.event(series_id), start, end)

    def exceptions(self, series_id: str) -> list[Event]:
        with self._exchange.lock:
            return self.mailbox.exceptions_of(self.event(series_id))

    def change_occurrence(
        self, series_id: str, original_start: OriginalStart, **given: Any
    ) -> Event:
        """Makes an exception of it, which is returned."""
        with self._exchange.lock:
            return self.change_event(self.occurrence(series_id, original_start).id, **given)

    def answer_occurrence(
        self,
        series_id: str,
        original_start: OriginalStart,
        response: str,
        *,
        send: bool = True,
    ) -> None:
        with self._exchange.lock:
            member = self.occurrence(series_id, original_start)
            word = response_word(response)
            answers.respond(self._exchange, self.mailbox, member, word, send=send)

    def cancel_occurrence(self, series_id: str, original_start: OriginalStart) -> None:
        with self._exchange.lock:
            member = self.occurrence(series_id, original_start)
            meetings.cancel(self._exchange, self.mailbox, member)

    def delete_occurrence(self, series_id: str, original_start: OriginalStart) -> None:
        """An organizer's mails the others; an invitee loses only his own."""
        with self._exchange.lock:
            member = self.occurrence(series_id, original_start)
            meetings.delete(self._exchange, self.mailbox, member)

    def change_series(self, series_id: str, **given: Any) -> Event:
        """A new start on another day shifts the pattern; `recurrence` replaces it."""
        return self.change_event(series_id, **given)

    def change_from(self, series_id: str, original_start: OriginalStart, **given: Any) -> str:
        """This and following: returns the new series' id, or the same from the first one on."""
        with self._exchange.lock:
            master = self.event(series_id)
            member = series_acts.member_at(self.mailbox, master, original_start)
            whole_day = {"all_day": master.all_day} if "start" in given or "end" in given else {}
            fields = fields_from(whole_day | given, master.time_zone)
            if "start" in given and "end" not in given:
                fields["end"] = fields["start"] + (master.end - master.start)
            changed = series_acts.change_from(self._exchange, self.mailbox, master, member, fields)
            return changed.id

    def end_before(self, series_id: str, original_start: OriginalStart) -> None:
        """Deletes this and following; from the first one on that is the whole series."""
        with self._exchange.lock:
            master = self.event(series_id)
            member = series_acts.member_at(self.mailbox, master, original_start)
            series_acts.end_before(self._exchange, self.mailbox, master, member)

    def make_series(self, event_id: str, recurrence: Mapping[str, Any]) -> Event:
        """In place: the same item, the same iCalUId."""
        return self.change_event(event_id, recurrence=recurrence)

    def make_single(self, series_id: str) -> Event:
        """Only the first occurrence is left."""
        with self._exchange.lock:
            fields = {"recurrence": None}
            return meetings.change(self._exchange, self.mailbox, self.event(series_id), fields)

    @abstractmethod
    def event(self, event_id: str) -> Event: ...

    @abstractmethod
    def change_event(self, event_id: str, **given: Any) -> Event: ...
