"""Our markers: what it means that an event without a link carries one. Pure.

A marker names the installation and the activity for which it made the event; it stays on the event wherever that is
moved or copied to.
"""

from __future__ import annotations

from uuid import UUID

from liaison.calendar.rules.decision import (
    CreateActivity,
    Decision,
    Leave,
    LinkActivity,
    LookAgain,
)
from liaison.calendar.rules.situation import MarkedAs, Seen, Situation
from liaison.reasons.model import Outcome


def marker_of(installation: UUID, activity_id: UUID) -> str:
    """The marker of an event that this installation makes for this activity."""
    return f"{installation}/{activity_id}"


def marked_activity(marker: str | None, installation: UUID) -> UUID | None:
    """The activity that a marker of this installation names; None for any other."""
    key, _, activity = (marker or "").partition("/")
    if key != str(installation):
        return None
    try:
        return UUID(activity)
    except ValueError:
        return None


def decide_marked(situation: Situation) -> Decision | None:
    """What follows from the marker of an event without a link. None: nothing, as for events without one."""
    marked = situation.marked
    if marked is None or not isinstance(situation.observation, Seen):
        return None
    match marked.found:
        case MarkedAs.UNLINKED if situation.observation.event.is_organizer:
            return Decision(LinkActivity(marked.activity_id), "link-rebuilt")
        case MarkedAs.LINKED_ELSEWHERE:
            return Decision(Leave(), "copied", Outcome.SKIPPED, log=False)
        case MarkedAs.SPOKEN_FOR:
            return Decision(Leave(), "not-linked", Outcome.SKIPPED, log=False)
    return None


def look_for_marker(situation: Situation, decision: Decision) -> Decision:
    """The decision, or that the event is read by itself before anything is made of it: it might be a copy."""
    observation = situation.observation
    if not isinstance(decision.action, CreateActivity | LinkActivity):
        return decision
    if not isinstance(observation, Seen) or observation.knows_marker:
        return decision
    facts = {"why": "it is not known whether the meeting is a copy of another"}
    return Decision(LookAgain(situation.now), "retry-later", facts=facts, log=False)
