"""How activities come to be and change, the same in every CRM of ours. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.crm.model import (
    Activity,
    ActivityRecurrence,
    ActivityStatus,
    ActivityType,
    Actor,
    NewActivity,
    OccurrenceException,
    Participant,
    PersonKind,
)

ORGANIZER = "organizer"
DEFAULTS: Mapping[str, Any] = {
    "type": ActivityType.APPOINTMENT,
    "notes": "",
    "place": "",
    "status": ActivityStatus.PLANNED,
    "participants": (),
}
CHANGEABLE = frozenset(field.name for field in fields(Activity)) - {
    "id",
    "version",
    "created_by",
    "changed_by",
    "changed_at",
}


def made_activity(new: NewActivity, activity_id: UUID, actor: Actor, now: datetime) -> Activity:
    """A new activity; `subject`, `when`, `owner_id` and `organizer` must be among its fields."""
    activity = Activity(
        **{**DEFAULTS, **_cleaned(new.fields)},
        id=activity_id,
        version=1,
        created_by=actor.name,
        changed_by=actor.name,
        changed_at=now,
    )
    return _with_organizer(activity)


def changed_activity(
    activity: Activity, changes: Mapping[str, Any], actor: Actor, now: datetime
) -> Activity:
    """The activity after the changes; the very same, with its version, where nothing differs."""
    stamp: Mapping[str, Any] = {
        "version": activity.version + 1,
        "changed_by": actor.name,
        "changed_at": now,
    }
    changed = _with_organizer(replace(activity, **_cleaned(changes), **stamp))
    return changed if differing_fields(activity, changed) else activity


def differing_fields(before: Activity, after: Activity) -> list[str]:
    """The names of the members that differ, versions and times of change apart."""
    return sorted(name for name in CHANGEABLE if getattr(before, name) != getattr(after, name))


def same_person(one: Participant, other: Participant) -> bool:
    """Whether both are the same one: by id where both have one, else by address."""
    if one.id is not None and other.id is not None:
        return (one.kind, one.id) == (other.kind, other.id)
    return one.address == other.address and (bool(one.address) or one.name == other.name)


def people_keys(participants: Iterable[Participant]) -> list[str]:
    """Under which keys an activity is found by its people: r:id for ours; c:id and a:address for people from outside."""
    keys: set[str] = set()
    for one in participants:
        if one.kind is PersonKind.REPRESENTATIVE:
            keys.add(f"r:{one.id}")
            continue
        if one.kind is PersonKind.CONTACT:
            keys.add(f"c:{one.id}")
        if one.address:
            keys.add(f"a:{one.address}")
    return sorted(keys)


def _with_organizer(activity: Activity) -> Activity:
    """The organizer is among the participants, and nobody else has the response `organizer`."""
    if _has_organizer(activity):
        return activity
    leading = [one for one in activity.participants if _leads(one, activity.organizer)]
    if leading == [activity.organizer] and activity.organizer.response == ORGANIZER:
        return activity
    organizer = replace(activity.organizer, response=ORGANIZER)
    others: list[Participant] = []
    place = 0
    for one in activity.participants:
        if same_person(one, organizer):
            place = len(others)
            organizer = replace(organizer, role=one.role, invite=one.invite)
        else:
            others.append(replace(one, response="none") if one.response == ORGANIZER else one)
    others.insert(place, organizer)
    return replace(activity, organizer=organizer, participants=tuple(others))


def _has_organizer(activity: Activity) -> bool:
    """Whether it is so already, as with whatever comes from a meeting."""
    organizer = activity.organizer
    same = [one for one in activity.participants if same_person(one, organizer)]
    organizing = [one for one in activity.participants if one.response == ORGANIZER]
    return same == organizing == [organizer]


def _leads(one: Participant, organizer: Participant) -> bool:
    return one.response == ORGANIZER or same_person(one, organizer)


def _cleaned(changes: Mapping[str, Any]) -> dict[str, Any]:
    unknown = set(changes) - CHANGEABLE
    if unknown:
        raise ValueError(f"An activity has no {', '.join(sorted(unknown))} that could be given.")
    return {name: _storable(value) for name, value in changes.items()}


def _storable(value: Any) -> Any:
    """Without what PostgreSQL cannot hold in a text: NUL, and halves of characters."""
    clean = _CLEANERS.get(type(value))
    return clean(value) if clean else value


def _storable_person(one: Participant) -> Participant:
    name, address = _storable_text(one.name), _storable_text(one.address)
    is_clean = name is one.name and address is one.address
    return one if is_clean else replace(one, name=name, address=address)


def _storable_members(several: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(_storable(one) for one in several)


def _storable_recurrence(recurrence: ActivityRecurrence) -> ActivityRecurrence:
    return replace(recurrence, exceptions=_storable_members(recurrence.exceptions))


def _storable_exception(exception: OccurrenceException) -> OccurrenceException:
    return replace(exception, fields=_storable_json(exception.fields))


def _storable_json(value: Any) -> Any:
    """JSON keeps its lists, unlike the members of activities."""
    if isinstance(value, Mapping):
        return {name: _storable_json(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_storable_json(one) for one in value]
    return _storable_text(value) if isinstance(value, str) else value


def _storable_text(text: str) -> str:
    if "\0" not in text and (text.isascii() or text.isprintable()):
        return text
    return text.replace("\0", "").encode("utf-8", "replace").decode()


_CLEANERS: Mapping[type, Callable[[Any], Any]] = {
    str: _storable_text,
    Participant: _storable_person,
    list: _storable_members,
    tuple: _storable_members,
    ActivityRecurrence: _storable_recurrence,
    OccurrenceException: _storable_exception,
}
