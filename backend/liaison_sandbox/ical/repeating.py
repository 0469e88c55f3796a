"""What a VEVENT says about repeating, as a series, as single meetings, or as a sentence."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from liaison_sandbox.ical.model import FileEvent, Problems
from liaison_sandbox.ical.properties import Properties, Property
from liaison_sandbox.ical.rules import Unheld, Unreadable, read_rule, read_until, skips_months
from liaison_sandbox.ical.times import read_moments
from liaison_sandbox.ical.zones import Zones, find_twin
from liaison_sandbox.problems import GraphProblem
from liaison_sandbox.recurrence import read_recurrence
from liaison_sandbox.series import days_from, is_on, rule_of

MOST_SINGLES = 200
# To find that such a rule names no moment at all could take for ever.
_ENDLESS = re.compile(
    r"INTERVAL=0*(;|$)|(HOUR|MINUTE|SECOND)LY.*BY|BY.*(HOUR|MINUTE|SECOND)LY", re.IGNORECASE
)
_UNTIL = re.compile(r"UNTIL=([0-9TZtz]+)", re.IGNORECASE)
UNHELD = "it repeats by a rule that Outlook's series do not have ({rule})"


@dataclass(frozen=True, slots=True)
class Clock:
    """The wall clock the series follows, and its name for Graph."""

    zone: tzinfo
    name: str

    def wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)

    def day(self, moment: date) -> date:
        return self.wall(moment).date() if isinstance(moment, datetime) else moment

    def at(self, moment: date, event: FileEvent) -> datetime:
        """A day alone means the meeting's usual time."""
        if isinstance(moment, datetime):
            return moment
        wall = datetime.combine(moment, self.wall(event.start).time())
        return wall.replace(tzinfo=self.zone).astimezone(UTC)


def clock_of(event: FileEvent, begin: Property, zones: Zones, problems: Problems) -> Clock:
    """A zone that only the file defines is known by another name, or the local one stands in."""
    if event.all_day or (event.time_zone is None and begin.text.strip().upper().endswith("Z")):
        return Clock(UTC, "UTC")
    if event.time_zone is not None:
        return Clock(ZoneInfo(event.time_zone), event.time_zone)
    name = begin.parameters.get("TZID", "")
    found = zones.find(name)
    twin = None if found is None else find_twin(found[0], zones.local, event.start)
    if twin is None:
        problems.add(f"the clock of its series is taken to be that of {zones.local}")
    return Clock(ZoneInfo(twin or zones.local), twin or zones.local)


def read_repetition(
    event: FileEvent, properties: Properties, zones: Zones, problems: Problems
) -> list[FileEvent]:
    """The event as a series or as its first meeting, and then the single ones beside it."""
    begin = properties.find("DTSTART")
    if begin is None or not any(name in properties for name in ("RRULE", "RDATE")):
        return [event]
    clock = clock_of(event, begin, zones, problems)
    left_out = {clock.day(one) for one in read_moments(properties, "EXDATE", zones)}
    found = _by_rule(event, properties.text("RRULE"), clock, left_out, problems)
    extra = [clock.at(one, event) for one in read_moments(properties, "RDATE", zones)]
    extra = [one for one in extra if not _holds(found, one, clock)]
    if extra:
        problems.add(f"{len(extra)} further dates of its series are loaded as single meetings")
    return found + [_at(event, one, clock) for one in extra]


def original_of(properties: Properties, zones: Zones, problems: Problems) -> date | None:
    """Of a changed occurrence: the moment in UTC, or the day, that it replaces."""
    value = properties.find("RECURRENCE-ID")
    moments = read_moments(properties, "RECURRENCE-ID", zones)
    if value is None or not moments:
        return None
    if value.parameters.get("RANGE", "").upper() == "THISANDFUTURE":
        problems.add("its change is meant for all that follow too, and is made to this one only")
    return moments[0]


def day_in(series: FileEvent, original: date) -> date:
    """On the wall of the series, whatever zone its change was written in."""
    if not isinstance(original, datetime):
        return original
    name = (
        series.recurrence["range"]["recurrenceTimeZone"] if series.recurrence else series.time_zone
    )
    return original.astimezone(ZoneInfo(name or "UTC")).date()


def _holds(found: list[FileEvent], moment: datetime, clock: Clock) -> bool:
    if any(one.start == moment for one in found):
        return True
    first = found[0]
    wall = clock.wall(moment)
    return (
        first.recurrence is not None
        and wall.time() == clock.wall(first.start).time()
        and wall.date() not in first.cancelled_days
        and is_on(rule_of(first.recurrence), wall.date())
    )


def _by_rule(
    event: FileEvent, rule: str, clock: Clock, left_out: set[date], problems: Problems
) -> list[FileEvent]:
    if not rule:
        return [event]
    try:
        return [_series(event, rule, clock, left_out, problems)]
    except Unheld:
        return _singles(event, rule, clock, left_out, problems)
    except (Unreadable, GraphProblem):
        problems.add(f'its rule "{rule[:60]}" cannot be read; only its first meeting is loaded')
        return [event]


def _series(
    event: FileEvent, rule: str, clock: Clock, left_out: set[date], problems: Problems
) -> FileEvent:
    start = clock.wall(event.start)
    given = read_rule(rule, start, clock.zone)
    given["range"] |= {"startDate": start.date().isoformat(), "recurrenceTimeZone": clock.name}
    recurrence = read_recurrence(given, start.date(), clock.name)
    held = rule_of(recurrence)
    if not is_on(held, start.date()):
        raise Unheld
    if skips_months(given, rule):
        if given["range"]["type"] != "noEnd":
            raise Unheld
        problems.add("in months without that day Outlook holds it on their last day")
    days = frozenset(day for day in left_out if is_on(held, day))
    if next((day for day in days_from(held, start.date()) if day not in days), None) is None:
        raise Unheld
    return replace(event, recurrence=recurrence, cancelled_days=days)


def _singles(
    event: FileEvent, rule: str, clock: Clock, left_out: set[date], problems: Problems
) -> list[FileEvent]:
    moments = _moments(event, rule, clock)
    what = UNHELD.format(rule=rule[:60])
    if moments is None:
        problems.add(f'its rule "{rule[:60]}" cannot be read; only its first meeting is loaded')
        return [event]
    if len(moments) > MOST_SINGLES:
        problems.add(f"{what}; only its first meeting is loaded")
        return [event]
    problems.add(f"{what}; its {len(moments)} meetings are loaded as single ones")
    return [_at(event, one, clock) for one in moments if clock.wall(one).date() not in left_out]


def _moments(event: FileEvent, rule: str, clock: Clock) -> list[datetime] | None:
    """At most one more than is loaded; None for a rule that is none, or that may never end."""
    if _ENDLESS.search(rule):
        return None
    try:
        # The library wants both ends of a rule on the same kind of clock.
        plain = _UNTIL.sub(lambda found: _written(found[1], clock), rule)
        days = list(
            islice(iter(rrulestr(plain, dtstart=clock.wall(event.start))), MOST_SINGLES + 1)
        )
    except (Unreadable, ValueError, TypeError, KeyError, OverflowError):
        return None
    return [one.replace(tzinfo=clock.zone).astimezone(UTC) for one in days]


def _written(until: str, clock: Clock) -> str:
    moment = read_until(until.upper(), clock.zone)
    is_day = not isinstance(moment, datetime)
    return f"UNTIL={moment:%Y%m%d}" if is_day else f"UNTIL={moment:%Y%m%dT%H%M%S}"


def _at(event: FileEvent, start: datetime, clock: Clock) -> FileEvent:
    length: timedelta = clock.wall(event.end) - clock.wall(event.start)
    end = (clock.wall(start) + length).replace(tzinfo=clock.zone).astimezone(UTC)
    return replace(event, start=start, end=end, recurrence=None, original=start)
