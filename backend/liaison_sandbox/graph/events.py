"""/users/{id}/events: list, read, create, change, delete."""

import re
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, request

from liaison_sandbox import ids, meetings
from liaison_sandbox.graph import query
from liaison_sandbox.graph.access import Access, find_event, open_mailbox
from liaison_sandbox.graph.answers import answer, nothing, preferences, request_json
from liaison_sandbox.graph.event_body import read_changes, read_new_event
from liaison_sandbox.graph.event_json import etag_of, event_json, id_of, properties_json
from liaison_sandbox.graph.filters import read_filter
from liaison_sandbox.graph.preferences import Preferences
from liaison_sandbox.graph.query import Expansion
from liaison_sandbox.graph.series_json import as_told, members_json
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import CALENDAR, DELETED_ITEMS, Event
from liaison_sandbox.occurrences import series_uid
from liaison_sandbox.problems import GraphProblem, id_malformed

_BY_UID = re.compile(r"iCalUId\s+eq\s+'((?:[^']|'')*)'")
LIST_OPTIONS = frozenset({"$select", "$expand", "$filter", "$top", "$skip", "$orderby", "$count"})


def create_events(world: World) -> Blueprint:
    return _Events(world).blueprint()


class _Events:
    def __init__(self, world: World) -> None:
        self._world = world
        self._lock = world.tenant.exchange.lock

    def blueprint(self) -> Blueprint:
        routes = Blueprint("events", __name__)
        for path in ("/users/<user_id>/events", "/users/<user_id>/calendar/events"):
            routes.add_url_rule(path, view_func=self.list_events)
            routes.add_url_rule(path, view_func=self.create_event, methods=["POST"])
        one = "/users/<user_id>/events/<event_id>"
        routes.add_url_rule(one, view_func=self.get_event)
        routes.add_url_rule(one, view_func=self.change_event, methods=["PATCH"])
        routes.add_url_rule(one, view_func=self.delete_event, methods=["DELETE"])
        return routes

    def list_events(self, user_id: str) -> Response:
        access = open_mailbox(self._world, user_id)
        with self._lock:
            found = _candidates(access, request.args.get("$filter", ""))
            seen = [one for one in found if access.may_see(one)]
            seen.sort(key=lambda one: one.key, reverse=True)
            return list_answer(self._world, access, seen, "events")

    def get_event(self, user_id: str, event_id: str) -> Response:
        access = open_mailbox(self._world, user_id)
        query.allow_only(request.args, {"$select", "$expand"})
        with self._lock:
            event = find_event(self._world, access, checked_id(event_id))
            return event_answer(self._world, access, event)

    def create_event(self, user_id: str) -> Response:
        access = open_mailbox(self._world, user_id, write=True)
        fields = read_new_event(request_json())
        with self._lock:
            known = _find_by_transaction(access, fields.get("transaction_id"))
            if known is not None:
                return _repeated(self._world, access, known, fields)
            owner = access.person.as_address()
            event = meetings.create(self._world.tenant.exchange, access.mailbox, owner, fields)
            return event_answer(self._world, access, event, 201)

    def change_event(self, user_id: str, event_id: str) -> Response:
        access = open_mailbox(self._world, user_id, write=True)
        body = request_json()
        with self._lock:
            event = find_event(self._world, access, checked_id(event_id))
            _check_etag(event)
            fields = read_changes(body, event)
            changed = meetings.change(
                self._world.tenant.exchange,
                access.mailbox,
                event,
                fields,
                exceptions_too=self._world.settings.patched_series_mails_exceptions,
            )
            return event_answer(self._world, access, changed)

    def delete_event(self, user_id: str, event_id: str) -> Response:
        access = open_mailbox(self._world, user_id, write=True)
        with self._lock:
            event = find_event(self._world, access, checked_id(event_id))
            _check_etag(event)
            meetings.delete(
                self._world.tenant.exchange, access.mailbox, event, hard=event.is_deleted
            )
            return nothing()


def _candidates(access: Access, expression: str) -> list[Event]:
    """The one common filter goes by an index; any other looks at the whole mailbox."""
    found = _BY_UID.fullmatch(expression.strip())
    if found is None:
        return access.mailbox.list_events()
    copies = access.mailbox.list_copies(series_uid(found.group(1).replace("''", "'")))
    return [one for one in copies if not one.is_deleted]


def checked_id(event_id: str) -> str:
    """Either form of REST id is taken, whatever is preferred for the answer; no other form."""
    if not ids.is_well_formed(event_id):
        raise id_malformed()
    return event_id


def list_answer(world: World, access: Access, events: list[Event], segment: str) -> Response:
    """A page of the events that pass $filter, with a nextLink while there are more."""
    query.allow_only(request.args, LIST_OPTIONS)
    wanted = preferences()
    page = query.read_page(request.args, wanted)
    names = query.read_select(request.args, query.EVENT_PROPERTIES, "event")
    expansion = _expansion(world)
    events = [as_told(world, one) for one in events]
    if expression := request.args.get("$filter"):
        events = list(filter(read_filter(expression), events))
    events = _ordered(events, request.args.get("$orderby"))
    shown = events[page.skip : page.skip + page.size]
    root = f"users('{access.person.oid}')/{segment}"
    body: dict[str, Any] = {
        "@odata.context": f"{world.root}/$metadata#{root}",
        "value": [_written(world, access, one, wanted, names, expansion) for one in shown],
    }
    if page.skip + page.size < len(events):
        address = f"{world.root}/users/{access.person.oid}/{segment}"
        body["@odata.nextLink"] = query.next_link(address, request.args.to_dict(), page)
    return answer(body)


def event_answer(world: World, access: Access, event: Event, status: int = 200) -> Response:
    wanted = preferences()
    names = query.read_select(request.args, query.EVENT_PROPERTIES, "event")
    expansion = _expansion(world)
    root = f"{world.root}/$metadata#users('{access.person.oid}')/events/$entity"
    written = _written(world, access, as_told(world, event), wanted, names, expansion)
    address = f"{world.root}/users/{access.person.oid}/events/{id_of(event, wanted)}"
    headers = {"ETag": etag_of(event)} | ({"Location": address} if status == 201 else {})  # noqa: PLR2004 - an HTTP status
    return answer({"@odata.context": root} | written, status, headers)


def _expansion(world: World) -> Expansion:
    return query.read_expand(request.args, knows_exceptions=world.settings.knows_series_members)


def _written(
    world: World,
    access: Access,
    event: Event,
    wanted: Preferences,
    names: frozenset[str],
    expansion: Expansion,
) -> dict[str, Any]:
    limited = access.hides(event)
    written = query.select(
        event_json(event, wanted, world.page_of(access.person), limited=limited), names
    )
    written |= members_json(world, access, event, wanted, names, expansion)
    if expansion.calendar:
        written["calendar"] = calendar_json(access, event.calendar)
    found = properties_json(event, list(expansion.properties))
    # Without a hit Graph leaves the name out.
    if found and not limited:
        written["singleValueExtendedProperties"] = found
    return written


def calendar_json(access: Access, name: str) -> dict[str, Any]:
    """Deleted Items is a folder: it comes as a calendar nobody can edit and no list names."""
    is_calendar = name != DELETED_ITEMS
    owner = access.person
    return {
        "id": access.mailbox.folder_id(name),
        "name": name,
        "color": "auto",
        "hexColor": "",
        "isDefaultCalendar": name == CALENDAR,
        "changeKey": access.mailbox.folder_part(name),
        "canShare": is_calendar,
        "canViewPrivateItems": access.sees_private,
        "canEdit": is_calendar and access.owns,
        "isTallyingResponses": name == CALENDAR,
        "isRemovable": name not in (CALENDAR, DELETED_ITEMS),
        "owner": {"name": owner.name, "address": owner.address},
    }


def _ordered(events: list[Event], order: str | None) -> list[Event]:
    if not order:
        return events
    field, _, direction = order.partition(" ")
    known = {
        "start/dateTime": "start",
        "end/dateTime": "end",
        "subject": "subject",
        "createdDateTime": "created_at",
        "lastModifiedDateTime": "changed_at",
    }
    if field not in known or direction.strip() not in ("", "asc", "desc"):
        raise GraphProblem(400, "ErrorInvalidProperty", f"Cannot order by '{order}'.")
    name = known[field]
    return sorted(events, key=lambda one: getattr(one, name), reverse=direction.strip() == "desc")


def _check_etag(event: Event) -> None:
    wanted = request.headers.get("If-Match", "*")
    if wanted not in ("*", etag_of(event)):
        raise GraphProblem(
            412,
            "ErrorIrresolvableConflict",
            "The send or update operation could not be performed because the change key passed "
            "in the request does not match the current change key for the item.",
        )


def _find_by_transaction(access: Access, transaction_id: str | None) -> Event | None:
    if transaction_id is None:
        return None
    key = access.mailbox.key_of_transaction(transaction_id)
    return None if key is None else access.mailbox.find_by_key(key)


def _repeated(world: World, access: Access, known: Event, fields: Mapping[str, Any]) -> Response:
    """The redundant POST makes nothing; what it answers is a habit nobody documented.

    Only the refusal of another event under the same transactionId has been seen.
    """
    is_same = all(getattr(known, name) == fields[name] for name in ("start", "end"))
    if not is_same or world.settings.repeated_transaction_status == 409:  # noqa: PLR2004 - an HTTP status
        raise GraphProblem(
            409,
            "ErrorDuplicateTransactionId",
            "Your request can't be completed. The TransactionId was used for another event.",
        )
    return event_answer(world, access, known, 201)
