"""What Outlook does to a series when a person drags it, splits it, or picks one occurrence."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from liaison_sandbox import meetings
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Event
from liaison_sandbox.occurrences import day_of, rule_of_master, span_on
from liaison_sandbox.series import DAYS, INDEXES, days_from

_KEPT = (
    "subject", "time_zone", "end_time_zone", "all_day", "body", "body_type", "locations",
    "attendees", "categories", "sensitivity", "importance", "show_as", "is_reminder_on",
    "reminder_minutes", "response_requested", "allow_new_time_proposals", "hide_attendees",
)  # fmt: skip
_WEEK = 7


def member_at(mailbox: Mailbox, event: Event, original_start: datetime | date | None) -> Event:
    """The event itself without an original start; KeyError where no occurrence is."""
    if original_start is None:
        return event
    found = mailbox.member_on(event, original_day(event, original_start))
    if found is None:
        raise KeyError(original_start)
    return found


def original_day(master: Event, original_start: datetime | date) -> date:
    """A naive time is the series' own wall clock."""
    if not isinstance(original_start, datetime):
        return original_start
    return (
        original_start.date() if original_start.tzinfo is None else day_of(master, original_start)
    )


def with_shifted_pattern(master: Event, fields: Mapping[str, Any]) -> dict[str, Any]:
    """A series dragged to another day takes place on that day from then on."""
    if "start" not in fields or "recurrence" in fields or not master.is_master:
        return dict(fields)
    old, new = day_of(master, master.start), day_of(master, fields["start"])
    if old == new or master.recurrence is None:
        return dict(fields)
    span = master.recurrence["range"] | {"startDate": new.isoformat()}
    if span["type"] == "endDate":
        ends = max(date.fromisoformat(span["endDate"]) + (new - old), new)
        span |= {"endDate": ends.isoformat()}
    pattern = _moved(master.recurrence["pattern"], old, new)
    return dict(fields) | {"recurrence": {"pattern": pattern, "range": span}}


def change_from(
    exchange: Exchange,
    mailbox: Mailbox,
    master: Event,
    member: Event,
    fields: Mapping[str, Any],
) -> Event:
    """This and following: the old series ends the day before, the rest is a new meeting.

    The invitation says it all, so the shortening of the old series sends no mail of its own.
    """
    assert member.original_day is not None  # noqa: S101 - every member has one
    day = member.original_day
    before = _days_before(master, day)
    if not before:
        moved = with_shifted_pattern(master, fields)
        return meetings.change(exchange, mailbox, master, moved)
    rest = _rest_of(master, day, len(before))
    given = {name: getattr(rest, name) for name in _KEPT}
    given |= {"start": rest.start, "end": rest.end, "recurrence": rest.recurrence}
    following = given | with_shifted_pattern(rest, fields)
    shortened = _ending(master, before[-1])
    meetings.change(exchange, mailbox, master, {"recurrence": shortened}, silently=True)
    return meetings.create(exchange, mailbox, master.organizer, following)


def end_before(exchange: Exchange, mailbox: Mailbox, master: Event, member: Event) -> None:
    assert member.original_day is not None  # noqa: S101 - every member has one
    before = _days_before(master, member.original_day)
    if before:
        shortened = _ending(master, before[-1])
        meetings.change(exchange, mailbox, master, {"recurrence": shortened})
    else:
        meetings.delete(exchange, mailbox, master)


def _days_before(master: Event, day: date) -> list[date]:
    found = []
    for one in days_from(rule_of_master(master), date.min):
        if one >= day:
            break
        found.append(one)
    return found


def _rest_of(master: Event, day: date, passed: int) -> Event:
    assert master.recurrence is not None  # noqa: S101 - a master has one
    start, end = span_on(master, day)
    span = master.recurrence["range"] | {"startDate": day.isoformat()}
    if span["type"] == "numbered":
        span |= {"numberOfOccurrences": span["numberOfOccurrences"] - passed}
    # Nobody has answered the new meeting.
    attendees = tuple(replace(one, response="none", responded_at=None) for one in master.attendees)
    recurrence = {"pattern": master.recurrence["pattern"], "range": span}
    return replace(master, start=start, end=end, recurrence=recurrence, attendees=attendees)


def _ending(master: Event, last: date) -> dict[str, Any]:
    assert master.recurrence is not None  # noqa: S101 - a master has one
    span = master.recurrence["range"] | {
        "type": "endDate",
        "endDate": last.isoformat(),
        "numberOfOccurrences": 0,
    }
    return {"pattern": master.recurrence["pattern"], "range": span}


def _moved(pattern: Mapping[str, Any], old: date, new: date) -> dict[str, Any]:
    kind = pattern["type"]
    moved = dict(pattern)
    if kind == "weekly":
        by = (new - old).days
        days = {DAYS[(DAYS.index(one) + by) % _WEEK] for one in pattern["daysOfWeek"]}
        moved["daysOfWeek"] = sorted(days, key=DAYS.index)
    if kind.startswith("absolute"):
        moved["dayOfMonth"] = new.day
    if kind.startswith("relative"):
        moved["daysOfWeek"] = [DAYS[new.weekday()]]
        moved["index"] = _index_of(new)
    if kind.endswith("Yearly"):
        moved["month"] = new.month
    return moved


def _index_of(day: date) -> str:
    is_last = (day + timedelta(days=_WEEK)).month != day.month
    return "last" if is_last else list(INDEXES)[(day.day - 1) // _WEEK]
