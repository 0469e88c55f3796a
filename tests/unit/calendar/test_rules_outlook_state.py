"""How far an activity has come to Outlook, as people are told (IN-12)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from builders import a_contact_participant, a_representative_participant
from calendar_builders import NOW, a_link, an_activity
from liaison.calendar.model import FrozenReason, LinkState, NotedItem, NoteSource, SyncedPerson
from liaison.calendar.rules.identities import held_now
from liaison.calendar.rules.outgoing import awaiting_link
from liaison.calendar.rules.outlook_state import (
    OutlookState,
    Reached,
    Standing,
    judge_state,
    state_of_person,
)
from liaison.crm.model import PersonKind
from liaison.policy.settings import Policy
from liaison.times import When
from people import BO, INES, JON

FLAGGED = an_activity(transfer_to_outlook=True)
UNDER_WAY = awaiting_link(FLAGGED, UUID(int=7), "SYNC_MASTER")
PAST = When(NOW - timedelta(hours=2), NOW - timedelta(hours=1), "Europe/Berlin")


def waits(source=NoteSource.CRM, **members):
    item = NotedItem(UUID(int=1), UUID(int=2), "AAMk-ann", source, 0, NOW, NOW, hint=UUID(int=3))
    return replace(item, **members)


def standing(**members):
    value = Standing(
        FLAGGED, None, None, is_held=False, can_be_written=True, policy=Policy(), now=NOW
    )
    return replace(value, **members)


@pytest.mark.parametrize(
    ("members", "state", "reason"),
    [
        ({"activity": an_activity()}, Reached.NONE, None),
        ({}, Reached.PENDING, None),
        ({"waits": waits(last_error="gateway-timeout")}, Reached.PENDING, "gateway-timeout"),
        ({"can_be_written": False}, Reached.FAILED, "organizer-not-active"),
        ({"activity": replace(FLAGGED, when=PAST)}, Reached.NONE, "past-never-written"),
        ({"last_reason": "unsupported"}, Reached.FAILED, "unsupported"),
        ({"is_held": True}, Reached.HELD, "mail-held"),
        ({"link": UNDER_WAY}, Reached.PENDING, None),
        (
            {"link": UNDER_WAY, "waits": waits(is_dead=True, last_error="request-rejected")},
            Reached.FAILED,
            "request-rejected",
        ),
        ({"link": a_link()}, Reached.SYNCHRONIZED, None),
        ({"link": a_link(), "waits": waits()}, Reached.PENDING, None),
        ({"link": a_link(), "waits": waits(NoteSource.DELTA)}, Reached.SYNCHRONIZED, None),
        ({"link": a_link(), "waits": waits(is_dead=True)}, Reached.FAILED, None),
        ({"link": a_link(state=LinkState.ENDED)}, Reached.NONE, None),
        (
            {"link": a_link(state=LinkState.FROZEN, frozen_reason=FrozenReason.PRIVATE)},
            Reached.NONE,
            "link-frozen",
        ),
    ],
)
def test_the_whole_is_none_pending_synchronized_held_or_failed(members, state, reason):
    told = judge_state(standing(**members))

    assert (told.state, told.reason) == (state, reason)


@pytest.mark.parametrize(
    ("members", "state", "reason"),
    [
        ({}, Reached.SYNCHRONIZED, None),
        ({"waits": waits()}, Reached.PENDING, None),
        ({"waits": waits(is_dead=True, last_error="refused")}, Reached.FAILED, "refused"),
        ({"is_held": True}, Reached.HELD, "mail-held"),
        ({"link": a_link(state=LinkState.FROZEN)}, Reached.NONE, "link-frozen"),
        ({"link": a_link(state=LinkState.RESERVED)}, Reached.PENDING, None),
    ],
)
def test_where_the_event_is_opened_is_told_in_each_state(members, state, reason):
    link = replace(members.get("link", a_link()), web_link="https://outlook.example/1")

    told = judge_state(standing(**members | {"link": link}))

    assert told == OutlookState(state, reason, "https://outlook.example/1")


def test_an_event_that_was_to_be_made_where_nobody_may_write_any_more_has_failed():
    told = judge_state(standing(link=UNDER_WAY, can_be_written=False))

    assert told == OutlookState(Reached.FAILED, "organizer-not-active")


def test_what_lies_beyond_the_window_says_so():
    late = When(NOW + timedelta(days=800), NOW + timedelta(days=800, hours=1), "UTC")

    told = judge_state(standing(activity=replace(FLAGGED, when=late)))

    assert (told.state, told.reason) == (Reached.NONE, "outside-window")


@pytest.mark.parametrize(
    ("person", "whole", "state"),
    [
        (a_representative_participant(), Reached.PENDING, Reached.PENDING),
        (a_contact_participant(INES, invite=True), Reached.SYNCHRONIZED, Reached.SYNCHRONIZED),
        (a_contact_participant(INES, invite=True), Reached.PENDING, Reached.SYNCHRONIZED),
        (a_contact_participant(JON, invite=True), Reached.PENDING, Reached.PENDING),
        (a_contact_participant(JON), Reached.SYNCHRONIZED, Reached.NONE),
        (a_contact_participant(JON), Reached.PENDING, Reached.NONE),
        (a_contact_participant(INES, invite=True), Reached.HELD, Reached.HELD),
        (a_representative_participant(BO), Reached.HELD, Reached.HELD),
        (
            replace(a_contact_participant(JON, invite=True), address=""),
            Reached.SYNCHRONIZED,
            Reached.FAILED,
        ),
    ],
)
def test_each_attendee_has_a_state_of_his_own(person, whole, state):
    """IN-11: who is not to be invited has none. pains 29: who has no address is named, and stops nobody else."""
    assert state_of_person(person, OutlookState(whole), standing(link=a_link())) is state


def test_without_an_event_everybody_waits_with_the_whole():
    one = a_contact_participant(INES, invite=True)

    assert state_of_person(one, OutlookState(Reached.PENDING), standing()) is Reached.PENDING


def linked_with(*more, held=(), **members):
    """An activity with Ines, who is in the meeting, and these people; `held`: whom the two had agreed on besides."""
    activity = replace(FLAGGED, participants=(*FLAGGED.participants, *more))
    before = replace(FLAGGED, participants=(*FLAGGED.participants, *held))
    link = a_link(baseline=replace(a_link().baseline, held=held_now(before)))
    return standing(activity=activity, link=link, **members)


def states(one, *people):
    whole = judge_state(one)
    return [state_of_person(person, whole, one) for person in people], whole


JON_TOO = a_contact_participant(JON, invite=True)
NOBODYS = replace(JON_TOO, id=UUID(int=9), name="No address", address="")
COLLEAGUE = replace(a_representative_participant(BO), address="")


def test_whom_a_write_left_out_is_not_synchronized():
    """The list goes out as a whole: one without an address keeps the others back, and all of them are told so."""
    found, whole = states(linked_with(JON_TOO, NOBODYS), JON_TOO, NOBODYS)

    assert found == [Reached.FAILED, Reached.FAILED]
    assert (whole.state, whole.reason) == (Reached.SYNCHRONIZED, "unsupported")


def test_while_something_waits_whoever_is_new_is_on_his_way():
    for source in (NoteSource.CRM, NoteSource.PERSON):
        found, _ = states(linked_with(JON_TOO, waits=waits(source)), JON_TOO)

        assert found == [Reached.PENDING]


def test_a_colleague_without_an_address_could_not_be_invited():
    found, whole = states(linked_with(COLLEAGUE), COLLEAGUE)

    assert found == [Reached.FAILED]
    assert whole.reason == "unsupported"


def test_who_was_left_apart_when_the_two_were_linked_has_no_state():
    found, whole = states(linked_with(JON_TOO, held=(JON_TOO,)), JON_TOO)

    assert found == [Reached.NONE]
    assert whole.reason is None


def test_whom_outlook_knows_without_an_address_is_in_the_meeting():
    guest = replace(NOBODYS, kind=PersonKind.OTHER, id=None)
    one = linked_with(guest, held=(guest,))
    there = (*one.link.baseline.participants, SyncedPerson("", guest.name))
    link = replace(one.link, baseline=replace(one.link.baseline, participants=there))

    assert states(replace(one, link=link), guest)[0] == [Reached.SYNCHRONIZED]


def test_while_outlook_owns_the_people_nobody_is_said_to_have_failed():
    one = linked_with(JON_TOO)
    link = replace(one.link, baseline=replace(one.link.baseline, held=None))

    found, whole = states(replace(one, link=link), JON_TOO)

    assert (found, whole.reason) == ([Reached.NONE], None)
