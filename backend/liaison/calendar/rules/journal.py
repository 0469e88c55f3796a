"""What undoing takes: the members of an activity and of its link before something was written, whole, as JSON. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from liaison.calendar.model import Link
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import (
    CreateActivity,
    Decision,
    FreezeLink,
    LinkActivity,
    RemoveActivity,
    RestoreLink,
    UpdateActivity,
)
from liaison.calendar.rules.situation import Situation
from liaison.crm.model import (
    Activity,
    ActivityStatus,
    ActivityType,
    Applied,
    ChangeResult,
    Participant,
    PersonKind,
    ReviewNote,
)

FIRST_VERSION = 1


class Kind(StrEnum):
    """What was done to the activity: made, changed, or taken away with its meeting."""

    CREATED = "created"
    CHANGED = "changed"
    REMOVED = "removed"


def entry(
    kind: Kind, activity: Activity | None, members: Mapping[str, Any], link: Link | None
) -> dict[str, Any]:
    """The journal of one write: what these members, and the link's baseline, held before."""
    before = {name: _encoded(name, getattr(activity, name)) for name in members} if activity else {}
    baseline = link.baseline if link else None
    return {
        "kind": kind.value,
        "before": before,
        "baseline": synced.to_json(baseline) if baseline else None,
    }


def members_before(stored: Mapping[str, Any]) -> dict[str, Any]:
    """The members of the activity that the journal holds."""
    return {name: _decoded(name, value) for name, value in stored["before"].items()}


def _encoded(name: str, value: Any) -> Any:
    write = _WRITERS.get(name)
    return value if value is None or write is None else write(value)


def _decoded(name: str, value: Any) -> Any:
    read = _READERS.get(name)
    return value if value is None or read is None else read(value)


def _person(one: Participant) -> dict[str, Any]:
    return asdict(one) | {"id": str(one.id) if one.id else None}


def _read_person(stored: Mapping[str, Any]) -> Participant:
    known = {"kind": PersonKind(stored["kind"]), "id": UUID(stored["id"]) if stored["id"] else None}
    return Participant(**{**stored, **known})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


_WRITERS: Mapping[str, Callable[[Any], Any]] = {
    "when": synced.when_to_json,
    "recurrence": synced.recurrence_to_json,
    "organizer": _person,
    "participants": lambda people: [_person(one) for one in people],
    "review": lambda notes: [asdict(one) for one in notes],
    "deleted_at": lambda at: at.isoformat(),
    "company_id": str,
    "owner_id": str,
}
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "when": synced.when_from_json,
    "recurrence": synced.recurrence_from_json,
    "organizer": _read_person,
    "participants": lambda people: tuple(_read_person(one) for one in people),
    "review": lambda notes: tuple(ReviewNote(**one) for one in notes),
    "deleted_at": _moment,
    "company_id": UUID,
    "owner_id": UUID,
    "status": ActivityStatus,
    "type": ActivityType,
}


def told(
    situation: Situation, decision: Decision, results: Mapping[UUID, ChangeResult]
) -> dict[str, Any]:
    """The journal as members of a line of the log; empty where nothing was written, or where it is to be forgotten."""
    link, activity = situation.link, situation.activity
    if link is None or decision.forgets:
        return {}
    result = results.get(link.activity_id)
    version = result.activity.version if isinstance(result, Applied) else None
    match decision.action:
        case CreateActivity():
            return {"undo": entry(Kind.CREATED, None, {}, None), "activity_version": FIRST_VERSION}
        case LinkActivity():
            # What it brings is decided afresh, and told by a line of its own.
            return {"undo": entry(Kind.CHANGED, None, {}, None)}
        case RemoveActivity(fields=members):
            version = version or (activity.version if activity else None)
            return {
                "undo": entry(Kind.REMOVED, activity, members, link),
                "activity_version": version,
            }
        case UpdateActivity() | RestoreLink() | FreezeLink() as action if version is not None:
            undo = entry(Kind.CHANGED, activity, action.fields, link)
            return {"undo": undo, "activity_version": version}
    return {}
