"""When a frozen link follows its meeting again. Pure."""

from __future__ import annotations

from liaison.calendar.model import OF_A_MAILBOX, FrozenReason, Link
from liaison.calendar.rules.copies import governs, has_new_organizer, observed_event
from liaison.calendar.rules.decision import Decision, Leave, ResumeLink
from liaison.calendar.rules.scope import is_kept_private
from liaison.calendar.rules.situation import Situation
from liaison.outlook.model import CalendarEvent


def decide_frozen(situation: Situation, link: Link) -> Decision:
    """Resume where the cause of the freeze is gone. A frozen link is never removed, whatever seems to be missing."""
    event = observed_event(situation)
    if event is not None:
        if _is_cause_gone(situation, link, event):
            return Decision(ResumeLink(), "link-resumed")
        return _stay_frozen(link, copy_present=True)
    return _stay_frozen(link, copy_present=None)


def _is_cause_gone(situation: Situation, link: Link, event: CalendarEvent) -> bool:
    because = link.frozen_reason
    if because in OF_A_MAILBOX:
        return governs(situation, link) and not _waits_for_organizer(situation, link, event)
    if because is FrozenReason.PRIVATE:
        return governs(situation, link) and not is_kept_private(event, situation)
    return because is FrozenReason.LAST_COPY_GONE


def _stay_frozen(link: Link, *, copy_present: bool | None) -> Decision:
    cause = {"cause": link.frozen_reason.value} if link.frozen_reason else {}
    return Decision(Leave(copy_present), "link-frozen", facts=cause)


def _waits_for_organizer(situation: Situation, link: Link, event: CalendarEvent) -> bool:
    """Whether the organizer's copy lies in a mailbox that is not followed: no invitee's copy stands in for it."""
    if event.is_organizer or has_new_organizer(situation, link):
        return False
    return link.awaits_organizer
