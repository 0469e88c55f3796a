"""What a write of ours brought to the meeting: told by Outlook's answer, or by a later look where that was lost. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from liaison.calendar.model import HeldPerson, Link, Synced, SyncedPerson
from liaison.calendar.rules import log_values
from liaison.calendar.rules.attendees import role_of
from liaison.calendar.rules.contests import is_same, told
from liaison.calendar.rules.decision import ChangeEvent
from liaison.calendar.rules.identities import identities_of, invited_by_key
from liaison.calendar.rules.merge import with_field
from liaison.calendar.rules.people import NOBODY
from liaison.calendar.rules.situation import Situation
from liaison.crm.matching import Matches

Sent = Mapping[str, Any]
REPLACED = "replaced"
_OWNED = {"recurrence": "time"}


def to_send(change: ChangeEvent | None) -> Sent:
    """The owned fields that a write brings, with their values as the log tells them."""
    if change is None:
        return {}
    names = {_OWNED.get(name, name) for name in change.fields}
    names |= {"time"} if change.occurrences else set()
    sent = {name: told(change.wanted, name) for name in sorted(names)}
    if "participants" in sent and change.replaced:
        # Of the people those count whom the write changed; the others may be in the meeting only.
        sent["participants"][REPLACED] = told(change.replaced, "participants")["participants"]
    return sent


def agreed_since(situation: Situation, link: Link, offered: Synced, crm: Synced) -> Synced | None:
    """The baseline, with what our write has brought to the meeting: what either side changed since is a change of its own.

    Of what was answered Outlook's form counts; of what was not, only the very value that was sent is known for ours.
    """
    agreed, answered = link.baseline, situation.written is not None
    if agreed is None:
        return None
    for name, value in _sent(situation, link).items():
        if name == "participants":
            sent, replaced = (_people(value.get(key)) for key in (name, REPLACED))
            agreed = _people_as_sent(agreed, sent, replaced, offered, situation.matches)
        elif answered and is_same(told(crm, name), value):
            agreed = with_field(agreed, name, crm)
        elif answered or is_same(told(offered, name), value):
            agreed = with_field(agreed, name, offered)
    return agreed


def what_arrived(
    situation: Situation, link: Link, offered: Synced
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What our write changed in the meeting: before and after, as the log tells it."""
    answered = situation.written
    earlier = answered.replaced if answered and answered.replaced else link.baseline
    if earlier is None:
        return {}, {}
    names = [
        name
        for name, value in _sent(situation, link).items()
        if answered or is_same(told(offered, name), value)
    ]
    was = {key: value for name in names for key, value in told(earlier, name).items()}
    told_now = {key: value for name in names for key, value in told(offered, name).items()}
    # A single meeting tells nothing of repeating.
    now = dict.fromkeys(was) | told_now
    return log_values.only_changes(was, now)


def _people_as_sent(
    baseline: Synced,
    sent: Iterable[SyncedPerson],
    replaced: Iterable[SyncedPerson],
    offered: Synced,
    matches: Matches | None,
) -> Synced:
    """The baseline after a write: whom it changed and who is in the meeting as he was sent is agreed, whatever the CRM did since.

    `sent`, `replaced`: the people of the meeting as they were written, and as they were before.
    """
    known = identities_of(matches or NOBODY)
    there = invited_by_key(offered)
    wanted, before = ({one.key: one for one in some} for some in (sent, replaced))
    people = {one.key: one for one in baseline.participants}
    held_by_who = {one.who: one for one in baseline.held or ()}
    changed = (key for key in {*wanted, *before} if role_of(wanted, key) != role_of(before, key))
    for key in changed:
        if role_of(there, key) != role_of(wanted, key):
            continue
        who = known.get(key, key)
        if key in there:
            people[key] = there[key]
            held_by_who[who] = HeldPerson(who, key, there[key].role)
        else:
            people.pop(key, None)
            held_by_who = {name: one for name, one in held_by_who.items() if one.address != key}
    return replace(
        baseline,
        participants=tuple(people[key] for key in sorted(people)),
        held=None if baseline.held is None else tuple(held_by_who[w] for w in sorted(held_by_who)),
    )


def _people(stored: list[Mapping[str, str]] | None) -> list[SyncedPerson]:
    return [SyncedPerson(**one) for one in stored or ()]


def _sent(situation: Situation, link: Link) -> Sent:
    return to_send(situation.written) if situation.written else link.sent
