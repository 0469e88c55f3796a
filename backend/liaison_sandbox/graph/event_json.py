"""An event as Graph writes it."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from liaison_sandbox.graph.preferences import Preferences
from liaison_sandbox.graph.texts import PREVIEW_LENGTH, as_html, as_text
from liaison_sandbox.model import Attendee, Event
from liaison_sandbox.zones import write_instant, write_moment

NEVER = "0001-01-01T00:00:00Z"
# An occurrence in a delta round has nothing else; the rest must be read from its master.
SKELETON = ("@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end")


def etag_of(event: Event) -> str:
    return f'W/"{event.change_key}"'


def id_of(event: Event, preferences: Preferences) -> str:
    return event.immutable_id if preferences.immutable_ids else event.id


def event_json(
    event: Event, preferences: Preferences, calendar_page: str, *, limited: bool = False
) -> dict[str, Any]:
    """`calendar_page`: where its owner looks at it. `limited`: what a delegate sees of a private item."""
    written = _head(event, preferences) | _times(event, preferences)
    written["webLink"] = f"{calendar_page}&event={quote(event.immutable_id)}"
    if event.original_start is not None:
        written["originalStart"] = write_instant(event.original_start)
    written |= _nothing(event) if limited else _content(event, preferences)
    return written | dict(event.oddities)


def skeleton_json(event: Event, preferences: Preferences) -> dict[str, Any]:
    head = _head(event, preferences) | _times(event, preferences)
    full = head | {"@odata.type": "#microsoft.graph.event"}
    return {name: full[name] for name in SKELETON}


def properties_json(event: Event, wanted: list[str]) -> list[dict[str, str]]:
    """Names are compared case-sensitively."""
    return [
        {"id": name, "value": event.properties[name]} for name in wanted if name in event.properties
    ]


def _head(event: Event, preferences: Preferences) -> dict[str, Any]:
    return {
        "@odata.etag": etag_of(event),
        "id": id_of(event, preferences),
        "createdDateTime": write_instant(event.created_at),
        "lastModifiedDateTime": write_instant(event.changed_at),
        "changeKey": event.change_key,
        "iCalUId": event.ical_uid,
        "isAllDay": event.all_day,
        "isCancelled": event.is_cancelled,
        "isOrganizer": event.is_organizer,
        "isDraft": False,
        "type": event.type,
        "seriesMasterId": _master_id(event, preferences),
        "sensitivity": event.sensitivity,
        "showAs": event.show_as,
        "isOnlineMeeting": False,
        "onlineMeetingProvider": "unknown",
        "onlineMeetingUrl": None,
        "onlineMeeting": None,
        "recurrence": event.recurrence,
        "hasAttachments": False,
    }


def _master_id(event: Event, preferences: Preferences) -> str | None:
    return event.series_master_immutable_id if preferences.immutable_ids else event.series_master_id


def _times(event: Event, preferences: Preferences) -> dict[str, Any]:
    """Whole days float: midnight in whichever zone was asked for."""
    zone = None if event.all_day else preferences.zone
    return {
        "start": {"dateTime": write_moment(event.start, zone), "timeZone": preferences.zone_name},
        "end": {"dateTime": write_moment(event.end, zone), "timeZone": preferences.zone_name},
        "originalStartTimeZone": event.time_zone,
        "originalEndTimeZone": event.end_time_zone,
    }


def _content(event: Event, preferences: Preferences) -> dict[str, Any]:
    text = as_text(event.body, event.body_type)
    written: dict[str, Any] = {
        "subject": event.subject,
        "bodyPreview": text[:PREVIEW_LENGTH],
        "body": {"contentType": "text", "content": text}
        if preferences.text_bodies
        else {"contentType": "html", "content": as_html(event.body, event.body_type)},
        "categories": list(event.categories),
        "importance": event.importance,
        "isReminderOn": event.is_reminder_on,
        "reminderMinutesBeforeStart": event.reminder_minutes,
        "responseRequested": event.response_requested,
        "allowNewTimeProposals": event.allow_new_time_proposals,
        "hideAttendees": event.hide_attendees,
        "location": _first_location(event),
        "locations": [_location(one.display_name) | dict(one.detail) for one in event.locations],
        "responseStatus": _status(event.response, event.responded_at),
        "attendees": [_attendee(one) for one in event.attendees],
        "organizer": {
            "emailAddress": {"name": event.organizer.name, "address": event.organizer.address}
        },
    }
    if event.transaction_id is not None:
        written["transactionId"] = event.transaction_id
    return written


def _nothing(event: Event) -> dict[str, Any]:
    return {
        "subject": "Private appointment",
        "bodyPreview": "",
        "body": {"contentType": "html", "content": ""},
        "categories": [],
        "location": {"displayName": "", "locationType": "default", "uniqueIdType": "unknown"},
        "locations": [],
        "attendees": [],
        "organizer": {
            "emailAddress": {"name": event.organizer.name, "address": event.organizer.address}
        },
    }


def _first_location(event: Event) -> dict[str, Any]:
    if not event.locations:
        return {
            "displayName": "",
            "locationType": "default",
            "uniqueIdType": "unknown",
            "address": {},
            "coordinates": {},
        }
    names = "; ".join(one.display_name for one in event.locations)
    return _location(names) | dict(event.locations[0].detail)


def _location(name: str) -> dict[str, Any]:
    return {
        "displayName": name,
        "locationType": "default",
        "uniqueId": name,
        "uniqueIdType": "private",
    }


def _attendee(attendee: Attendee) -> dict[str, Any]:
    address = {"name": attendee.name}
    if attendee.address:
        address["address"] = attendee.address
    return {
        "type": attendee.type,
        "status": _status(attendee.response, attendee.responded_at),
        "emailAddress": address,
    }


def _status(response: str, at: datetime | None) -> dict[str, str]:
    return {"response": response, "time": write_instant(at) if at else NEVER}
