"""Values of an activity as the decision log keeps them: JSON, under the names of the API. Pure.

subject, notes, location, status, deletedAt, outcome …: text or null; start, end: RFC 3339 or, all day, dates; timeZone;
allDay; organizer: {name, address}; participants: [{name, address, role, response, kind}]; review: [{reason, address}].
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from enum import Enum
from typing import Any
from uuid import UUID

from liaison.calendar.model import SyncedPerson
from liaison.calendar.rules.synced import recurrence_to_json
from liaison.crm.model import Activity, ActivityRecurrence, Participant, ReviewNote
from liaison.times import When

API_NAMES = {
    "place": "location",
    "internal_notes": "internalNotes",
    "deleted_at": "deletedAt",
    "next_step": "nextStep",
}


def values_of(activity: Activity | None, members: Mapping[str, Any]) -> dict[str, Any]:
    """What the activity holds in the members that are about to be written."""
    if activity is None:
        return {}
    return to_log({name: getattr(activity, name) for name in members})


def to_log(members: Mapping[str, Any]) -> dict[str, Any]:
    """Members of an activity, JSON-ready and under the API's names."""
    found: dict[str, Any] = {}
    for name, value in members.items():
        if isinstance(value, When):
            found |= _when(value)
        else:
            found[API_NAMES.get(name, name)] = _plain(value)
    return found


def only_changes(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both, without what is the same on both sides."""
    names = [name for name in after if name not in before or before[name] != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _when(when: When) -> dict[str, Any]:
    return {
        "start": when.start.isoformat(),
        "end": when.end.isoformat(),
        "timeZone": when.time_zone,
        "allDay": when.is_all_day,
    }


def _plain(value: Any) -> Any:
    write = _WRITERS.get(type(value), _plain_word)
    return write(value)


def _person(one: Participant) -> dict[str, Any]:
    return {
        "name": one.name,
        "address": one.address,
        "role": one.role,
        "response": one.response,
        "kind": one.kind.value,
    }


def _several(values: Iterable[Any]) -> list[Any]:
    return [_plain(one) for one in values]


def _plain_word(value: Any) -> Any:
    match value:
        case Enum():
            return value.value
        case datetime():
            return value.isoformat()
        case UUID():
            return str(value)
    return value


_WRITERS: Mapping[type, Callable[[Any], Any]] = {
    Participant: _person,
    SyncedPerson: asdict,
    ReviewNote: asdict,
    ActivityRecurrence: recurrence_to_json,
    tuple: _several,
    list: _several,
}
