"""The synced fields of an event and of an activity in one normal form, and that form as JSON. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from liaison.calendar.model import SYNCED_FIELDS, HeldPerson, Synced, SyncedPerson
from liaison.calendar.rules.own_lines import without_own_lines
from liaison.crm.model import (
    Activity,
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
    Participant,
)
from liaison.crm.recurring import recurrence_in
from liaison.outlook.model import Attendee, CalendarEvent, Organizer
from liaison.recurrence.occurrences import ends_at as recurrence_end
from liaison.times import When

ORGANIZER = "organizer"
_ROLES = ("required", "optional", "resource")
_RESPONSES = ("organizer", "accepted", "declined", "tentative", "not-responded", "none")


MEMBERS = {
    "subject": "subject",
    "notes": "notes",
    "time": "when",
    "recurrence": "recurrence",
    "place": "place",
    "participants": "participants",
}


def from_event(event: CalendarEvent, recurrence: ActivityRecurrence | None = None) -> Synced:
    """What an event shows of the synced fields; how a series repeats is worked out by `series.repeats`."""
    attendees = [_person_of(attendee) for attendee in event.attendees]
    return Synced(
        subject=_one_line(event.subject),
        notes=_lines(without_own_lines(event.notes)),
        time=event.when,
        place=_one_line(event.place),
        participants=_sorted_people([_person_of(event.organizer), *attendees]),
        recurrence=recurrence,
        is_private=event.is_private,
    )


def from_activity(activity: Activity) -> Synced:
    """What an activity holds of the synced fields. The organizer counts as one of the participants."""
    leads = activity.organizer
    organizer = SyncedPerson(leads.address.lower(), _one_line(leads.name), "required", ORGANIZER)
    others = [_person_of(one) for one in activity.participants]
    return Synced(
        subject=_one_line(activity.subject),
        notes=_lines(activity.notes),
        time=activity.when,
        place=_one_line(activity.place),
        participants=_sorted_people([organizer, *others]),
        recurrence=activity.recurrence,
    )


def to_json(value: Synced) -> dict[str, Any]:
    """The same as JSON; `from_json` gives the equal value back."""
    stored = {name: field_to_json(value, name) for name in SYNCED_FIELDS}
    stored |= {"origin": dict(value.origin)} if value.origin else {}
    stored |= {"isPrivate": True} if value.is_private else {}
    if value.apart:
        here = value.crm_side
        stored["apart"] = {name: field_to_json(here, name) for name in value.apart}
    return stored | (
        {} if value.held is None else {"held": [_held_json(one) for one in value.held]}
    )


def from_json(stored: Mapping[str, Any]) -> Synced:
    """The value that was stored with `to_json`."""
    return Synced(
        subject=stored["subject"],
        notes=stored["notes"],
        time=when_from_json(stored["time"]),
        place=stored["place"],
        participants=tuple(SyncedPerson(**one) for one in stored["participants"]),
        recurrence=recurrence_from_json(stored.get("recurrence")),
        origin=stored.get("origin"),
        held=_held_from_json(stored.get("held")),
        apart=_apart_from_json(stored.get("apart")),
        is_private=stored.get("isPrivate", False),
    )


def ends_at(value: Synced) -> datetime | None:
    """When all of it is over; None for a series without end."""
    repeating = value.recurrence and recurrence_in(value.recurrence, value.time)
    return recurrence_end(repeating, value.time) if repeating else value.time.ends_at


def is_over(value: Synced, now: datetime) -> bool:
    """Whether nothing of it lies ahead."""
    end = ends_at(value)
    return end is not None and end <= now


def field_to_json(value: Synced, name: str) -> Any:
    """One of the synced fields as JSON, also for the log."""
    match value.value(name):
        case When() as when:
            return when_to_json(when)
        case tuple() as people:
            return [_person_json(one) for one in people]
        case ActivityRecurrence() as recurrence:
            return recurrence_to_json(recurrence)
        case text:
            return text


def with_members(value: Synced, **members: Any) -> Synced:
    """The value with these members; itself where they are as they were, as they are of nearly every meeting."""
    news = {name: new for name, new in members.items() if getattr(value, name) != new}
    return replace(value, **news) if news else value


def leaving_apart(agreed: Synced, here: Synced) -> Synced:
    """The baseline of two who agreed to differ: one side is as `agreed`, the CRM as `here`, people not counted."""
    apart = {
        name: here.value(name)
        for name in SYNCED_FIELDS
        if name != "participants" and here.value(name) != agreed.value(name)
    }
    return with_members(agreed, apart=apart or None)


def _held_json(one: HeldPerson) -> dict[str, str]:
    return {"who": one.who, "address": one.address, "role": one.role}


def _person_json(one: SyncedPerson) -> dict[str, str]:
    """Member by member: `asdict` copies everything, and there are many people."""
    return {
        "address": one.address,
        "name": one.name,
        "role": one.role,
        "response": one.response,
    }


def when_to_json(when: When) -> dict[str, str]:
    """A time as JSON."""
    return {
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "timeZone": when.time_zone,
    }


def when_from_json(stored: Mapping[str, str]) -> When:
    """The time that was stored with `when_to_json`."""
    return When(_moment(stored["start"]), _moment(stored["end"]), stored["timeZone"])


def _apart_from_json(stored: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not stored:
        return None
    read = {"time": when_from_json, "recurrence": recurrence_from_json}
    return {name: read[name](value) if name in read else value for name, value in stored.items()}


def _held_from_json(stored: list[Mapping[str, str]] | None) -> tuple[HeldPerson, ...] | None:
    return None if stored is None else tuple(HeldPerson(**one) for one in stored)


def recurrence_to_json(recurrence: ActivityRecurrence) -> dict[str, Any]:
    """How something repeats, as JSON."""
    return {
        "rule": recurrence.rule,
        "pattern": recurrence.pattern,
        "exceptions": [
            {
                "originalStart": one.original_start.isoformat(),
                "kind": one.kind.value,
                "fields": dict(one.fields),
            }
            for one in recurrence.exceptions
        ],
    }


def recurrence_from_json(stored: Mapping[str, Any] | None) -> ActivityRecurrence | None:
    """How something repeats, as it was stored with `recurrence_to_json`."""
    if stored is None:
        return None
    exceptions = (
        OccurrenceException(
            _moment(one["originalStart"]), OccurrenceKind(one["kind"]), one["fields"]
        )
        for one in stored["exceptions"]
    )
    return ActivityRecurrence(stored["rule"], stored["pattern"], tuple(exceptions))


def _moment(text: str) -> datetime | date:
    if "T" in text:
        return datetime.fromisoformat(text).astimezone(UTC)
    return date.fromisoformat(text)


def _person_of(one: Organizer | Attendee | Participant) -> SyncedPerson:
    if isinstance(one, Organizer):
        return SyncedPerson(one.address.lower(), _one_line(one.name), "required", ORGANIZER)
    return SyncedPerson(one.address.lower(), _one_line(one.name), str(one.role), str(one.response))


def _sorted_people(people: Sequence[SyncedPerson]) -> tuple[SyncedPerson, ...]:
    best = {one.key: one for one in people}
    if len(best) < len(people):
        best = {one.key: one for one in sorted(people, key=_weight, reverse=True)}
    best.pop("", None)
    return tuple(best[key] for key in sorted(best))


def _weight(one: SyncedPerson) -> tuple[int, int, str, str]:
    """Of several entries for one person the smallest counts, whatever their order: the organizer, then who answered."""
    return _rank(_RESPONSES, one.response), _rank(_ROLES, one.role), one.name, one.address


def _rank(order: tuple[str, ...], word: str) -> int:
    return order.index(word) if word in order else len(order)


def _one_line(text: str) -> str:
    if text.isprintable():
        return text.strip()
    return " ".join(_lines(text).split("\n")).strip()


def _lines(text: str) -> str:
    """PostgreSQL holds no NUL, and Outlook and browsers end lines differently."""
    if text.isprintable():
        return text.rstrip()
    unified = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in unified.split("\n")).rstrip("\n")
