"""What was decided and carried out, as the decision log tells it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from liaison.calendar.model import LoggedDecision
from liaison.calendar.passes import Pass
from liaison.calendar.rules import log_values
from liaison.calendar.rules.creation import CREATED_MEMBERS
from liaison.calendar.rules.decision import Action, CreateActivity, Decision, activity_wish
from liaison.calendar.rules.situation import Situation
from liaison.calendar.sights import event_id_of
from liaison.reasons.model import Outcome

Values = Mapping[str, Any]


def changes_of(situation: Situation, decision: Decision) -> tuple[Values, Values]:
    """What the decision changes in the activity, as the log holds it: before and after."""
    if decision.after:
        return decision.before, decision.after
    wish = activity_wish(decision.action)
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


def lines_of(
    situation: Situation, decision: Decision, undo: Mapping[str, Any], this: Pass
) -> list[LoggedDecision]:
    """The lines of one decision; none for what has no link. `undo`: what undoing takes, as the journal tells it."""
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
    wish = activity_wish(decision.action)
    made = decision.action.fields if isinstance(decision.action, CreateActivity) else {}
    becomes = (wish[0] if wish else made).get("confidential") is True
    return becomes or (situation.activity is not None and situation.activity.confidential)


def waits_no_more(situation: Situation, this: Pass) -> LoggedDecision:
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
