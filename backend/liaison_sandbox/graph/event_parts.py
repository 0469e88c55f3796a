"""The values inside an event's body, each checked for its type."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from liaison_sandbox.graph.preferences import known_zone
from liaison_sandbox.model import Attendee, Location
from liaison_sandbox.problems import GraphProblem, property_invalid, request_body_invalid
from liaison_sandbox.zones import read_moment, windows_name

MOST_ATTENDEES = 500
Reader = Callable[[str, Any], Any]


def text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _wrong_type(name, value, "Edm.String")
    return value


def flag(name: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise _wrong_type(name, value, "Edm.Boolean")
    return value


def whole_number(name: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong_type(name, value, "Edm.Int32")
    return value


def list_of(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise _wrong_type(name, value, "Collection")
    return value


def texts(name: str, value: Any) -> tuple[str, ...]:
    return tuple(text(name, one) for one in list_of(name, value))


def choice(type_name: str, *allowed: str) -> Reader:
    """Enum values are taken in any case and given back in lower camel case."""
    known = {one.casefold(): one for one in allowed}

    def read(name: str, value: Any) -> str:
        found = known.get(value.casefold()) if isinstance(value, str) else None
        if found is None:
            raise _wrong_type(name, value, f"microsoft.graph.{type_name}")
        return found

    return read


def date_time_zone(name: str, given: Any) -> tuple[datetime, str]:
    """A dateTimeTimeZone as UTC and the zone's Windows name."""
    value = _object(name, given, {"dateTime", "timeZone"})
    zone_name = value.get("timeZone")
    if not isinstance(zone_name, str) or not zone_name:
        raise GraphProblem(
            400, "TimeZoneNotSupportedException", "A valid TimeZone value must be specified."
        )
    zone = known_zone(zone_name)
    moment = read_moment(text("dateTime", value.get("dateTime")))
    if moment is None or moment.tzinfo is not None:
        raise property_invalid(f"The value of {name} is no date and time without an offset.")
    return moment.replace(tzinfo=zone).astimezone(known_zone("UTC")), windows_name(zone_name)


def item_body(name: str, given: Any) -> tuple[str, str]:
    value = _object(name, given, {"content", "contentType"})
    kind = choice("bodyType", "text", "html")("contentType", value.get("contentType", "text"))
    return text("content", value.get("content")), kind


def one_location(name: str, given: Any) -> tuple[Location, ...]:
    """Setting the one location clears the list of several."""
    if given is None:
        return ()
    place = _location(name, given)
    return (place,) if place.display_name else ()


def locations(name: str, given: Any) -> tuple[Location, ...]:
    return tuple(_location(name, one) for one in list_of(name, given))


def attendees(name: str, given: Any) -> tuple[Attendee, ...]:
    if given is None:
        return ()
    found = tuple(_attendee(one) for one in list_of(name, given))
    if len(found) > MOST_ATTENDEES:
        raise property_invalid(f"An event cannot have more than {MOST_ATTENDEES} attendees.")
    return found


def _attendee(given: Any) -> Attendee:
    value = _object("attendees", given, {"emailAddress", "type", "status", "proposedNewTime"})
    email = _object("emailAddress", value.get("emailAddress"), {"name", "address"})
    address = text("address", email.get("address"))
    if "@" not in address:
        raise GraphProblem(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    kind = choice("attendeeType", "required", "optional", "resource")
    return Attendee(
        text("name", email.get("name")) or address,
        address,
        kind("type", value.get("type", "required")),
    )


def _location(name: str, given: Any) -> Location:
    known = {
        "displayName", "address", "coordinates", "locationEmailAddress", "locationType",
        "locationUri", "uniqueId", "uniqueIdType",
    }  # fmt: skip
    value = _object(name, given, known)
    kept = ("address", "coordinates", "locationEmailAddress", "locationUri")
    detail = {one: value[one] for one in kept if value.get(one) is not None}
    return Location(text("displayName", value.get("displayName")), detail)


def _object(name: str, given: Any, known: set[str]) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise _wrong_type(name, given, "an object")
    for one in given:
        if one not in known and not one.startswith("@odata."):
            raise request_body_invalid(f"The property '{one}' does not exist on type '{name}'.")
    return given


def _wrong_type(name: str, value: Any, wanted: str) -> GraphProblem:
    shown = repr(value)[:60]
    return request_body_invalid(
        f"Cannot convert the literal {shown} of '{name}' to the expected type '{wanted}'."
    )
