"""Baseline, Outlook now and CRM now, merged field by field: what each side shall hold, and what is agreed. Pure.

Different fields both apply. Of a field that both sides changed the policy says whose value counts. A field that is
contested, or on its way to Outlook, keeps its old baseline, so that the same is decided again until both sides agree.
Both may agree to differ: where only the CRM had a value when the two were linked, and in what is the CRM's alone. The
baseline holds both values then (`Synced.apart`), and either side's next change counts against its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from liaison.calendar.model import Synced
from liaison.calendar.rules.attendees import MergedPeople, merge_people
from liaison.calendar.rules.repeating import MergedTime, merge_time, same_rule, still_apart
from liaison.calendar.rules.synced import leaving_apart, with_members
from liaison.calendar.rules.verdicts import AGREED, Fate, Verdict, judge, judge_first
from liaison.crm.matching import Matches
from liaison.crm.model import Activity, OccurrenceException, Participant
from liaison.policy.values import Conflict, Owner

OWNED_FIELDS = ("subject", "notes", "time", "place", "participants")
_TEXTS = ("subject", "notes", "place")
Owning = Mapping[str, Owner]
Winners = Mapping[str, Conflict]


@dataclass(frozen=True, slots=True)
class Sides:
    """What is merged. `baseline` is None when the two have just been linked. `matches`: who the meeting's people are."""

    baseline: Synced | None
    outlook: Synced
    crm: Synced
    activity: Activity
    matches: Matches | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """`crm` and `wanted`: what the activity and the meeting shall hold. `baseline`: what is agreed then.

    `participants`: the people of the activity, the organizer first. `occurrences`: those that the CRM changed, to be
    written to Outlook one by one. `conflicts`: how the fields that both sides changed were settled.
    """

    crm: Synced
    wanted: Synced
    baseline: Synced
    participants: tuple[Participant, ...]
    occurrences: tuple[OccurrenceException, ...]
    conflicts: Mapping[str, Conflict]
    people_go_out: bool
    people_apart: bool

    def outgoing(self, outlook: Synced) -> frozenset[str]:
        """The synced fields in which the meeting as a whole is not yet as it shall be."""
        plain = ("subject", "notes", "time", "place")
        found = {name for name in plain if self.wanted.value(name) != outlook.value(name)}
        if not same_rule(self.wanted.recurrence, outlook.recurrence):
            found.add("recurrence")
        return frozenset(found | ({"participants"} if self.people_go_out else set()))


def merge_fields(sides: Sides, owners: Owning, winners: Winners) -> Merged:
    """Merge each field by itself. `winners`: who wins where both sides changed it."""
    texts = {name: _judge_text(sides, name, owners[name], winners[name]) for name in _TEXTS}
    time = merge_time(owners["time"], winners["time"], sides.baseline, sides.outlook, sides.crm)
    people = _merge_people(sides, owners["participants"], winners["participants"])
    found = {name: verdict.conflict for name, verdict in texts.items()}
    found |= {"time": time.conflict, "participants": people.conflict}
    return Merged(
        crm=_crm(sides, texts, time),
        wanted=_wanted(sides, texts, time, people),
        baseline=_baseline(sides, texts, time, people),
        participants=people.participants,
        occurrences=time.occurrences,
        conflicts={name: how for name, how in found.items() if how},
        people_go_out=people.goes_out,
        people_apart=people.is_apart,
    )


def with_field(value: Synced, field: str, other: Synced) -> Synced:
    """The baseline, in which one of the owned fields is as the other has it on both sides."""
    names = ("time", "recurrence") if field == "time" else (field,)
    agreed = with_members(value, **{name: other.value(name) for name in names})
    if not value.apart:
        return agreed
    here = with_members(value.crm_side, **{name: other.value(name) for name in names})
    return leaving_apart(agreed, still_apart(value, agreed, here) if field == "time" else here)


def _judge_text(sides: Sides, name: str, owner: Owner, conflict: Conflict) -> Verdict:
    outlook, crm = sides.outlook.value(name), sides.crm.value(name)
    if outlook == crm:
        return AGREED
    if sides.baseline is None:
        return judge_first(owner, outlook, crm)
    in_outlook = outlook != sides.baseline.value(name)
    in_crm = crm != sides.baseline.crm_side.value(name)
    return judge(owner, conflict, in_outlook=in_outlook, in_crm=in_crm)


def _merge_people(sides: Sides, owner: Owner, conflict: Conflict) -> MergedPeople:
    return merge_people(
        owner, conflict, sides.baseline, sides.outlook, sides.activity, sides.matches
    )


def _crm(sides: Sides, texts: Mapping[str, Verdict], time: MergedTime) -> Synced:
    taken: dict[str, Any] = {
        name: sides.outlook.value(name) for name, verdict in texts.items() if verdict.is_settled
    }
    return time.activity.put_into(with_members(sides.crm, **taken))


def _wanted(
    sides: Sides, texts: Mapping[str, Verdict], time: MergedTime, people: MergedPeople
) -> Synced:
    sent: dict[str, Any] = {
        name: sides.crm.value(name)
        for name, verdict in texts.items()
        if verdict.fate is Fate.OUTBOUND
    }
    wanted = with_members(sides.outlook, **sent, participants=people.wanted)
    return time.wanted.put_into(wanted)


def _baseline(
    sides: Sides, texts: Mapping[str, Verdict], time: MergedTime, people: MergedPeople
) -> Synced:
    """When the two are linked each side's value counts as agreed, if it stays."""
    before = sides.baseline or sides.outlook
    kept: dict[str, Any] = {
        name: before.value(name) for name, one in texts.items() if not one.is_settled
    }
    shared = with_members(sides.outlook, **kept, participants=people.agreed, held=people.held)
    agreed = time.agreed.put_into(shared)
    if not kept and time.agreed_here == time.agreed:
        return agreed
    here_before = sides.baseline.crm_side if sides.baseline else sides.crm
    kept_here = {name: here_before.value(name) for name in kept}
    return leaving_apart(agreed, time.agreed_here.put_into(with_members(agreed, **kept_here)))
