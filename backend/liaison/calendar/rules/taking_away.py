"""A person cancelled or deleted the activity of a linked meeting: what becomes of the meeting. Pure."""

from __future__ import annotations

from liaison.calendar.model import CANCELLATION, FrozenReason, Link
from liaison.calendar.rules import synced
from liaison.calendar.rules.copies import has_new_organizer, organizing_mailbox
from liaison.calendar.rules.decision import CancelEvent, Decision, EndLink, FreezeLink, Leave
from liaison.calendar.rules.mail_budget import guests_of
from liaison.calendar.rules.outgoing import is_over, leaves_meeting
from liaison.calendar.rules.situation import Seen, Situation
from liaison.crm.model import Activity

CANCELLED = "event-cancelled-by-crm"


def take_away(situation: Situation, link: Link, seen: Seen, activity: Activity) -> Decision | None:
    """What to do with the meeting that is there. None: its activity goes on."""
    if not is_asked(situation, link):
        return Decision(EndLink(), CANCELLED) if activity.deleted_at else None
    if leaves_meeting(link, situation.policy):
        return Decision(EndLink(), CANCELLED)
    if organizing_mailbox(situation, link) != situation.mailbox_id:
        return _without_organizer(situation, link)
    offered = situation.offered or synced.from_event(seen.event)
    if synced.is_over(offered, situation.now):
        return Decision(EndLink(), "past-never-written")
    cancel = CancelEvent(seen.event.event_id, _has_attendees(seen), link.original_start)
    return Decision(Leave(copy_present=True), CANCELLED, outlook=cancel, is_told=False)


def _has_attendees(seen: Seen) -> bool:
    """Whether anybody is told, be it a room, or somebody who is not shown."""
    is_hidden = seen.veiled is not None and seen.veiled.has_attendees
    return bool(is_hidden or seen.event.attendees or guests_of(seen))


def _without_organizer(situation: Situation, link: Link) -> Decision:
    """An invitee's copy takes nothing away; of an organizer who was switched off a moment ago the meeting rests."""
    if not link.awaits_organizer or has_new_organizer(situation, link):
        return Decision(EndLink(), CANCELLED)
    because = FrozenReason.ORGANIZER_INACTIVE
    facts = {"cause": because.value}
    return Decision(FreezeLink(because, copy_present=True), "link-frozen", facts=facts)


def taken_away(situation: Situation, link: Link) -> Decision | None:
    """The meeting of such an activity is gone: whoever was first, both sides agree."""
    return Decision(EndLink(), CANCELLED) if is_asked(situation, link) else None


def is_asked(situation: Situation, link: Link) -> bool:
    """Whether the meeting shall go because somebody cancelled or deleted its activity, and not before it was linked."""
    activity = situation.activity
    return activity is not None and is_over(activity) and CANCELLATION in link.going_out
