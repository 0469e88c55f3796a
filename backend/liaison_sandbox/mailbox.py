"""One mailbox: its items, calendars and the journal that delta reads. No clock, no delivery."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from liaison_sandbox import ids
from liaison_sandbox.model import CALENDAR, DELETED_ITEMS, Event
from liaison_sandbox.occurrences import days_in, is_day_of, occurrence_on, span_on
from liaison_sandbox.series_index import SeriesIndex
from liaison_sandbox.window_index import WindowIndex


class Mailbox:
    def __init__(self, owner_id: str) -> None:
        self.owner_id = owner_id
        self.version = 0
        self.folders = {CALENDAR: ids.new_part(), DELETED_ITEMS: ids.new_part()}
        self.categories: dict[str, dict[str, str]] = {}
        self._part = ids.new_part()
        self._events: dict[int, Event] = {}
        self._key_by_id: dict[str, int] = {}
        self._keys_by_uid: dict[str, list[int]] = {}
        self._journal: list[tuple[int, int]] = []
        self._key_by_transaction: dict[str, int] = {}
        self._windows = WindowIndex()
        self._series = SeriesIndex()
        self._departed: dict[int, tuple[str, str]] = {}

    def new_ids(self, calendar: str) -> tuple[str, str]:
        return self.new_id_in(calendar), ids.new_immutable_id(self._part)

    def new_id_in(self, calendar: str) -> str:
        return ids.new_default_id(self._part, self.folder_part(calendar))

    def folder_part(self, calendar: str) -> str:
        return self.folders.setdefault(calendar, ids.new_part())

    def folder_id(self, calendar: str) -> str:
        return ids.folder_id(self._part, self.folder_part(calendar))

    def find(self, rest_id: str) -> Event | None:
        key = self._key_by_id.get(rest_id)
        return self._find_occurrence(rest_id) if key is None else self._events[key]

    def find_by_key(self, key: int) -> Event | None:
        return self._events.get(key)

    def key_of_transaction(self, transaction_id: str) -> int | None:
        return self._key_by_transaction.get(transaction_id)

    def list_copies(self, ical_uid: str) -> list[Event]:
        """Every item of the meeting but the exceptions of a series; also in Deleted Items."""
        return [self._events[key] for key in self._keys_by_uid.get(ical_uid, ())]

    def list_events(self) -> list[Event]:
        """All calendars without Deleted Items; of a series the master stands for its members."""
        return [
            event
            for event in self._events.values()
            if not event.is_deleted and event.master_key is None
        ]

    def exceptions_of(self, master: Event) -> list[Event]:
        keys = self._series.exceptions_of(master.key) if master.is_master else {}
        return [self._events[key] for _, key in sorted(keys.items())]

    def occurrence(self, master: Event, day: date) -> Event:
        """As the pattern has it, whether or not it was cancelled or changed."""
        seed = f"{master.shifts}/{day}"
        folder = self.folder_part(master.calendar)
        both = (
            ids.default_id_of(self._part, folder, f"{master.id}/{seed}"),
            ids.immutable_id_of(self._part, f"{master.immutable_id}/{seed}"),
        )
        self._series.learn(master, day, both)
        return occurrence_on(master, day, both)

    def member_on(self, master: Event, day: date) -> Event | None:
        """The occurrence or exception whose original day it is; None when there is none."""
        key = self._series.exceptions_of(master.key).get(day)
        if key is not None:
            return self._events[key]
        if day in master.cancelled_days or not is_day_of(master, day):
            return None
        return self.occurrence(master, day)

    def members_in(self, master: Event, start: datetime, end: datetime) -> list[Event]:
        changed = self._series.exceptions_of(master.key)
        days = (day for day in days_in(master, start, end) if day not in changed)
        members = [self.occurrence(master, day) for day in days]
        members += [self._events[key] for key in changed.values()]
        return sorted((one for one in members if overlaps(one, start, end)), key=_order)

    def in_window(
        self, start: datetime, end: datetime, *, every_calendar: bool = False
    ) -> list[Event]:
        """A window as calendarView has it: single meetings, occurrences and exceptions."""
        hits = self._items_in(start, end)
        for master in self._masters():
            hits += self.members_in(master, start, end)
        wanted = hits if every_calendar else [one for one in hits if one.calendar == CALENDAR]
        return sorted((one for one in wanted if not one.is_deleted), key=_order)

    def keys_in_window(self, start: datetime, end: datetime) -> list[int]:
        """Of the items that delta tells of: a series is one of them."""
        found = [one for one in self._items_in(start, end) if one.calendar == CALENDAR]
        found += [
            one
            for one in self._masters()
            if one.calendar == CALENDAR and self._has_member_in(one, start, end)
        ]
        return [one.key for one in sorted(found, key=_order)]

    def _masters(self) -> list[Event]:
        return [self._events[key] for key in sorted(self._series.masters)]

    def _items_in(self, start: datetime, end: datetime) -> list[Event]:
        """Without series and what belongs to them."""
        items = map(self._events.__getitem__, self._windows.candidates(start, end))
        alone = (one for one in items if not one.is_master and one.master_key is None)
        return [one for one in alone if overlaps(one, start, end)]

    def _has_member_in(self, master: Event, start: datetime, end: datetime) -> bool:
        changed = self._series.exceptions_of(master.key)
        if any(overlaps(self._events[key], start, end) for key in changed.values()):
            return True
        return any(
            touches(*span_on(master, day), start, end)
            for day in days_in(master, start, end)
            if day not in changed
        )

    def put(self, event: Event, at: datetime) -> Event:
        """Stores a new or changed item; every write gives a new change key."""
        self.version += 1
        before = self._events.get(event.key)
        stored = replace(event, version=self.version, change_key=self._change_key(), changed_at=at)
        if before is not None:
            self._forget_places(before)
        self._events[event.key] = stored
        self._windows.add(stored)
        self._series.add(stored, self._events.get(stored.master_key or 0))
        self._key_by_id[stored.id] = self._key_by_id[stored.immutable_id] = event.key
        if stored.transaction_id is not None:
            self._key_by_transaction[stored.transaction_id] = event.key
        if stored.master_key is None:
            keys = self._keys_by_uid.setdefault(stored.ical_uid, [])
            if event.key not in keys:
                keys.append(event.key)
        self._note(before, stored)
        return stored

    def move(self, event: Event, calendar: str, at: datetime) -> Event:
        """A series moves as a whole."""
        moved = self.put(replace(event, calendar=calendar, id=self.new_id_in(calendar)), at)
        for one in self.exceptions_of(event):
            own = self.new_id_in(calendar)
            self.put(replace(one, calendar=calendar, id=own, series_master_id=moved.id), at)
        return moved

    def purge(self, event: Event) -> None:
        for exception in self.exceptions_of(event):
            self.purge(exception)
        self.version += 1
        self._forget_places(event)
        del self._events[event.key]
        if event.master_key is None:
            self._keys_by_uid[event.ical_uid].remove(event.key)
        self._note(event, None)

    def changed_since(self, version: int) -> Iterator[int]:
        """Keys of items changed after that version, each once, oldest change first."""
        first = bisect_right(self._journal, (version, 2**62))
        latest = dict.fromkeys(key for _, key in self._journal[first:])
        return iter(latest)

    def departed_ids(self, key: int) -> tuple[str, str] | None:
        """Default and immutable id under which the item was last in the default calendar."""
        return self._departed.get(key)

    def _find_occurrence(self, rest_id: str) -> Event | None:
        """Its ids hold while its master's ids and pattern do."""
        place = self._series.place_of(rest_id)
        master = place and self._events.get(place[0])
        if not place or not master or not master.is_master:
            return None
        pattern = self.occurrence(master, place[1])
        is_known = rest_id in (pattern.id, pattern.immutable_id)
        return self.member_on(master, place[1]) if is_known else None

    def _change_key(self) -> str:
        return f"DwAAABYAAAB{self._part}{self.version:010x}"

    def _note(self, before: Event | None, after: Event | None) -> None:
        """An exception is told with its master."""
        was_here = before is not None and before.calendar == CALENDAR
        is_here = after is not None and after.calendar == CALENDAR
        event = after or before
        if event is None or not (was_here or is_here):
            return
        self._journal.append((self.version, event.master_key or event.key))
        if before is not None and not is_here and event.master_key is None:
            self._departed[event.key] = (before.id, before.immutable_id)

    def _forget_places(self, event: Event) -> None:
        self._windows.remove(event)
        self._series.remove(event)
        self._key_by_id.pop(event.id, None)
        self._key_by_id.pop(event.immutable_id, None)


def overlaps(event: Event, start: datetime, end: datetime) -> bool:
    return touches(event.start, event.end, start, end)


def touches(begun: datetime, ended: datetime, start: datetime, end: datetime) -> bool:
    """An item without length is in the window that contains its start."""
    if begun == ended:
        return start <= begun < end
    return begun < end and ended > start


def _order(event: Event) -> tuple[datetime, int]:
    return event.start, event.key
