"""/users/{id}/translateExchangeIds: from one form of an id to another, within one mailbox."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response

from liaison_sandbox import ids
from liaison_sandbox.graph.access import Access, open_mailbox
from liaison_sandbox.graph.answers import answer, request_json
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import Event
from liaison_sandbox.problems import invalid_request, request_body_invalid

MOST_IDS = 1000

_READ: Mapping[str, Callable[[str], str | None]] = {
    "entryid": ids.from_entry,
    "ewsid": ids.from_ews,
    "immutableentryid": ids.from_entry,
    "restid": lambda given: given,
    "restimmutableentryid": lambda given: given,
}
_WRITE: Mapping[str, Callable[[Event], str]] = {
    "entryid": lambda event: ids.to_entry(event.id),
    "ewsid": lambda event: ids.to_ews(event.id),
    "immutableentryid": lambda event: ids.to_entry(event.immutable_id),
    "restid": lambda event: event.id,
    "restimmutableentryid": lambda event: event.immutable_id,
}
_IMMUTABLE = ("immutableentryid", "restimmutableentryid")


def create_exchange_ids(world: World) -> Blueprint:
    exchange_ids = Blueprint("exchange_ids", __name__)

    def translate(user_id: str) -> Response:
        access = open_mailbox(world, user_id, "ExchangeIds")
        given = {name.casefold(): value for name, value in request_json().items()}
        source, target = _id_type(given, "sourceidtype"), _id_type(given, "targetidtype")
        wanted = _input_ids(given)
        with world.tenant.exchange.lock:
            results = [_translated(access, one, source, target) for one in wanted]
        context = f"{world.root}/$metadata#Collection(microsoft.graph.convertIdResult)"
        return answer({"@odata.context": context, "value": results})

    exchange_ids.add_url_rule(
        "/users/<user_id>/translateExchangeIds", view_func=translate, methods=["POST"]
    )
    return exchange_ids


def _translated(access: Access, given: str, source: str, target: str) -> dict[str, Any]:
    """An id of another mailbox is as unknown as one that never was."""
    rest_id = _READ[source](given)
    malformed = rest_id is None or not ids.is_well_formed(rest_id)
    if malformed or ids.is_immutable(rest_id or "") != (source in _IMMUTABLE):
        return _failed(given, "ErrorInvalidIdMalformed", "Id is malformed.")
    event = access.mailbox.find(rest_id or "")
    if event is None:
        message = "The specified object was not found in the store."
        return _failed(given, "ErrorItemNotFound", message)
    return {"sourceId": given, "targetId": _WRITE[target](event)}


def _failed(given: str, code: str, message: str) -> dict[str, Any]:
    return {
        "sourceId": given,
        "targetId": None,
        "errorDetails": {"code": code, "message": message},
    }


def _id_type(given: Mapping[str, Any], name: str) -> str:
    value = str(given.get(name, "")).casefold()
    if value not in _READ:
        raise request_body_invalid(f"'{value}' is no member of 'microsoft.graph.exchangeIdFormat'.")
    return value


def _input_ids(given: Mapping[str, Any]) -> list[str]:
    wanted = given.get("inputids")
    if not isinstance(wanted, list) or not all(isinstance(one, str) for one in wanted):
        raise request_body_invalid("inputIds must be a collection of strings.")
    if not 0 < len(wanted) <= MOST_IDS:
        raise invalid_request(f"Between 1 and {MOST_IDS} ids can be translated at once.")
    return wanted
