"""An event as the page reads it."""

from datetime import UTC, datetime
from typing import Any

from liaison_sandbox import ids
from liaison_sandbox.graph.texts import as_text
from liaison_sandbox.model import Event
from liaison_sandbox.zones import find_zone


def write_event(event: Event, *, pane_gets_master_id: bool = False) -> dict[str, Any]:
    """Times are instants in UTC; a whole-day event floats: its midnights look like UTC."""
    pane_id = (event.series_master_id if pane_gets_master_id else None) or event.id
    original = event.original_start
    return {
        "id": event.id,
        "ewsId": ids.to_ews(pane_id),
        "icalUid": event.ical_uid,
        "subject": event.subject,
        "start": write_instant(event.start),
        "end": write_instant(event.end),
        "timeZone": _zone_name(event.time_zone),
        "allDay": event.all_day,
        "location": event.location,
        "body": shown_text(event),
        "organizer": {"name": event.organizer.name, "address": event.organizer.address},
        "isOrganizer": event.is_organizer,
        "isCancelled": event.is_cancelled,
        "sensitivity": event.sensitivity,
        "responseStatus": event.response,
        "attendees": [
            {
                "name": one.name,
                "address": one.address,
                "type": one.type,
                "response": one.response,
            }
            for one in event.attendees
        ],
        "calendar": event.calendar,
        "type": event.type,
        "seriesMasterId": event.series_master_id,
        "originalStart": None if original is None else write_instant(original),
        "recurrence": event.recurrence,
    }


def shown_text(event: Event) -> str:
    """What a person reads of the text, and edits."""
    return as_text(event.body, event.body_type).replace("\r\n", "\n")


def write_instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _zone_name(exchange_name: str) -> str:
    zone = find_zone(exchange_name)
    return exchange_name if zone is None else zone.key
