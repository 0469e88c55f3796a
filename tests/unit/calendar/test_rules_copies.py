from dataclasses import replace

from calendar_builders import (
    a_copy,
    a_link,
    a_situation,
    an_event,
    an_outside_meeting,
)
from liaison.calendar.model import FrozenReason
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import FreezeLink, GiveWay, Leave
from liaison.calendar.rules.situation import NotFound, OrganizerStanding, Standing
from liaison.outlook.model import Organizer
from people import ANN, BO, CARLA


def bos_copy(**members):
    event = an_event(event_id="AAMk-bo", is_organizer=False, **members)
    return a_situation(event, mailbox_id=BO.id)


def reasons(decision):
    return [decision.reason, *(remark.reason for remark in decision.remarks)]


def without(situation, *mailbox_ids):
    copies = tuple(copy for copy in situation.link.copies if copy.mailbox_id not in mailbox_ids)
    return replace(situation, link=replace(situation.link, copies=copies))


def test_organizer_copy_governs_and_says_so_at_the_beginning():
    link = a_link(baseline=None)

    assert reasons(decide(a_situation(link=link))) == ["already-agreed", "organizer-copy"]
    assert reasons(decide(a_situation())) == ["already-agreed"]


def test_invitee_copy_never_governs_while_the_organizer_is_active():
    decision = decide(bos_copy(subject="Changed in Bo's calendar"))

    assert (decision.reason, decision.action) == ("invitee-copy", Leave(copy_present=True))
    assert decision.facts == {"organizer": "Ann Berg"}


def test_invitee_copy_that_is_cancelled_makes_us_look_at_the_organizers():
    decision = decide(bos_copy(is_cancelled=True))

    assert decision.action == GiveWay(ANN.id, copy_present=True)


def test_invitee_copy_makes_us_look_at_an_organizers_copy_never_seen():
    situation = without(bos_copy(), ANN.id)

    assert decide(situation).action == GiveWay(ANN.id, copy_present=True)


def test_followed_copy_is_the_one_with_the_smallest_mailbox_id():
    governing = decide(an_outside_meeting(BO.id, event={"subject": "New"}))
    other = decide(an_outside_meeting(CARLA.id, event={"subject": "Changed by Carla"}))

    assert governing.reason == "activity-updated"
    assert (other.reason, other.action) == ("followed-copy", Leave(copy_present=True))


def test_followed_copy_says_so_when_it_begins_to_govern():
    situation = without(an_outside_meeting(BO.id), BO.id)

    assert "followed-copy" in reasons(decide(situation))


def test_a_copy_in_a_mailbox_that_is_not_read_does_not_govern():
    situation = an_outside_meeting(CARLA.id, event={"subject": "New"})
    copies = (a_copy(BO.id, is_followed=False), a_copy(CARLA.id))
    situation = replace(situation, link=replace(situation.link, copies=copies))

    assert decide(situation).reason == "activity-updated"


def test_organizer_changed_keeps_the_link():
    event = an_event(organizer=Organizer(BO.name, BO.address), event_id="AAMk-bo")
    standing = OrganizerStanding(Standing.ACTIVE, BO.id)
    link = a_link(copies=(a_copy(ANN.id, is_organizer=False),))

    decision = decide(a_situation(event, mailbox_id=BO.id, organizer=standing, link=link))

    assert reasons(decision)[1:3] == ["organizer-changed", "organizer-copy"]
    assert decision.action.fields["organizer"].name == "Bo Lind"


def test_organizer_changed_to_an_outsider_lets_an_invitees_copy_govern():
    situation = an_outside_meeting(BO.id)
    link = a_link(copies=(a_copy(ANN.id), a_copy(BO.id)))

    decision = decide(replace(situation, link=link))

    assert "organizer-changed" in reasons(decision)


def test_another_address_of_the_same_organizer_is_no_change():
    event = an_event(organizer=Organizer(ANN.name, "a.berg@nordwind.example"))

    assert "organizer-changed" not in reasons(decide(a_situation(event)))


def test_invitee_left_drops_only_the_copy():
    gone = a_situation(NotFound("AAMk-bo"), mailbox_id=BO.id)

    decision = decide(gone)

    assert (decision.reason, decision.action) == ("invitee-left", Leave(copy_present=False))


def test_invitee_left_lets_another_followed_copy_take_over():
    gone = replace(an_outside_meeting(BO.id), observation=NotFound("AAMk-bo"))

    decision = decide(gone)

    assert decision.reason == "invitee-left"
    assert decision.action == GiveWay(CARLA.id, copy_present=False)


def test_last_copy_gone_freezes_the_link_and_keeps_the_activity():
    gone = replace(an_outside_meeting(BO.id), observation=NotFound("AAMk-bo"))

    decision = decide(without(gone, CARLA.id))

    assert decision.reason == "last-copy-gone"
    assert decision.action == FreezeLink(FrozenReason.LAST_COPY_GONE, copy_present=False)
