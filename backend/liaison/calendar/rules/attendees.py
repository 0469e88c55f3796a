"""The people of a meeting and of its activity, merged as a set: each person for himself. Pure.

Outlook knows people by address, the CRM by who they are. What the CRM changed is told by what it had when both
agreed (`Synced.held`), so that an alias that comes or goes adds and removes nobody. Whoever is not to be invited and
is not in the meeting is the CRM's alone. What people answered is always Outlook's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from liaison.calendar.model import HeldPerson, Synced, SyncedPerson
from liaison.calendar.rules import synced
from liaison.calendar.rules.identities import (
    held,
    identities_of,
    invited_by_key,
    keys_of,
    organizes,
    others_of,
    own_key,
    who_is,
)
from liaison.calendar.rules.people import NOBODY, wanted_participants
from liaison.calendar.rules.verdicts import AGREED, APART, INBOUND, Fate, Verdict, judge
from liaison.crm.activity_changes import same_person
from liaison.crm.matching import Matches
from liaison.crm.model import Activity, Participant, PersonKind
from liaison.policy.values import Conflict, Owner

Roles = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MergedPeople:
    """Who takes part afterwards: in the activity, in the meeting, and in the new baseline."""

    participants: tuple[Participant, ...]
    wanted: tuple[SyncedPerson, ...]
    agreed: tuple[SyncedPerson, ...]
    held: tuple[HeldPerson, ...] | None
    conflict: Conflict | None
    goes_out: bool
    is_apart: bool


@dataclass(frozen=True, slots=True)
class _Sides:
    """By key of the meeting. `crm`: who stands for it now; `was`: the role that the CRM had when both agreed.

    `held`: everybody whom the CRM had then.
    """

    outlook: Mapping[str, SyncedPerson]
    base: Mapping[str, SyncedPerson]
    crm: Mapping[str, Participant]
    held: tuple[HeldPerson, ...]
    was: Roles
    alone: tuple[Participant, ...]
    is_first: bool


def merge_people(
    owner: Owner,
    conflict: Conflict,
    baseline: Synced | None,
    offered: Synced,
    activity: Activity,
    matches: Matches | None,
) -> MergedPeople:
    """Merge each person by himself. Where Outlook owns them the CRM has nobody of its own, unless it planned the meeting."""
    if owner is Owner.OUTLOOK and not activity.transfer_to_outlook:
        return _as_outlook_has_them(offered, activity, matches or NOBODY)
    sides = _sides(baseline, offered, activity, identities_of(matches or NOBODY))
    keys = sorted({*sides.outlook, *sides.crm, *sides.was})
    verdicts = {key: _judge(owner, conflict, sides, key) for key in keys}
    participants = _participants(sides, verdicts, offered, activity, matches or NOBODY)
    wanted = _wanted(sides, verdicts, offered)
    return MergedPeople(
        participants=participants,
        wanted=wanted,
        agreed=_agreed(sides, verdicts, offered),
        held=None if owner is Owner.OUTLOOK else _held_after(sides, verdicts, participants),
        conflict=next((one.conflict for one in verdicts.values() if one.conflict), None),
        goes_out=any(one.fate is Fate.OUTBOUND for one in verdicts.values()),
        is_apart=any(one == APART for one in verdicts.values()),
    )


def _as_outlook_has_them(offered: Synced, activity: Activity, matches: Matches) -> MergedPeople:
    """Outlook's list counts whatever the CRM has, so that nobody is contested and nobody goes out."""
    return MergedPeople(
        participants=wanted_participants(offered, matches, activity),
        wanted=offered.participants,
        agreed=offered.participants,
        held=None,
        conflict=None,
        goes_out=False,
        is_apart=False,
    )


def role_of(people: Mapping[str, SyncedPerson], key: str) -> str | None:
    """The role in which somebody takes part, None for who does not."""
    return people[key].role if key in people else None


def shall_be_invited(one: Participant) -> bool:
    """Whether this person is to be invited: our own people unless somebody said no, others when somebody said so."""
    return one.kind is PersonKind.REPRESENTATIVE if one.invite is None else one.invite


def is_invited(one: Participant) -> bool:
    """Whether Outlook can invite, and shall."""
    return shall_be_invited(one) and bool(one.address)


def _sides(
    baseline: Synced | None, offered: Synced, activity: Activity, known: Mapping[str, str]
) -> _Sides:
    outlook = invited_by_key(offered)
    base = invited_by_key(baseline) if baseline else {}
    organizer = next((one for one in offered.participants if organizes(one)), None)
    crm: dict[str, Participant] = {}
    alone = []
    for one in others_of(activity, known.get(organizer.key) if organizer else None):
        keys = keys_of(who_is(one), own_key(one), outlook, known)
        if not keys & {*outlook, *base} and not is_invited(one):
            alone.append(one)
            continue
        crm |= {key: one for key in keys if key not in crm}
    agreed = _held_when_agreed(baseline, base, known)
    was = _were(agreed, crm, outlook, known)
    return _Sides(outlook, base, crm, agreed, was, tuple(alone), baseline is None)


def _held_when_agreed(
    baseline: Synced | None, base: Mapping[str, SyncedPerson], known: Mapping[str, str]
) -> tuple[HeldPerson, ...]:
    """Whom the CRM had when both agreed: Outlook's list where the people were Outlook's, or the activity came from it."""
    if baseline and baseline.held is not None:
        return baseline.held
    return tuple(HeldPerson(known.get(key, key), key, one.role) for key, one in base.items())


def _were(
    agreed: Iterable[HeldPerson],
    crm: Mapping[str, Participant],
    outlook: Mapping[str, SyncedPerson],
    known: Mapping[str, str],
) -> dict[str, str]:
    """The keys, with their roles, that the CRM had when both agreed."""
    by_who: dict[str, set[str]] = {}
    for key, one in crm.items():
        by_who.setdefault(who_is(one), set()).add(key)
    return {
        key: one.role
        for one in agreed
        for key in by_who.get(one.who) or keys_of(one.who, one.address, outlook, known)
    }


def _judge(owner: Owner, conflict: Conflict, sides: _Sides, key: str) -> Verdict:
    here = sides.crm.get(key)
    crm, outlook = here and here.role, role_of(sides.outlook, key)
    if crm == outlook:
        return AGREED
    if sides.is_first:
        return _judge_first(owner, sides, here)
    in_outlook = outlook != role_of(sides.base, key)
    in_crm = crm != sides.was.get(key)
    return judge(owner, conflict, in_outlook=in_outlook, in_crm=in_crm)


def _judge_first(owner: Owner, sides: _Sides, here: Participant | None) -> Verdict:
    """Outlook's list wins, unless it is the CRM's or Outlook has none; nobody is invited because two are linked."""
    stays = owner is Owner.CRM or (owner is Owner.BOTH and not sides.outlook)
    return APART if here and stays else INBOUND


def _participants(
    sides: _Sides,
    verdicts: Mapping[str, Verdict],
    offered: Synced,
    activity: Activity,
    matches: Matches,
) -> tuple[Participant, ...]:
    taken = [one for one in offered.participants if organizes(one) or verdicts[one.key].is_settled]
    found = wanted_participants(replace(offered, participants=tuple(taken)), matches, activity)
    kept = [
        replace(one, response=there.response) if (there := sides.outlook.get(key)) else one
        for key, one in sides.crm.items()
        if not verdicts[key].is_settled
    ]
    people = list(found)
    for one in (*kept, *sides.alone):
        if not any(same_person(one, other) for other in people):
            people.append(one)
    return tuple(people)


def _wanted(
    sides: _Sides, verdicts: Mapping[str, Verdict], offered: Synced
) -> tuple[SyncedPerson, ...]:
    """The people of the meeting, plus or minus what the CRM changed."""
    people = {one.key: one for one in offered.participants}
    for key, verdict in verdicts.items():
        if verdict.fate is not Fate.OUTBOUND:
            continue
        one, there = sides.crm.get(key), sides.outlook.get(key)
        if one is None:
            del people[key]
        elif there:
            people[key] = replace(there, role=one.role)
        else:
            people[key] = SyncedPerson(one.address, one.name, one.role)
    return tuple(people[key] for key in sorted(people))


def _agreed(
    sides: _Sides, verdicts: Mapping[str, Verdict], offered: Synced
) -> tuple[SyncedPerson, ...]:
    """As Outlook has them; whoever is contested or on his way as before, which is as Outlook has him at first."""
    people = {one.key: one for one in offered.participants}
    for key, verdict in verdicts.items():
        if verdict.is_settled or sides.is_first:
            continue
        people.pop(key, None)
        if key in sides.base:
            people[key] = sides.base[key]
    return tuple(people[key] for key in sorted(people))


def _held_after(
    sides: _Sides,
    verdicts: Mapping[str, Verdict],
    participants: Iterable[Participant],
) -> tuple[HeldPerson, ...]:
    open_keys = {key for key, verdict in verdicts.items() if not verdict.is_settled}
    # Whom the two are linked with belongs to what the CRM has, though Outlook has him not.
    still_open = {
        who_is(sides.crm[key]) for key in open_keys if key in sides.crm and not sides.is_first
    }
    kept_back = still_open | {who_is(one) for one in sides.alone}
    settled = [held(one) for one in participants if one.response != synced.ORGANIZER]
    found = {one.who: one for one in settled if one.who not in kept_back}
    gone = {one.who: one for one in sides.held if one.address in open_keys}
    found |= {one.who: one for one in sides.held if one.who in still_open} | gone
    return tuple(found[who] for who in sorted(found))
