"""When a meeting takes place, merged: its time and how it repeats as one value, single occurrences each for itself. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from liaison.calendar.model import Synced
from liaison.calendar.rules.synced import with_members
from liaison.calendar.rules.verdicts import (
    AGREED,
    INBOUND,
    Fate,
    Verdict,
    judge,
    judge_first,
)
from liaison.crm.model import ActivityRecurrence, OccurrenceException
from liaison.policy.values import Conflict, Owner
from liaison.times import When

Exceptions = Mapping[date, OccurrenceException]


@dataclass(frozen=True, slots=True)
class Timing:
    """A time and how it repeats."""

    time: When
    recurrence: ActivityRecurrence | None

    def put_into(self, value: Synced) -> Synced:
        """The synced fields with this time."""
        return with_members(value, time=self.time, recurrence=self.recurrence)


@dataclass(frozen=True, slots=True)
class MergedTime:
    """What holds afterwards in the activity, in the meeting as a whole, and in the new baseline.

    `occurrences`: those that the CRM changed or cancelled, to be written one by one.
    """

    activity: Timing
    wanted: Timing
    agreed: Timing
    occurrences: tuple[OccurrenceException, ...]
    conflict: Conflict | None


def merge_time(
    owner: Owner, conflict: Conflict, baseline: Synced | None, outlook: Synced, crm: Synced
) -> MergedTime:
    """Merge the whole first: where it moves, its single occurrences move with it."""
    verdict = _judge_whole(owner, conflict, baseline, outlook, crm)
    here, there = Timing(crm.time, crm.recurrence), Timing(outlook.time, outlook.recurrence)
    before = Timing(baseline.time, baseline.recurrence) if baseline else there
    match verdict.fate:
        case Fate.INBOUND:
            return MergedTime(there, there, there, (), verdict.conflict)
        case Fate.OUTBOUND:
            return MergedTime(here, here, before, _besides(there, here), verdict.conflict)
        case Fate.APART:
            return MergedTime(here, there, before, (), verdict.conflict)
    if owner is Owner.OUTLOOK or there.recurrence is None:
        return MergedTime(there, there, there, (), None)
    return _merge_occurrences(owner, conflict, baseline, there, here)


def same_whole(one: Synced | Timing, other: Synced | Timing) -> bool:
    """Whether both take place at the same times, single occurrences apart."""
    return one.time == other.time and same_rule(one.recurrence, other.recurrence)


def _judge_whole(
    owner: Owner, conflict: Conflict, baseline: Synced | None, outlook: Synced, crm: Synced
) -> Verdict:
    if same_whole(outlook, crm):
        return AGREED
    if baseline is None:
        return judge_first(owner, outlook.time, crm.time)
    in_outlook, in_crm = not same_whole(outlook, baseline), not same_whole(crm, baseline)
    return judge(owner, conflict, in_outlook=in_outlook, in_crm=in_crm)


def same_series(one: ActivityRecurrence | None, other: ActivityRecurrence | None) -> bool:
    """Whether both take place alike, single occurrences included, whatever the form in which they say so."""
    return same_rule(one, other) and _exceptions(one) == _exceptions(other)


def same_rule(one: ActivityRecurrence | None, other: ActivityRecurrence | None) -> bool:
    """Whether both repeat alike. A rule that was written by hand has no pattern; then its text says it all."""
    if one is None or other is None:
        return one is other
    has_patterns = one.pattern is not None and other.pattern is not None
    return one.rule == other.rule and (not has_patterns or one.pattern == other.pattern)


def _besides(there: Timing, here: Timing) -> tuple[OccurrenceException, ...]:
    """The CRM's single occurrences that are written after the whole: those that Outlook does not have, or forgets by it.

    Outlook keeps what its occurrences have of their own only where no more than the end of the series changes.
    """
    keeps = there.time == here.time and _pattern(there) == _pattern(here)
    known = _exceptions(there.recurrence) if keeps else {}
    ours = _exceptions(here.recurrence)
    return _in_order({start: one for start, one in ours.items() if known.get(start) != one})


def _pattern(timing: Timing) -> Any:
    stored = timing.recurrence.pattern if timing.recurrence else None
    return stored["pattern"] if stored else None


def _merge_occurrences(
    owner: Owner, conflict: Conflict, baseline: Synced | None, there: Timing, here: Timing
) -> MergedTime:
    outlook, crm = _exceptions(there.recurrence), _exceptions(here.recurrence)
    base = _exceptions(baseline.recurrence) if baseline else outlook
    verdicts = {
        start: _judge_one(owner, conflict, base.get(start), outlook.get(start), crm.get(start))
        for start in sorted({*outlook, *crm}, key=str)
    }
    kept: dict[date, Any] = {}
    agreed: dict[date, Any] = {}
    for start, verdict in verdicts.items():
        kept[start] = (outlook if verdict.is_settled else crm).get(start)
        agreed[start] = (outlook if verdict.is_settled else base).get(start)
    going = {start: crm[start] for start, one in verdicts.items() if one.fate is Fate.OUTBOUND}
    return MergedTime(
        activity=_with(there, kept),
        wanted=_with(there, {**outlook, **going}),
        agreed=_with(there, agreed),
        occurrences=tuple(going.values()),
        conflict=next((one.conflict for one in verdicts.values() if one.conflict), None),
    )


def _judge_one(
    owner: Owner,
    conflict: Conflict,
    base: OccurrenceException | None,
    outlook: OccurrenceException | None,
    crm: OccurrenceException | None,
) -> Verdict:
    """What was cancelled cannot be called back, nor a change forgotten: without the CRM's exception Outlook's counts."""
    if outlook == crm:
        return AGREED
    if crm is None:
        return INBOUND
    return judge(owner, conflict, in_outlook=outlook != base, in_crm=crm != base)


def _exceptions(recurrence: ActivityRecurrence | None) -> dict[date, OccurrenceException]:
    return {one.original_start: one for one in recurrence.exceptions} if recurrence else {}


def _with(timing: Timing, exceptions: Mapping[date, OccurrenceException | None]) -> Timing:
    if timing.recurrence is None:
        return timing
    recurrence = replace(timing.recurrence, exceptions=_in_order(exceptions))
    return replace(timing, recurrence=recurrence)


def _in_order(
    exceptions: Mapping[date, OccurrenceException | None],
) -> tuple[OccurrenceException, ...]:
    """By their original starts, as Outlook's series tell them."""
    found = (exceptions[start] for start in sorted(exceptions, key=str))
    return tuple(one for one in found if one)
