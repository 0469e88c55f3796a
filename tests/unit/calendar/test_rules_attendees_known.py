"""Who is behind the addresses of a meeting when its people are merged: the organizer, aliases, people left apart."""

from dataclasses import replace

import pytest

from builders import a_contact_participant, a_representative_participant, a_stranger
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.identities import held_now
from liaison.crm.matching import Candidate, Matches, MatchKind
from liaison.crm.model import PersonKind
from liaison.outlook.model import Attendee, Organizer, Response, Role
from liaison.policy.values import Conflict, Owner
from merging import a_pair, is_idle, offer_of, owned, quiet
from people import ANN, BO, CARLA, INES, JON

ORGANIZER, INES_THERE = an_activity().participants
JON_ADDED = a_contact_participant(JON, invite=True)
GUEST = a_stranger(invite=False)


def having(*people, **members):
    return an_activity(participants=(ORGANIZER, INES_THERE, *people), **members)


def a_pair_of(event, activity, held=None, policy=None):
    """Both sides now; they agreed about the plain meeting, when the CRM had `held`."""
    baseline = replace(offer_of(an_event()), held=held_now(held or having()))
    return a_pair(event, activity, policy or owned(), link=a_link(baseline=baseline))


def going_out(pair):
    """Whom the decision adds to the meeting."""
    write = decide(pair).outlook
    there = {one.address for one in pair.offered.participants}
    return {one.address for one in write.wanted.participants} - there if write else set()


@pytest.mark.parametrize("address", [CARLA.address, "carla.r@nordwind.example"])
def test_the_organizer_of_the_meeting_is_not_invited_to_it_whoever_organizes_the_activity(address):
    """The CRM has Carla as somebody who takes part; the meeting knows that she organizes it."""
    carla = replace(a_representative_participant(CARLA), address=address)
    event = an_event(organizer=Organizer(CARLA.name, CARLA.address))

    assert decide(a_pair_of(event, having(carla))).outlook is None


def test_people_are_merged_where_a_meeting_names_no_organizer():
    event = an_event(organizer=Organizer("", ""))

    assert going_out(a_pair_of(event, having(JON_ADDED))) == {JON.addresses[0]}


@pytest.mark.parametrize("people", [(GUEST, JON_ADDED), (JON_ADDED, GUEST)])
def test_who_is_the_crms_alone_holds_nobody_else_back(people):
    assert going_out(a_pair_of(an_event(), having(*people))) == {JON.addresses[0]}


def test_another_address_of_somebody_who_was_left_apart_invites_nobody():
    """Both agreed that the meeting does without Jon, whatever his address is."""
    moved = replace(JON_ADDED, address="jon@home.example")

    after, decisions = quiet(a_pair_of(an_event(), having(moved), having(JON_ADDED)))

    assert all(is_idle(one) for one in decisions)
    assert moved in after.activity.participants


@pytest.mark.parametrize("conflict", list(Conflict))
def test_whom_only_outlook_changed_since_is_no_conflict_though_nobody_noted_whom_the_crm_had(
    conflict,
):
    """The people were Outlook's until now, so that the CRM had just whom it showed."""
    optional = replace(INES_INVITED, role=Role.OPTIONAL)
    baseline = replace(offer_of(an_event()), held=None)
    pair = a_pair(
        an_event(attendees=(optional,)), having(), owned(conflict=conflict),
        link=a_link(baseline=baseline),
    )  # fmt: skip

    after, decisions = quiet(pair)

    assert after.activity.participants[1].role == "optional"
    assert not any(one.reason.startswith("conflict") for one in decisions[0].remarks)


@pytest.mark.parametrize("owner", [Owner.BOTH, Owner.CRM])
def test_our_own_people_under_an_address_that_the_meeting_knows_are_invited_once(owner):
    bo = Attendee(BO.name, BO.address)
    activity = having(replace(a_representative_participant(BO), address="b.lind@nordwind.example"))

    assert going_out(a_pair_of(an_event(attendees=(INES_INVITED, bo)), activity, policy=owned(owner))) == set()  # fmt: skip


HOME = Attendee("Jon at home", "jon@home.example", response=Response.DECLINED)


def knowing(pair, address, contact):
    """The same, where this address of the meeting is the contact's."""
    candidate = Candidate(PersonKind.CONTACT, contact.id, contact.name)
    people = tuple(
        replace(one, kind=MatchKind.CONTACT, candidates=(candidate,))
        if one.address == address
        else one
        for one in pair.matches.people
    )
    return replace(pair, matches=Matches(people))


def test_who_is_taken_out_of_the_activity_leaves_the_meeting_under_the_address_that_it_knows():
    event = an_event(attendees=(INES_INVITED, HOME))
    baseline = replace(offer_of(event), held=held_now(having(JON_ADDED)))
    pair = a_pair(event, having(), owned(), link=a_link(baseline=baseline))

    write = decide(knowing(pair, HOME.address, JON)).outlook

    assert {one.address for one in write.wanted.participants} == {ANN.address, *INES.addresses}


@pytest.mark.parametrize("conflict", [Conflict.HOLD, Conflict.CRM_WINS])
def test_what_somebody_answered_is_outlooks_also_while_his_part_is_the_crms(conflict):
    there = replace(HOME, address=JON.addresses[0], role=Role.OPTIONAL)
    event = an_event(attendees=(INES_INVITED, there))
    both = (event, having(replace(JON_ADDED, role="resource")))

    decision = decide(a_pair_of(*both, having(JON_ADDED), owned(conflict=conflict)))

    jon = decision.action.fields["participants"][-1]
    assert (jon.role, jon.response) == ("resource", "declined")


def test_whose_part_the_crm_changed_is_written_as_the_meeting_knows_him_else():
    there = replace(HOME, address=JON.addresses[0])
    baseline = replace(
        offer_of(an_event(attendees=(INES_INVITED, there))), held=held_now(having(JON_ADDED))
    )
    pair = a_pair(
        an_event(attendees=(INES_INVITED, there)),
        having(replace(JON_ADDED, role="optional")),
        owned(),
        link=a_link(baseline=baseline),
    )

    [jon] = [one for one in decide(pair).outlook.wanted.participants if one.key == there.address]
    assert (jon.name, jon.role, jon.response) == (there.name, "optional", "declined")
