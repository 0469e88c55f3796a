"""How far an activity has come to Outlook, as people are told (IN-12)."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from builders import a_contact_participant, a_representative_participant
from calendar_builders import NOW, a_link, an_activity
from liaison.calendar.model import FrozenReason, LinkState, NotedItem, NoteSource
from liaison.calendar.rules.outgoing import awaiting_link
from liaison.calendar.rules.outlook_state import (
    OutlookState,
    Reached,
    Standing,
    judge_state,
    state_of_person,
)
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


def test_where_the_event_is_opened_is_told():
    link = a_link(web_link="https://outlook.example/1")

    assert judge_state(standing(link=link)).web_link == "https://outlook.example/1"


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
