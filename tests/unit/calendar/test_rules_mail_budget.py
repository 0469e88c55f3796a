"""Whom a write mails, and when that is too much."""

import pytest

from builders import a_contact_participant, a_representative_participant
from calendar_builders import INES_INVITED, a_situation, an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import Agree, CancelEvent, ChangeEvent, Decision
from liaison.calendar.rules.mail_budget import (
    guests_to_invite,
    is_too_much,
    mailed_by,
    mailing,
    together,
)
from liaison.outlook.model import Attendee, Role
from liaison.policy.settings import Policy
from people import ANN, BO, INES, JON

DOMAINS = frozenset({"nordwind.example"})
JON_INVITED = Attendee(JON.name, JON.addresses[0])


def written(fields, *attendees):
    wanted = synced.from_event(an_event(attendees=attendees))
    change = ChangeEvent("AAMk-ann", 'W/"1"', frozenset(fields), wanted)
    return Decision(Agree(wanted), "event-updated", outlook=change)


def test_outsiders_are_those_of_other_domains_each_once():
    found = mailing([INES.addresses[0], INES.addresses[0].upper(), BO.address, ""], DOMAINS)

    assert (len(found.people), len(found.outsiders)) == (2, 1)


@pytest.mark.parametrize(("outsiders", "too_much"), [(20, False), (21, True)])
def test_mail_held_above_the_budget_only(outsiders, too_much):
    assert is_too_much(outsiders, Policy(mail_budget_per_action=20)) is too_much


def test_several_writes_count_distinct_people():
    one = mailing([INES.addresses[0]], DOMAINS)
    two = mailing([INES.addresses[0], JON.addresses[0]], DOMAINS)

    assert len(together([one, two]).outsiders) == 2
    assert together([]).people == frozenset()


@pytest.mark.parametrize(
    ("fields", "attendees", "mailed"),
    [
        ({"subject"}, (INES_INVITED,), {INES.addresses[0]}),
        ({"participants"}, (INES_INVITED, JON_INVITED), {JON.addresses[0]}),
        ({"participants"}, (), {INES.addresses[0]}),
        ({"participants", "time"}, (JON_INVITED,), {INES.addresses[0], JON.addresses[0]}),
    ],
)
def test_an_edit_of_the_list_alone_is_told_to_those_it_concerns(fields, attendees, mailed):
    assert mailed_by(a_situation(), written(fields, *attendees)) == mailed


def test_a_cancellation_is_told_to_everybody_and_no_write_to_nobody():
    cancel = Decision(
        Agree(synced.from_event(an_event())),
        "event-cancelled-by-crm",
        outlook=CancelEvent("AAMk-ann", has_attendees=True),
    )

    assert mailed_by(a_situation(), cancel) == {INES.addresses[0]}
    assert mailed_by(a_situation(), Decision(cancel.action, "already-agreed")) == frozenset()


def test_invited_are_colleagues_unless_somebody_says_no_and_others_when_somebody_says_so():
    """IN-11."""
    people = (
        a_representative_participant(response="organizer"),
        a_representative_participant(BO),
        a_contact_participant(INES, invite=True),
        a_contact_participant(JON),
    )
    activity = an_activity(participants=people)

    assert guests_to_invite(activity) == {BO.address, INES.addresses[0]}
    assert ANN.address not in guests_to_invite(activity)


def test_rooms_get_no_mail_that_counts():
    room = Attendee("Room 1", "room1@hotel.example", Role.RESOURCE)
    event = an_event(attendees=(INES_INVITED, room))

    told = mailed_by(a_situation(event), written({"subject"}, INES_INVITED, room))

    assert told == {INES.addresses[0]}
