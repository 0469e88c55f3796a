"""Makes the links of many meetings at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Link
from liaison.calendar.rules import synced
from liaison.calendar.stores.tables import LinkRow
from liaison.db.recordset import given, insert_rows
from liaison.db.tables import plain

_NAMES = (
    "id",
    "scope",
    "state",
    "ical_uid",
    "activity_id",
    "organizer_address",
    "baseline",
    "ends_at",
    "created_by",
    "created_at",
    "version",
    "last_synced_at",
)
_MAKE = insert_rows(LinkRow, _NAMES).on_conflict_do_nothing().returning(plain(LinkRow).c.id)


def make_links(session: Session, wanted: Sequence[Link], at: datetime) -> set[UUID]:
    """Make these links; which of them were made. The others' meetings, or activities, have one of somebody else's.

    In the order of the meetings, so that two who make the same ones do not wait for each other for ever.
    """
    if not wanted:
        return set()
    rows = [_row(link, at) for link in sorted(wanted, key=lambda link: link.ical_uid)]
    return set(session.scalars(_MAKE, given(rows)))


def _row(link: Link, at: datetime) -> dict[str, Any]:
    baseline = link.baseline
    return {
        "id": link.id,
        "scope": link.scope.value,
        "state": link.state.value,
        "ical_uid": link.ical_uid,
        "activity_id": link.activity_id,
        "organizer_address": link.organizer_address,
        "baseline": synced.to_json(baseline) if baseline else None,
        "ends_at": synced.ends_at(baseline) if baseline else None,
        "created_by": link.created_by,
        "created_at": at,
        "version": link.version,
        "last_synced_at": link.last_synced_at,
    }
