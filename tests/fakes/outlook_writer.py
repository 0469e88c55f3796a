"""The port `EventWriter` in memory."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fakes.outlook_series import find_by_id, told
from fakes.outlook_state import FakeMailbox, FakeState
from liaison.errors import EventChangedMeanwhile, RequestRejected
from liaison.outlook.model import (
    Attendee,
    CalendarEvent,
    CalendarPlace,
    EventChanges,
    EventDraft,
    EventKind,
    Mailbox,
    Organizer,
)
from liaison.outlook.series import original_date
from liaison.outlook.time_zones import kept_name
from liaison.times import When


class FakeWriter:
    """Writes into the calendars that the test arranged. `mails` are (address, kind), as Exchange would send them."""

    def __init__(self, state: FakeState) -> None:
        self._state = state
        self._made: dict[tuple[str, str], str] = {}
        self._categories: set[tuple[str, str]] = set()
        self.mails: list[tuple[str, str]] = []
        self.grants_categories = True

    def create_event(self, mailbox: Mailbox, draft: EventDraft) -> CalendarEvent:
        box = self._state.open("create_event", mailbox)
        _refuse_nameless(draft.attendees)
        key = mailbox.oid, draft.transaction_id
        if key in self._made:
            return box.readable(self._made[key])
        made = box.put(_new_event(self._state, mailbox, draft))
        self._made[key] = made.event_id
        self._mail(made.attendees, "invitation")
        return made

    def change_event(
        self, mailbox: Mailbox, event_id: str, changes: EventChanges, etag: str
    ) -> CalendarEvent:
        box = self._state.open("change_event", mailbox)
        before = _unchanged(box, event_id, etag)
        _refuse_nameless(changes.attendees or ())
        changed = _put(box, replace(before, **_fields(changes, before)))
        known = {one.address for one in before.attendees}
        wanted = {one.address for one in changed.attendees}
        self._mail([one for one in before.attendees if one.address not in wanted], "cancellation")
        self._mail([one for one in changed.attendees if one.address not in known], "invitation")
        if changes != EventChanges(attendees=changes.attendees):
            self._mail([one for one in changed.attendees if one.address in known], "update")
        return changed

    def cancel_event(self, mailbox: Mailbox, event_id: str, comment: str = "") -> None:
        del comment
        box = self._state.open("cancel_event", mailbox)
        event = _present(box, event_id)
        if event is None:
            return
        if not event.is_organizer or not event.attendees:
            raise RequestRejected
        self._mail(event.attendees, "cancellation")
        _remove(box, event)

    def delete_event(self, mailbox: Mailbox, event_id: str) -> None:
        box = self._state.open("delete_event", mailbox)
        event = _present(box, event_id)
        if event is not None:
            self._mail(event.attendees if event.is_organizer else (), "cancellation")
            _remove(box, event)

    def add_lines(
        self, mailbox: Mailbox, event_id: str, lines: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        box = self._state.open("add_lines", mailbox)
        before = _unchanged(box, event_id, etag)
        self._mail(before.attendees, "update")
        notes = "\n\n".join(filter(None, [before.notes, "\n".join(lines)]))
        return _put(box, replace(before, notes=notes))

    def find_by_marker(self, mailbox: Mailbox, marker: str) -> list[CalendarEvent]:
        box = self._state.open("find_by_marker", mailbox)
        return [_told(event) for event in _marked(box) if event.marker == marker]

    def list_marked(self, mailbox: Mailbox) -> dict[str, str]:
        box = self._state.open("list_marked", mailbox)
        return {event.event_id: event.marker or "" for event in _marked(box)}

    def set_categories(
        self, mailbox: Mailbox, event_id: str, categories: tuple[str, ...], etag: str
    ) -> CalendarEvent:
        box = self._state.open("set_categories", mailbox)
        return _put(box, replace(_unchanged(box, event_id, etag), categories=categories))

    def ensure_category(self, mailbox: Mailbox, name: str) -> bool:
        self._state.open("ensure_category", mailbox)
        if self.grants_categories:
            self._categories.add((mailbox.oid, name))
        return self.grants_categories

    def _mail(self, attendees: Any, kind: str) -> None:
        self.mails.extend((one.address, kind) for one in attendees)


def _new_event(state: FakeState, mailbox: Mailbox, draft: EventDraft) -> CalendarEvent:
    person = state.people[mailbox.oid]
    event_id = state.new_id()
    is_series = draft.recurrence is not None
    return CalendarEvent(
        event_id=event_id,
        ical_uid=f"uid-{event_id}",
        etag="",
        kind=EventKind.SERIES_MASTER if is_series else EventKind.SINGLE_INSTANCE,
        subject=draft.subject,
        notes=draft.notes,
        when=_kept(draft.when),
        place=draft.place,
        places=1 if draft.place else 0,
        organizer=Organizer(person.name, person.address),
        is_organizer=True,
        attendees=draft.attendees,
        categories=draft.categories,
        recurrence=draft.recurrence,
        marker=draft.marker,
    )


def _fields(changes: EventChanges, before: CalendarEvent) -> dict[str, Any]:
    given = {
        "subject": changes.subject,
        "when": changes.when and _kept(changes.when),
        "place": changes.place,
        "recurrence": changes.recurrence,
        "notes": changes.notes,
    }
    fields = {name: value for name, value in given.items() if value is not None}
    if changes.ends_series:
        fields |= {"recurrence": None, "kind": EventKind.SINGLE_INSTANCE, "knows_exceptions": False}
        fields |= {"exceptions": (), "cancelled": ()}
    if changes.place is not None:
        fields["places"] = 1 if changes.place else 0
    if changes.attendees is not None:
        answers = {one.address: one.response for one in before.attendees}
        fields["attendees"] = tuple(
            replace(one, response=answers.get(one.address, one.response))
            for one in changes.attendees
        )
    return fields


def _kept(when: When) -> When:
    return replace(when, time_zone=kept_name(when.time_zone))


def _refuse_nameless(attendees: tuple[Attendee, ...]) -> None:
    if any(not one.address for one in attendees):
        raise RequestRejected


def _present(box: FakeMailbox, event_id: str) -> CalendarEvent | None:
    event = box.events.get(event_id) or find_by_id(box.events.values(), event_id)
    if not isinstance(event, CalendarEvent) or box.place_of(event) is CalendarPlace.NONE:
        return None
    return event


def _put(box: FakeMailbox, event: CalendarEvent) -> CalendarEvent:
    """An occurrence that is changed becomes an exception of its series."""
    if event.series_master_id is None:
        return box.put(event)
    master = box.readable(event.series_master_id)
    others = [one for one in master.exceptions if one.event_id != event.event_id]
    box.put(replace(master, exceptions=(*others, event)))
    stored = _present(box, event.event_id)
    assert stored is not None
    return stored


def _remove(box: FakeMailbox, event: CalendarEvent) -> None:
    if event.series_master_id is None:
        box.remove(event.event_id, for_good=False)
        return
    master = box.readable(event.series_master_id)
    day = original_date(master, event)
    others = tuple(one for one in master.exceptions if one.event_id != event.event_id)
    box.put(replace(master, exceptions=others, cancelled=tuple(sorted({*master.cancelled, day}))))


def _unchanged(box: FakeMailbox, event_id: str, etag: str) -> CalendarEvent:
    event = _present(box, event_id)
    if event is None or event.etag != etag:
        raise EventChangedMeanwhile
    return event


def _marked(box: FakeMailbox) -> list[CalendarEvent]:
    present = (_present(box, event_id) for event_id in box.events)
    return [event for event in present if event is not None and event.marker]


def _told(event: CalendarEvent) -> CalendarEvent:
    listed = told(event)
    assert isinstance(listed, CalendarEvent)
    return listed
