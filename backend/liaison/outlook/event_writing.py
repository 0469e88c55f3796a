"""Our words for an event, to the JSON that Graph takes. Pure; the other direction is event_mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

from liaison.errors import RequestRejected
from liaison.outlook.event_mapping import MARKER
from liaison.outlook.graph_values import clean, word
from liaison.outlook.model import Attendee, EventChanges, EventDraft
from liaison.outlook.recurrence_writing import recurrence_json
from liaison.outlook.time_zones import outlook_name
from liaison.recurrence.model import Recurrence
from liaison.times import When

Json = dict[str, Any]
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")


def draft_json(draft: EventDraft) -> Json:
    """The body of a POST that makes the event."""
    repeats = {"recurrence": recurrence_json(draft.recurrence)} if draft.recurrence else {}
    return {
        "subject": draft.subject,
        "body": _text(draft.notes),
        **_times(draft.when, draft.recurrence),
        "location": _place(draft.place),
        "attendees": _attendees(draft.attendees),
        **repeats,
        **({"categories": list(draft.categories)} if draft.categories else {}),
        "transactionId": draft.transaction_id,
        "singleValueExtendedProperties": [{"id": MARKER, "value": draft.marker}],
    }


def changes_json(changes: EventChanges) -> Json:
    """The body of a PATCH: the members that change, whole, and no other.

    A place replaces all places. Nobody can be left out of the attendees by accident: it is the whole list.
    """
    written: Json = {}
    if changes.subject is not None:
        written["subject"] = changes.subject
    if changes.notes is not None:
        written["body"] = _text(changes.notes)
    if changes.when is not None:
        written |= _times(changes.when, changes.recurrence)
    if changes.place is not None:
        written["location"] = _place(changes.place)
    if changes.attendees is not None:
        written["attendees"] = _attendees(changes.attendees)
    if changes.recurrence is not None:
        written["recurrence"] = recurrence_json(changes.recurrence)
    elif changes.ends_series:
        written["recurrence"] = None
    return written


def body_with_lines(body: Mapping[str, Any], lines: Iterable[str]) -> Json:
    """The body of an event with these lines as its last paragraph; addresses among them can be clicked."""
    content = clean(body.get("content"))
    if word(body.get("contentType")) != "html":
        return _text("\n\n".join(filter(None, [content, "\n".join(lines)])))
    paragraph = f"<p>{'<br>'.join(map(_line, lines))}</p>"
    ends = [content.lower().rfind(tag) for tag in ("</body>", "</html>")]
    end = next((place for place in ends if place >= 0), len(content))
    return {"contentType": "html", "content": content[:end] + paragraph + content[end:]}


def _line(line: str) -> str:
    return _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(line))


def _text(notes: str) -> Json:
    return {"contentType": "text", "content": notes}


def _place(name: str) -> Json:
    return {"displayName": name}


def _times(when: When, recurrence: Recurrence | None) -> Json:
    """Whole days as two midnights of one zone, the end after the last day. A series stands in the zone of its pattern."""
    if recurrence is not None:
        when = replace(when, time_zone=recurrence.range.time_zone)
    if isinstance(when.start, datetime) and isinstance(when.end, datetime):
        start, end, zone = _local_times(when.start, when.end, when.time_zone)
        if recurrence is None and not _means(start, end, when):
            start, end, zone = when.start.astimezone(UTC), when.end.astimezone(UTC), "UTC"
        return {"start": _moment(start, zone), "end": _moment(end, zone), "isAllDay": False}
    zone = outlook_name(when.time_zone) or "UTC"
    after = _midnight(when.end) + timedelta(days=1)
    return {
        "start": _moment(_midnight(when.start), zone),
        "end": _moment(after, zone),
        "isAllDay": True,
    }


def _local_times(start: datetime, end: datetime, iana: str) -> tuple[datetime, datetime, str]:
    """On the wall of the meeting's zone. One that Windows does not know is sent by its own name."""
    zone = ZoneInfo(iana)
    return start.astimezone(zone), end.astimezone(zone), outlook_name(iana) or iana


def _means(start: datetime, end: datetime, when: When) -> bool:
    """Whether the wall says it all: clocks show some hours twice, and not every zone is known to Windows.

    A series has to stand on the wall of its own zone whatever that says.
    """
    return not start.fold and not end.fold and bool(outlook_name(when.time_zone))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def _moment(local: datetime, zone: str) -> Json:
    return {"dateTime": local.replace(tzinfo=None).isoformat(), "timeZone": zone}


def _attendees(attendees: Iterable[Attendee]) -> list[Json]:
    return [_attendee(one) for one in attendees]


def _attendee(one: Attendee) -> Json:
    if not one.address:
        # Written without him, the list would take him out of the meeting.
        raise RequestRejected("Somebody in this meeting has no address that can be written.")
    return {
        "type": one.role.value,
        "emailAddress": {"address": one.address, "name": one.name or one.address},
    }
