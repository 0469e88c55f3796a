"""What a person does with the meetings of one mailbox."""

from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, request

from liaison_sandbox.model import DELETED_ITEMS, Event
from liaison_sandbox.pages.event_json import shown_text, write_event
from liaison_sandbox.pages.fields import read_fields, read_instant
from liaison_sandbox.pages.people_routes import get_person
from liaison_sandbox.pages.refusals import conflict, missing, wrong
from liaison_sandbox.person import Person
from liaison_sandbox.settings import Settings
from liaison_sandbox.tenant import Tenant

A_YEAR = timedelta(days=366)
ANSWERS = ("accepted", "tentative", "declined")


class EventRoutes:
    def __init__(self, tenant: Tenant, settings: Settings) -> None:
        self._tenant = tenant
        self._settings = settings

    def blueprint(self) -> Blueprint:
        routes = Blueprint("events", __name__, url_prefix="/api/people/<oid>/events")
        for path, method, view in (
            ("", "GET", self.list_events),
            ("", "POST", self.create_event),
            ("/<event_id>", "GET", self.get_event),
            ("/<event_id>", "PATCH", self.change_event),
            ("/<event_id>", "DELETE", self.delete_event),
            ("/<event_id>/answer", "POST", self.answer),
            ("/<event_id>/cancel", "POST", self.cancel),
            ("/<event_id>/move", "POST", self.move),
            ("/<event_id>/copy", "POST", self.copy),
            ("/<event_id>/following", "PATCH", self.change_following),
            ("/<event_id>/following", "DELETE", self.end_before),
        ):
            routes.add_url_rule(path, view_func=view, methods=[method])
        return routes

    def list_events(self, oid: str) -> Response:
        """A series is shown by its occurrences; without bounds, those of a year around now."""
        person = self._owner(oid)
        first, last = _bound("from"), _bound("to")
        now = self._tenant.exchange.clock()
        found = _within([one for one in person.events() if not one.is_master], first, last)
        for master in person.events(type="seriesMaster"):
            found += person.occurrences(master.id, first or now - A_YEAR, last or now + A_YEAR)
        found.sort(key=lambda one: (one.start, one.key))
        return jsonify(items=[self._written(event) for event in found])

    def get_event(self, oid: str, event_id: str) -> Response:
        return jsonify(self._written(self._found(oid, event_id)[1]))

    def create_event(self, oid: str) -> tuple[Response, int]:
        person = self._owner(oid)
        fields = read_fields(request.get_json())
        if "start" not in fields:
            raise wrong("A meeting needs a “start”.")
        event_id = person.create_event(**{"subject": "", **fields})
        return jsonify(self._written(person.event(event_id))), 201

    def change_event(self, oid: str, event_id: str) -> Response:
        person, event = self._found(oid, event_id)
        fields = _changes(event)
        ends_series = fields.get("recurrence", ...) is None
        if ends_series:
            del fields["recurrence"]
        changed = person.make_single(event_id) if ends_series else event
        if fields or not ends_series:
            changed = person.change_event(event_id, **fields)
        return jsonify(self._written(changed))

    def change_following(self, oid: str, event_id: str) -> Response:
        person, event, master = self._found_member(oid, event_id)
        new_id = person.change_from(master.id, _original(event), **_changes(event))
        return jsonify(self._written(person.event(new_id)))

    def end_before(self, oid: str, event_id: str) -> tuple[str, int]:
        person, event, master = self._found_member(oid, event_id)
        person.end_before(master.id, _original(event))
        return "", 204

    def delete_event(self, oid: str, event_id: str) -> tuple[str, int]:
        person, _ = self._found(oid, event_id)
        person.delete_event(event_id)
        return "", 204

    def answer(self, oid: str, event_id: str) -> tuple[str, int]:
        person, event = self._found(oid, event_id)
        given = _given()
        response, send = given.get("response"), given.get("send", True)
        if response not in ANSWERS or not isinstance(send, bool):
            raise wrong("“response” is accepted, tentative or declined; “send” is true or false.")
        _check_answerable(event)
        person.answer(event_id, response, send=send)
        return "", 204

    def cancel(self, oid: str, event_id: str) -> tuple[str, int]:
        person, event = self._found(oid, event_id)
        if not event.is_organizer:
            raise conflict("Only the organizer can cancel a meeting; decline or delete it.")
        if not event.attendees:
            raise conflict("Nobody is invited to this meeting; delete it instead.")
        person.cancel_event(event_id, str(_given().get("comment") or ""))
        return "", 204

    def move(self, oid: str, event_id: str) -> Response:
        person, event = self._found(oid, event_id)
        calendar = str(_given().get("calendar") or "").strip()
        if not calendar or calendar == DELETED_ITEMS:
            raise wrong("Name the calendar to move to.")
        if calendar == event.calendar:
            raise conflict(f"The meeting is in “{calendar}” already.")
        return jsonify(self._written(person.move_event(event_id, calendar)))

    def copy(self, oid: str, event_id: str) -> tuple[Response, int]:
        person, _ = self._found(oid, event_id)
        return jsonify(self._written(person.event(person.copy_event(event_id)))), 201

    def _written(self, event: Event) -> dict[str, Any]:
        return write_event(event, pane_gets_master_id=self._settings.pane_gets_master_id)

    def _found_member(self, oid: str, event_id: str) -> tuple[Person, Event, Event]:
        person, event = self._found(oid, event_id)
        if event.series_master_id is None:
            raise conflict("This meeting is no occurrence of a series.")
        return person, event, person.event(event.series_master_id)

    def _owner(self, oid: str) -> Person:
        person = get_person(self._tenant, oid)
        if person.mailbox_state == "none":
            raise conflict(f"{person.name} has no mailbox.")
        return person

    def _found(self, oid: str, event_id: str) -> tuple[Person, Event]:
        person = self._owner(oid)
        event = person.mailbox.find(event_id)
        if event is None or event.is_deleted:
            raise missing(f"This meeting is not, or no longer, in {person.name}'s calendars.")
        return person, event


def _check_answerable(event: Event) -> None:
    if event.is_organizer:
        raise conflict("You organize this meeting; there is nobody to answer.")
    if event.is_cancelled:
        raise conflict("This meeting was cancelled; it can only be deleted.")


def _given() -> dict[str, Any]:
    given = request.get_json()
    if not isinstance(given, dict):
        raise wrong("Send a JSON object.")
    return given


def _changes(event: Event) -> dict[str, Any]:
    fields = read_fields(request.get_json())
    start, end = fields.get("start", event.start), fields.get("end")
    if end is not None and end < start:
        raise wrong("The meeting ends before it starts.")
    if fields.get("body") == shown_text(event):
        # Saved as it was shown: what cannot be seen of it, links for instance, stays.
        del fields["body"], fields["body_type"]
    return fields


def _original(event: Event) -> date:
    assert event.original_day is not None  # noqa: S101 - every member of a series has one
    return event.original_day


def _bound(name: str) -> datetime | None:
    given = request.args.get(name)
    return None if given is None else read_instant(name, given)


def _within(events: list[Event], first: datetime | None, last: datetime | None) -> list[Event]:
    """Those that touch the time asked for; without a bound that side is open."""
    if first is not None:
        events = [one for one in events if one.end > first or one.start >= first]
    if last is not None:
        events = [one for one in events if one.start < last]
    return events
