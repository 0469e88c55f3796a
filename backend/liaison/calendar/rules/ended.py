"""A link that ended is a tombstone: only a person revives it, or the return of what we had removed. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.model import Link
from liaison.calendar.rules.copies import governs
from liaison.calendar.rules.decision import Decision, Leave, RestoreLink
from liaison.calendar.rules.scope import is_kept_private
from liaison.calendar.rules.situation import Seen, Situation
from liaison.crm.model import SYNC_MASTER, Activity, ActivityStatus
from liaison.reasons.model import Outcome

# What a person did otherwise than unlinking it; the sentence says so.
OTHER_ENDINGS = frozenset({"undone", "retracted"})
REMOVAL_REASONS = frozenset({"event-cancelled", "event-deleted", "occurrence-cancelled"})


def decide_ended(situation: Situation, link: Link) -> Decision:
    """Restore what came back; otherwise leave the ended link alone."""
    if is_removed(link):
        return _restore(situation, link) or _leave_ended(link)
    if link.ended_by in {None, SYNC_MASTER.name}:
        return _leave_ended(link)
    how = {"how": link.ended_reason} if link.ended_reason in OTHER_ENDINGS else {}
    return Decision(Leave(), "unlinked-by-person", facts={"actor": link.ended_by} | how)


def _leave_ended(link: Link) -> Decision:
    return Decision(Leave(), link.ended_reason or "not-linked", Outcome.SKIPPED, log=False)


def _restore(situation: Situation, link: Link) -> Decision | None:
    if not isinstance(situation.observation, Seen) or not governs(situation, link):
        return None
    event = situation.observation.event
    if event.is_cancelled:
        return None
    if is_kept_private(event, situation) or situation.is_activity_taken:
        return None
    activity = situation.activity
    if activity is None or activity.version != link.removal_version:
        return Decision(RestoreLink({}, None), "event-restored")
    return Decision(RestoreLink(undone(activity), activity.version), "event-restored")


def is_removed(link: Link) -> bool:
    """Whether the link ended with a removal that the sync carried out."""
    return link.ended_reason in REMOVAL_REASONS and link.ended_by == SYNC_MASTER.name


def undone(activity: Activity) -> Mapping[str, Any]:
    """What takes a removal back; which one it was shows in the activity, for nobody changed it since."""
    fields: dict[str, Any] = {}
    if activity.deleted_at is not None:
        fields["deleted_at"] = None
    if activity.status is ActivityStatus.CANCELLED:
        fields["status"] = ActivityStatus.PLANNED
    review = tuple(note for note in activity.review if note.reason not in REMOVAL_REASONS)
    if review != activity.review:
        fields["review"] = review
    return fields
