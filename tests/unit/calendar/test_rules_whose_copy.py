"""Whose copy counts in cases that seldom happen, and why an item is passed over."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_builders import (
    ANN_ORGANIZES,
    NOT_OURS,
    NOW,
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
)
from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.calendar.rules.copies import has_new_organizer, observed_event
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import Decision, EndLink, Leave, Remark, ResumeLink
from liaison.calendar.rules.differences import find_differences
from liaison.calendar.rules.situation import (
    Lost,
    NotFound,
    OrganizerStanding,
    Standing,
    Unreadable,
)
from liaison.outlook.model import Organizer
from liaison.policy.settings import Policy
from liaison.policy.values import FollowPast, OnRemoval
from liaison.reasons.model import Outcome
from people import ANN, BO, CARLA, KIM

ALIAS = Organizer(ANN.name, "a.berg@nordwind.example")
START = an_event().when.starts_at
LATER = NOW + timedelta(days=30)


def test_an_event_that_names_no_organizer_has_no_new_one():
    nameless = a_situation(an_event(organizer=Organizer("", "")), mailbox_id=BO.id)

    assert not has_new_organizer(nameless, a_link())
    assert not has_new_organizer(a_situation(mailbox_id=BO.id), a_link(organizer_address=""))
    assert not has_new_organizer(a_situation(NotFound("AAMk")), a_link())


def test_another_address_of_the_organizer_is_known_by_the_copy_in_the_mailbox():
    own = a_situation(an_event(organizer=ALIAS), organizer=NOT_OURS)
    invitees = a_situation(
        an_event(organizer=ALIAS, is_organizer=False),
        mailbox_id=BO.id,
        organizer=OrganizerStanding(Standing.INACTIVE, ANN.id),
    )
    link = a_link(copies=(a_copy(), a_copy(BO.id)))

    assert not has_new_organizer(own, link)
    assert not has_new_organizer(invitees, link)
    assert has_new_organizer(replace(invitees, organizer=NOT_OURS), link)


def test_of_an_occurrence_that_was_lost_its_series_was_seen():
    lost = a_situation(Lost("AAMk-ann", an_event(), None))

    assert observed_event(lost) == an_event()
    assert observed_event(a_situation(NotFound("AAMk-ann"))) is None


def test_an_unreadable_copy_that_does_not_govern_is_passed_over_without_a_name():
    unreadable = Unreadable("AAMk", "Its time cannot be read.")

    decision = decide(replace(an_outside_meeting(CARLA.id), observation=unreadable))

    assert decision == Decision(Leave(copy_present=True), "followed-copy", Outcome.SKIPPED)


def test_a_removed_meeting_of_an_outsider_comes_back_by_the_followed_copy_only():
    ended = {
        "state": LinkState.ENDED,
        "ended_by": "SYNC_MASTER",
        "ended_reason": "event-cancelled",
    }
    governing, other = an_outside_meeting(BO.id), an_outside_meeting(CARLA.id)
    link = replace(governing.link, **ended)

    assert decide(replace(governing, link=link)).reason == "event-restored"
    assert decide(replace(other, link=link)).action == Leave()


def test_a_private_meeting_of_an_outsider_is_followed_again_by_the_followed_copy_only():
    frozen = {"state": LinkState.FROZEN, "frozen_reason": FrozenReason.PRIVATE}
    governing, other = an_outside_meeting(BO.id), an_outside_meeting(CARLA.id)
    link = replace(governing.link, **frozen)

    assert decide(replace(governing, link=link)).action == ResumeLink()
    assert decide(replace(other, link=link)).action == Leave(copy_present=True)


def test_a_link_that_ended_without_a_reason_is_as_good_as_none():
    decision = decide(a_situation(link=a_link(state=LinkState.ENDED)))

    assert decision == Decision(Leave(), "not-linked", Outcome.SKIPPED, log=False)


def test_what_is_not_linked_is_skipped_and_says_why_it_cannot_be_read():
    unlinked = {"link": None, "activity": None}
    why = "Its time cannot be read."

    seen = decide(a_situation(**unlinked))
    unreadable = decide(a_situation(Unreadable("AAMk", why), **unlinked))

    assert seen == Decision(Leave(), "not-linked", Outcome.SKIPPED, log=False)
    assert unreadable == Decision(Leave(), "unsupported", Outcome.SKIPPED, facts={"why": why}, log=False)  # fmt: skip


def test_a_past_meeting_that_is_not_followed_stays_present_and_is_no_difference():
    never = Policy(follow_past=FollowPast.NEVER)
    situation = a_situation(an_event(subject="New"), policy=never, now=LATER)
    unread = replace(situation, offered=None)

    assert decide(situation) == Decision(Leave(copy_present=True), "outside-window")
    assert decide(unread) == decide(situation)
    assert find_differences(situation, decide(situation)) == ()


@pytest.mark.parametrize(("mailbox_id", "is_ended"), [(ANN.id, False), (BO.id, True)])
def test_a_reserved_link_is_for_who_linked_it_also_while_nobody_was_matched(mailbox_id, is_ended):
    link = a_link(state=LinkState.RESERVED, copies=(a_copy(is_followed=False),))
    standing = OrganizerStanding(Standing.ACTIVE, mailbox_id)

    decision = decide(
        a_situation(link=link, mailbox_id=mailbox_id, organizer=standing, matches=None)
    )

    assert (decision.action == EndLink()) is is_ended


def test_an_occurrence_without_an_activity_still_says_which_it_was():
    link = a_link(scope=Scope.OCCURRENCE, original_start=START)

    decision = decide(a_situation(NotFound("AAMk-ann"), link=link, activity=None))

    facts = {"originalStart": START.isoformat()}
    assert decision == Decision(EndLink(), "occurrence-cancelled", facts=facts)


def test_a_removal_that_writes_nothing_says_whose_copy_and_which_occurrence():
    link = a_link(scope=Scope.OCCURRENCE, original_start=START, baseline=None)
    cancelled, keep = an_event(is_cancelled=True), Policy(on_cancel=OnRemoval.KEEP)

    decision = decide(a_situation(cancelled, link=link, policy=keep))

    assert decision == Decision(
        EndLink(),
        "occurrence-cancelled",
        remarks=(Remark("organizer-copy", {"organizer": "Ann Berg"}),),
        facts={"originalStart": START.isoformat()},
    )


def test_the_organizer_of_another_company_is_named_by_his_address_where_he_has_no_name():
    organizer = Organizer("", KIM.addresses[0])
    situation = an_outside_meeting(CARLA.id)
    event = replace(situation.observation.event, organizer=organizer)

    decision = decide(replace(situation, observation=replace(situation.observation, event=event)))

    assert decision.facts == {"organizer": KIM.addresses[0]}


def test_a_link_of_an_active_organizer_follows_his_mailbox_alone():
    bos = a_situation(
        an_event(is_organizer=False, subject="New"), mailbox_id=BO.id, organizer=ANN_ORGANIZES
    )

    assert decide(bos).reason == "invitee-copy"
    assert decide(a_situation(activity=an_activity())).reason == "already-agreed"
