"""Decisions as a whole: action, reason, outcome and the facts that fill the sentences of the log."""

from dataclasses import replace

import pytest

from calendar_builders import (
    INES_INVITED,
    NOT_OURS,
    a_copy,
    a_link,
    a_situation,
    an_event,
    an_outside_meeting,
    matched,
)
from liaison.calendar.model import FrozenReason, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.decision import (
    Decision,
    EndLink,
    FreezeLink,
    GiveWay,
    Leave,
    Remark,
    ResumeLink,
)
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.situation import (
    NotFound,
    Unreadable,
)
from liaison.outlook.model import Attendee, EventKind, Organizer, Sensitivity
from liaison.reasons.model import Outcome
from people import ANN, BO, CARLA

GONE = NotFound("AAMk-ann")
PRIVATE = an_event(sensitivity=Sensitivity.PRIVATE)


@pytest.mark.parametrize("because", [None, *FrozenReason])
def test_a_frozen_link_of_which_nothing_is_seen_stays_so_and_says_why(because):
    link = a_link(state=LinkState.FROZEN, frozen_reason=because)

    decision = decide(a_situation(GONE, link=link))

    cause = {"cause": because.value} if because else {}
    assert decision == Decision(Leave(None), "link-frozen", facts=cause)


def test_an_invitees_copy_does_not_thaw_a_link_whose_organizers_mailbox_is_lost():
    copies = (a_copy(is_followed=False), a_copy(BO.id))
    because = FrozenReason.MAILBOX_UNAVAILABLE
    link = a_link(state=LinkState.FROZEN, frozen_reason=because, copies=copies)
    seen = an_event(event_id="AAMk-bo", is_organizer=False)

    decision = decide(a_situation(seen, mailbox_id=BO.id, link=link, organizer=NOT_OURS))

    facts = {"cause": because.value}
    assert decision == Decision(Leave(copy_present=True), "link-frozen", facts=facts)


def test_the_copy_of_a_new_organizer_thaws_a_link_whose_former_one_is_lost():
    copies = (a_copy(is_followed=False), a_copy(BO.id))
    because = FrozenReason.ORGANIZER_INACTIVE
    link = a_link(state=LinkState.FROZEN, frozen_reason=because, copies=copies)
    seen = an_event(organizer=Organizer(BO.name, BO.address))

    decision = decide(a_situation(seen, mailbox_id=BO.id, link=link, organizer=NOT_OURS))

    assert decision == Decision(ResumeLink(), "link-resumed")


def test_an_unreadable_meeting_says_why():
    decision = decide(a_situation(Unreadable("AAMk-ann", "Its time cannot be read.")))

    facts = {"why": "Its time cannot be read."}
    assert decision == Decision(Leave(copy_present=True), "unsupported", facts=facts)


def test_a_private_meeting_freezes_its_link_and_counts_as_carried_out():
    freeze = FreezeLink(FrozenReason.PRIVATE, copy_present=True)

    assert decide(a_situation(PRIVATE)) == Decision(freeze, "private", Outcome.APPLIED)


def test_a_link_made_unread_follows_only_who_linked_it():
    reserved = a_link(state=LinkState.RESERVED, baseline=None, copies=(a_copy(CARLA.id),))
    stranger, invited = (), (Attendee(CARLA.name, CARLA.address),)

    def decided(attendees):
        event = an_event(attendees=attendees)
        return decide(a_situation(event, link=reserved))

    facts = {"why": "nobody with whose copy it was linked is among the attendees"}
    assert decided(stranger) == Decision(EndLink(), "failed-permanent", facts=facts)
    assert decided(invited).reason == "activity-updated"


def test_a_copy_that_does_not_govern_is_skipped_and_names_the_organizer():
    decision = decide(an_outside_meeting(CARLA.id))

    facts = {"organizer": "Kim Sato"}
    assert decision == Decision(Leave(True), "followed-copy", Outcome.SKIPPED, facts=facts)  # noqa: FBT003 - its only value


def test_a_new_organizer_is_named():
    event = an_event(organizer=Organizer("", BO.address), event_id="AAMk-bo", is_organizer=True)

    handed_over = a_link(copies=(a_copy(is_organizer=False),))

    decision = decide(a_situation(event, mailbox_id=BO.id, organizer=NOT_OURS, link=handed_over))

    named = {"organizer": BO.address}
    assert decision.remarks[:2] == (
        Remark("organizer-changed", named),
        Remark("organizer-copy", named),
    )


def test_who_was_matched_and_who_was_not_is_named():
    event = an_event(attendees=(INES_INVITED, Attendee("Mia", "mia@unknown.example")))

    decision = decide(a_situation(event))

    assert decision.remarks == (
        Remark("participants-matched", {"people": [ANN.address, INES_INVITED.address]}),
        Remark("participants-unknown", {"people": ["mia@unknown.example"]}),
    )


def test_an_unknown_person_without_an_address_is_named():
    event = an_event(attendees=(Attendee("Old Entry", ""),))
    people = synced.from_event(event).participants

    decision = decide(a_situation(event, matches=matched(people)))

    assert decision.remarks[-1] == Remark("participants-unknown", {"people": ["Old Entry"]})


def test_an_invitees_copy_that_is_gone_gives_way_or_only_leaves():
    gone = replace(an_outside_meeting(CARLA.id), observation=NotFound("AAMk"))
    first = replace(an_outside_meeting(BO.id), observation=NotFound("AAMk"))

    assert decide(gone) == Decision(Leave(copy_present=False), "invitee-left")
    assert decide(first) == Decision(GiveWay(CARLA.id, copy_present=False), "invitee-left")


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        (EventKind.SINGLE_INSTANCE, Scope.SINGLE),
        (EventKind.SERIES_MASTER, Scope.SERIES),
        (EventKind.OCCURRENCE, Scope.OCCURRENCE),
        (EventKind.EXCEPTION, Scope.OCCURRENCE),
    ],
)
def test_what_a_link_covers_follows_from_the_kind_of_event(kind, scope):
    assert scope_of(an_event(kind=kind)) is scope
