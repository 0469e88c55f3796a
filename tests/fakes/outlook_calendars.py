"""The port `Calendars` in memory."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlencode, urlsplit

from fakes.outlook_series import find_by_id, is_series, occurrence_at, told
from fakes.outlook_state import FakeMailbox, FakeState
from liaison.errors import DeltaExpired, RequestRejected, UnreadableAnswer
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    Caller,
    DeltaItem,
    DeltaPage,
    EventIdentity,
    Mailbox,
    Presence,
    RemovedEvent,
    UnreadableEvent,
)

DELTA = "https://graph.fake/v1.0/delta"


class FakeCalendars:
    """Reads what the test arranged. `page_size` makes rounds of several pages."""

    def __init__(self, state: FakeState) -> None:
        self._state = state
        self.page_size = 1_000

    def find_event(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        return self._find(self._state.open("find_event", mailbox, caller), event_id)

    def read_series(
        self, mailbox: Mailbox, event_id: str, *, caller: Caller | None = None
    ) -> CalendarEvent | UnreadableEvent | None:
        box = self._state.open("read_series", mailbox, caller)
        event = self._find(box, event_id)
        if isinstance(event, CalendarEvent) and event.series_master_id:
            return self._find(box, event.series_master_id)
        return event

    def find_occurrence(
        self, mailbox: Mailbox, master_id: str, start: datetime, *, caller: Caller | None = None
    ) -> CalendarEvent | None:
        box = self._state.open("find_occurrence", mailbox, caller)
        master = self._find(box, master_id)
        if not isinstance(master, CalendarEvent) or master.recurrence is None:
            return None
        return occurrence_at(master, start)

    def read_identity(self, mailbox: Mailbox, event_id: str) -> EventIdentity | None:
        event = self._find(self._state.open("read_identity", mailbox), event_id)
        if isinstance(event, UnreadableEvent):
            raise UnreadableAnswer
        return event and EventIdentity(
            event.event_id,
            event.ical_uid,
            event.kind,
            event.series_master_id,
            event.original_start,
            event.marker,
        )

    def look_up(self, mailbox: Mailbox, event_id: str) -> Presence:
        box = self._state.open("look_up", mailbox)
        event = self._find(box, event_id)
        if event is None:
            return Presence(None)
        place = box.place_of(event)
        is_listed = place is CalendarPlace.DEFAULT or isinstance(event, UnreadableEvent)
        return Presence(event, is_listed, place)

    def list_by_ical_uid(self, mailbox: Mailbox, ical_uid: str) -> list[CalendarEvent]:
        box = self._state.open("list_by_ical_uid", mailbox)
        return [
            told(event)
            for event in box.events.values()
            if isinstance(event, CalendarEvent)
            and event.ical_uid == ical_uid
            and box.places[event.event_id] is CalendarPlace.DEFAULT
        ]

    def list_between(
        self, mailbox: Mailbox, start: datetime, end: datetime, *, caller: Caller | None = None
    ) -> list[CalendarEvent]:
        return self._state.open("list_between", mailbox, caller).listed(start, end)

    def read_window(self, mailbox: Mailbox, start: datetime, end: datetime) -> DeltaPage:
        box = self._state.open("read_window", mailbox)
        items = [told(event) for event in box.events.values() if box.shows(event, start, end)]
        return self._page(box, list(items), 0, self._link(mailbox, start, end, box.version))

    def read_changes(self, mailbox: Mailbox, link: str) -> DeltaPage:
        box = self._state.open("read_changes", mailbox)
        if not link.startswith(DELTA):
            raise RequestRejected
        words = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
        if words["mailbox"] != mailbox.oid or int(words["generation"]) != self._state.generation:
            raise DeltaExpired
        start, end = (
            datetime.fromisoformat(words[name]).astimezone(UTC) for name in ("start", "end")
        )
        # A next link carries how far its round has come; then the round is made again, from there.
        since, skip = int(words["since"]), int(words.get("skip", 0))
        is_full = since < 0
        changed = list(box.events) if is_full else _changed_since(box, since)
        items = [_item(box, event_id, start, end) for event_id in changed]
        if is_full:
            items = [item for item in items if not isinstance(item, RemovedEvent)]
        return self._page(box, items, skip, self._link(mailbox, start, end, box.version), link)

    def immutable_id(
        self, mailbox: Mailbox, item_id: str, *, caller: Caller | None = None
    ) -> str | None:
        box = self._state.open("immutable_id", mailbox, caller)
        for event_id in box.events:
            ews_id = self._state.ews_id(event_id)
            rest_id = ews_id.replace("/", "-").replace("+", "_")
            if item_id in {event_id, ews_id, rest_id} and self._find(box, event_id):
                return event_id
        return None

    def _find(self, box: FakeMailbox, event_id: str) -> CalendarEvent | UnreadableEvent | None:
        event = box.events.get(event_id) or find_by_id(box.events.values(), event_id)
        is_deleted = event is not None and box.place_of(event) is CalendarPlace.NONE
        return None if is_deleted and not self._state.deleted_items_still_answer else event

    def _page(
        self, box: FakeMailbox, items: list[DeltaItem], skip: int, delta_link: str, link: str = ""
    ) -> DeltaPage:
        ends = skip + self.page_size
        masters = tuple(
            item.event_id
            for item in items[skip:ends]
            if isinstance(item, CalendarEvent) and is_series(item)
        )
        if ends >= len(items):
            return DeltaPage(tuple(items[skip:]), None, delta_link, masters)
        if not link:
            link = delta_link.replace(f"since={box.version}", "since=-1")
        next_link = f"{link.split('&skip=')[0]}&skip={ends}"
        return DeltaPage(tuple(items[skip:ends]), next_link, None, masters)

    def _link(self, mailbox: Mailbox, start: datetime, end: datetime, since: int) -> str:
        words = {
            "mailbox": mailbox.oid,
            "generation": self._state.generation,
            "since": since,
            "start": start.isoformat(),
            "end": end.isoformat(),
        }
        return f"{DELTA}?{urlencode(words)}"


def _changed_since(box: FakeMailbox, version: int) -> list[str]:
    changed = [(number, event_id) for event_id, number in box.changed.items() if number > version]
    return [event_id for _, event_id in sorted(changed)]


def _item(box: FakeMailbox, event_id: str, start: datetime, end: datetime) -> DeltaItem:
    """As Graph tells it: whatever is not shown in the window is said to be removed."""
    event = box.events.get(event_id)
    if event is None or not box.shows(event, start, end):
        return RemovedEvent(event_id)
    return told(event)
