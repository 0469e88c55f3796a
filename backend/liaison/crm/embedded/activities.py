"""Activities in the database: read, made and changed by the batch, in a constant number of statements."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, func, or_, select, update
from sqlalchemy.dialects.postgresql import TSVECTOR, insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import TableValuedAlias

from liaison.crm.activity_changes import (
    CHANGEABLE,
    changed_activity,
    differing_fields,
    made_activity,
)
from liaison.crm.embedded import outbox
from liaison.crm.embedded.rows import COLUMNS, as_row, from_row
from liaison.crm.embedded.tables import ActivityRow, CompanyRow
from liaison.crm.model import (
    Activity,
    ActivityChange,
    ActivityStatus,
    Actor,
    Applied,
    ChangeResult,
    NewActivity,
    Refused,
)
from liaison.db.lists import among, among_given
from liaison.db.recordset import given, recordset
from liaison.db.tables import new_id, plain

TABLE = plain(ActivityRow)
NAMES = tuple(TABLE.c.keys())
# Each page of changes executes these, so that they are put together once.
_FIND = select(*COLUMNS).where(among_given(TABLE.c.id, "ids")).order_by(TABLE.c.id)
_FIND_LOCKED = _FIND.with_for_update()
_LOCK = (
    select(TABLE.c.id, TABLE.c.version)
    .where(among_given(TABLE.c.id, "ids"))
    .order_by(TABLE.c.id)
    .with_for_update()
)
# Of our own ids; keys of requests are derived from what they say.
ID_VERSION = 7
# Under this name a session knows what its transaction has read.
_READ = "activities"


def _with_vector(record: TableValuedAlias) -> dict[str, Any]:
    """The columns of the rows that are given, the words as the index wants them."""
    columns = {name: record.c[name] for name in NAMES}
    return columns | {"words": func.array_to_tsvector(record.c.words, type_=TSVECTOR)}


_GIVEN = recordset({one.name: one.type for one in TABLE.columns} | {"words": ARRAY(Text)})
_CREATE = (
    insert(TABLE)
    .from_select(NAMES, select(*_with_vector(_GIVEN).values()))
    .on_conflict_do_nothing()
    .returning(TABLE.c.key)
)
_OVERWRITE = (
    update(TABLE)
    .values({name: one for name, one in _with_vector(_GIVEN).items() if name not in {"id", "key"}})
    .where(TABLE.c.id == _GIVEN.c.id)
)


def find_activities(
    session: Session, ids: Collection[UUID], *, for_update: bool = False
) -> dict[UUID, Activity]:
    """Those that exist, deleted ones included. Locked in the order of their ids, so that batches never block each other for ever."""
    if not ids:
        return {}
    known: Mapping[UUID, Activity] = session.info.get(_READ, {})
    if for_update and all(key in known for key in ids):
        return _lock(session, known, ids)
    rows = session.execute(_FIND_LOCKED if for_update else _FIND, {"ids": ids})
    found = {row.id: from_row(row) for row in rows}
    session.info[_READ] = {**known, **found}
    return found


def _lock(
    session: Session, known: Mapping[UUID, Activity], ids: Collection[UUID]
) -> dict[UUID, Activity]:
    """What this transaction has read already is not read again while it has the same version."""
    versions = {row.id: row.version for row in session.execute(_LOCK, {"ids": ids})}
    same = {key: known[key] for key in versions if known[key].version == versions[key]}
    return same | find_activities(session, versions.keys() - same.keys())


def list_planned(
    session: Session,
    organizer_id: UUID,
    *,
    between: tuple[datetime, datetime],
    only_flagged: bool,
) -> list[UUID]:
    """See the port."""
    start, end = between
    statement = (
        select(ActivityRow.id)
        .where(
            ActivityRow.people.contains([f"r:{organizer_id}"]),
            ActivityRow.organizer["id"].astext == str(organizer_id),
            ActivityRow.status == ActivityStatus.PLANNED.value,
            ActivityRow.deleted_at.is_(None),
            ActivityRow.stub.is_(False),
            ActivityRow.starts_at <= end,
            or_(ActivityRow.ends_at >= start, ActivityRow.recurrence.is_not(None)),
        )
        .order_by(ActivityRow.starts_at, ActivityRow.id)
    )
    if only_flagged:
        statement = statement.where(ActivityRow.transfer_to_outlook)
    return list(session.scalars(statement))


def create_activities(
    session: Session, new: Sequence[NewActivity], actor: Actor, now: datetime
) -> list[Activity]:
    """Make activities; of a key that was used before, the activity as it is now."""
    made = {one.key: made_activity(one, _id_of(one.key), actor, now) for one in new}
    rows = _rows(session, made.values(), list(made))
    stored = set(session.scalars(_CREATE, given(rows)))
    outbox.write(session, ((made[key], sorted(CHANGEABLE)) for key in stored), actor, now)
    by_key = made | _find_by_keys(session, set(made) - stored)
    return [by_key[one.key] for one in new]


def _id_of(key: UUID) -> UUID:
    """A key in the order of creation, as that of a link is, serves as id too: who gave it need not be told another."""
    return key if key.version == ID_VERSION else new_id()


def apply_changes(
    session: Session, changes: Sequence[ActivityChange], actor: Actor, now: datetime
) -> list[ChangeResult]:
    """Change activities, each if it still has the version; one that would not differ stays as it is."""
    before = find_activities(session, {one.activity_id for one in changes}, for_update=True)
    after = dict(before)
    results = [_apply(after, change, actor, now) for change in changes]
    changed = [one for key, one in after.items() if one is not before[key]]
    if changed:
        _overwrite(session, changed)
        differences = ((one, differing_fields(before[one.id], one)) for one in changed)
        outbox.write(session, differences, actor, now)
    return results


def _apply(
    activities: dict[UUID, Activity], change: ActivityChange, actor: Actor, now: datetime
) -> ChangeResult:
    activity = activities.get(change.activity_id)
    if activity is None:
        return Refused("not-found")
    if activity.version != change.if_version:
        return Refused("version-mismatch")
    activities[activity.id] = changed_activity(activity, change.fields, actor, now)
    return Applied(activities[activity.id])


def _overwrite(session: Session, activities: Sequence[Activity]) -> None:
    rows = _rows(session, activities, [None] * len(activities))
    session.execute(_OVERWRITE, given(rows))


def _rows(
    session: Session, activities: Iterable[Activity], keys: Sequence[UUID | None]
) -> list[dict[str, Any]]:
    activities = list(activities)
    names = _company_names(session, {one.company_id for one in activities if one.company_id})
    return [
        as_row(one, key, names.get(one.company_id, "") if one.company_id else "")
        for one, key in zip(activities, keys, strict=True)
    ]


def _company_names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    if not ids:
        return {}
    named = select(CompanyRow.id, CompanyRow.name).where(among(CompanyRow.id, ids))
    return {row.id: row.name for row in session.execute(named)}


def _find_by_keys(session: Session, keys: Collection[UUID]) -> dict[UUID, Activity]:
    if not keys:
        return {}
    rows = session.execute(select(*COLUMNS).where(among(ActivityRow.key, keys)))
    return {row.key: from_row(row) for row in rows}
