"""Several of our mailboxes say that they organize one meeting: one of them governs, and they never take turns."""

from dataclasses import replace

import pytest

from calendar_builders import a_copy, a_link, a_situation, an_event
from liaison.calendar.model import LinkState
from liaison.calendar.rules.copies import governing_mailbox, has_new_organizer
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import GiveWay, Leave, ResumeLink
from liaison.calendar.rules.mailbox_lost import HandOver, when_mailbox_is_lost
from liaison.calendar.rules.situation import NotFound, OrganizerStanding, Standing, Unreadable
from liaison.outlook.model import Organizer
from people import ANN, BO, CARLA

OWNERS = {one.id: one for one in (ANN, BO, CARLA)}


def organizes(mailbox_id):
    return a_copy(mailbox_id, is_organizer=True)


BOTH = a_link(copies=(organizes(ANN.id), organizes(BO.id)))


def seen(mailbox_id, link=BOTH, **event):
    """The copy of one of them, which names its owner as the organizer."""
    owner = OWNERS[mailbox_id]
    given = {"organizer": Organizer(owner.name, owner.address), "event_id": f"AAMk-{mailbox_id}"}
    return a_situation(
        an_event(**given | event),
        mailbox_id=mailbox_id,
        organizer=OrganizerStanding(Standing.ACTIVE, mailbox_id),
        known_organizer=ANN.id,
        link=link,
    )


@pytest.mark.parametrize("mailbox_id", [ANN.id, BO.id])
def test_of_several_organizers_the_smallest_mailbox_governs_whichever_is_looked_at(mailbox_id):
    assert governing_mailbox(seen(mailbox_id), BOTH) == ANN.id


def test_the_other_organizers_copy_changes_nothing():
    decision = decide(seen(BO.id, subject="In Bo's words"))

    assert (decision.action, decision.facts) == (Leave(copy_present=True), {})


def test_a_copy_that_says_for_the_first_time_that_it_is_the_organizers_makes_us_look_at_the_other():
    only_ann = a_link(copies=(organizes(ANN.id), a_copy(BO.id)))

    assert decide(seen(BO.id, only_ann)).action == GiveWay(ANN.id, copy_present=True)


def test_a_copy_that_was_the_organizers_makes_us_look_at_the_new_ones():
    bos = Organizer(BO.name, BO.address)
    handed_over = replace(
        seen(ANN.id, organizer=bos, is_organizer=False),
        organizer=OrganizerStanding(Standing.ACTIVE, BO.id),
    )

    decision = decide(handed_over)

    assert (decision.reason, decision.action) == ("invitee-copy", GiveWay(BO.id, copy_present=True))


@pytest.mark.parametrize("mailbox_id", [ANN.id, BO.id])
def test_while_another_organizers_copy_is_there_one_that_is_gone_removes_nothing(mailbox_id):
    other = BO.id if mailbox_id == ANN.id else ANN.id
    gone = replace(seen(mailbox_id), observation=NotFound("AAMk"))

    decision = decide(gone)

    assert (decision.reason, decision.action) == ("invitee-left", GiveWay(other, copy_present=False))  # fmt: skip


def test_the_last_organizers_copy_that_is_gone_removes_the_activity():
    link = a_link(copies=(replace(organizes(ANN.id), is_present=False), organizes(BO.id)))

    assert decide(replace(seen(BO.id, link), observation=NotFound("AAMk"))).reason == "event-cancelled"  # fmt: skip


def test_an_organizers_copy_that_cannot_be_read_is_still_the_one_that_governs():
    unreadable = replace(seen(ANN.id), observation=Unreadable("AAMk", "Its time cannot be read."))

    assert governing_mailbox(unreadable, BOTH) == ANN.id
    assert decide(unreadable).reason == "unsupported"


def test_who_organized_before_is_known_by_the_person_and_not_by_the_copy():
    assert has_new_organizer(seen(BO.id), BOTH)
    assert not has_new_organizer(replace(seen(BO.id), known_organizer=BO.id), BOTH)


def test_of_several_organizers_mailboxes_only_the_one_that_governs_has_a_successor():
    assert when_mailbox_is_lost(BOTH, ANN.id) == HandOver(organizes(BO.id))
    assert when_mailbox_is_lost(BOTH, BO.id) == "nothing"


def test_an_organizers_copy_resumes_a_link_that_another_organizers_absence_froze():
    link = a_link(
        state=LinkState.FROZEN,
        frozen_reason="organizer-inactive",
        copies=(replace(organizes(ANN.id), is_followed=False), organizes(BO.id)),
    )

    assert decide(seen(BO.id, link)).action == ResumeLink()
