"""What both sides hold, and what is agreed, once the people of a meeting are merged."""

from dataclasses import replace

import pytest

from builders import a_contact_participant, a_stranger
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.model import SyncedPerson
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.identities import held_now
from liaison.outlook.model import Attendee, Role
from liaison.policy.values import Owner
from merging import a_pair, offer_of, owned
from people import INES, JON

ORGANIZER, INES_THERE = an_activity().participants
JON_ADDRESS = JON.addresses[0]
JON_OPTIONAL = a_contact_participant(JON, role="optional", invite=True)
WITH_JON = an_event(attendees=(INES_INVITED, Attendee(JON.name, JON_ADDRESS, Role.REQUIRED)))
GUEST = a_stranger(invite=False)


def having(*people, **members):
    return an_activity(participants=(ORGANIZER, INES_THERE, *people), **members)


def roles(people):
    return {one.address: one.role for one in people if one.response != "organizer"}


@pytest.mark.parametrize("is_planned_here", [True, False])
def test_where_outlook_owns_the_people_the_crm_has_its_own_only_of_what_it_planned(is_planned_here):
    activity = having(GUEST, transfer_to_outlook=is_planned_here)

    decision = decide(a_pair(WITH_JON, activity, owned(Owner.OUTLOOK)))

    there = roles(decision.action.fields["participants"])
    assert (GUEST.address in there) is is_planned_here
    assert {INES.addresses[0], JON_ADDRESS} <= there.keys()
    assert decision.outlook is None


def test_whoever_the_crm_adds_is_written_with_his_name_and_part():
    write = decide(a_pair(activity=having(JON_OPTIONAL))).outlook

    assert SyncedPerson(JON_ADDRESS, JON.name, "optional") in write.wanted.participants


def test_what_outlook_changed_is_agreed_at_once_and_what_the_crm_changed_when_it_arrived():
    arrived, on_its_way = decide(a_pair(WITH_JON)), decide(a_pair(activity=having(JON_OPTIONAL)))

    assert roles(arrived.action.baseline.participants)[JON_ADDRESS] == "required"
    assert JON_ADDRESS not in roles(on_its_way.action.baseline.participants)


def test_whose_part_the_crm_changed_is_agreed_as_before_until_then():
    baseline = replace(
        offer_of(WITH_JON), held=held_now(having(replace(JON_OPTIONAL, role="required")))
    )

    decision = decide(a_pair(WITH_JON, having(JON_OPTIONAL), link=a_link(baseline=baseline)))

    assert roles(decision.action.baseline.participants)[JON_ADDRESS] == "required"
    assert roles(decision.outlook.wanted.participants)[JON_ADDRESS] == "optional"


def test_whom_the_two_are_linked_with_is_agreed_as_outlook_has_him_though_he_stays_apart():
    link = a_link(baseline=None)

    decision = decide(a_pair(WITH_JON, having(JON_OPTIONAL), owned(Owner.CRM), link=link))

    assert roles(decision.action.baseline.participants)[JON_ADDRESS] == "required"
    assert decision.outlook is None
