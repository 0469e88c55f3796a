"""What our marker on an event without a link means (pains 14, 15)."""

from dataclasses import replace
from uuid import UUID

import pytest

from calendar_builders import NOW, a_situation, an_event, an_outside_meeting
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import (
    CreateActivity,
    Decision,
    Leave,
    LinkActivity,
    LookAgain,
)
from liaison.calendar.rules.markers import UNTIL_HE_IS_BACK, marked_activity, marker_of
from liaison.calendar.rules.situation import Marked, MarkedAs, Seen
from liaison.policy.settings import Policy
from liaison.policy.values import Capture
from liaison.reasons.model import Outcome
from people import BO

HERE, ELSEWHERE, ACTIVITY = UUID(int=1), UUID(int=2), UUID(int=3)
CAPTURES = Policy(capture=Capture.ALL)


def marked(found, policy=CAPTURES, **event):
    return a_situation(
        an_event(**event), link=None, activity=None, policy=policy, marked=Marked(ACTIVITY, found)
    )


def test_a_marker_names_the_activity_to_its_own_installation_only():
    marker = marker_of(HERE, ACTIVITY)

    assert marked_activity(marker, HERE) == ACTIVITY
    assert marked_activity(marker, ELSEWHERE) is None


@pytest.mark.parametrize("marker", [None, "", "x", f"{HERE}", f"{HERE}/", f"{HERE}/no-uuid"])
def test_what_is_no_marker_of_ours_names_nothing(marker):
    assert marked_activity(marker, HERE) is None


@pytest.mark.parametrize("policy", [CAPTURES, Policy()])
def test_copied_is_never_followed(policy):
    decision = decide(marked(MarkedAs.LINKED_ELSEWHERE, policy))

    assert decision == Decision(Leave(), "copied", Outcome.SKIPPED, log=False)


@pytest.mark.parametrize("policy", [CAPTURES, Policy()])
def test_link_rebuilt_where_the_activity_has_no_link(policy):
    decision = decide(marked(MarkedAs.UNLINKED, policy))

    assert (decision.action, decision.reason) == (LinkActivity(ACTIVITY), "link-rebuilt")


def test_link_rebuilt_from_the_organizers_copy_only():
    assert decide(marked(MarkedAs.UNLINKED, Policy(), is_organizer=False)).reason == "not-linked"


def test_an_activity_that_shall_get_no_link_gets_none_and_no_twin():
    decision = decide(marked(MarkedAs.SPOKEN_FOR))

    assert decision == Decision(Leave(), "not-linked", Outcome.SKIPPED, log=False)


@pytest.mark.parametrize("knows", [True, False])
def test_what_might_be_a_copy_is_read_by_itself_at_once_before_it_is_captured(knows):
    seen = Seen(an_event(), knows_marker=knows)

    decision = decide(a_situation(seen, link=None, activity=None, policy=CAPTURES, now=NOW))

    assert isinstance(decision.action, CreateActivity) is knows
    assert (decision.action == LookAgain(NOW)) is not knows


@pytest.mark.parametrize("policy", [CAPTURES, Policy()])
def test_what_may_be_an_invitation_to_our_own_event_waits_where_it_would_be_captured(policy):
    """Invariant 2: its organizer's copy tells, as soon as it can be read again."""
    meeting = an_outside_meeting(BO.id, link=None, activity=None, policy=policy)

    decision = decide(replace(meeting, is_perhaps_ours=True))

    waits = decision.reason == "retry-later" and decision.action == LookAgain(
        NOW + UNTIL_HE_IS_BACK
    )
    assert waits is (policy is CAPTURES)
    assert not decision.log


@pytest.mark.parametrize("perhaps_ours", [True, False])
def test_whoever_waits_is_told_why_and_nothing_of_it_is_logged(perhaps_ours):
    """Without a link it is only counted."""
    unread = a_situation(
        Seen(an_event(), knows_marker=False), link=None, activity=None, policy=CAPTURES
    )

    decision = decide(replace(unread, is_perhaps_ours=perhaps_ours))

    assert (decision.reason, decision.log) == ("retry-later", False)
    about = "by its organizer" if perhaps_ours else "a copy of another"
    assert about in decision.facts["why"]
