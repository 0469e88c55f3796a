"""Which activities are brought to Outlook, and what becomes of those under way."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from calendar_builders import NOW, a_copy, a_link, an_activity
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules.outgoing import (
    Departure,
    Step,
    Verdict,
    asks_for_event,
    awaiting_link,
    decide_departure,
    is_in_window,
    leaves_meeting,
)
from liaison.crm.model import (
    ActivityRecurrence,
    ActivityStatus,
    ActivityType,
    ReviewNote,
)
from liaison.policy.settings import Policy
from liaison.policy.values import OnCrmDelete, Transfer
from liaison.times import When

ALL = Policy(transfer=Transfer.ALL)
FLAGGED = Policy()
# A link that rests while its organizer's mailbox cannot be reached.
UNAVAILABLE = {
    "state": LinkState.FROZEN,
    "frozen_reason": FrozenReason.MAILBOX_UNAVAILABLE,
    "copies": (a_copy(is_followed=False),),
}
INACTIVE_NOW = UNAVAILABLE | {"frozen_reason": FrozenReason.ORGANIZER_INACTIVE}


def decide(activity=None, link=None, policy=FLAGGED, *, was_linked=False):
    flagged = activity or an_activity(transfer_to_outlook=True)
    return decide_departure(Departure(flagged, link, was_linked, policy, NOW))


def at(start):
    return When(start, start + timedelta(hours=1), "Europe/Berlin")


def under_way(activity):
    return awaiting_link(activity, UUID(int=7), "SYNC_MASTER")


def test_event_created_for_what_is_planned_and_asked_for():
    assert decide() == Verdict(Step.CREATE)


@pytest.mark.parametrize(
    "members",
    [
        {"status": ActivityStatus.COMPLETED},
        {"status": ActivityStatus.CANCELLED},
        {"deleted_at": NOW},
        {"stub": True},
    ],
)
def test_what_is_not_planned_or_a_stub_never_goes_out(members):
    assert decide(an_activity(transfer_to_outlook=True, **members)) == Verdict(Step.NOTHING)


def test_past_never_written():
    over = an_activity(transfer_to_outlook=True, when=at(NOW - timedelta(hours=1)))

    assert decide(over) == Verdict(Step.NOTHING, "past-never-written")


def test_outside_window_waits():
    late = an_activity(transfer_to_outlook=True, when=at(NOW + timedelta(days=731)))

    assert decide(late) == Verdict(Step.NOTHING, "outside-window")


def test_what_had_a_link_goes_out_only_when_a_person_asks():
    assert decide(was_linked=True) == Verdict(Step.NOTHING)


@pytest.mark.parametrize(
    ("policy", "members", "asks"),
    [
        (FLAGGED, {}, False),
        (FLAGGED, {"transfer_to_outlook": True}, True),
        (FLAGGED, {"transfer_to_outlook": True, "review": (ReviewNote("x"),)}, True),
        (ALL, {}, True),
        (ALL, {"review": (ReviewNote("x"),)}, False),
        (replace(ALL, transfer_types=("call",)), {}, False),
        (replace(ALL, transfer_types=("call",)), {"type": ActivityType.CALL}, True),
        (replace(FLAGGED, transfer_types=("call",)), {"transfer_to_outlook": True}, False),
    ],
)
def test_transfer_and_types_say_what_asks_for_an_event(policy, members, asks):
    assert asks_for_event(an_activity(**members), policy) is asks


@pytest.mark.parametrize(
    ("members", "verdict"),
    [
        ({}, Verdict(Step.CREATE)),
        ({"status": ActivityStatus.CANCELLED}, Verdict(Step.WITHDRAW, "event-cancelled-by-crm")),
        (
            {"status": ActivityStatus.COMPLETED},
            Verdict(Step.ADOPT, "event-cancelled-by-crm", still_there=True),
        ),
        ({"deleted_at": NOW}, Verdict(Step.WITHDRAW, "event-cancelled-by-crm")),
        (
            {"transfer_to_outlook": False},
            Verdict(Step.ADOPT, "event-cancelled-by-crm", still_there=True),
        ),
        ({"when": at(NOW - timedelta(hours=1))}, Verdict(Step.ADOPT, "past-never-written")),
    ],
)
def test_a_try_under_way_is_carried_on_taken_up_or_taken_back(members, verdict):
    activity = an_activity(**{"transfer_to_outlook": True} | members)

    assert decide(activity, under_way(activity), was_linked=True) == verdict


def test_an_activity_with_its_event_is_followed():
    assert decide(link=a_link()) == Verdict(Step.FOLLOW)


@pytest.mark.parametrize(
    ("rule", "first", "inside"),
    [
        ("FREQ=DAILY", NOW - timedelta(days=400), True),
        ("FREQ=DAILY;COUNT=3", NOW - timedelta(days=1), True),
        ("FREQ=DAILY;COUNT=3", NOW - timedelta(days=9), False),
        ("FREQ=DAILY;COUNT=3", NOW + timedelta(days=731), False),
    ],
)
def test_of_a_series_any_occurrence_in_the_window_counts(rule, first, inside):
    repeats = an_activity(when=at(first), recurrence=ActivityRecurrence(rule))

    assert is_in_window(repeats, FLAGGED, NOW) is inside


@pytest.mark.parametrize(
    ("policy", "members", "leaves"),
    [
        (OnCrmDelete.CANCEL, {}, False),
        (OnCrmDelete.LEAVE, {}, True),
        (OnCrmDelete.CANCEL, {"copies": (a_copy(is_organizer=False),)}, True),
        (OnCrmDelete.CANCEL, {"copies": (a_copy(is_followed=False),)}, False),
        (OnCrmDelete.CANCEL, INACTIVE_NOW, False),
        (OnCrmDelete.LEAVE, INACTIVE_NOW, True),
        (OnCrmDelete.CANCEL, {"state": LinkState.RESERVED}, True),
        (OnCrmDelete.CANCEL, {"state": LinkState.FROZEN}, True),
        (OnCrmDelete.CANCEL, UNAVAILABLE, False),
        (OnCrmDelete.LEAVE, UNAVAILABLE, True),
    ],
)
def test_only_the_organizers_meeting_goes_with_its_activity(policy, members, leaves):
    assert leaves_meeting(a_link(**members), Policy(on_crm_delete=policy)) is leaves


def test_what_was_made_a_moment_ago_never_outlives_its_activity():
    assert leaves_meeting(under_way(an_activity()), FLAGGED) is False
