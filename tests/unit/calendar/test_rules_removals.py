from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import (
    INES_INVITED,
    NOW,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
    applied,
)
from liaison.calendar.model import LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import EndLink, LookAgain, RemoveActivity, RestoreLink
from liaison.calendar.rules.situation import Absent, NotFound, RemovalCount, Seen
from liaison.crm.model import ActivityStatus, ReviewNote
from liaison.outlook.model import Attendee, Role
from liaison.policy.settings import Policy
from liaison.policy.values import OnRemoval
from people import BO

GONE = NotFound("AAMk-ann")
CANCELLED = an_event(is_cancelled=True)
ALONE = a_link(baseline=synced.from_event(an_event(attendees=())))
MANY_LINKS = RemovalCount(0, 500)


def removal(seen=GONE, **members):
    return decide(a_situation(seen, **{"removals": MANY_LINKS} | members))


@pytest.mark.parametrize(
    ("how", "fields"),
    [
        (OnRemoval.CANCEL, {"status": ActivityStatus.CANCELLED}),
        (OnRemoval.MARK, {"review": (ReviewNote("event-deleted"),)}),
        (OnRemoval.DELETE, {"deleted_at": NOW}),
    ],
)
@pytest.mark.parametrize("seen", [GONE, CANCELLED])
def test_event_cancelled_does_what_on_cancel_says(seen, how, fields):
    decision = removal(seen, policy=Policy(on_cancel=how, on_delete=OnRemoval.KEEP))

    assert decision.reason == "event-cancelled"
    assert decision.action == RemoveActivity(how.value, fields, 4)


def test_event_deleted_does_what_on_delete_says():
    policy = Policy(on_cancel=OnRemoval.KEEP, on_delete=OnRemoval.MARK)

    decision = removal(link=ALONE, policy=policy)

    assert decision.reason == "event-deleted"
    assert decision.action.fields == {"review": (ReviewNote("event-deleted"),)}


def test_event_deleted_where_only_a_room_was_invited():
    room = Attendee("Room 1", "room1@nordwind.example", Role.RESOURCE)
    link = a_link(baseline=synced.from_event(an_event(attendees=(room,))))

    assert removal(link=link).reason == "event-deleted"


@pytest.mark.parametrize(
    "members",
    [
        {"policy": Policy(on_cancel=OnRemoval.KEEP)},
        {"activity": None},
        {"activity": an_activity(deleted_at=NOW)},
        {"activity": an_activity(status=ActivityStatus.CANCELLED)},
    ],
)
def test_event_cancelled_only_ends_the_link_where_there_is_nothing_to_write(members):
    decision = removal(**members)

    assert (decision.reason, decision.action) == ("event-cancelled", EndLink())


def test_event_cancelled_on_the_followed_copy_counts():
    situation = an_outside_meeting(BO.id, event={"is_cancelled": True}, removals=MANY_LINKS)

    assert decide(situation).reason == "event-cancelled"


def test_completed_kept():
    decision = removal(activity=an_activity(status=ActivityStatus.COMPLETED))

    assert (decision.reason, decision.action) == ("completed-kept", EndLink())


def test_past_removal_kept():
    decision = removal(now=NOW + timedelta(days=30))

    assert (decision.reason, decision.action) == ("past-removal-kept", EndLink())


def test_a_past_meeting_that_is_cancelled_is_cancelled():
    assert removal(CANCELLED, now=NOW + timedelta(days=30)).reason == "event-cancelled"


@pytest.mark.parametrize(
    ("first_seen", "at"),
    [(None, timedelta(seconds=30)), (timedelta(seconds=-12), timedelta(seconds=18))],
)
def test_retry_later_until_a_second_look_agrees_that_it_is_gone(first_seen, at):
    before = NOW + first_seen if first_seen else None

    decision = removal(Absent("AAMk-ann", before))

    assert decision.reason == "retry-later"
    assert decision.action == LookAgain(NOW + at, before or NOW)


def test_the_second_look_is_believed():
    decision = removal(Absent("AAMk-ann", NOW - timedelta(seconds=30)))

    assert decision.reason == "event-cancelled"


@pytest.mark.parametrize("how", [OnRemoval.CANCEL, OnRemoval.MARK, OnRemoval.DELETE])
def test_event_restored_takes_the_removal_back(how):
    situation = a_situation(GONE, removals=MANY_LINKS, policy=Policy(on_cancel=how))
    removed = applied(situation, decide(situation))

    decision = decide(replace(removed, observation=Seen(an_event())))

    assert decision.reason == "event-restored"
    restored = replace(removed.activity, **decision.action.fields)
    assert replace(restored, version=4) == an_activity()


def test_event_restored_leaves_an_activity_that_somebody_changed():
    situation = a_situation(GONE, removals=MANY_LINKS)
    removed = applied(situation, decide(situation))
    changed = replace(removed.activity, version=9)

    decision = decide(replace(removed, observation=Seen(an_event()), activity=changed))

    assert decision.action == RestoreLink({}, None)


def test_a_cancelled_copy_restores_nothing():
    link = a_link(state=LinkState.ENDED, ended_by="SYNC_MASTER", ended_reason="event-cancelled")

    decision = decide(a_situation(CANCELLED, link=link))

    assert decision.log is False


def test_a_person_who_noticed_attendees_keeps_them_after_a_removal():
    link = a_link(baseline=synced.from_event(an_event(attendees=(INES_INVITED,))))

    decision = removal(link=link)

    assert "participants" not in decision.action.fields
