"""Whether a meeting that nobody linked becomes an activity, and what kind of one. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.rules.creation import content_of, organizer_of
from liaison.calendar.rules.decision import CreateActivity, Decision, Leave, LinkActivity
from liaison.calendar.rules.people import NOBODY, marks_of_new, people_remarks
from liaison.calendar.rules.private import private_members, private_remarks
from liaison.calendar.rules.scope import is_kept_private
from liaison.calendar.rules.situation import Seen, Situation, Standing, Unreadable
from liaison.crm.matching import Match, MatchKind
from liaison.outlook.model import CalendarEvent, CalendarPlace
from liaison.outlook.series import held_between
from liaison.policy.settings import Policy
from liaison.policy.values import Capture, OutsideOrganizer
from liaison.reasons.model import Outcome

_OTHERS_MAY_CAPTURE = {"invitee-copy", "private", "not-categorised", "internal-only"}
_KNOWN = {MatchKind.CONTACT, MatchKind.AMBIGUOUS}


def decide_unlinked(situation: Situation) -> Decision:
    """Capture it, or say why not. What is not captured is only counted, so that the log is no register of calendars."""
    match situation.observation:
        case Seen(event):
            why_not = why_not_captured(situation)
            if why_not is None:
                return _capture(situation, event)
            facts = {"organizer": _name(event)} if why_not == "invitee-copy" else {}
            return Decision(Leave(), why_not, Outcome.SKIPPED, facts=facts, log=False)
        case Unreadable(_, why):
            return Decision(Leave(), "unsupported", Outcome.SKIPPED, facts={"why": why}, log=False)
    return Decision(Leave(), "not-linked", log=False)


def why_not_captured(situation: Situation) -> str | None:
    """The reason for which a meeting without a link is passed over; None where it is captured."""
    if situation.link is not None or not isinstance(situation.observation, Seen):
        return "not-linked"
    seen, policy = situation.observation, situation.policy
    if policy.capture is not Capture.LINKED and _is_followed_elsewhere(situation):
        return "invitee-copy"
    if is_kept_private(seen.event, situation):
        return "private"
    if not _is_asked_for(seen, policy) or _is_ignored(situation, seen.event):
        return "not-linked"
    return _why_not_wanted(situation, seen.event)


def makes_stub(situation: Situation, event: CalendarEvent) -> bool:
    """Whether the organizer's own copy cannot be read, so that this one stands in for it."""
    return situation.organizer.standing is not Standing.ACTIVE and not event.is_organizer


def is_worth_remembering(situation: Situation, decision: Decision) -> bool:
    """Whether an invitee's copy may belong to a link one day: of a meeting that another mailbox captures."""
    if situation.link or situation.policy.capture is Capture.LINKED:
        return False
    is_seen = (
        isinstance(situation.observation, Seen) and not situation.observation.event.is_organizer
    )
    return is_seen and decision.reason in _OTHERS_MAY_CAPTURE


def _is_followed_elsewhere(situation: Situation) -> bool:
    """Whether the organizer is active: then his copy governs, and is captured where it is met."""
    organizer = situation.organizer
    return organizer.standing is Standing.ACTIVE and organizer.mailbox_id != situation.mailbox_id


def _is_asked_for(seen: Seen, policy: Policy) -> bool:
    """Only what takes place, in the default calendar."""
    if policy.capture is Capture.LINKED:
        return False
    return not seen.event.is_cancelled and seen.place is CalendarPlace.DEFAULT


def _is_ignored(situation: Situation, event: CalendarEvent) -> bool:
    ignores = situation.policy.outside_organizer is OutsideOrganizer.IGNORE
    return ignores and makes_stub(situation, event)


def _why_not_wanted(situation: Situation, event: CalendarEvent) -> str | None:
    policy = situation.policy
    if policy.capture is Capture.CATEGORY and not _is_categorised(event, policy):
        return "not-categorised"
    if not policy.capture_internal and _is_internal(situation):
        return "internal-only"
    return None if _is_in_window(situation, event) else "outside-window"


def _is_categorised(event: CalendarEvent, policy: Policy) -> bool:
    """Outlook takes names of categories without regard to case."""
    wanted = policy.category_name.casefold()
    return any(name.casefold() == wanted for name in event.categories)


def _is_internal(situation: Situation) -> bool:
    people = situation.matches.people if situation.matches else ()
    return not situation.is_from_outside and not any(is_from_outside(one) for one in people)


def is_from_outside(one: Match) -> bool:
    """A contact whom somebody knows counts also where his address is one of our own domains."""
    is_stranger = one.kind is MatchKind.UNKNOWN and bool(one.address) and not one.is_internal
    return one.kind in _KNOWN or is_stranger


def _is_in_window(situation: Situation, event: CalendarEvent) -> bool:
    """By its end; a series by any occurrence."""
    start, end = situation.policy.window(situation.now)
    if event.recurrence is None:
        return start <= event.when.ends_at <= end
    return next(held_between(event, start, end), None) is not None


def _capture(situation: Situation, event: CalendarEvent) -> Decision:
    matches, offered = situation.matches or NOBODY, situation.offered
    organizer = organizer_of(matches)
    if organizer is None or offered is None:
        facts = {"why": "it does not say who organizes it"}
        return Decision(Leave(), "unsupported", Outcome.SKIPPED, facts=facts, log=False)
    if len(situation.alike) == 1:
        return Decision(LinkActivity(situation.alike[0]), "matched-existing")
    is_stub, private = makes_stub(situation, event), situation.policy.private
    content = content_of(offered, matches, situation.mailbox_id, organizer)
    return Decision(
        CreateActivity({**content, **_crm_side(situation, event, is_stub=is_stub)}, offered),
        "stub-created" if is_stub else "activity-created",
        remarks=private_remarks(event, private, None, None) + people_remarks(matches),
        facts={"organizer": _name(event)} if is_stub else {},
    )


def _crm_side(situation: Situation, event: CalendarEvent, *, is_stub: bool) -> Mapping[str, Any]:
    policy = situation.policy
    review = marks_of_new(situation.matches or NOBODY, policy.unknown_participants)
    return {"stub": is_stub, "review": review, **private_members(event, policy.private, None)}


def _name(event: CalendarEvent) -> str:
    return event.organizer.name or event.organizer.address
