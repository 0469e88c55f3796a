"""When a meeting counts as gone, and what becomes of its activity then. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from liaison.calendar.model import Link, Scope, Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.copies import copy_remarks, observed_event
from liaison.calendar.rules.decision import Decision, EndLink, LookAgain, RemoveActivity
from liaison.calendar.rules.guard import guard
from liaison.calendar.rules.situation import Absent, Situation
from liaison.crm.model import Activity, ActivityStatus, ReviewNote
from liaison.outlook.model import Role
from liaison.policy.values import OnRemoval

SECOND_LOOK = timedelta(seconds=30)
# One mark for both: what matters to the CRM is that the meeting is gone.
MARK = ReviewNote("event-deleted")
ORPHANED = ReviewNote("occurrence-orphaned")


def look_twice(situation: Situation) -> Decision | None:
    """An event that answers but lies in no calendar is believed to be gone only at a second look. None: believe it."""
    if not isinstance(situation.observation, Absent):
        return None
    first_seen_at = situation.observation.first_seen_at or situation.now
    again_at = first_seen_at + SECOND_LOOK
    if situation.now >= again_at:
        return None
    facts = {"why": "the meeting seems to be gone", **_next(again_at)}
    return Decision(LookAgain(again_at, first_seen_at), "retry-later", facts=facts)


def remove(situation: Situation, link: Link) -> Decision:
    """The governing copy is cancelled or gone: what becomes of the activity. The link ends whatever is decided."""
    return guard(situation, _remove(situation, link))


def give_up_occurrence(situation: Situation, link: Link) -> Decision:
    """The series was shifted, and which occurrence was linked is not certain: a person decides."""
    activity, facts = situation.activity, occurrence_facts(link)
    if activity is None or ORPHANED in activity.review:
        return Decision(EndLink(), "occurrence-orphaned", facts=facts)
    fields = {"review": (*activity.review, ORPHANED)}
    removal = RemoveActivity("mark", fields, activity.version)
    return Decision(removal, "occurrence-orphaned", facts=facts)


def occurrence_facts(link: Link) -> dict[str, str]:
    """Which occurrence of its series is meant; of whole days the day."""
    start = link.original_start
    if start is None:
        return {}
    is_all_day = link.baseline is not None and link.baseline.time.is_all_day
    return {"originalStart": (start.date() if is_all_day else start).isoformat()}


def _remove(situation: Situation, link: Link) -> Decision:
    activity = situation.activity
    if activity is None:
        reason = _reason(situation, link, link.baseline)
        return Decision(EndLink(), reason, facts=occurrence_facts(link))
    agreed = link.baseline or synced.from_activity(activity)
    if activity.status is ActivityStatus.COMPLETED:
        return Decision(EndLink(), "completed-kept")
    event = observed_event(situation)
    # Of an occurrence that is gone nobody says whether it was cancelled or cleared away.
    is_told = event is not None and link.scope is not Scope.OCCURRENCE
    # What an administrator has to decide does not settle itself by waiting for him.
    is_new = situation.held is None
    if is_new and not is_told and synced.is_over(agreed, situation.now):
        return Decision(EndLink(), "past-removal-kept")
    reason = _reason(situation, link, agreed)
    policy = situation.policy
    is_cancelled = event is not None or _has_others(agreed)
    how = policy.on_cancel if is_cancelled else policy.on_delete
    fields = {} if activity.deleted_at else _fields(how, activity, situation.now)
    remarks = copy_remarks(situation, link, event) if event else ()
    facts = occurrence_facts(link)
    if not fields:
        return Decision(EndLink(), reason, remarks=remarks, facts=facts)
    removal = RemoveActivity(how.value, fields, activity.version)
    return Decision(removal, reason, remarks=remarks, facts=facts)


def _reason(situation: Situation, link: Link, agreed: Synced | None) -> str:
    """Outlook deletes an organizer's meeting with others only by cancelling it."""
    if link.scope is Scope.OCCURRENCE:
        return "occurrence-cancelled"
    if observed_event(situation) is not None or (agreed and _has_others(agreed)):
        return "event-cancelled"
    return "event-deleted"


def _has_others(agreed: Synced) -> bool:
    return any(
        one.response != synced.ORGANIZER and one.role != Role.RESOURCE
        for one in agreed.participants
    )


def _fields(how: OnRemoval, activity: Activity, now: datetime) -> Mapping[str, Any]:
    """The members to write; none where the activity is as wanted already."""
    match how:
        case OnRemoval.CANCEL if activity.status is not ActivityStatus.CANCELLED:
            return {"status": ActivityStatus.CANCELLED}
        case OnRemoval.MARK if MARK not in activity.review:
            return {"review": (*activity.review, MARK)}
        case OnRemoval.DELETE:
            return {"deleted_at": now}
    return {}


def _next(moment: datetime) -> dict[str, str]:
    return {"nextAt": moment.isoformat()}
