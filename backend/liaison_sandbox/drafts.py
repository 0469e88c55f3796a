"""Turns the plain values that tests, stories and pages give into an event's fields."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from liaison_sandbox.model import Attendee, Location
from liaison_sandbox.series import DAYS
from liaison_sandbox.zones import find_zone, windows_name

AttendeeGiven = str | tuple[str, str] | Mapping[str, str] | Attendee
_ANSWERS = {"tentative": "tentativelyAccepted"}


def fields_from(given: Mapping[str, Any], zone_name: str) -> dict[str, Any]:
    """`attendees` may be addresses, (name, address) pairs, mappings or Attendees.

    `location` may be one name or several. Naive times are in `time_zone`. An all-day end is the midnight after the last day.
    """
    fields = {name: value for name, value in given.items() if value is not None}
    zone_name = fields.pop("time_zone", zone_name)
    for name in ("start", "end"):
        if name in fields:
            fields[name] = _moment(fields[name], zone_name, whole_day=fields.get("all_day", False))
    if "start" in fields:
        fields["time_zone"] = fields["end_time_zone"] = windows_name(zone_name)
        fields.setdefault("end", fields["start"] + _usual_length(fields))
    if "recurrence" in fields and "start" in fields:
        fields["recurrence"] = completed(
            fields["recurrence"],
            fields["start"],
            zone_name,
            all_day=fields.get("all_day", False),
        )
    if "location" in fields:
        places = fields.pop("location")
        named = (places,) if isinstance(places, str) else places
        fields["locations"] = tuple(Location(place) for place in named if place)
    if "attendees" in fields:
        fields["attendees"] = attendees_from(fields["attendees"])
    if "categories" in fields:
        fields["categories"] = tuple(fields["categories"])
    return fields


def completed(
    recurrence: Mapping[str, Any], start: datetime, zone_name: str, *, all_day: bool = False
) -> dict[str, Any]:
    """What is left out follows from the start: the day of the week or month, no end."""
    span = {"type": "noEnd"} | dict(recurrence.get("range", {}))
    zone = find_zone(span.get("recurrenceTimeZone") or zone_name) or UTC
    day = start.astimezone(UTC if all_day else zone).date()
    usual: dict[str, dict[str, Any]] = {
        "weekly": {"daysOfWeek": [DAYS[day.weekday()]]},
        "absoluteMonthly": {"dayOfMonth": day.day},
        "absoluteYearly": {"dayOfMonth": day.day, "month": day.month},
        "relativeYearly": {"month": day.month},
    }
    pattern = dict(recurrence["pattern"])
    pattern = {"interval": 1} | usual.get(pattern.get("type", ""), {}) | pattern
    return {"pattern": pattern, "range": {"startDate": day.isoformat()} | span}


def attendees_from(given: Iterable[AttendeeGiven]) -> tuple[Attendee, ...]:
    return tuple(_attendee(one) for one in given)


def response_word(response: str) -> str:
    return _ANSWERS.get(response, response)


def _attendee(given: AttendeeGiven) -> Attendee:
    match given:
        case Attendee():
            return given
        case str():
            return Attendee(name=given, address=given)
        case tuple():
            return Attendee(name=given[0], address=given[1])
        case _:
            address = given["address"]
            return Attendee(given.get("name") or address, address, given.get("type", "required"))


def _moment(value: datetime | date, zone_name: str, *, whole_day: bool) -> datetime:
    if whole_day:
        day = value.date() if isinstance(value, datetime) else value
        return datetime.combine(day, time(), UTC)
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if value.tzinfo is None:
        zone = find_zone(zone_name)
        if zone is None:
            raise ValueError(f"{zone_name} is no time zone; give the time with its offset.")
        value = value.replace(tzinfo=zone)
    return value.astimezone(UTC)


def _usual_length(fields: Mapping[str, Any]) -> timedelta:
    return timedelta(days=1) if fields.get("all_day") else timedelta(hours=1)
