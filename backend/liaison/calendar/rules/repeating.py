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
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.policy.values import Conflict, Owner
from liaison.times import When

Exceptions = Mapping[date, OccurrenceException]
# Of one occurrence what Outlook has, and what the CRM has.
_Pair = tuple[OccurrenceException | None, OccurrenceException | None]


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
    """What holds afterwards in the activity, in the meeting as a whole, and in the new baseline on either side.

    `occurrences`: those that the CRM changed or cancelled, to be written one by one.
    """

    activity: Timing
    wanted: Timing
    agreed: Timing
    agreed_here: Timing
    occurrences: tuple[OccurrenceException, ...]
    conflict: Conflict | None


def merge_time(
    owner: Owner, conflict: Conflict, baseline: Synced | None, outlook: Synced, crm: Synced
) -> MergedTime:
    """Merge the whole first: where it moves, its single occurrences move with it."""
    verdict = _judge_whole(owner, conflict, baseline, outlook, crm)
    here, there = _timing(crm), _timing(outlook)
    before = _timing(baseline) if baseline else there
    before_here = _timing(baseline.crm_side) if baseline else here
    match verdict.fate:
        case Fate.INBOUND:
            return MergedTime(there, there, there, there, (), verdict.conflict)
        case Fate.OUTBOUND:
            besides = _besides(there, here)
            return MergedTime(here, here, before, before_here, besides, verdict.conflict)
        case Fate.APART:
            return MergedTime(here, there, before, before_here, (), verdict.conflict)
    if owner is Owner.OUTLOOK or there.recurrence is None:
        return MergedTime(there, there, there, there, (), None)
    return _merge_occurrences(owner, conflict, baseline, there, here)


def same_whole(one: Synced | Timing, other: Synced | Timing) -> bool:
    """Whether both take place at the same times, single occurrences apart."""
    return one.time == other.time and same_rule(one.recurrence, other.recurrence)


def keeps_occurrences(one: Synced | Timing, other: Synced | Timing) -> bool:
    """Whether Outlook keeps what single occurrences have of their own when the one becomes the other.

    It does where no more than the end of the series changes.
    """
    return one.time == other.time and _pattern(one) == _pattern(other)


def _judge_whole(
    owner: Owner, conflict: Conflict, baseline: Synced | None, outlook: Synced, crm: Synced
) -> Verdict:
    if same_whole(outlook, crm):
        return AGREED
    if baseline is None:
        return judge_first(owner, outlook.time, crm.time)
    in_outlook = not same_whole(outlook, baseline)
    in_crm = not same_whole(crm, baseline.crm_side)
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


def still_apart(before: Synced, agreed: Synced, here: Synced) -> Synced:
    """What the CRM holds once its time is agreed anew: single occurrences that were left apart stay so, where untouched."""
    was, now = _exceptions(before.recurrence), _exceptions(agreed.recurrence)
    apart = {
        start: one
        for start, one in _exceptions(before.crm_side.recurrence).items()
        if one != was.get(start) == now.get(start)
    }
    timing = _timing(here)
    return _with(timing, {**_exceptions(timing.recurrence), **apart}).put_into(here)


def _besides(there: Timing, here: Timing) -> tuple[OccurrenceException, ...]:
    """The CRM's single occurrences that are written after the whole: those that Outlook does not have, or forgets by it."""
    known = _exceptions(there.recurrence) if keeps_occurrences(there, here) else {}
    ours = _exceptions(here.recurrence)
    return _in_order({start: one for start, one in ours.items() if known.get(start) != one})


def _pattern(timing: Synced | Timing) -> Any:
    stored = timing.recurrence.pattern if timing.recurrence else None
    return stored["pattern"] if stored else None


def _merge_occurrences(
    owner: Owner, conflict: Conflict, baseline: Synced | None, there: Timing, here: Timing
) -> MergedTime:
    outlook, crm = _exceptions(there.recurrence), _exceptions(here.recurrence)
    base, base_here = _agreed_occurrences(baseline, there) if baseline else (outlook, crm)
    verdicts = {
        start: _judge_one(
            owner,
            conflict,
            (outlook.get(start), crm.get(start)),
            (base.get(start), base_here.get(start)) if baseline else None,
        )
        for start in sorted({*outlook, *crm}, key=str)
    }
    kept: dict[date, Any] = {}
    agreed: dict[date, Any] = {}
    agreed_here: dict[date, Any] = {}
    for start, verdict in verdicts.items():
        kept[start] = (outlook if verdict.is_settled else crm).get(start)
        agreed[start] = (outlook if verdict.is_settled else base).get(start)
        agreed_here[start] = (outlook if verdict.is_settled else base_here).get(start)
    going = {start: crm[start] for start, one in verdicts.items() if one.fate is Fate.OUTBOUND}
    return MergedTime(
        activity=_with(there, kept),
        wanted=_with(there, {**outlook, **going}),
        agreed=_with(there, agreed),
        agreed_here=_with(there, agreed_here),
        occurrences=tuple(going.values()),
        conflict=next((one.conflict for one in verdicts.values() if one.conflict), None),
    )


def _agreed_occurrences(baseline: Synced, there: Timing) -> tuple[Exceptions, Exceptions]:
    """What of single occurrences still holds of what was agreed, on either side.

    Where the whole is another one since, it is a write of ours that arrived without its occurrences: Outlook forgot
    them, and all that the CRM has of them is its change.
    """
    if not keeps_occurrences(baseline, there):
        return {}, {}
    return _exceptions(baseline.recurrence), _exceptions(baseline.crm_side.recurrence)


def _judge_one(owner: Owner, conflict: Conflict, now: _Pair, before: _Pair | None) -> Verdict:
    """What was cancelled cannot be called back, nor a change forgotten: without the CRM's exception Outlook's counts.

    By an exception without fields the CRM wants the occurrence as the series has it, until Outlook shows it so.
    """
    outlook, crm = now
    if outlook == crm or (outlook is None and crm and is_as_the_series(crm)):
        return AGREED
    if crm is None:
        return INBOUND
    if before is None:
        return judge_first(owner, outlook, crm)
    return judge(owner, conflict, in_outlook=outlook != before[0], in_crm=crm != before[1])


def is_as_the_series(exception: OccurrenceException) -> bool:
    """Whether nothing of it differs any more."""
    return exception.kind is OccurrenceKind.CHANGED and not exception.fields


def _timing(value: Synced) -> Timing:
    return Timing(value.time, value.recurrence)


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
