"""How far an activity has come to Outlook, as people are told. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from liaison.calendar.model import Link, LinkState, NotedItem, NoteSource, Synced
from liaison.calendar.rules.attendees import shall_be_invited
from liaison.calendar.rules.identities import own_key, who_is
from liaison.calendar.rules.outgoing import (
    INACTIVE,
    OUTSIDE,
    PAST,
    asks_for_event,
    is_in_window,
    is_past,
)
from liaison.crm.activity_changes import same_person
from liaison.crm.model import Activity, Participant
from liaison.policy.settings import Policy

MAIL_HELD = "mail-held"
UNSUPPORTED = "unsupported"


class Reached(StrEnum):
    """Pending: sent to the synchronizer, and not in Outlook yet. The other words say it."""

    NONE = "none"
    PENDING = "pending"
    SYNCHRONIZED = "synchronized"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OutlookState:
    """`reason`: a code, where one says more than the state."""

    state: Reached = Reached.NONE
    reason: str | None = None
    web_link: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the state is judged by. `link`: the latest; `waits`: the noted item of its event, or of the one to be made.

    `can_be_written`: the organizer's mailbox is followed. `last_reason`: why nothing was written the last time.
    """

    activity: Activity
    link: Link | None
    waits: NotedItem | None
    is_held: bool
    can_be_written: bool
    policy: Policy
    now: datetime
    last_reason: str | None = None


def judge_state(standing: Standing) -> OutlookState:
    """The state of the whole activity; where somebody is left out of a meeting that is there, the reason says so."""
    whole = _judge_whole(standing)
    if whole.state is not Reached.SYNCHRONIZED:
        return whole
    people = standing.activity.participants
    is_whole = all(state_of_person(one, whole, standing) is not Reached.FAILED for one in people)
    return whole if is_whole else replace(whole, reason=UNSUPPORTED)


def _judge_whole(standing: Standing) -> OutlookState:
    link = standing.link
    if standing.is_held:
        return OutlookState(Reached.HELD, MAIL_HELD, link.web_link if link else None)
    if link is None or link.state is LinkState.ENDED:
        return _unlinked(standing)
    if link.awaits_event:
        return _waiting(standing)
    return _linked(standing, link)


def state_of_person(one: Participant, whole: OutlookState, standing: Standing) -> Reached:
    """The state of one participant: whoever is not to be invited has none."""
    if same_person(one, standing.activity.organizer):
        return whole.state
    if whole.state is Reached.NONE or not shall_be_invited(one):
        return Reached.NONE
    agreed = standing.link.baseline if standing.link else None
    if agreed and own_key(one) in {two.key for two in agreed.participants}:
        return Reached.SYNCHRONIZED if whole.state is Reached.PENDING else whole.state
    if not one.address:
        return Reached.FAILED
    if whole.state is not Reached.SYNCHRONIZED:
        return whole.state
    return _outside_meeting(one, agreed, standing.waits)


def _outside_meeting(one: Participant, agreed: Synced | None, waits: NotedItem | None) -> Reached:
    """Of somebody who shall be invited and is not in the meeting, though that is there."""
    if agreed is None or agreed.held is None or who_is(one) in {two.who for two in agreed.held}:
        # Nobody brings him there: the people are Outlook's, or both sides keep their own.
        return Reached.NONE
    return Reached.PENDING if waits else Reached.FAILED


def _unlinked(standing: Standing) -> OutlookState:
    activity, policy, now = standing.activity, standing.policy, standing.now
    if standing.link is not None or not asks_for_event(activity, policy):
        return OutlookState()
    if is_past(activity, now):
        return OutlookState(Reached.NONE, PAST)
    if not standing.can_be_written:
        return OutlookState(Reached.FAILED, INACTIVE)
    if not is_in_window(activity, policy, now):
        return OutlookState(Reached.NONE, OUTSIDE)
    if standing.waits is None and standing.last_reason == UNSUPPORTED:
        return OutlookState(Reached.FAILED, UNSUPPORTED)
    return _waiting(standing)


def _waiting(standing: Standing) -> OutlookState:
    waits = standing.waits
    if waits is not None and waits.is_dead:
        return OutlookState(Reached.FAILED, waits.last_error)
    if not standing.can_be_written:
        return OutlookState(Reached.FAILED, INACTIVE)
    return OutlookState(Reached.PENDING, waits.last_error if waits else None)


def _linked(standing: Standing, link: Link) -> OutlookState:
    waits = standing.waits
    if link.state is LinkState.FROZEN:
        return OutlookState(Reached.NONE, "link-frozen", link.web_link)
    if waits is not None and waits.is_dead:
        return OutlookState(Reached.FAILED, waits.last_error, link.web_link)
    is_sent = waits is not None and waits.source in {NoteSource.CRM, NoteSource.BEGINNING}
    if is_sent or link.state is LinkState.RESERVED:
        return OutlookState(Reached.PENDING, None, link.web_link)
    return OutlookState(Reached.SYNCHRONIZED, None, link.web_link)
