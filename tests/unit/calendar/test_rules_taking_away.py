"""A person cancelled or deleted the activity of a linked meeting."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import NOW, a_link, a_situation, an_activity, an_event, an_outside_meeting
from liaison.calendar.model import CANCELLATION
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import CancelEvent, EndLink
from liaison.calendar.rules.situation import NotFound
from liaison.crm.model import ActivityStatus
from liaison.policy.settings import Policy
from liaison.policy.values import OnCrmDelete
from liaison.times import When
from people import BO

CANCEL = Policy(on_crm_delete=OnCrmDelete.CANCEL)
ASKED = a_link(going_out=frozenset({CANCELLATION}))
OVER = an_activity(status=ActivityStatus.CANCELLED)


def situation(event=None, **members):
    given = {"link": ASKED, "activity": OVER, "policy": CANCEL} | members
    return a_situation(event or an_event(), **given)


@pytest.mark.parametrize(
    "activity", [OVER, an_activity(deleted_at=NOW)], ids=["cancelled", "deleted"]
)
def test_event_cancelled_by_crm_takes_the_organizers_meeting_away_once(activity):
    decision = decide(situation(activity=activity))

    assert decision.reason == "event-cancelled-by-crm"
    assert decision.outlook == CancelEvent("AAMk-ann", has_attendees=True)
    assert not decision.is_told


def test_without_guests_it_is_deleted():
    decision = decide(situation(an_event(attendees=())))

    assert decision.outlook == CancelEvent("AAMk-ann", has_attendees=False)


def test_under_leave_the_link_ends_and_outlook_is_not_touched():
    decision = decide(situation(policy=Policy()))

    assert (decision.action, decision.outlook) == (EndLink(), None)


def test_past_never_written():
    past = When(NOW - timedelta(hours=2), NOW - timedelta(hours=1), "Europe/Berlin")

    decision = decide(situation(an_event(when=past)))

    assert (decision.action, decision.reason) == (EndLink(), "past-never-written")
    assert decision.outlook is None


def test_while_an_invitees_copy_governs_the_meeting_is_left():
    outside = an_outside_meeting(BO.id, activity=OVER, policy=CANCEL)
    asked = replace(outside.link, going_out=frozenset({CANCELLATION}))

    decision = decide(replace(outside, link=asked))

    assert (decision.action, decision.outlook) == (EndLink(), None)


def test_what_was_cancelled_before_it_was_linked_takes_nothing_away():
    decision = decide(situation(link=a_link()))

    assert decision.outlook is None
    assert not isinstance(decision.action, EndLink)


def test_a_meeting_that_is_gone_already_ends_the_link():
    decision = decide(situation(None, observation=NotFound("AAMk-ann"), offered=None))

    assert (decision.action, decision.reason) == (EndLink(), "event-cancelled-by-crm")
