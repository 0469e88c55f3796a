from datetime import date, timedelta

import pytest

from calendar_builders import NOW, a_link, a_situation, an_event
from liaison.calendar.model import FrozenReason, LinkState
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import FreezeLink, Leave, ResumeLink
from liaison.calendar.rules.situation import NotFound, Unreadable
from liaison.outlook.model import Sensitivity
from liaison.policy.settings import Policy
from liaison.policy.values import Capture, FollowPast, Private

PRIVATE = an_event(sensitivity=Sensitivity.PRIVATE)
LATER = NOW + timedelta(days=30)


@pytest.mark.parametrize(
    ("seen", "policy", "reason"),
    [
        (an_event(), Policy(), "not-linked"),
        (PRIVATE, Policy(), "private"),
        (PRIVATE, Policy(private=Private.INCLUDE), "not-linked"),
        (an_event(), Policy(capture=Capture.ALL, window_future_days=1), "outside-window"),
        (an_event(), Policy(capture=Capture.ALL, window_from=date(2027, 1, 1)), "outside-window"),
        (NotFound("AAMk"), Policy(), "not-linked"),
        (Unreadable("AAMk", "Its time cannot be read."), Policy(), "unsupported"),
    ],
)
def test_not_linked_and_its_like_are_only_counted(seen, policy, reason):
    decision = decide(a_situation(seen, policy=policy, link=None, activity=None))

    assert (decision.reason, decision.log) == (reason, False)
    assert decision.action == Leave()


def test_private_freezes_a_linked_meeting():
    decision = decide(a_situation(PRIVATE))

    assert decision.reason == "private"
    assert decision.action == FreezeLink(FrozenReason.PRIVATE, copy_present=True)
    assert not decision.facts


def test_unsupported_when_a_linked_meeting_cannot_be_read():
    decision = decide(a_situation(Unreadable("AAMk-ann", "Its time cannot be read.")))

    assert decision.reason == "unsupported"
    assert decision.action == Leave(copy_present=True)


@pytest.mark.parametrize(
    ("follow", "was_pushed", "reason"),
    [
        (FollowPast.ALWAYS, False, "activity-updated"),
        (FollowPast.PUSH, True, "activity-updated"),
        (FollowPast.PUSH, False, "outside-window"),
        (FollowPast.NEVER, True, "outside-window"),
    ],
)
def test_outside_window_is_a_past_meeting_that_the_policy_does_not_follow(
    follow, was_pushed, reason
):
    policy = Policy(follow_past=follow)
    situation = a_situation(
        an_event(subject="New"), policy=policy, now=LATER, was_pushed=was_pushed
    )

    assert decide(situation).reason == reason


def test_a_meeting_moved_out_of_the_past_is_followed():
    when = an_event().when
    moved = type(when)(LATER, LATER + timedelta(hours=1), when.time_zone)

    decision = decide(
        a_situation(an_event(when=moved), policy=Policy(follow_past=FollowPast.NEVER), now=LATER)
    )

    assert decision.reason == "activity-updated"


def test_unlinked_by_person_is_not_captured_again():
    link = a_link(state=LinkState.ENDED, ended_by="Ann Berg", ended_reason="unlinked-by-person")

    decision = decide(a_situation(link=link))

    assert (decision.reason, decision.action) == ("unlinked-by-person", Leave())


@pytest.mark.parametrize("how", ["undone", "retracted"])
def test_the_log_names_what_a_person_did_to_end_a_link(how):
    link = a_link(state=LinkState.ENDED, ended_by="Ann Berg", ended_reason=how)

    decision = decide(a_situation(link=link))

    assert (decision.reason, decision.action) == ("unlinked-by-person", Leave())
    assert decision.facts == {"actor": "Ann Berg", "how": how}


def test_a_link_that_the_sync_ended_otherwise_is_left_alone():
    link = a_link(state=LinkState.ENDED, ended_by="SYNC_MASTER", ended_reason="completed-kept")

    decision = decide(a_situation(link=link))

    assert (decision.action, decision.log) == (Leave(), False)


@pytest.mark.parametrize(
    "because",
    [
        FrozenReason.ORGANIZER_INACTIVE,
        FrozenReason.MAILBOX_UNAVAILABLE,
        FrozenReason.PRIVATE,
        FrozenReason.LAST_COPY_GONE,
    ],
)
def test_link_resumed_when_the_cause_is_gone(because):
    decision = decide(a_situation(link=a_link(state=LinkState.FROZEN, frozen_reason=because)))

    assert (decision.reason, decision.action) == ("link-resumed", ResumeLink())


@pytest.mark.parametrize(
    ("because", "seen"),
    [
        (FrozenReason.UNDONE, an_event()),
        (FrozenReason.PRIVATE, PRIVATE),
        (FrozenReason.ORGANIZER_INACTIVE, NotFound("AAMk-ann")),
        (FrozenReason.LAST_COPY_GONE, NotFound("AAMk-ann")),
    ],
)
def test_link_frozen_changes_and_removes_nothing(because, seen):
    decision = decide(a_situation(seen, link=a_link(state=LinkState.FROZEN, frozen_reason=because)))

    assert decision.reason == "link-frozen"
    assert isinstance(decision.action, Leave)
