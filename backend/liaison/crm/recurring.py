"""Activities that repeat: when they take place next. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any

from liaison.crm.model import Activity, ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.recurrence.days import longest_gap
from liaison.recurrence.held import held
from liaison.recurrence.model import ImpossibleRecurrence, Recurrence
from liaison.recurrence.occurrences import ends_at, instant_of, local_date_of, when_of
from liaison.recurrence.rrule_reading import recurrence_of
from liaison.recurrence.stored import from_json
from liaison.times import When


def next_dates(activity: Activity, now: datetime, limit: int) -> list[When]:
    """The next times at which a series takes place, one that takes place now included; none for what never repeats."""
    if activity.recurrence is None:
        return []
    return dates_after(activity.recurrence, activity.when, now, limit)


def dates_after(repeats: ActivityRecurrence, first: When, now: datetime, limit: int) -> list[When]:
    """Likewise of a series whose first occurrence is `first`, whether or not it has an activity."""
    recurrence = recurrence_in(repeats, first)
    return [] if recurrence is None else list(islice(_held(repeats, recurrence, first, now), limit))


def last_date(activity: Activity) -> When | None:
    """When a series takes place for the last time; None where it never ends, never takes place or cannot be told."""
    repeats, first = activity.recurrence, activity.when
    recurrence = recurrence_in(repeats, first) if repeats else None
    end = ends_at(recurrence, first) if recurrence else None
    if repeats is None or recurrence is None or end is None:
        return None
    # The last ones may be cancelled: further and further back, so that a long series is not walked through.
    back = timedelta(days=longest_gap(recurrence.pattern))
    while True:
        after = max(first.starts_at - timedelta(days=1), end - back)
        found = list(_held(repeats, recurrence, first, after))
        if found or after < first.starts_at:
            return found[-1] if found else None
        back *= 4


def listed_date(activity: Activity, now: datetime) -> tuple[When, datetime | None]:
    """By which of its dates an activity is listed, and from when on by a later one; None where that stays.

    Of a series that is its next date, after the last one the last.
    """
    for following in next_dates(activity, now, 1):
        return following, following.ends_at
    return last_date(activity) or activity.when, None


def _held(
    repeats: ActivityRecurrence, recurrence: Recurrence, first: When, after: datetime
) -> Iterator[When]:
    days = {local_date_of(recurrence, first, one.original_start) for one in repeats.exceptions}
    changed = (one for one in repeats.exceptions if one.kind is OccurrenceKind.CHANGED)
    moved = [when_changed(recurrence, first, one) for one in changed]
    return held(recurrence, first, gone=days, moved=moved, after=after)


def recurrence_in(repeats: ActivityRecurrence, first: When) -> Recurrence | None:
    """What the pattern says, else the rule; None for a rule that has no pattern.

    A pattern that somebody damaged costs the dates, not the page that shows them.
    """
    if repeats.pattern is None:
        return recurrence_of(repeats.rule, first)
    try:
        return from_json(repeats.pattern)
    except ImpossibleRecurrence:
        return None


def when_changed(recurrence: Recurrence, first: When, exception: OccurrenceException) -> When:
    """When a changed occurrence takes place: as it was meant to, unless its fields say otherwise."""
    start: datetime | date = exception.original_start
    meant = when_of(recurrence, first, start if first.is_all_day else instant_of(recurrence, start))
    fields = exception.fields
    return When(
        _moment(fields.get("start"), meant.start),
        _moment(fields.get("end"), meant.end),
        str(fields.get("timeZone") or meant.time_zone),
    )


def _moment(value: Any, otherwise: date) -> date:
    if not isinstance(value, str):
        return otherwise
    is_day = len(value) == len("2026-11-23")
    return date.fromisoformat(value) if is_day else datetime.fromisoformat(value).astimezone(UTC)
