"""How old a change was when it reached its activity. Pure."""

from __future__ import annotations

from datetime import datetime

from liaison.calendar.rules.decision import Decision, UpdateActivity
from liaison.calendar.rules.situation import Seen, Situation


def age_of_change(situation: Situation, decision: Decision, now: datetime) -> float | None:
    """Seconds since the meeting was changed in Outlook; None where nothing was carried, or nothing new.

    A first sync is no change, and what was mended in the CRM has waited for no change of Outlook's.
    """
    link, observation = situation.link, situation.observation
    if not isinstance(decision.action, UpdateActivity) or not isinstance(observation, Seen):
        return None
    changed_at = observation.event.last_modified
    if link is None or link.last_synced_at is None or changed_at is None:
        return None
    if changed_at <= link.last_synced_at:
        return None
    return max(0.0, (now - changed_at).total_seconds())
