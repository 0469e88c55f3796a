"""Activities as rows of the database and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any
from uuid import UUID

from liaison.crm.activity_changes import people_keys
from liaison.crm.embedded.recurrence_column import as_json, from_json
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.embedded.words import words_of
from liaison.crm.model import (
    Activity,
    ActivityStatus,
    ActivityType,
    Participant,
    PersonKind,
    ReviewNote,
)
from liaison.crm.recurring import listed_date
from liaison.times import When

# By these activities are found; they say nothing of their own.
FOUND_BY = {"words", "listed_at", "listed_until"}
COLUMNS = [column for column in ActivityRow.__table__.columns if column.name not in FOUND_BY]
COPIED = (
    "id",
    "subject",
    "notes",
    "place",
    "owner_id",
    "internal_notes",
    "outcome",
    "next_step",
    "regarding",
    "confidential",
    "company_id",
    "stub",
    "transfer_to_outlook",
    "deleted_at",
    "version",
    "created_by",
    "changed_by",
    "changed_at",
)

_copied = attrgetter(*COPIED)
_NAMES = tuple(column.name for column in COLUMNS)
_KINDS = {kind.value: kind for kind in PersonKind}


def as_row(activity: Activity, key: UUID | None, company: str) -> dict[str, Any]:
    """The columns of an activity as JSON holds them; `company` is the name by which it is searched too."""
    when = activity.when
    return dict(zip(COPIED, _copied(activity), strict=True)) | {
        "key": key,
        "type": activity.type,
        "status": activity.status,
        "starts_at": when.starts_at,
        "ends_at": when.ends_at,
        "first_day": when.start if when.is_all_day else None,
        "last_day": when.end if when.is_all_day else None,
        "time_zone": when.time_zone,
        "organizer": _participant_json(activity.organizer),
        "participants": [_participant_json(one) for one in activity.participants],
        "people": people_keys(activity.participants),
        "recurrence": as_json(activity.recurrence),
        **listing(activity, activity.changed_at),
        "review": [{"reason": note.reason, "address": note.address} for note in activity.review],
        "words": words_of(
            activity.subject,
            activity.regarding,
            activity.place,
            company,
            *(f"{one.name} {one.address}" for one in activity.participants),
        ),
    }


def listing(activity: Activity, now: datetime) -> dict[str, datetime | None]:
    """By which date it is listed, and until when."""
    if activity.recurrence is None:
        return {"listed_at": None, "listed_until": None}
    when, until = listed_date(activity, now)
    return {"listed_at": when.starts_at, "listed_until": until}


def from_row(found: Sequence[Any]) -> Activity:
    """The activity in a row of `COLUMNS`."""
    # SQLAlchemy's own mapping would look each name up at every access.
    row = dict(zip(_NAMES, found, strict=True))
    return Activity(
        **{name: row[name] for name in COPIED},
        type=ActivityType(row["type"]),
        status=ActivityStatus(row["status"]),
        when=_when(row),
        organizer=_participant(row["organizer"]),
        participants=tuple(_participant(one) for one in row["participants"]),
        recurrence=from_json(row["recurrence"]),
        review=tuple(ReviewNote(note["reason"], note["address"]) for note in row["review"]),
    )


def _when(row: Mapping[str, Any]) -> When:
    if row["first_day"] is not None:
        return When(row["first_day"], row["last_day"], row["time_zone"])
    return When(_utc(row["starts_at"]), _utc(row["ends_at"]), row["time_zone"])


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


def _participant_json(one: Participant) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "role": one.role,
        "response": one.response,
        "invite": one.invite,
    }


def _participant(stored: Mapping[str, Any]) -> Participant:
    return _same_participant(
        stored["kind"],
        stored["id"],
        stored["name"],
        stored["address"],
        stored["role"],
        stored["response"],
        stored["invite"],
    )


@lru_cache(maxsize=4096)  # the same people meet again and again
def _same_participant(kind: str, person_id: str | None, *others: Any) -> Participant:
    return Participant(_KINDS[kind], UUID(person_id) if person_id else None, *others)
