"""Graph's JSON of an event, to our words. Pure; tolerant of nulls, odd cases and unknown values.

What cannot be read becomes an `UnreadableEvent` whose sentence tells no content, so that one bad item never
stops its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from liaison.outlook.body_text import plain_text
from liaison.outlook.event_people import (
    attendees_of,
    is_organizers_copy,
    organizer_of,
    own_response_of,
)
from liaison.outlook.graph_values import clean, members, record, records, word
from liaison.outlook.model import (
    CalendarEvent,
    EventIdentity,
    EventKind,
    Sensitivity,
    UnreadableEvent,
)
from liaison.outlook.recurrence_mapping import cancelled_days, read_recurrence
from liaison.outlook.time_zones import iana_name, instant
from liaison.recurrence.model import ImpossibleRecurrence
from liaison.times import When

Json = Mapping[str, Any]

# What a single reading asks for; delta takes no $select and brings everything.
EVENT_FIELDS = [
    "id", "iCalUId", "type", "subject", "body", "start", "end", "isAllDay", "originalStartTimeZone",
    "location", "locations", "organizer", "isOrganizer", "attendees", "responseStatus", "isCancelled", "sensitivity",
    "categories", "seriesMasterId", "originalStart", "webLink", "lastModifiedDateTime", "recurrence",
]  # fmt: skip
# What a series master tells beyond that; the exceptions must be expanded, too.
EXCEPTIONS, CANCELLED = "exceptionOccurrences", "cancelledOccurrences"

# Our extended property (installation/activity): it stays on the item, wherever that is moved or copied to.
MARKER = "String {7c1d9a52-4e0b-4b6e-9f35-6a8d2c71e0b4} Name LiaisonActivity"
MARKER_EXPANSION = f"singleValueExtendedProperties($filter=id eq '{MARKER}')"

IDENTITY_FIELDS = ["id", "iCalUId", "type", "seriesMasterId", "originalStart"]

_KINDS = {
    "singleinstance": EventKind.SINGLE_INSTANCE,
    "seriesmaster": EventKind.SERIES_MASTER,
    "occurrence": EventKind.OCCURRENCE,
    "exception": EventKind.EXCEPTION,
}
_SENSITIVITIES = {sensitivity.value: sensitivity for sensitivity in Sensitivity}
_FRACTION = re.compile(r"\.\d+")


class _Unreadable(ValueError):
    """Says in a sentence without content why an event cannot be read."""


def read_event(item: Any) -> CalendarEvent | UnreadableEvent:
    """One event as Graph returned it."""
    fields = record(item)
    event_id = clean(fields.get("id"))
    if not event_id:
        return UnreadableEvent("", "It has no id.")
    try:
        return _event(event_id, fields)
    except (_Unreadable, ImpossibleRecurrence) as problem:
        return UnreadableEvent(event_id, str(problem))


def read_events(items: Iterable[Any]) -> list[CalendarEvent]:
    """The readable ones of a list."""
    found = (read_event(item) for item in items)
    return [event for event in found if isinstance(event, CalendarEvent)]


def read_identity(item: Any) -> EventIdentity | None:
    """What tells one event from others; None where not even its kind can be read."""
    fields = record(item)
    event_id, kind = clean(fields.get("id")), _KINDS.get(word(fields.get("type")))
    if not event_id or kind is None:
        return None
    return EventIdentity(
        event_id=event_id,
        ical_uid=clean(fields.get("iCalUId")),
        kind=kind,
        series_master_id=clean(fields.get("seriesMasterId")) or None,
        original_start=_moment(fields.get("originalStart")),
        marker=read_marker(fields),
    )


def read_marker(fields: Json) -> str | None:
    """Our extended property, where it was expanded and the item carries it. Graph may write its GUID in any case."""
    found = records(fields.get("singleValueExtendedProperties"))
    ours = (clean(one.get("value")) for one in found if word(one.get("id")) == MARKER.casefold())
    return next(filter(None, ours), None)


def _event(event_id: str, fields: Json) -> CalendarEvent:
    kind = _KINDS.get(word(fields.get("type")))
    if kind is None:
        raise _Unreadable("Its type is unknown.")
    ical_uid = clean(fields.get("iCalUId"))
    if not ical_uid:
        raise _Unreadable("It has no iCalUId.")
    organizer = organizer_of(fields)
    names = _places(fields)
    is_series = kind is EventKind.SERIES_MASTER
    recurrence = read_recurrence(fields) if is_series else None
    zone = recurrence.range.time_zone if recurrence else _zone(fields)
    return CalendarEvent(
        event_id=event_id,
        ical_uid=ical_uid,
        etag=clean(fields.get("@odata.etag")),
        kind=kind,
        subject=clean(fields.get("subject")),
        notes=_notes(record(fields.get("body"))),
        when=_when(fields, zone or "UTC"),
        place="; ".join(names),
        places=len(names),
        organizer=organizer,
        is_organizer=is_organizers_copy(fields),
        attendees=attendees_of(fields, organizer),
        own_response=own_response_of(fields),
        is_cancelled=fields.get("isCancelled") is True,
        sensitivity=_sensitivity(fields.get("sensitivity")),
        categories=tuple(filter(None, map(clean, members(fields.get("categories"))))),
        series_master_id=clean(fields.get("seriesMasterId")) or None,
        original_start=_moment(fields.get("originalStart")),
        web_link=clean(fields.get("webLink")) or None,
        last_modified=_moment(fields.get("lastModifiedDateTime")),
        marker=read_marker(fields),
        recurrence=recurrence,
        exceptions=_exceptions(event_id, fields, zone) if is_series else (),
        cancelled=cancelled_days(fields.get(CANCELLED)) if is_series else (),
        knows_exceptions=is_series and _tells_exceptions(fields),
    )


def _tells_exceptions(fields: Json) -> bool:
    """Whether all of them were told: not every service knows of them, and a long list may come in parts."""
    both = isinstance(fields.get(EXCEPTIONS), list) and isinstance(fields.get(CANCELLED), list)
    return both and f"{EXCEPTIONS}@odata.nextLink" not in fields


def _exceptions(master_id: str, fields: Json, zone: str | None) -> tuple[CalendarEvent, ...]:
    found = []
    for item in members(fields.get(EXCEPTIONS)):
        given = {name: value for name, value in record(item).items() if value is not None}
        given["originalStartTimeZone"] = _zone(given) or zone
        inherited = {"iCalUId": fields.get("iCalUId"), "type": "exception"}
        exception = read_event(inherited | given | {"seriesMasterId": master_id})
        if isinstance(exception, UnreadableEvent) or exception.original_start is None:
            # Without it the series would show what is not so.
            raise _Unreadable("One of its changed occurrences cannot be read.")
        found.append((exception.original_start, exception))
    return tuple(exception for _, exception in sorted(found, key=lambda pair: pair[0]))


def _notes(body: Json) -> str:
    return clean(plain_text(clean(body.get("content")), clean(body.get("contentType"))))


def _places(fields: Json) -> list[str]:
    several = (clean(place.get("displayName")) for place in records(fields.get("locations")))
    names = [name for name in several if name]
    return names or [
        name for name in [clean(record(fields.get("location")).get("displayName"))] if name
    ]


def _sensitivity(value: Any) -> Sensitivity:
    # A value that we do not know was set to keep something from somebody.
    return _SENSITIVITIES.get(word(value) or "normal", Sensitivity.PRIVATE)


def _zone(fields: Json) -> str | None:
    """The zone in which the event was made; a series is told in that of its pattern, whose days and hours it means."""
    return iana_name(clean(fields.get("originalStartTimeZone")))


def _when(fields: Json, zone: str) -> When:
    start, end = _local(fields.get("start")), _local(fields.get("end"))
    if fields.get("isAllDay") is True:
        first, after = (_day(local, zone) for local in (start, end))
        return When(first, max(first, after - timedelta(days=1)), zone)
    starts_at, ends_at = _instant(*start), _instant(*end)
    if ends_at < starts_at:
        raise _Unreadable("It ends before it starts.")
    return When(starts_at, ends_at, zone)


def _local(value: Any) -> tuple[datetime, str]:
    fields = record(value)
    moment = _parsed(fields.get("dateTime"))
    if moment is None:
        raise _Unreadable("Its start or end is missing or no time.")
    return moment, clean(fields.get("timeZone")) or "UTC"


def _instant(moment: datetime, zone: str) -> datetime:
    known = instant(moment, zone)
    if known is None:
        raise _Unreadable("Its start or end is in an unknown time zone.")
    return known


def _day(local: tuple[datetime, str], zone: str) -> date:
    """The day meant by an all-day start or end: that of the nearest midnight in the event's own zone, as far as it is known."""
    moment, given_zone = local
    if moment.time() == time():
        return moment.date()
    there = _instant(moment, given_zone).astimezone(ZoneInfo(zone))
    return (there.replace(tzinfo=None) + timedelta(hours=12)).date()


def _moment(value: Any) -> datetime | None:
    moment = _parsed(value)
    if moment is None:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _parsed(value: Any) -> datetime | None:
    try:
        # Seven digits of a second and more are written; they never mean anything here.
        return datetime.fromisoformat(_FRACTION.sub("", clean(value)))
    except ValueError:
        return None
