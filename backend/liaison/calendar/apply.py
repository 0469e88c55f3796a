"""Carries decisions out: the only place that writes activities and links for the sync. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.capturing import capture, keep_copies
from liaison.calendar.guarding import keep_holds
from liaison.calendar.model import Copy, Link, LinkState, LoggedDecision, NoteSource, Scope
from liaison.calendar.rules import journal, log_values
from liaison.calendar.rules.creation import CREATED_MEMBERS
from liaison.calendar.rules.decision import (
    Action,
    Agree,
    CreateActivity,
    Decision,
    EndLink,
    FreezeLink,
    GiveWay,
    Leave,
    LinkActivity,
    LookAgain,
    Rekey,
    RemoveActivity,
    RestoreLink,
    ResumeLink,
    UpdateActivity,
)
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import decisions, links, noted
from liaison.crm.model import ActivityChange, Actor, Applied, ChangeResult
from liaison.crm.port import Crm
from liaison.reasons import registry
from liaison.reasons.model import Outcome

Decided = tuple[Situation, Decision]
_DECIDED_AFRESH = (ResumeLink, RestoreLink, Rekey, LinkActivity)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pass:
    """What the decisions of one run, or of one request, have in common.

    `epoch`: the full round that returned the events, None outside of one. `was_pushed`: a notification or a person
    drew attention to the events, not a round of changes. `permits`: of what is decided only this is carried out.
    """

    actor: Actor
    policy_version: int
    now: datetime
    run_id: UUID | None = None
    trace_id: str | None = None
    epoch: datetime | None = None
    was_pushed: bool = True
    permits: Callable[[Decided], bool] | None = None

    def entry(
        self,
        reason: str,
        action: str,
        *,
        outcome: Outcome | None = None,
        **members: Any,
    ) -> LoggedDecision:
        """A line of the log, with the usual outcome of its reason unless another is given."""
        return LoggedDecision(
            reason=reason,
            action=action,
            outcome=outcome or registry.get_reason(reason).outcome,
            actor=self.actor.name,
            policy_version=self.policy_version,
            at=self.now,
            run_id=self.run_id,
            trace_id=self.trace_id,
            **members,
        )


@dataclass
class Carried:
    """What came of it. `afresh`: to be decided again, because the activity changed or the link is live again."""

    decided: list[Decided] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    afresh: list[Situation] = field(default_factory=list)
    wake: set[UUID] = field(default_factory=set)


def carry_out(session: Session, crm: Crm, decided: Sequence[Decided], this: Pass) -> Carried:
    """Write what was decided: activities, links, copies, noted items, log."""
    captured = capture(session, crm, decided, this.actor, this.now)
    decided, carried = captured.decided, Carried(afresh=captured.rivals)
    results = _write_activities(session, crm, decided, this)
    settled = [pair for pair in decided if not _is_stale(results, pair, carried)]
    carried.decided = settled
    _forget(session, settled)
    links.save_links(session, _link_changes(settled, results, this))
    links.save_copies(session, _copies(settled), this.epoch)
    carried.wake |= keep_copies(session, settled, this.now)
    back = keep_holds(session, settled, this.now)
    for situation, decision in settled:
        _note(session, situation, decision.action, this.now, carried)
        carried.counts[decision.reason] += decision.is_told
    entries = [
        entry
        for pair in settled
        for entry in _log_entries(*pair, journal.told(*pair, results), this)
    ]
    entries += [_waits_no_more(situation, this) for situation in back]
    decisions.log_decisions(session, entries)
    return carried


def _write_activities(
    session: Session, crm: Crm, decided: Sequence[Decided], this: Pass
) -> dict[UUID, ChangeResult]:
    changes = [
        ActivityChange(situation.link.activity_id, version, members)
        for situation, decision in decided
        if situation.link and (wish := _activity_wish(decision.action))
        for members, version in [wish]
    ]
    if not changes:
        return {}
    results = crm.apply_changes(session, changes, this.actor)
    return {change.activity_id: result for change, result in zip(changes, results, strict=True)}


def _activity_wish(action: Action) -> tuple[Mapping[str, Any], int] | None:
    match action:
        case UpdateActivity(members, version) | RemoveActivity(_, members, version) if members:
            return members, version
        case FreezeLink(fields=members, if_version=version) if members:
            return members, version
        case RestoreLink(members, version) if members and version is not None:
            return members, version
        case _:
            return None


def _is_stale(results: Mapping[UUID, ChangeResult], pair: Decided, carried: Carried) -> bool:
    """Whether the activity changed since it was read; then nothing of the decision is carried out."""
    situation, decision = pair
    result = results.get(situation.link.activity_id) if situation.link else None
    is_stale = result is not None and not isinstance(result, Applied)
    if is_stale or isinstance(decision.action, _DECIDED_AFRESH):
        carried.afresh.append(situation)
    return is_stale


def _link_changes(
    settled: Sequence[Decided], results: Mapping[UUID, ChangeResult], this: Pass
) -> list[tuple[Link, Mapping[str, Any]]]:
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


def _link_members(
    link: Link, decision: Decision, result: ChangeResult | None, this: Pass
) -> dict[str, Any]:
    match decision.action:
        case CreateActivity(baseline=baseline):
            made = {"activity_id": link.activity_id}
            return _live() | made | {"baseline": baseline, "last_synced_at": this.now}
        case UpdateActivity(baseline=baseline):
            return _live() | {"baseline": baseline, "last_synced_at": this.now}
        case Agree(baseline) if link.baseline != baseline or link.state is not LinkState.LIVE:
            return _live() | {"baseline": baseline, "last_synced_at": this.now}
        case RemoveActivity() | EndLink():
            version = result.activity.version if isinstance(result, Applied) else None
            return _ended(decision.reason, this) | {"removal_version": version}
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
    ended = {"ended_at": None, "ended_by": None, "ended_reason": None, "removal_version": None}
    return {"state": LinkState.LIVE, "frozen_reason": None, **ended}


def _ended(reason: str, this: Pass) -> dict[str, Any]:
    return {
        "state": LinkState.ENDED,
        "frozen_reason": None,
        "ended_at": this.now,
        "ended_by": this.actor.name,
        "ended_reason": reason,
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


def _copies(settled: Sequence[Decided]) -> list[tuple[UUID, Copy]]:
    """The copies that are remembered anew: only those that differ from what is remembered."""
    found = []
    for situation, decision in settled:
        link, copy = situation.link, _copy_now(situation, decision.action)
        if link and copy and _differs(link.copy_of(situation.mailbox_id), copy):
            found.append((link.id, copy))
    return found


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


def _note(
    session: Session, situation: Situation, action: Action, now: datetime, carried: Carried
) -> None:
    match action:
        case LookAgain(at, seen_absent_at):
            event_id = event_id_of(situation.observation)
            noted.look_again(session, situation.mailbox_id, event_id, at, seen_absent_at, now)
        case GiveWay(to_mailbox_id) if situation.link:
            other = situation.link.copy_of(to_mailbox_id)
            wanted = other.event_id if other else noted.by_ical_uid(situation.link.ical_uid)
            noted.note_events(session, to_mailbox_id, [wanted], NoteSource.LINK, now)
            carried.wake.add(to_mailbox_id)
        case _:
            pass


def changes_of(situation: Situation, decision: Decision) -> tuple[Values, Values]:
    """What the decision changes in the activity, as the log holds it: before and after."""
    if decision.after:
        return decision.before, decision.after
    wish = _activity_wish(decision.action)
    members = wish[0] if wish else _created(decision.action)
    before, after = log_values.only_changes(
        log_values.values_of(situation.activity, members), log_values.to_log(members)
    )
    return ({}, after) if decision.forgets else (before, after)


def _created(action: Action) -> Mapping[str, Any]:
    """What the log keeps of a new activity."""
    return (
        {name: action.fields[name] for name in CREATED_MEMBERS}
        if isinstance(action, CreateActivity)
        else {}
    )


def _log_entries(
    situation: Situation, decision: Decision, undo: Mapping[str, Any], this: Pass
) -> list[LoggedDecision]:
    link = situation.link
    if link is None or not decision.log:
        return []
    before, after = changes_of(situation, decision)
    # The decision itself last, so that it stands above its remarks where the newest comes first.
    told: list[tuple[str, Outcome | None, Values, Values, Values]] = [
        (one.reason, one.outcome, one.before, one.after, one.facts) for one in decision.remarks
    ]
    if decision.is_told:
        told.append((decision.reason, decision.outcome, before, after, decision.facts))
    kept = {"confidential": True} if _was_confidential(situation, decision) else {}
    return [
        this.entry(
            reason,
            action_name(decision.action),
            outcome=outcome,
            mailbox_id=situation.mailbox_id,
            event_id=event_id_of(situation.observation),
            link_id=link.id,
            activity_id=link.activity_id,
            before=was,
            after=now_is,
            facts={**facts, **kept},
            **(undo if at == len(told) - 1 else {}),
        )
        for at, (reason, outcome, was, now_is, facts) in enumerate(told)
    ]


def _was_confidential(situation: Situation, decision: Decision) -> bool:
    """Whether the activity is for its people only before or after; its log stays so, also when the meeting does not."""
    wish = _activity_wish(decision.action)
    made = decision.action.fields if isinstance(decision.action, CreateActivity) else {}
    becomes = (wish[0] if wish else made).get("confidential") is True
    return becomes or (situation.activity is not None and situation.activity.confidential)


def _forget(session: Session, settled: Sequence[Decided]) -> None:
    for situation, decision in settled:
        if situation.link and decision.forgets:
            decisions.erase_values(session, situation.link.id, situation.link.activity_id)


def _waits_no_more(situation: Situation, this: Pass) -> LoggedDecision:
    """The line that ends the story of a held removal whose meeting is back."""
    link = situation.link
    return this.entry(
        "event-restored",
        "release-hold",
        outcome=Outcome.SKIPPED,
        mailbox_id=situation.mailbox_id,
        event_id=event_id_of(situation.observation),
        link_id=link.id if link else None,
        activity_id=link.activity_id if link else None,
        facts={"held": True},
    )


def action_name(action: Action) -> str:
    """The action as the log names it: update-activity, remove-activity …"""
    return _kebab(type(action).__name__)


@cache
def _kebab(name: str) -> str:
    """With hyphens between its words."""
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).strip(
        "-"
    )
