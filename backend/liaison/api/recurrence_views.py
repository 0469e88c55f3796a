"""How an activity repeats, as it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.api.moments import in_zone, show_when
from liaison.calendar.linking.values import Repetition
from liaison.calendar.rules.repeating import is_as_the_series
from liaison.calendar.rules.series import key_of
from liaison.crm.model import Activity, OccurrenceException
from liaison.crm.recurring import dates_after, last_date, next_dates
from liaison.times import When

SHOWN_DATES = 5

# Occurrences with activities of their own: by original start the activity, None where the reader may not see it.
Apart = Mapping[datetime, UUID | None]


def show_recurrence(activity: Activity, apart: Apart, now: datetime) -> dict[str, Any] | None:
    """As `RecurrenceAnswer` writes it."""
    repeats = activity.recurrence
    if repeats is None:
        return None
    zone = activity.when.time_zone
    following = next_dates(activity, now, SHOWN_DATES)
    last = None if following else last_date(activity)
    return {
        "rule": repeats.rule,
        "exceptions": [
            _show_exception(one, zone, apart)
            for one in repeats.exceptions
            if not is_as_the_series(one)
        ],
        "next_dates": _show_dates(following),
        "last_date": show_when(last) if last else None,
    }


def show_repetition(repetition: Repetition | None, now: datetime) -> dict[str, Any] | None:
    """As `RepetitionAnswer` writes it."""
    if repetition is None:
        return None
    dates = dates_after(repetition.recurrence, repetition.first, now, SHOWN_DATES)
    return {"rule": repetition.recurrence.rule, "next_dates": _show_dates(dates)}


def _show_exception(one: OccurrenceException, zone: str, apart: Apart) -> dict[str, Any]:
    start = key_of(one.original_start)
    return {
        "original_start": in_zone(one.original_start, zone),
        "kind": one.kind,
        "fields": one.fields,
        "apart": start in apart,
        "activity_id": apart.get(start),
    }


def _show_dates(dates: list[When]) -> list[dict[str, Any]]:
    return [show_when(when) for when in dates]
