"""Finds a linked occurrence again after its whole series was shifted. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from liaison.calendar.model import Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.series import key_of, occurrence_at
from liaison.outlook.model import CalendarEvent
from liaison.recurrence.model import ImpossibleRecurrence, Recurrence
from liaison.recurrence.occurrences import index_of, local_date_of, original_starts, start_on
from liaison.recurrence.stored import from_json, to_json
from liaison.times import When


def origin_of(master: CalendarEvent) -> dict[str, Any] | None:
    """What an occurrence's link remembers of its series."""
    if master.recurrence is None:
        return None
    return {"recurrence": to_json(master.recurrence), "first": synced.when_to_json(master.when)}


def shifted_starts(
    master: CalendarEvent,
    lost: Mapping[UUID, tuple[Synced | None, datetime]],
    taken: Collection[datetime],
) -> dict[UUID, datetime]:
    """The new original starts, as far as they are certain: on the same local day, else of the same number.

    `lost`: by link what it remembers and by which start it was known. `taken`: original starts that other links have.
    Days count before numbers for all of them, so that none takes what is another one's own day.
    """
    found: dict[UUID, datetime] = {}
    for find in (_of_same_day, _of_same_number):
        for link_id, (baseline, start) in lost.items():
            former = _former_series(baseline)
            wanted = find(*former, start, master) if former and link_id not in found else None
            if wanted and wanted not in {*taken, *found.values()} and occurrence_at(master, wanted):
                found[link_id] = wanted
    return found


def _former_series(baseline: Synced | None) -> tuple[Recurrence, When] | None:
    origin = baseline.origin if baseline else None
    if origin is None:
        return None
    try:
        return from_json(origin["recurrence"]), synced.when_from_json(origin["first"])
    except ImpossibleRecurrence:
        return None


def _of_same_day(
    former: Recurrence, first: When, start: datetime, master: CalendarEvent
) -> datetime | None:
    if master.recurrence is None:
        return None
    return key_of(start_on(master.recurrence, master.when, local_date_of(former, first, start)))


def _of_same_number(
    former: Recurrence, first: When, start: datetime, master: CalendarEvent
) -> datetime | None:
    number = index_of(former, first, start)
    if master.recurrence is None or number is None:
        return None
    numbered = original_starts(master.recurrence, master.when)
    return next(map(key_of, islice(numbered, number, None)), None)
