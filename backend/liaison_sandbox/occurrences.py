"""A series master and its occurrences as values: their clocks, their places, what a shift is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from liaison_sandbox.model import Event
from liaison_sandbox.problems import GraphProblem, property_invalid
from liaison_sandbox.recurrence import read_recurrence
from liaison_sandbox.series import Rule, days_from, is_on, rule_of
from liaison_sandbox.zones import find_zone

# In an iCalUId of Exchange, where an occurrence's own has its day and the others have none.
_DAY_IN_UID = slice(32, 40)
_UID_LENGTH = 80


def zone_of(event: Event) -> tzinfo:
    """The zone whose wall clock the series follows; whole days float."""
    name = event.recurrence["range"]["recurrenceTimeZone"] if event.recurrence else event.time_zone
    return UTC if event.all_day else find_zone(name) or UTC


def day_of(master: Event, moment: datetime) -> date:
    return moment.astimezone(zone_of(master)).date()


def rule_of_master(master: Event) -> Rule:
    assert master.recurrence is not None  # noqa: S101 - a master has one
    return rule_of(master.recurrence)


def span_on(master: Event, day: date) -> tuple[datetime, datetime]:
    """The same time on the wall each day, whatever the clocks do in between."""
    zone = zone_of(master)
    start = master.start.astimezone(zone).replace(tzinfo=None)
    length = master.end.astimezone(zone).replace(tzinfo=None) - start
    begun = datetime.combine(day, start.time())
    ended = begun + length
    return begun.replace(tzinfo=zone).astimezone(UTC), ended.replace(tzinfo=zone).astimezone(UTC)


def occurrence_on(master: Event, day: date, ids: tuple[str, str]) -> Event:
    start, end = span_on(master, day)
    return replace(
        master,
        id=ids[0],
        immutable_id=ids[1],
        type="occurrence",
        start=start,
        end=end,
        original_start=start,
        original_day=day,
        master_key=master.key,
        series_master_id=master.id,
        series_master_immutable_id=master.immutable_id,
        recurrence=None,
        cancelled_days=frozenset(),
        transaction_id=None,
    )


def days_in(master: Event, start: datetime, end: datetime) -> Iterator[date]:
    """The pattern's days whose occurrences may touch the window."""
    zone = zone_of(master)
    first = (start - (master.end - master.start) - timedelta(days=1)).astimezone(zone).date()
    last = (end + timedelta(days=1)).astimezone(zone).date()
    for day in days_from(rule_of_master(master), first):
        if day > last:
            return
        if day not in master.cancelled_days:
            yield day


def as_series(event: Event) -> Event:
    """A master of what was given: it has the times of its first occurrence."""
    given = event.recurrence or {}
    span = given.get("range")
    zone = _zone_named(event, span if isinstance(span, Mapping) else {})
    start = event.start.astimezone(zone).date()
    recurrence = read_recurrence(given, start, event.time_zone)
    master = replace(event, type="seriesMaster", recurrence=recurrence)
    first = next(days_from(rule_of(recurrence), start), None)
    if first is None:
        raise GraphProblem(
            400, "ErrorRecurrenceHasNoOccurrence", "The recurrence has no occurrence in its range."
        )
    begun, ended = span_on(master, first)
    written = recurrence | {"range": recurrence["range"] | {"startDate": first.isoformat()}}
    master = replace(master, start=begun, end=ended, recurrence=written)
    _check_length(master, first)
    return master


def reshaped(before: Event, after: Event, fields: Mapping[str, Any]) -> Event:
    """What a change makes of a single meeting or of a master; raises what Graph answers."""
    if before.original_start is not None:
        if fields.get("recurrence") is not None:
            raise property_invalid("The recurrence can be set on the series master only.")
        return replace(after, type=before.type, recurrence=None)
    if after.recurrence is None:
        return replace(after, type="singleInstance")
    if before.is_master and "recurrence" not in fields and not _moves(fields):
        return after
    return as_series(_with_one_start(after, fields))


def is_shifted(before: Event, after: Event) -> bool:
    """Whether the pattern, the clock or the start of the series is another one.

    Another end of the range alone leaves the occurrences what they are.
    """
    return before.is_master != after.is_master or _shape(before) != _shape(after)


def occurrence_uid(ical_uid: str, day: date) -> str:
    written = f"{day.year:04X}{day.month:02X}{day.day:02X}"
    return ical_uid[: _DAY_IN_UID.start] + written + ical_uid[_DAY_IN_UID.stop :]


def series_uid(ical_uid: str) -> str:
    """The same of an occurrence's own and of its series'."""
    if len(ical_uid) != _UID_LENGTH:
        return ical_uid
    return ical_uid[: _DAY_IN_UID.start] + "0" * 8 + ical_uid[_DAY_IN_UID.stop :]


def _shape(event: Event) -> tuple[object, ...]:
    if event.recurrence is None:
        return (event.start, event.end)
    zone = zone_of(event)
    walls = [moment.astimezone(zone).replace(tzinfo=None) for moment in (event.start, event.end)]
    span = event.recurrence["range"]
    return (event.recurrence["pattern"], span["startDate"], str(zone), event.all_day, *walls)


def _moves(fields: Mapping[str, Any]) -> bool:
    return bool({"start", "end", "all_day", "time_zone"} & fields.keys())


def _with_one_start(after: Event, fields: Mapping[str, Any]) -> Event:
    """Start and startDate say the same: where only one is given, the other follows."""
    given = dict(after.recurrence or {})
    span = given.get("range")
    if not isinstance(span, Mapping) or ("start" in fields and "recurrence" in fields):
        return after
    zone = _zone_named(after, span)
    if "recurrence" not in fields:
        day = after.start.astimezone(zone).date().isoformat()
        return replace(after, recurrence=given | {"range": dict(span) | {"startDate": day}})
    try:
        first = date.fromisoformat(str(span.get("startDate")))
    except ValueError:
        return after
    by = first - after.start.astimezone(zone).date()
    return replace(after, start=_later(after.start, by, zone), end=_later(after.end, by, zone))


def _later(moment: datetime, by: timedelta, zone: tzinfo) -> datetime:
    """Days on the wall, not on the clock."""
    wall = moment.astimezone(zone).replace(tzinfo=None) + by
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _zone_named(event: Event, span: Mapping[str, Any]) -> tzinfo:
    name = span.get("recurrenceTimeZone") or event.time_zone
    return UTC if event.all_day else find_zone(str(name)) or UTC


def _check_length(master: Event, first: date) -> None:
    days = days_from(rule_of_master(master), first)
    next(days)
    following = next(days, None)
    if following is not None and span_on(master, following)[0] < master.end:
        raise GraphProblem(
            400,
            "ErrorOccurrenceTimeSpanTooBig",
            "An occurrence must not last longer than the time to the next one.",
        )


def is_day_of(master: Event, day: date) -> bool:
    return is_on(rule_of_master(master), day)
