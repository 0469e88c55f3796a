"""Series move on in the list of activities: when the date by which one stands there is over, the next one counts."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from liaison.crm.embedded.rows import COLUMNS, from_row, listing
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import Activity
from liaison.db.tables import plain

# After a long silence many dates are over at once; nobody who lists activities waits for all of them.
AT_ONCE = 200
TABLE = plain(ActivityRow)
_MOVE_ON = (
    update(TABLE)
    .where(TABLE.c.id == bindparam("of"))
    .values(listed_at=bindparam("at"), listed_until=bindparam("until"))
)


def list_anew(session: Session, now: datetime) -> None:
    """Find the next dates of series whose listed one is over. What somebody else changes at this moment is left to him."""
    due = (
        select(*COLUMNS)
        .where(ActivityRow.listed_until <= now)
        .order_by(ActivityRow.listed_until)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    moved = [_moved(from_row(row), now) for row in session.execute(due)]
    if moved:
        session.execute(_MOVE_ON, moved)


def _moved(activity: Activity, now: datetime) -> dict[str, Any]:
    date = listing(activity, now)
    return {"of": activity.id, "at": date["listed_at"], "until": date["listed_until"]}
