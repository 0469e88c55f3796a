"""Our markers: what it means that an event without a link carries one. Pure.

A marker names the installation and the activity for which it made the event; it stays on the event wherever that is
moved or copied to.
"""

from __future__ import annotations

from datetime import datetime, timedelta
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

# Looking more often helps nobody while the organizer's mailbox is lost.
UNTIL_HE_IS_BACK = timedelta(minutes=15)


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
    """The decision, or that the event is read by itself before anything is made of it: it might be a copy.

    Or an invitation to what we made ourselves: only the organizer's copy tells, as soon as it can be read again.
    """
    observation = situation.observation
    if not isinstance(decision.action, CreateActivity | LinkActivity):
        return decision
    if situation.is_perhaps_ours:
        why = "an activity is being brought to Outlook by its organizer, who cannot be read now"
        return _later(situation.now + UNTIL_HE_IS_BACK, why)
    if not isinstance(observation, Seen) or observation.knows_marker:
        return decision
    return _later(situation.now, "it is not known whether the meeting is a copy of another")


def _later(at: datetime, why: str) -> Decision:
    return Decision(LookAgain(at), "retry-later", facts={"why": why}, log=False)
