"""What is done with a meeting: cancel as its organizer, answer as an attendee."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response

from liaison_sandbox import answers, meetings
from liaison_sandbox.graph.access import Access, find_event, open_mailbox
from liaison_sandbox.graph.answers import nothing, request_json
from liaison_sandbox.graph.events import checked_id
from liaison_sandbox.graph.world import World
from liaison_sandbox.model import Event
from liaison_sandbox.problems import invalid_request, request_body_invalid

ACCEPTED = 202
_ANSWERS = {
    "accept": "accepted",
    "decline": "declined",
    "tentativelyAccept": "tentativelyAccepted",
}


def create_actions(world: World) -> Blueprint:
    actions = Blueprint("actions", __name__)

    def cancel(user_id: str, event_id: str) -> Response:
        access = open_mailbox(world, user_id, write=True)
        _parameters({"comment"})
        with world.tenant.exchange.lock:
            event = find_event(world, access, checked_id(event_id))
            if not event.is_organizer:
                raise invalid_request(
                    "Your request can't be completed. You need to be an organizer to cancel a "
                    "meeting."
                )
            if not event.attendees:
                raise invalid_request("Your request can't be completed. It is no meeting.")
            if event.is_deleted:
                raise invalid_request("Your request can't be completed. It was cancelled before.")
            meetings.cancel(world.tenant.exchange, access.mailbox, event)
            return nothing(ACCEPTED)

    actions.add_url_rule(f"{_EVENT}/cancel", view_func=cancel, methods=["POST"])
    for name, response in _ANSWERS.items():
        view = _answering(world, response)
        actions.add_url_rule(f"{_EVENT}/{name}", name, view_func=view, methods=["POST"])
    return actions


_EVENT = "/users/<user_id>/events/<event_id>"


def _answering(world: World, response: str) -> Callable[[str, str], Response]:
    def respond(user_id: str, event_id: str) -> Response:
        access = open_mailbox(world, user_id, write=True)
        given = _parameters({"comment", "sendresponse", "proposednewtime"})
        send = given.get("sendresponse", True)
        if not isinstance(send, bool):
            raise request_body_invalid("sendResponse must be a boolean.")
        with world.tenant.exchange.lock:
            event = find_event(world, access, checked_id(event_id))
            _check_may_answer(event)
            _respond(world, access, event, response, send=send)
            return nothing(ACCEPTED)

    return respond


def _respond(world: World, access: Access, event: Event, response: str, *, send: bool) -> None:
    answers.respond(world.tenant.exchange, access.mailbox, event, response, send=send)


def _check_may_answer(event: Event) -> None:
    if event.is_organizer:
        raise invalid_request(
            "Your request can't be completed. You can't respond to this meeting because you're "
            "the meeting organizer."
        )
    if event.is_cancelled:
        raise invalid_request("Your request can't be completed. The meeting was cancelled.")
    if not event.response_requested:
        raise invalid_request(
            "Your request can't be completed. The meeting organizer hasn't requested a response."
        )


def _parameters(known: set[str]) -> Mapping[str, Any]:
    """Parameter names are taken in any case: metadata and documentation differ in it."""
    given = {name.casefold(): value for name, value in request_json().items()}
    for name in given:
        if name not in known:
            raise request_body_invalid(f"The parameter '{name}' is not known to this action.")
    return given
