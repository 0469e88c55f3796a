"""The people of an event: its organizer and whom it invites. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.outlook.graph_values import clean, record, records, word
from liaison.outlook.model import Attendee, Organizer, Response, Role

_ROLES = {role.value: role for role in Role}
_RESPONSES = {
    "none": Response.NONE,
    "organizer": Response.ORGANIZER,
    "accepted": Response.ACCEPTED,
    "tentativelyaccepted": Response.TENTATIVE,
    "declined": Response.DECLINED,
    "notresponded": Response.NOT_RESPONDED,
}


def organizer_of(fields: Mapping[str, Any]) -> Organizer:
    """Who organizes it; without name and address where Graph names nobody."""
    return Organizer(*_name_and_address(fields.get("organizer")))


def attendees_of(fields: Mapping[str, Any], organizer: Organizer) -> tuple[Attendee, ...]:
    """Whom it invites, in Graph's order. Exchange lists the organizer among them; here he never is."""
    found = (_attendee(item) for item in records(fields.get("attendees")))
    return tuple(
        attendee
        for attendee in found
        if attendee.response is not Response.ORGANIZER
        and (attendee.name or attendee.address)
        and not (attendee.address and attendee.address == organizer.address)
    )


def is_organizers_copy(fields: Mapping[str, Any]) -> bool:
    """Whether the owner of the mailbox organizes it; where that is not told, his own answer tells it."""
    told = fields.get("isOrganizer")
    if told is None:
        return _response_of(fields.get("responseStatus")) is Response.ORGANIZER
    return told is True


def own_response_of(fields: Mapping[str, Any]) -> Response:
    """What the owner of an invitee's copy answered; who has not answered yet is told as elsewhere."""
    found = _response_of(fields.get("responseStatus"))
    is_no_answer = found in {Response.ORGANIZER, Response.NOT_RESPONDED}
    return Response.NONE if is_no_answer else found


def usable_address(text: str) -> str:
    """The mail address, lower-case; empty for what is none, such as Exchange's X.500 names."""
    address = text.strip().casefold()
    for prefix in ("smtp:", "mailto:"):
        address = address.removeprefix(prefix)
    local, at, domain = address.rpartition("@")
    is_usable = at and local and domain and not address.startswith("/") and " " not in address
    return address if is_usable else ""


def _attendee(item: Mapping[str, Any]) -> Attendee:
    name, address = _name_and_address(item)
    return Attendee(
        name=name,
        address=address,
        role=_ROLES.get(word(item.get("type")), Role.REQUIRED),
        response=_response_of(item.get("status")),
    )


def _response_of(status: Any) -> Response:
    return _RESPONSES.get(word(record(status).get("response")), Response.NONE)


def _name_and_address(item: Any) -> tuple[str, str]:
    email = record(record(item).get("emailAddress"))
    raw = clean(email.get("address"))
    address = usable_address(raw)
    name = clean(email.get("name")).strip()
    # Without a name of its own, what stands in the address' place is all that tells who it is.
    return name or (raw.strip() if not address else ""), address
