"""What decisions change in links and in the copies that they remember. Values in, values out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from liaison.calendar.model import Copy, Link, LinkState, Scope
from liaison.calendar.passes import Decided, Pass
from liaison.calendar.rules.decision import (
    Action,
    Agree,
    Decision,
    EndLink,
    FreezeLink,
    GiveWay,
    Leave,
    Rekey,
    RemoveActivity,
    RestoreLink,
    ResumeLink,
    UpdateActivity,
)
from liaison.calendar.rules.endings import ended
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.crm.model import Applied, ChangeResult


def link_changes(
    settled: Sequence[Decided], results: Mapping[UUID, ChangeResult], this: Pass
) -> list[tuple[Link, Mapping[str, Any]]]:
    """The members to write, by link. `results`: what came of the changes of activities, by activity."""
    changes: list[tuple[Link, Mapping[str, Any]]] = []
    for situation, decision in settled:
        link = situation.link
        if link is None:
            continue
        members = _link_members(link, decision, results.get(link.activity_id), this)
        if isinstance(decision.action, UpdateActivity | Agree):
            members |= {**_meeting_change(link, situation), **decision.keeps}
        if members:
            changes.append((link, members))
    return changes


def changed_copies(settled: Sequence[Decided]) -> list[tuple[UUID, Copy]]:
    """The copies that are remembered anew: only those that differ from what is remembered."""
    found = []
    for situation, decision in settled:
        link, copy = situation.link, _copy_now(situation, decision.action)
        if link and copy and _differs(link.copy_of(situation.mailbox_id), copy):
            found.append((link.id, copy))
    return found


def _link_members(
    link: Link, decision: Decision, result: ChangeResult | None, this: Pass
) -> dict[str, Any]:
    match decision.action:
        case UpdateActivity(baseline=baseline):
            return _live() | {"baseline": baseline, "last_synced_at": this.now}
        case Agree(baseline) if link.baseline != baseline or link.state is not LinkState.LIVE:
            return _live() | {"baseline": baseline, "last_synced_at": this.now}
        case RemoveActivity() | EndLink():
            version = result.activity.version if isinstance(result, Applied) else None
            over = ended(decision.reason, this.actor.name, this.now)
            return over | {"removal_version": version}
    return _standing_members(decision.action)


def _standing_members(action: Action) -> dict[str, Any]:
    match action:
        case FreezeLink(because=because):
            return {"state": LinkState.FROZEN, "frozen_reason": because}
        case ResumeLink() | RestoreLink():
            return _live()
        case Rekey(original_start):
            return {"original_start": original_start}
    return {}


def _live() -> dict[str, Any]:
    return {
        "state": LinkState.LIVE,
        "frozen_reason": None,
        "ended_at": None,
        "ended_by": None,
        "ended_reason": None,
        "removal_version": None,
    }


def _meeting_change(link: Link, situation: Situation) -> dict[str, Any]:
    """What the link itself says of its meeting: the organizer, and whether it is a series."""
    if not isinstance(situation.observation, Seen):
        return {}
    event = situation.observation.event
    shown: dict[str, Any] = {"organizer_address": event.organizer.address}
    if link.scope is not Scope.OCCURRENCE:
        shown["scope"] = scope_of(event)
    return {name: value for name, value in shown.items() if getattr(link, name) != value}


def _differs(old: Copy | None, new: Copy) -> bool:
    seen = (new.event_id, new.is_organizer, new.is_present)
    return old is None or (old.event_id, old.is_organizer, old.is_present) != seen


def _copy_now(situation: Situation, action: Action) -> Copy | None:
    observation, link = situation.observation, situation.link
    if isinstance(observation, Seen):
        event = observation.event
        return Copy(
            situation.mailbox_id,
            event.event_id,
            event.is_organizer,
            _is_present(action, default=True),
        )
    old = link.copy_of(situation.mailbox_id) if link else None
    if old is None:
        return None
    is_present = _is_present(action, default=old.is_present)
    return Copy(old.mailbox_id, old.event_id, old.is_organizer, is_present)


def _is_present(action: Action, *, default: bool) -> bool:
    match action:
        case Leave(copy_present) if copy_present is not None:
            return copy_present
        case GiveWay(copy_present=copy_present):
            return copy_present
        case FreezeLink(copy_present=copy_present) if copy_present is not None:
            return copy_present
        case RemoveActivity() | EndLink():
            return False
        case _:
            return default
