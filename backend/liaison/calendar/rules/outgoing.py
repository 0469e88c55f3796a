"""Which activities are brought to Outlook, and what becomes of those under way. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from liaison.calendar.model import OF_A_MAILBOX, TO_BE_MADE, Link, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.crm.model import Activity, ActivityStatus
from liaison.policy.settings import Policy
from liaison.policy.values import OnCrmDelete, Transfer

NOT_WANTED = "event-cancelled-by-crm"
PAST = "past-never-written"
INACTIVE = "organizer-not-active"
OUTSIDE = "outside-window"


class Step(Enum):
    """What is to be done for an activity that may want an event.

    NOTHING; FOLLOW: it has its event, which is to be looked at; CREATE its event, unless an earlier try made it;
    ADOPT what an earlier try made, if it did, and make nothing; WITHDRAW what an earlier try may have made.
    """

    NOTHING = auto()
    FOLLOW = auto()
    CREATE = auto()
    ADOPT = auto()
    WITHDRAW = auto()


@dataclass(frozen=True, slots=True)
class Departure:
    """All that this needs. `link`: the one that has not ended; `was_linked`: it had one that has."""

    activity: Activity | None
    link: Link | None
    was_linked: bool
    policy: Policy
    now: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to do and why; `reason` is None where nothing has to be said.

    `still_there`: nobody cancelled or deleted the activity; it only shall not be in Outlook any more, as it is now.
    """

    step: Step
    reason: str | None = None
    still_there: bool = False


def decide_departure(case: Departure) -> Verdict:
    """What to do for an activity in its organizer's mailbox."""
    activity, link = case.activity, case.link
    if link is not None:
        return _carry_on(case, link)
    if activity is None or case.was_linked or not asks_for_event(activity, case.policy):
        return Verdict(Step.NOTHING)
    if is_past(activity, case.now):
        return Verdict(Step.NOTHING, PAST)
    if not is_in_window(activity, case.policy, case.now):
        return Verdict(Step.NOTHING, OUTSIDE)
    return Verdict(Step.CREATE)


def asks_for_event(activity: Activity, policy: Policy) -> bool:
    """Whether an activity without a link wants a meeting in Outlook, the time and its history apart."""
    if activity.stub or not is_planned(activity) or activity.type not in policy.transfer_types:
        return False
    if activity.transfer_to_outlook:
        return True
    return policy.transfer is Transfer.ALL and not activity.review


def is_planned(activity: Activity) -> bool:
    """Whether it still shall take place."""
    return activity.deleted_at is None and activity.status is ActivityStatus.PLANNED


def is_over(activity: Activity) -> bool:
    """Whether a person cancelled or deleted it."""
    return activity.deleted_at is not None or activity.status is ActivityStatus.CANCELLED


def is_past(activity: Activity, now: datetime) -> bool:
    """Whether nothing of it lies ahead."""
    return synced.is_over(synced.from_activity(activity), now)


def is_in_window(activity: Activity, policy: Policy, now: datetime) -> bool:
    """Measured on the end; of a series any occurrence counts, so that one without end is in it once it has begun."""
    start, end = policy.window(now)
    ends_at = synced.ends_at(synced.from_activity(activity))
    if activity.recurrence is None:
        return start <= activity.when.ends_at <= end
    return (ends_at is None or start <= ends_at) and activity.when.ends_at <= end


def leaves_meeting(link: Link, policy: Policy) -> bool:
    """Whether the meeting stays in Outlook when its activity is cancelled or deleted.

    Only the organizer takes his meeting away, and an event that is still to be made, or was made a moment ago, was
    wanted for this activity only. While he is switched off, or his mailbox cannot be reached, the link rests: what is
    asked meanwhile is done afterwards.
    """
    if link.awaits_event:
        return False
    if policy.on_crm_delete is OnCrmDelete.LEAVE:
        return True
    is_followed_or_rests = link.state is LinkState.LIVE or link.frozen_reason in OF_A_MAILBOX
    return not is_followed_or_rests or not any(copy.is_organizer for copy in link.copies)


def awaiting_link(activity: Activity, link_id: UUID, created_by: str) -> Link:
    """The link of an activity whose meeting is still to be made."""
    return Link(
        id=link_id,
        scope=Scope.SERIES if activity.recurrence else Scope.SINGLE,
        state=LinkState.RESERVED,
        ical_uid=f"{TO_BE_MADE}{link_id}",
        original_start=None,
        activity_id=activity.id,
        organizer_address=activity.organizer.address,
        copies=(),
        baseline=None,
        created_by=created_by,
        version=1,
    )


def _carry_on(case: Departure, link: Link) -> Verdict:
    if not link.awaits_event:
        return Verdict(Step.FOLLOW)
    activity = case.activity
    if activity is None or is_over(activity):
        return Verdict(Step.WITHDRAW, NOT_WANTED)
    if is_past(activity, case.now):
        return Verdict(Step.ADOPT, PAST)
    if not asks_for_event(activity, case.policy):
        return Verdict(Step.ADOPT, NOT_WANTED, still_there=True)
    return Verdict(Step.CREATE)
