"""The guard over removals: what waits for an administrator, and what goes through."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import NOW, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import LinkState
from liaison.calendar.rules.decide import decide, decide_all
from liaison.calendar.rules.decision import (
    Agree,
    EndLink,
    HoldRemoval,
    LookAgain,
    RemoveActivity,
)
from liaison.calendar.rules.ended import is_removed, undone
from liaison.calendar.rules.situation import Absent, Held, NotFound, RemovalCount
from liaison.crm.model import ActivityStatus, ReviewNote
from liaison.policy.settings import Policy
from liaison.policy.values import OnRemoval

GONE = NotFound("AAMk-ann")
MANY = RemovalCount(last_day=20, live_links=500)


def removal(**members):
    return decide(a_situation(GONE, **members))


@pytest.mark.parametrize(
    ("last_day", "live_links", "is_held"),
    [
        (19, 500, False),
        (20, 500, True),
        (3, 4, False),
        (4, 6, True),
        (4, 21, False),
        (5, 20, True),
    ],
)
def test_held_removal_of_unusually_many(last_day, live_links, is_held):
    decision = removal(removals=RemovalCount(last_day, live_links))

    assert (decision.reason == "held-removal") is is_held
    assert isinstance(decision.action, HoldRemoval if is_held else RemoveActivity)


@pytest.mark.parametrize(
    ("policy", "last_day", "is_held"),
    [
        (Policy(removal_limit=0), 0, True),
        (Policy(removal_limit=3), 2, False),
        (Policy(removal_limit=3), 3, True),
        (Policy(removal_percent=0), 3, False),
        (Policy(removal_percent=0), 4, True),
        (Policy(removal_percent=100, removal_limit=500), 99, False),
    ],
)
def test_the_guard_closes_where_the_policy_says(policy, last_day, is_held):
    counted = RemovalCount(last_day, 200 - last_day)

    assert isinstance(removal(policy=policy, removals=counted).action, HoldRemoval) is is_held


def test_the_guard_counts_within_one_batch():
    batch = [a_situation(GONE, removals=RemovalCount(18, 500))] * 5

    reasons = [decision.reason for decision in decide_all(batch)]

    assert reasons == ["event-cancelled"] * 2 + ["held-removal"] * 3


def test_while_something_is_held_every_further_removal_joins_it():
    decision = removal(removals=RemovalCount(0, 500, is_closed=True))

    assert (decision.reason, decision.log) == ("held-removal", True)


def test_a_removal_that_waits_goes_on_waiting_and_is_not_logged_again():
    decision = removal(removals=RemovalCount(0, 500), held=Held.WAITING)

    assert decision.action == HoldRemoval()
    assert decision.log is False


def test_an_approved_removal_is_carried_out_whatever_is_counted():
    decision = removal(removals=replace(MANY, is_closed=True), held=Held.APPROVED)

    assert decision.reason == "event-cancelled"
    assert decision.action.fields == {"status": ActivityStatus.CANCELLED}
    assert decision.facts["approved"] is True


def test_approved_removals_do_not_close_the_guard_for_others():
    approved = a_situation(GONE, removals=RemovalCount(19, 500), held=Held.APPROVED)
    other = replace(approved, held=None)

    reasons = [decision.reason for decision in decide_all([approved, approved, other, other])]

    assert reasons == ["event-cancelled"] * 3 + ["held-removal"]


def test_an_approved_removal_is_looked_at_twice_where_the_meeting_still_answers():
    decision = decide(a_situation(Absent("AAMk-ann", None), held=Held.APPROVED))

    assert isinstance(decision.action, LookAgain)


@pytest.mark.parametrize("held", [Held.WAITING, Held.APPROVED])
def test_a_held_meeting_that_is_back_is_followed_as_ever(held):
    decision = decide(a_situation(an_event(), removals=MANY, held=held))

    assert isinstance(decision.action, Agree)


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"activity": an_activity(status=ActivityStatus.COMPLETED)}, "completed-kept"),
        ({"now": NOW + timedelta(days=30)}, "past-removal-kept"),
        ({"policy": Policy(on_cancel=OnRemoval.KEEP)}, "event-cancelled"),
        ({"activity": None}, "event-cancelled"),
    ],
)
def test_what_removes_nothing_from_the_crm_is_never_held(members, reason):
    decision = removal(removals=MANY, **members)

    assert (decision.reason, decision.action) == (reason, EndLink())


def test_the_end_of_links_alone_does_not_close_the_guard():
    past = a_situation(GONE, removals=RemovalCount(19, 500), now=NOW + timedelta(days=30))
    upcoming = replace(past, now=NOW)

    reasons = [decision.reason for decision in decide_all([past, past, upcoming])]

    assert reasons == ["past-removal-kept"] * 2 + ["event-cancelled"]


def test_only_a_removal_by_the_sync_can_be_taken_back():
    ended = a_link(state=LinkState.ENDED, ended_by="SYNC_MASTER", ended_reason="event-deleted")

    assert is_removed(ended)
    assert not is_removed(replace(ended, ended_by="Ann Berg"))
    assert not is_removed(replace(ended, ended_reason="completed-kept"))


@pytest.mark.parametrize(
    ("removed", "back"),
    [
        ({"status": ActivityStatus.CANCELLED}, {"status": ActivityStatus.PLANNED}),
        ({"deleted_at": NOW}, {"deleted_at": None}),
        ({"review": (ReviewNote("event-deleted"),)}, {"review": ()}),
        ({}, {}),
    ],
)
def test_what_takes_a_removal_back_shows_in_the_activity(removed, back):
    assert undone(an_activity(**removed)) == back
