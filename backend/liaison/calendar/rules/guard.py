"""The guard over removals: unusually many in one mailbox wait for an administrator. Pure."""

from __future__ import annotations

from dataclasses import replace

from liaison.calendar.rules.decision import Decision, HoldRemoval, RemoveActivity
from liaison.calendar.rules.ended import REMOVAL_REASONS
from liaison.calendar.rules.situation import Held, Situation

# A small mailbox may lose so many before their share counts.
SMALLEST_SHARE = 5


def guard(situation: Situation, decision: Decision) -> Decision:
    """The removal, or that it waits. What an administrator approved goes through whatever is counted.

    Once something is held all further removals of the mailbox join it, until an administrator has decided.
    """
    if not isinstance(decision.action, RemoveActivity):
        return decision
    match situation.held:
        case Held.APPROVED:
            return replace(decision, facts={**decision.facts, "approved": True})
        case Held.WAITING:
            return Decision(HoldRemoval(), "held-removal", log=False)
    if situation.removals.is_closed or _is_too_much(situation):
        return Decision(HoldRemoval(), "held-removal")
    return decision


def counts(situation: Situation, decision: Decision) -> bool:
    """Whether the guard counts this decision: an approved removal was judged by a person."""
    is_removal = isinstance(decision.action, RemoveActivity)
    return is_removal and decision.reason in REMOVAL_REASONS and situation.held is not Held.APPROVED


def _is_too_much(situation: Situation) -> bool:
    policy, counted = situation.policy, situation.removals
    with_this = counted.last_day + 1
    at_first = counted.live_links + counted.last_day
    is_large_share = with_this * 100 > policy.removal_percent * at_first
    return with_this > policy.removal_limit or (with_this >= SMALLEST_SHARE and is_large_share)
