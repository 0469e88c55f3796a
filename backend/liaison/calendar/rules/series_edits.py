"""What a person cannot do with a series of Outlook in the CRM, told before anything is changed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from liaison.calendar.rules.repeating import keeps_occurrences
from liaison.calendar.rules.synced import from_activity
from liaison.crm.model import Activity, OccurrenceException, OccurrenceKind
from liaison.crm.recurring import recurrence_in, when_changed
from liaison.errors import InvalidRequest, OccurrenceStaysCancelled
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import is_original_start, local_date_of, start_on
from liaison.recurrence.order import out_of_order

Exceptions = Mapping[date, OccurrenceException]


def check_series_edit(before: Activity, after: Activity, now: datetime) -> None:
    """For a series that is in Outlook. Raises `InvalidRequest`, `OccurrenceStaysCancelled`."""
    if before.recurrence and not after.recurrence and after.when.is_over(now):
        raise _refused(
            "The series has begun, and nothing is written into the past: "
            "give start and end of the one meeting that it becomes."
        )
    known: Exceptions = {}
    if keeps_occurrences(from_activity(before), from_activity(after)):
        known = _by_day(before)
        _check_cancelled(known, after)
    check_order(after, known)


def check_order(activity: Activity, known: Exceptions | None = None) -> None:
    """Occurrences stay between their neighbours. Raises `InvalidRequest`.

    `known`: exceptions that are so in Outlook already; nothing is asked of them.
    """
    recurrence = _recurrence(activity)
    if recurrence is None:
        return
    changed = {
        day: one for day, one in _by_day(activity).items() if one.kind is OccurrenceKind.CHANGED
    }
    moved = {day: when_changed(recurrence, activity.when, one) for day, one in changed.items()}
    fresh = {day for day, one in changed.items() if (known or {}).get(day) != one}
    crossing = sorted(out_of_order(recurrence, activity.when, moved) & fresh)
    if crossing:
        raise _refused(
            f"Outlook keeps each occurrence between its neighbours: that of {crossing[0]} may not "
            "be on the day of the one before or after it, nor beyond it. "
            "Cancel it and plan an activity of its own for that time."
        )


def dropped_exceptions(before: Activity, after: Activity) -> list[OccurrenceException]:
    """Those of dates that the series has no more; not what somebody took back of a date that it keeps."""
    recurrence = _recurrence(after)
    return [
        one
        for day, one in _by_day(before).items()
        if recurrence is None
        or not is_original_start(recurrence, after.when, start_on(recurrence, after.when, day))
    ]


def _check_cancelled(known: Exceptions, after: Activity) -> None:
    """What no longer is an occurrence, because the series ends earlier, is not called back."""
    recurrence, held = _recurrence(after), _by_day(after)
    back = [
        one.original_start.isoformat()
        for day, one in known.items()
        if one.kind is OccurrenceKind.CANCELLED
        and held.get(day) != one
        and recurrence
        and is_original_start(recurrence, after.when, one.original_start)
    ]
    if back:
        raise OccurrenceStaysCancelled(originalStarts=back)


def _by_day(activity: Activity) -> Exceptions:
    """By the days of the series' zone on which they were meant to be."""
    repeats, recurrence = activity.recurrence, _recurrence(activity)
    if repeats is None or recurrence is None:
        return {}
    return {
        local_date_of(recurrence, activity.when, one.original_start): one
        for one in repeats.exceptions
    }


def _recurrence(activity: Activity) -> Recurrence | None:
    return recurrence_in(activity.recurrence, activity.when) if activity.recurrence else None


def _refused(sentence: str) -> InvalidRequest:
    return InvalidRequest(sentence, errors={"recurrence": [sentence]})
