"""Reads what a client sends to create or change an event, as strictly as Graph."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from liaison_sandbox.graph import event_parts as parts
from liaison_sandbox.model import Event
from liaison_sandbox.problems import (
    GraphProblem,
    invalid_request,
    property_invalid,
    request_body_invalid,
)

READ_ONLY = frozenset(
    {
        "id", "iCalUId", "isCancelled", "isOrganizer", "changeKey", "createdDateTime",
        "lastModifiedDateTime", "type", "seriesMasterId", "webLink", "bodyPreview",
        "responseStatus", "originalStart", "isDraft", "hasAttachments", "organizer",
        "onlineMeeting", "onlineMeetingUrl", "cancelledOccurrences", "exceptionOccurrences",
        "calendar", "instances",
    }
)  # fmt: skip
_PROPERTY_ID = re.compile(
    r"^(String|Integer|Boolean|Double|SystemTime|Binary|Long|Short|CLSID|Currency|Float|"
    r"ApplicationTime) (\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\} "
    r"(Name .+|Id 0x[0-9a-fA-F]+)|0x[0-9a-fA-F]+)$"
)


def read_new_event(body: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a POST; raises GraphProblem."""
    if body.get("start") is None or body.get("end") is None:
        raise property_invalid("At least one property failed validation: Start, End.")
    fields = _read(body, all_day=False)
    if (transaction_id := body.get("transactionId")) is not None:
        fields["transaction_id"] = parts.text("transactionId", transaction_id)
    _check_times(fields["start"], fields["end"], all_day=fields.get("all_day", False))
    return fields


def read_changes(body: Mapping[str, Any], event: Event) -> dict[str, Any]:
    """The fields of a PATCH on that event; raises GraphProblem."""
    if body.get("transactionId", event.transaction_id) != event.transaction_id:
        raise invalid_request("The transactionId of an event cannot be changed.")
    fields = _read(body, all_day=event.all_day)
    if "properties" in fields:
        fields["properties"] = dict(event.properties) | fields["properties"]
    if {"start", "end", "all_day"} & fields.keys():
        _check_times(
            fields.get("start", event.start),
            fields.get("end", event.end),
            all_day=fields.get("all_day", event.all_day),
        )
    return fields


def _read(body: Mapping[str, Any], *, all_day: bool) -> dict[str, Any]:
    known = [name for name in body if not name.startswith("@odata.") and name != "transactionId"]
    for name in known:
        if name in READ_ONLY:
            raise property_invalid(f"The property '{name}' is read-only and cannot be set.")
        if name not in _READERS:
            raise request_body_invalid(
                f"The property '{name}' does not exist on type 'microsoft.graph.event'. Make sure "
                "to only use property names that are defined by the type."
            )
    fields: dict[str, Any] = {}
    for name in known:
        fields |= _READERS[name](name, body[name])
    if fields.get("all_day", all_day):
        _float_whole_days(body, fields)
    return fields


def _moment(name: str, given: Any) -> dict[str, Any]:
    moment, zone_name = parts.date_time_zone(name, given)
    zone_field = "time_zone" if name == "start" else "end_time_zone"
    return {name: moment, zone_field: zone_name}


def _float_whole_days(body: Mapping[str, Any], fields: dict[str, Any]) -> None:
    """Midnights in one zone, kept as dates."""
    given = [body[name] for name in ("start", "end") if name in body]
    if len({one["timeZone"] for one in given}) > 1:
        raise property_invalid("An all-day event needs the same time zone for start and end.")
    for name in ("start", "end"):
        if name in body:
            local = datetime.fromisoformat(body[name]["dateTime"][:19]).replace(tzinfo=UTC)
            if (local.hour, local.minute, local.second) != (0, 0, 0):
                raise property_invalid(
                    f"The Event.{name.title()} property for an all-day event needs to be set to "
                    "midnight."
                )
            fields[name] = local


def _check_times(start: datetime, end: datetime, *, all_day: bool) -> None:
    if end < start:
        raise property_invalid("The end time must not be earlier than the start time.")
    if not all_day:
        return
    if any((one.hour, one.minute, one.second) != (0, 0, 0) for one in (start, end)):
        raise property_invalid("The times of an all-day event need to be set to midnight.")
    if end - start < timedelta(days=1):
        raise property_invalid("The duration of an all-day event must be at least 24 hours.")


def _plain(field: str, read: Callable[[str, Any], Any]) -> Callable[[str, Any], dict[str, Any]]:
    return lambda name, value: {field: read(name, value)}


def _body(name: str, given: Any) -> dict[str, Any]:
    content, kind = parts.item_body(name, given)
    return {"body": content, "body_type": kind}


def _extended(name: str, given: Any) -> dict[str, Any]:
    found: dict[str, str] = {}
    for one in parts.list_of(name, given):
        if not isinstance(one, Mapping) or not _PROPERTY_ID.match(str(one.get("id", ""))):
            raise GraphProblem(400, "ErrorInvalidProperty", "The property id is not valid.")
        found[one["id"]] = parts.text("value", one.get("value"))
    return {"properties": found}


def _accepted(_name: str, _given: Any) -> dict[str, Any]:
    """Online meetings are accepted and have no effect here."""
    return {}


def _recurrence(name: str, given: Any) -> dict[str, Any]:
    """Read once the start is known: each is checked against the other."""
    if given is not None and not isinstance(given, Mapping):
        raise request_body_invalid(f"'{name}' must be an object.")
    return {"recurrence": given}


_READERS: dict[str, Callable[[str, Any], dict[str, Any]]] = {
    "subject": _plain("subject", parts.text),
    "body": _body,
    "start": _moment,
    "end": _moment,
    "isAllDay": _plain("all_day", parts.flag),
    "location": _plain("locations", parts.one_location),
    "locations": _plain("locations", parts.locations),
    "attendees": _plain("attendees", parts.attendees),
    "categories": _plain("categories", parts.texts),
    "importance": _plain("importance", parts.choice("importance", "low", "normal", "high")),
    "sensitivity": _plain(
        "sensitivity",
        parts.choice("sensitivity", "normal", "personal", "private", "confidential"),
    ),
    "showAs": _plain(
        "show_as",
        parts.choice(
            "freeBusyStatus", "unknown", "free", "tentative", "busy", "oof", "workingElsewhere"
        ),
    ),
    "isReminderOn": _plain("is_reminder_on", parts.flag),
    "reminderMinutesBeforeStart": _plain("reminder_minutes", parts.whole_number),
    "responseRequested": _plain("response_requested", parts.flag),
    "allowNewTimeProposals": _plain("allow_new_time_proposals", parts.flag),
    "hideAttendees": _plain("hide_attendees", parts.flag),
    "singleValueExtendedProperties": _extended,
    "isOnlineMeeting": _accepted,
    "onlineMeetingProvider": _accepted,
    "recurrence": _recurrence,
}
