"""What Liaison puts on the copies of linked meetings for people to see: a category, and lines in the text. Pure.

A category is private to a copy and mails nobody, so that invitees' copies have it too. Lines go only into the
organizer's own appointments that nobody else is invited to: guests would be told of them. Nothing is put on what is
over, on an occurrence (Exchange would make an exception of it), or on a private meeting of which only the times are
known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import CreateActivity, Decision, EndLink, RemoveActivity
from liaison.calendar.rules.own_lines import lines_of, missing_lines
from liaison.calendar.rules.situation import Seen, Situation
from liaison.outlook.model import CalendarEvent
from liaison.policy.settings import Policy

LINKED_CATEGORY = "In CRM"
FAILED_CATEGORY = "CRM failed"
OWN_CATEGORIES = (LINKED_CATEGORY, FAILED_CATEGORY)


@dataclass(frozen=True, slots=True)
class Labels:
    """What to put on one copy that had this etag: all categories it shall have (None: as they are), lines to add."""

    link: Link
    event_id: str
    etag: str
    categories: tuple[str, ...] | None
    lines: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """What the copy went through, for the sentence of the log."""
        own = _ours(self.categories or ())
        parts = []
        if self.categories is not None:
            parts.append(f"was given the category {own[0]}" if own else "lost our category")
        if self.lines:
            parts.append("was given lines about its activity")
        return " and ".join(parts)


def wants_labels(policy: Policy) -> bool:
    """Whether copies get any."""
    return policy.mark or policy.deep_link or policy.regarding_text


def labels_of(situation: Situation, decision: Decision, public_url: str) -> Labels | None:
    """What the observed copy lacks once this was carried out; None where it lacks nothing.

    What is written to the event for another reason is written first, and looked at again.
    """
    seen, link = situation.source, situation.link
    if not isinstance(seen, Seen) or link is None or decision.outlook is not None:
        return None
    if link.original_start is not None or not wants_labels(situation.policy):
        return None
    if not _may_have_labels(seen, situation):
        return None
    lives = _lives_on(link, decision)
    if lives is None:
        return None
    event = seen.event
    wanted = categories_with(event.categories, LINKED_CATEGORY if lives else None)
    categories = wanted if situation.policy.mark and wanted != event.categories else None
    lines = _missing(situation, event, public_url) if lives else ()
    if categories is None and not lines:
        return None
    return Labels(link, event.event_id, event.etag, categories, lines)


def failure_of(link: Link, event: CalendarEvent) -> Labels | None:
    """What says on this copy that its meeting could not be brought into step; None where that stands there already."""
    wanted = categories_with(event.categories, FAILED_CATEGORY)
    if event.series_master_id is not None or wanted == event.categories:
        return None
    return Labels(link, event.event_id, event.etag, wanted)


def makes_link(decision: Decision) -> bool:
    """Whether the meeting is linked only once this was carried out."""
    return isinstance(decision.action, CreateActivity)


def categories_with(present: Iterable[str], own: str | None) -> tuple[str, ...]:
    """The categories of a copy with this one of ours and no other; the person's own stay as they are."""
    listed = tuple(present)
    if own and _ours(listed) == [own]:
        return listed
    theirs = [one for one in listed if one not in _ours(listed)]
    return (*theirs, own) if own else tuple(theirs)


def _ours(listed: Iterable[str]) -> list[str]:
    names = {name.casefold() for name in OWN_CATEGORIES}
    return [one for one in listed if one.casefold() in names]


def _may_have_labels(seen: Seen, situation: Situation) -> bool:
    event = seen.event
    if seen.veiled is not None or event.is_cancelled or not event.etag:
        return False
    offered = situation.offered or synced.from_event(event)
    return not synced.is_over(offered, situation.now)


def _lives_on(link: Link, decision: Decision) -> bool | None:
    """Whether the link is live afterwards; None where it is neither live nor ended."""
    if link.ended_reason == "retracted":
        return None  # Outlook is not touched then
    if isinstance(decision.action, EndLink | RemoveActivity) or link.state is LinkState.ENDED:
        return False
    return True if link.state is LinkState.LIVE else None


def _missing(situation: Situation, event: CalendarEvent, public_url: str) -> tuple[str, ...]:
    activity = situation.activity
    if activity is None or not event.is_organizer or event.attendees:
        return ()
    return missing_lines(event.notes, lines_of(activity, situation.policy, public_url))
