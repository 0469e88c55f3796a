"""How a person wants an activity to repeat: its rule and its single occurrences, every problem at once. Pure."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from liaison.crm.model import (
    Activity,
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
)
from liaison.crm.occurrence_wishes import Wrong, check_times, read_fields, read_moment
from liaison.crm.record_fields import Errors
from liaison.crm.recurring import recurrence_in, when_changed
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import is_original_start, local_date_of, start_on
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.rrule_reading import recurrence_of
from liaison.recurrence.stored import to_json
from liaison.times import When

GIVEN = {"rule", "exceptions"}
READ_ONLY = {"nextDates", "lastDate"}
OCCURRENCE = {"originalStart", "kind", "fields"}
OCCURRENCE_READ_ONLY = {"apart", "activityId"}


def read_recurrence(
    wishes: Mapping[str, Any], when: When | None, current: Activity | None, errors: Errors
) -> dict[str, Any]:
    """The member `recurrence` as wished, or as it follows from another time; nothing where it stays as it is.

    `when`: the time of the first occurrence that is wished, None where that stays. Without a recurrence only the
    first occurrence is left.
    """
    wish = wishes.get("recurrence")
    held = current.recurrence if current else None
    if held and "recurrence" in wishes and wish is None:
        return {"recurrence": None}
    first = when or (current.when if current else None)
    if first is None or (wish is None and (held is None or when is None)):
        return {}
    try:
        found = _read(wish or {}, first, current)
    except Wrong as wrong:
        errors["recurrence"] = [str(wrong)]
        return {}
    return {} if found == held else {"recurrence": found}


def _read(wish: Mapping[str, Any], first: When, current: Activity | None) -> ActivityRecurrence:
    unknown = set(wish) - GIVEN - READ_ONLY
    if unknown:
        raise Wrong(f"There is no {', '.join(sorted(unknown))} of a recurrence.")
    held = current.recurrence if current else None
    rule = wish.get("rule", held.rule if held else None)
    if not isinstance(rule, str):
        raise Wrong("Give the rule.")
    recurrence = _recurrence(rule, first, current)
    exceptions = _shifted(recurrence, first, current)
    if "exceptions" in wish:
        fallen_out = _starts(held) - {one.original_start for one in exceptions}
        exceptions = _exceptions(wish["exceptions"], recurrence, first, exceptions, fallen_out)
    if held and current and rule == held.rule and first == current.when:
        return replace(held, exceptions=exceptions)
    return ActivityRecurrence(rule_text(recurrence, first), to_json(recurrence), exceptions)


def _recurrence(rule: str, first: When, current: Activity | None) -> Recurrence:
    """The pattern that is known already, on new days where the rule stays: a rule cannot say all of it."""
    held = current.recurrence if current else None
    known = recurrence_in(held, current.when) if held and current and rule == held.rule else None
    if known and current:
        span = replace(known.range, start_date=_day_of(first), time_zone=first.time_zone)
        known = replace(known, range=span) if first != current.when else known
    found = known or recurrence_of(rule, first)
    if found is None:
        raise Wrong("Outlook knows no series with this rule.")
    if not is_original_start(found, first, first.start):
        raise Wrong("The series does not take place on the day on which it starts.")
    return found


def _day_of(first: When) -> date:
    """The day of its zone on which it begins."""
    if not isinstance(first.start, datetime):
        return first.start
    return first.start.astimezone(ZoneInfo(first.time_zone)).date()


def _shifted(
    recurrence: Recurrence, first: When, current: Activity | None
) -> tuple[OccurrenceException, ...]:
    """The occurrences that are not as the series has it, on the same days at its new time."""
    held = current.recurrence if current else None
    before = recurrence_in(held, current.when) if held and current else None
    if held is None or current is None or before is None:
        return ()
    moved = []
    for one in held.exceptions:
        day = local_date_of(before, current.when, one.original_start)
        start = start_on(recurrence, first, day)
        if is_original_start(recurrence, first, start):
            moved.append(replace(one, original_start=start))
    return tuple(moved)


def _starts(held: ActivityRecurrence | None) -> set[date]:
    return {one.original_start for one in held.exceptions} if held else set()


def _exceptions(
    wished: Any,
    recurrence: Recurrence,
    first: When,
    known: tuple[OccurrenceException, ...],
    fallen_out: Container[date],
) -> tuple[OccurrenceException, ...]:
    """What is sent back of occurrences that are none any more (`fallen_out`) goes.

    A changed one that is not sent back is as the series has it again: Outlook is told by an exception without fields.
    """
    if not isinstance(wished, list):
        raise Wrong("The exceptions are a list.")
    by_start = {one.original_start: one for one in known}
    found = {
        start: replace(one, fields={})
        for start, one in by_start.items()
        if one.kind is OccurrenceKind.CHANGED
    }
    for wish in wished:
        one = _exception(wish, recurrence, first, by_start, fallen_out)
        if one is not None:
            found[one.original_start] = one
    return tuple(found[start] for start in sorted(found, key=str))


def _exception(
    wish: Any,
    recurrence: Recurrence,
    first: When,
    known: Mapping[date, OccurrenceException],
    fallen_out: Container[date],
) -> OccurrenceException | None:
    if not isinstance(wish, Mapping) or set(wish) - OCCURRENCE - OCCURRENCE_READ_ONLY:
        raise Wrong("An exception has originalStart, kind and fields.")
    start = read_moment(wish.get("originalStart"))
    if not is_original_start(recurrence, first, start):
        if start in fallen_out:
            return None
        raise Wrong(f"The series has no occurrence that was meant to begin on {start}.")
    start = start_on(recurrence, first, local_date_of(recurrence, first, start))
    if wish.get("kind") not in list(OccurrenceKind):
        raise Wrong(f"The kind of an exception is one of {', '.join(OccurrenceKind)}.")
    kind, fields = OccurrenceKind(wish["kind"]), wish.get("fields") or {}
    there = known.get(start)
    if there and there.kind is kind and dict(there.fields) == dict(fields):
        return there
    if kind is OccurrenceKind.CANCELLED:
        return OccurrenceException(start, kind)
    return _changed(
        OccurrenceException(start, kind, read_fields(fields, there.fields if there else {})),
        recurrence,
        first,
    )


def _changed(one: OccurrenceException, recurrence: Recurrence, first: When) -> OccurrenceException:
    """The exception, if it takes place at a time that can be."""
    when = when_changed(recurrence, first, one)
    check_times(when.start, when.end, one.fields.get("allDay"))
    return one
