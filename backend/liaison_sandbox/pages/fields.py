"""Reads what a page sends about an event, or says in one sentence what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from liaison_sandbox.pages.refusals import wrong
from liaison_sandbox.zones import find_zone

ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
SENSITIVITIES = ("normal", "personal", "private", "confidential")
ATTENDEE_TYPES = ("required", "optional", "resource")


def read_fields(given: object) -> dict[str, Any]:
    """As Person.create_event and change_event take them; only what was sent."""
    if not isinstance(given, dict):
        raise wrong("Send the meeting as a JSON object.")
    unknown = sorted(set(given) - set(READERS))
    if unknown:
        raise wrong(f"A meeting has no “{unknown[0]}”.")
    fields: dict[str, Any] = {
        NAMES.get(name, name): READERS[name](name, value) for name, value in given.items()
    }
    _check_times(fields, given)
    if "body" in fields:
        fields["body_type"] = "text"
    return fields


def read_instant(name: str, value: object) -> datetime:
    """A moment with an offset, or a date, which is its midnight in UTC."""
    try:
        text = str(value)
        moment = datetime.fromisoformat(text)
        day_only = date.fromisoformat(text[:10]).isoformat() == text
    except ValueError:
        raise wrong(f"“{name}” is no date or time: {str(value)[:40]}") from None
    if moment.tzinfo is None and not day_only:
        raise wrong(f"“{name}” needs an offset, such as Z: {text}")
    return moment.replace(tzinfo=UTC) if day_only else moment.astimezone(UTC)


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise wrong(f"“{name}” is a text.")
    return value


def _flag(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise wrong(f"“{name}” is true or false.")
    return value


def _sensitivity(name: str, value: object) -> str:
    if value not in SENSITIVITIES:
        raise wrong(f"“{name}” is one of {', '.join(SENSITIVITIES)}.")
    return str(value)


def _zone(name: str, value: object) -> str:
    if find_zone(_text(name, value)) is None:
        raise wrong(f"{str(value)[:40]} is no time zone.")
    return str(value)


def _recurrence(name: str, value: object) -> object:
    """Whether it can be held is said where it is kept; here only its shape is looked at."""
    if value is None:
        return None
    parts = [value.get("pattern"), value.get("range", {})] if isinstance(value, dict) else [None]
    if not all(isinstance(one, dict) for one in parts):
        raise wrong(f"“{name}” has a pattern and a range.")
    span = parts[1] or {}
    if any(isinstance(one, list | dict) for one in span.values()):
        raise wrong(f"The range of “{name}” has plain values only.")
    return value


def _attendees(name: str, value: object) -> list[dict[str, str]]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise wrong(f"“{name}” is a list of people with name, address and type.")
    return [_attendee(one) for one in value]


def _attendee(given: Mapping[str, object]) -> dict[str, str]:
    address = str(given.get("address") or "").strip()
    if not ADDRESS.fullmatch(address):
        raise wrong(f"“{address or given.get('name', '')}” is no mail address.")
    kind = given.get("type", "required")
    if kind not in ATTENDEE_TYPES:
        raise wrong(f"A person is {', '.join(ATTENDEE_TYPES)}; not “{kind}”.")
    return {"name": str(given.get("name") or address), "address": address, "type": str(kind)}


def _check_times(fields: dict[str, Any], given: Mapping[str, object]) -> None:
    start, end = fields.get("start"), fields.get("end")
    if "allDay" in given and start is None:
        raise wrong("With “allDay” goes “start”.")
    if start is None or end is None:
        return
    if end < start:
        raise wrong("The meeting ends before it starts.")
    if fields.get("all_day") and end.date() <= start.date():
        raise wrong("A whole day ends at the next midnight or later.")


NAMES: Mapping[str, str] = {"allDay": "all_day", "timeZone": "time_zone"}
READERS: Mapping[str, Callable[[str, object], Any]] = {
    "subject": _text,
    "body": _text,
    "location": _text,
    "start": read_instant,
    "end": read_instant,
    "timeZone": _zone,
    "allDay": _flag,
    "sensitivity": _sensitivity,
    "attendees": _attendees,
    "recurrence": _recurrence,
}
