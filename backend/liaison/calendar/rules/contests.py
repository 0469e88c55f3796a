"""Fields that both sides changed: told once for each pair of values, and remembered while the loser can be restored. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.model import Contest, Link, Synced
from liaison.calendar.rules import log_values, synced
from liaison.calendar.rules.decision import Remark
from liaison.calendar.rules.merge import OWNED_FIELDS, Merged
from liaison.crm.model import ReviewNote
from liaison.outlook.time_zones import kept_name
from liaison.policy.values import Conflict

REASONS = {
    Conflict.OUTLOOK_WINS: "conflict-outlook-won",
    Conflict.CRM_WINS: "conflict-crm-won",
    Conflict.HOLD: "conflict-held",
}
Contests = Mapping[str, Contest]


def is_open(link: Link, name: str) -> bool:
    """Whether somebody has to decide about this synced field."""
    one = link.contested.get("time" if name == "recurrence" else name)
    return one is not None and _waits(one)


def is_undecided(contests: Contests) -> bool:
    """Whether somebody has to decide about any of these."""
    return any(map(_waits, contests.values()))


def winners(link: Link, outlook: Synced, crm: Synced, policy: Conflict) -> dict[str, Conflict]:
    """Who wins where both sides changed a field: whom a person chose for just these values, else as the policy says."""
    return {name: _chosen(link, name, outlook, crm) or policy for name in OWNED_FIELDS}


def contests_after(link: Link, merged: Merged, outlook: Synced, crm: Synced) -> dict[str, Contest]:
    """What is contested now, and what was settled before as long as the winner still stands."""
    found = {
        name: Contest(told(outlook, name), told(crm, name), how, _chosen(link, name, outlook, crm))
        for name, how in merged.conflicts.items()
    }
    standing = {
        name: one
        for name, one in link.contested.items()
        if name not in found and _stands(one, told(outlook, name), told(crm, name))
    }
    return standing | found


def marked(review: tuple[ReviewNote, ...], contests: Contests) -> tuple[ReviewNote, ...]:
    """The review, with a mark as long as somebody has to decide."""
    note = ReviewNote(REASONS[Conflict.HOLD])
    others = tuple(one for one in review if one != note)
    return (*others, note) if is_undecided(contests) else others


def contest_remarks(link: Link, contests: Contests) -> tuple[Remark, ...]:
    """What is contested anew. Before and after: of what was won the loser and the winner, else the CRM's and Outlook's.

    What a person chose was told when he did.
    """
    return tuple(
        _remark(name, one)
        for name, one in contests.items()
        if not one.chosen and not _is_same(one, link.contested.get(name))
    )


def told(value: Synced, name: str) -> dict[str, Any]:
    """One of the owned fields as the log tells it; a time with how it repeats."""
    found = log_values.to_log({synced.MEMBERS[name]: value.value(name)})
    if name != "time" or value.recurrence is None:
        return found
    return found | {"recurrence": synced.field_to_json(value, "recurrence")}


def is_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether both are the same value; what people answer meanwhile, or how a zone is called, changes nothing."""
    return _bare(one) == _bare(other)


def _waits(one: Contest) -> bool:
    return one.how is Conflict.HOLD and one.chosen is None


def _chosen(link: Link, name: str, outlook: Synced, crm: Synced) -> Conflict | None:
    one = link.contested.get(name)
    if one is None or one.chosen is None:
        return None
    is_still = is_same(one.outlook, told(outlook, name)) and is_same(one.crm, told(crm, name))
    return one.chosen if is_still else None


def _is_same(one: Contest, known: Contest | None) -> bool:
    if known is None or known.how is not one.how:
        return False
    return is_same(one.outlook, known.outlook) and is_same(one.crm, known.crm)


def _stands(one: Contest, outlook: Mapping[str, Any], crm: Mapping[str, Any]) -> bool:
    match one.how:
        case Conflict.OUTLOOK_WINS:
            return is_same(one.outlook, outlook) and is_same(one.outlook, crm)
        case Conflict.CRM_WINS:
            return is_same(one.crm, crm) and is_same(one.crm, outlook)
    return False


def _remark(name: str, one: Contest) -> Remark:
    crm_won = one.how is Conflict.CRM_WINS
    before, after = (one.outlook, one.crm) if crm_won else (one.crm, one.outlook)
    return Remark(REASONS[one.how], {"fields": [name]}, before=before, after=after)


def _bare(value: Mapping[str, Any]) -> object:
    if "participants" in value:
        people = value["participants"]
        return sorted((one["address"] or one["name"], one["role"]) for one in people)
    if "timeZone" in value:
        return {**value, "timeZone": kept_name(value["timeZone"])}
    return value
