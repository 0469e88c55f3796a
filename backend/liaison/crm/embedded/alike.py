"""Finds the activities that are the same as meetings, in one statement for any number of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from liaison.crm.alike import is_alike
from liaison.crm.embedded.rows import COLUMNS, from_row
from liaison.crm.embedded.tables import ActivityRow
from liaison.crm.model import Activity, ActivityStatus, MeetingFacts
from liaison.db.lists import among

_ORGANIZER = func.coalesce(
    ActivityRow.organizer["id"].astext, ActivityRow.organizer["address"].astext
)


def find_alike(session: Session, meetings: Sequence[MeetingFacts]) -> list[list[Activity]]:
    """See the port. Start and organizer find a few; which of them are the same shows in what they say."""
    if not meetings:
        return []
    organizers = {str(one.organizer.id or one.organizer.address) for one in meetings}
    rows = session.execute(
        select(*COLUMNS).where(
            _begins_with(meetings),
            _ORGANIZER.in_(organizers),
            ActivityRow.status == ActivityStatus.PLANNED.value,
            ActivityRow.deleted_at.is_(None),
        )
    )
    by_start = _by_start(from_row(row) for row in rows)
    return [[each for each in by_start[one.when.start] if is_alike(each, one)] for one in meetings]


def _begins_with(meetings: Sequence[MeetingFacts]) -> ColumnElement[bool]:
    """A whole day begins at another instant in each zone, so it is found by its name."""
    timed = {one.when.starts_at for one in meetings if not one.when.is_all_day}
    days = {one.when.start for one in meetings if one.when.is_all_day}
    begins = [among(ActivityRow.starts_at, timed)] if timed else []
    if days:
        begins.append(among(ActivityRow.first_day, days))
    return or_(*begins)


def _by_start(activities: Iterable[Activity]) -> dict[date, list[Activity]]:
    found: dict[date, list[Activity]] = defaultdict(list)
    for one in activities:
        found[one.when.start].append(one)
    return found
