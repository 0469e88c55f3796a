"""Start and end of an event, from what the file says about them."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from icalendar import vDDDTypes

from liaison_sandbox.ical.model import LeftOut, Problems
from liaison_sandbox.ical.properties import Properties, Property
from liaison_sandbox.ical.zones import Zones, find_offset

WITH_OFFSET = re.compile(r"(\d{8}T\d{6})([+-]\d{4})")
FARTHEST = timedelta(days=100 * 366)


@dataclass(frozen=True, slots=True)
class Span:
    start: datetime
    end: datetime
    all_day: bool
    time_zone: str | None


def read_span(event: Properties, zones: Zones, problems: Problems, now: datetime) -> Span:
    begin = event.find("DTSTART")
    if begin is None:
        raise LeftOut("no start time")
    try:
        span = _span(event, begin, zones, problems)
    except OverflowError:
        raise LeftOut("its times are out of range") from None
    if span.end < span.start:
        raise LeftOut("it ends before it starts")
    if abs(span.start - now) > FARTHEST:
        raise LeftOut(f"it starts in the year {span.start.year}")
    return span


def read_moments(event: Properties, name: str, zones: Zones) -> list[date]:
    """The moments in UTC, or the days, of EXDATE and the like; unreadable ones are passed over."""
    found = list[date]()
    for value in event.all(name):
        for text in value.text.split(","):
            # Of a period the start.
            one = replace(value, text=text.partition("/")[0])
            try:
                moment = _moment(one, name)
            except LeftOut:
                continue
            if isinstance(moment, datetime):
                found.append(_instant(moment, one, zones, Problems(""))[0])
            else:
                found.append(moment)
    return found


def _span(event: Properties, begin: Property, zones: Zones, problems: Problems) -> Span:
    start = _moment(begin, "start")
    end = _end(event, start)
    if isinstance(start, datetime) and isinstance(end, datetime):
        start, zone = _instant(start, begin, zones, problems)
        end, _ = _instant(end, event.find("DTEND") or begin, zones, problems)
        return Span(start, end, all_day=False, time_zone=zone)
    if isinstance(start, datetime) or isinstance(end, datetime):
        raise LeftOut("one of start and end is a date, the other a time")
    # Without an end it is that one day (RFC 5545, 3.6.1); many programs write the same day.
    end = start + timedelta(days=1) if end == start else end
    return Span(_floating(start), _floating(end), all_day=True, time_zone=zones.local)


def _floating(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(event: Properties, start: date) -> date:
    end, duration = event.find("DTEND"), event.find("DURATION")
    if end is not None:
        return _moment(end, "end")
    return start if duration is None else start + _length(duration)


def _moment(value: Property, what: str) -> date:
    """A datetime where a time is given, else a date."""
    match = WITH_OFFSET.fullmatch(value.text.strip())
    if match is not None:
        naive = datetime.strptime(match[1], "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the offset follows
        return naive.replace(tzinfo=find_offset(match[2]))
    moment = _value(value)
    if not isinstance(moment, date):
        raise LeftOut(f'its {what} "{value.text[:40]}" is no date or time')
    return moment


def _length(duration: Property) -> timedelta:
    length = _value(duration)
    if not isinstance(length, timedelta):
        raise LeftOut(f'its duration "{duration.text[:40]}" cannot be read')
    return length


def _value(value: Property) -> object:
    try:
        return vDDDTypes.from_ical(value.text.strip())
    except (ValueError, TypeError):
        return None


def _instant(
    moment: datetime, value: Property, zones: Zones, problems: Problems
) -> tuple[datetime, str | None]:
    if moment.tzinfo is not None:
        return moment.astimezone(UTC), None
    name = value.parameters.get("TZID", zones.local)
    found = zones.find(name)
    if found is None:
        problems.add(f'unknown time zone "{name}"; its times are read as times in {zones.local}')
        found = zones.find(zones.local)
    assert found is not None  # noqa: S101 - the local zone is a known one
    rules, known = found
    return moment.replace(tzinfo=rules).astimezone(UTC), known
