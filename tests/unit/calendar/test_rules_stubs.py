"""What becomes of a stub: updated, taken over, adopted, marked."""

from dataclasses import replace

import pytest

from calendar_builders import (
    a_copy,
    a_link,
    a_situation,
    an_activity,
    an_event,
    an_outside_meeting,
    applied,
)
from liaison.calendar.rules.copies import organizing_mailbox
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import FreezeLink
from liaison.calendar.rules.left import LEFT
from liaison.calendar.rules.situation import NotFound, OrganizerStanding, Standing
from liaison.crm.model import ReviewNote
from people import ANN, BO, CARLA

DOUBT = ReviewNote("participants-unknown", "mia@unknown.example")


def a_stub(**members):
    return an_activity(**({"stub": True, "owner_id": BO.id} | members))


def of_kim(mailbox_id=BO.id, **members):
    """Bo's copy of what Kim organizes; Carla has one, too."""
    return an_outside_meeting(mailbox_id, **({"activity": a_stub()} | members))


def adopted_by_ann(activity):
    link = a_link(copies=(a_copy(BO.id),), baseline=None)
    return a_situation(link=link, activity=activity)


def test_stub_updated_is_an_update_of_a_stub():
    decision = decide(of_kim(event={"subject": "New"}))

    assert (decision.reason, decision.action.fields["subject"]) == ("stub-updated", "New")
    assert "stub" not in decision.action.fields


def test_stub_adopted_keeps_the_activity_and_gives_it_to_the_organizer():
    """pains 25"""
    decision = decide(adopted_by_ann(a_stub()))

    assert decision.reason == "stub-adopted"
    assert (decision.action.fields["stub"], decision.action.fields["owner_id"]) == (False, ANN.id)


def test_an_adopted_stub_is_adopted_once():
    before = adopted_by_ann(a_stub())

    after = applied(before, decide(before))

    assert decide(after).reason == "already-agreed"


def test_the_owner_whom_a_person_chose_stays():
    fields = decide(adopted_by_ann(a_stub(owner_id=CARLA.id))).action.fields

    assert "owner_id" not in fields


@pytest.mark.parametrize(("known", "moves"), [(False, True), (True, False)])
def test_a_stub_moves_to_the_owner_of_the_copy_that_begins_to_govern(known, moves):
    copies = (a_copy(CARLA.id), a_copy(BO.id)) if known else (a_copy(CARLA.id),)
    situation = of_kim(activity=a_stub(owner_id=CARLA.id), event={"subject": "New"})
    situation = replace(situation, link=replace(situation.link, copies=copies))

    fields = decide(situation).action.fields

    assert (fields.get("owner_id") == BO.id) is moves


@pytest.mark.parametrize("is_stub", [True, False])
def test_last_copy_gone_marks_a_stub_only(is_stub):
    situation = of_kim(activity=a_stub(stub=is_stub, review=(DOUBT,)))
    alone = replace(situation.link, copies=(a_copy(BO.id),))

    decision = decide(
        replace(situation, observation=NotFound("AAMk"), offered=None, matches=None, link=alone)
    )

    assert decision.reason == "last-copy-gone"
    assert isinstance(decision.action, FreezeLink)
    assert decision.action.fields == ({"review": (DOUBT, LEFT)} if is_stub else {})


def test_a_stub_that_is_marked_is_not_marked_again():
    situation = of_kim(activity=a_stub(review=(LEFT,)))
    alone = replace(situation.link, copies=(a_copy(BO.id),))

    decision = decide(
        replace(situation, observation=NotFound("AAMk"), offered=None, matches=None, link=alone)
    )

    assert decision.action.fields == {}


def test_the_mark_of_the_last_copy_goes_when_the_meeting_is_seen_again():
    decision = decide(of_kim(activity=a_stub(review=(LEFT,))))

    assert decision.action.fields["review"] == ()


def test_an_organizer_who_is_not_active_adopts_nothing():
    situation = of_kim(organizer=OrganizerStanding(Standing.INACTIVE, ANN.id))

    assert organizing_mailbox(situation, situation.link) is None
    assert an_event().is_organizer
