"""Reserves the links of many meetings at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Link, LinkState
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
    "created_by",
    "created_at",
    "version",
)
_RESERVE = insert_rows(LinkRow, _NAMES).on_conflict_do_nothing().returning(plain(LinkRow).c.id)


def reserve_links(session: Session, wanted: Sequence[Link], at: datetime) -> set[UUID]:
    """Make these links; which of them were made. The others' meetings, or activities, have one of somebody else's.

    In the order of the meetings, so that two who reserve the same ones do not wait for each other for ever.
    """
    if not wanted:
        return set()
    rows = [
        {
            "id": link.id,
            "scope": link.scope.value,
            "state": LinkState.RESERVED.value,
            "ical_uid": link.ical_uid,
            "activity_id": link.activity_id,
            "organizer_address": link.organizer_address,
            "created_by": link.created_by,
            "created_at": at,
            "version": link.version,
        }
        for link in sorted(wanted, key=lambda link: link.ical_uid)
    ]
    return set(session.scalars(_RESERVE, given(rows)))
