"""Whether a meeting is followed at all. Pure."""

from __future__ import annotations

from liaison.calendar.model import FrozenReason, Link, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import Decision, EndLink, FreezeLink, Leave
from liaison.calendar.rules.situation import Situation
from liaison.outlook.model import CalendarEvent, EventKind
from liaison.policy.values import FollowPast, Private
from liaison.reasons.model import Outcome


def judge_scope(situation: Situation, link: Link, event: CalendarEvent) -> Decision | None:
    """Whether the governing copy of a linked meeting may be followed. None: it may."""
    if link.state is LinkState.RESERVED and not _is_for_who_linked(situation, link):
        facts = {"why": "nobody with whose copy it was linked is among the attendees"}
        return Decision(EndLink(), "failed-permanent", facts=facts)
    if is_kept_private(event, situation):
        return Decision(
            FreezeLink(FrozenReason.PRIVATE, copy_present=True), "private", Outcome.APPLIED
        )
    if _is_too_old(situation, link, event):
        return Decision(Leave(copy_present=True), "outside-window")
    return None


def _is_for_who_linked(situation: Situation, link: Link) -> bool:
    """A link that was made while this copy could not be read is for people whom the organizer invited only."""
    if link.copy_of(situation.mailbox_id):
        return True
    people = situation.matches.people if situation.matches else ()
    invited = {one.id for match in people for one in match.candidates} | situation.invited
    return all(copy.mailbox_id in invited for copy in link.copies)


def scope_of(event: CalendarEvent) -> Scope:
    """What a link to this event covers."""
    if event.kind is EventKind.SINGLE_INSTANCE:
        return Scope.SINGLE
    return Scope.SERIES if event.kind is EventKind.SERIES_MASTER else Scope.OCCURRENCE


def is_kept_private(event: CalendarEvent, situation: Situation) -> bool:
    """Whether the policy keeps this event out of the CRM because it is private."""
    return event.is_private and situation.policy.private is Private.SKIP


def _is_too_old(situation: Situation, link: Link, event: CalendarEvent) -> bool:
    """Past before and after the change: moving a meeting out of the past, or into it, is always carried over."""
    if link.baseline is None or not synced.is_over(link.baseline, situation.now):
        return False
    offered = situation.offered or synced.from_event(event)
    if not synced.is_over(offered, situation.now):
        return False
    follow = situation.policy.follow_past
    return follow is FollowPast.NEVER or (follow is FollowPast.PUSH and not situation.was_pushed)
