"""What the CRM holds, in the form in which this event would show it: what then differs is a difference. Pure.

Outlook keeps some zones under another name, and how a series repeats has one form there, whoever wrote the rule. A
series that had begun before it was brought to Outlook is known there from its next occurrence on; the activity goes
on holding those before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from liaison.calendar.model import Synced
from liaison.calendar.rules.series_ahead import (
    SeriesAhead,
    recurrence_to_send,
    series_ahead,
    series_from,
)
from liaison.calendar.rules.synced import leaving_apart, with_members
from liaison.crm.model import Activity, ActivityRecurrence
from liaison.outlook.time_zones import kept_name
from liaison.recurrence.model import ImpossibleRecurrence, Recurrence
from liaison.recurrence.occurrences import instant_of, is_original_start, original_starts
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from liaison.times import When


def outward(crm: Synced, shown: Synced, now: datetime) -> Synced:
    """The same, with time and recurrence as this event would show them; untouched where Outlook has no such series."""
    time = _named_as(crm.time, shown.time)
    if crm.recurrence is None or shown.recurrence is None:
        return with_members(crm, time=time)
    try:
        ahead = _ahead(crm.recurrence, crm.time, shown, now)
    except ImpossibleRecurrence:
        return crm
    if ahead is None:
        return crm
    return replace(crm, time=_named_as(ahead.when, shown.time), recurrence=_told(ahead, shown))


def apart_outward(baseline: Synced, shown: Synced, now: datetime) -> Synced:
    """The baseline, with a time that the CRM keeps for itself told like the one that it holds now."""
    if not baseline.apart or not baseline.apart.keys() & {"time", "recurrence"}:
        return baseline
    here = outward(baseline.crm_side, shown, now)
    return leaving_apart(baseline, here)


def inward(
    fields: Mapping[str, Any], activity: Activity, crm: Synced, wanted: Synced
) -> Mapping[str, Any]:
    """Members of an activity as they are written: `crm` is what it holds told outward, `wanted` what it shall hold.

    Where the event shows only the later part of the series, single occurrences are added to what the activity has,
    and only another rule takes the place of the whole, time included.
    """
    held = activity.recurrence
    is_later_part = held is not None and crm.time.start != activity.when.start
    if held is None or wanted.recurrence is None or not is_later_part:
        return fields
    if not fields.keys() & {"when", "recurrence"}:
        return fields
    if crm.time != wanted.time or not _same_rule(crm.recurrence, wanted.recurrence):
        return {**fields, "when": wanted.time, "recurrence": wanted.recurrence}
    begins = crm.time.starts_at
    recurrence = recurrence_to_send(held, activity.when)
    before = [one for one in held.exceptions if instant_of(recurrence, one.original_start) < begins]
    kept = replace(held, exceptions=(*before, *wanted.recurrence.exceptions))
    return {**fields, "recurrence": kept}


def _same_rule(one: ActivityRecurrence | None, other: ActivityRecurrence | None) -> bool:
    return bool(one and other and one.rule == other.rule)


def _ahead(
    repeats: ActivityRecurrence, first: When, shown: Synced, now: datetime
) -> SeriesAhead | None:
    """From where the event begins; from before that only if something lies ahead that the event does not have."""
    begins = shown.time.starts_at
    if first.starts_at >= begins:
        return series_from(repeats, first, first.start) or _whole(repeats, first)
    recurrence = recurrence_to_send(repeats, first)
    lacks = any(True for _ in _lacking(repeats, recurrence, first, now, begins))
    if not lacks and is_original_start(recurrence, first, shown.time.start):
        return series_from(repeats, first, shown.time.start)
    return series_ahead(repeats, first, min(now, begins))


def _lacking(
    repeats: ActivityRecurrence,
    recurrence: Recurrence,
    first: When,
    now: datetime,
    begins: datetime,
) -> list[datetime]:
    excepted = {instant_of(recurrence, one.original_start) for one in repeats.exceptions}
    starts = original_starts(recurrence, first, after=now, before=begins)
    return [
        start for start in (instant_of(recurrence, one) for one in starts) if start not in excepted
    ]


def _whole(repeats: ActivityRecurrence, first: When) -> SeriesAhead:
    return SeriesAhead(first, recurrence_to_send(repeats, first), repeats.exceptions)


def _told(ahead: SeriesAhead, shown: Synced) -> ActivityRecurrence:
    """In the event's own words where both mean the same."""
    span = replace(ahead.recurrence.range, time_zone=shown.time.time_zone)
    recurrence = ahead.recurrence
    if kept_name(recurrence.range.time_zone) == kept_name(shown.time.time_zone):
        recurrence = replace(recurrence, range=span)
    return ActivityRecurrence(
        rule_text(recurrence, ahead.when), to_json(recurrence), ahead.exceptions
    )


def _named_as(time: When, shown: When) -> When:
    is_so_named = time.time_zone == shown.time_zone
    if is_so_named or kept_name(time.time_zone) != kept_name(shown.time_zone):
        return time
    return replace(time, time_zone=shown.time_zone)
