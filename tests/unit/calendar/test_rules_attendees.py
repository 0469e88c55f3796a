import itertools
from dataclasses import replace

import pytest

from builders import a_contact_participant, a_representative_participant, a_stranger
from calendar_builders import INES_INVITED, a_link, an_activity, an_event, matched
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.identities import held_now
from liaison.crm.matching import Matches, MatchKind
from liaison.crm.model import PersonKind
from liaison.outlook.model import Attendee, Response, Role
from liaison.policy.values import Conflict, Owner
from merging import a_pair, crm_after, is_idle, offer_of, owned, quiet, seen_now, told
from people import BO, INES, JON

ABSENT, REQUIRED, OPTIONAL = None, "required", "optional"
STATES = (ABSENT, REQUIRED, OPTIONAL)
ORGANIZER, INES_THERE = an_activity().participants


def with_jon(state):
    """The meeting with Jon in this role, or without him."""
    jon = () if state is None else (Attendee(JON.name, JON.addresses[0], Role(state)),)
    return an_event(attendees=(INES_INVITED, *jon))


def having(*more):
    """The activity with Ines and these people."""
    return an_activity(participants=(ORGANIZER, INES_THERE, *more))


def having_jon(state, **members):
    if state is None:
        return having()
    return having(a_contact_participant(JON, **{"role": state, "invite": True, **members}))


def a_pair_of(event, activity, agreed, policy=None):
    """Both sides now; `agreed`: the meeting and the activity when they agreed."""
    event_then, activity_then = agreed
    baseline = replace(offer_of(event_then), held=held_now(activity_then))
    return a_pair(event, activity, policy, link=a_link(baseline=baseline))


def keys(situation):
    """Who is in the meeting, and who of the activity is, organizers apart: address and role."""
    there = {one.address: one.role for one in situation.observation.event.attendees}
    here = {one.address: one.role for one in situation.activity.participants[1:]}
    return there, here


def expected(owner, conflict, base, there, here):
    """How Jon ends in Outlook and in the CRM, told without the rules."""
    if there == here or owner is Owner.OUTLOOK:
        return there, there
    if here == base:
        return (there, here) if owner is Owner.CRM else (there, there)
    if there == base or owner is Owner.CRM or conflict is Conflict.CRM_WINS:
        return here, here
    return (there, here) if conflict is Conflict.HOLD else (there, there)


@pytest.mark.parametrize("answers", [True, False], ids=["answered", "answer lost"])
@pytest.mark.parametrize("conflict", list(Conflict))
@pytest.mark.parametrize("owner", list(Owner))
@pytest.mark.parametrize("states", list(itertools.product(STATES, repeat=3)), ids=str)
def test_each_person_ends_as_the_owner_and_the_policy_say(states, owner, conflict, answers):
    base, there, here = states
    pair = a_pair_of(
        with_jon(there),
        having_jon(here),
        (with_jon(base), having_jon(base)),
        owned(owner, conflict),
    )

    after, _ = quiet(pair, answers=answers)

    in_outlook, in_crm = keys(after)
    ends = in_outlook.get(JON.addresses[0]), in_crm.get(JON.addresses[0])
    assert ends == expected(owner, conflict, base, there, here)
    assert in_outlook[INES.addresses[0]] == in_crm[INES.addresses[0]] == REQUIRED


def test_whoever_the_crm_adds_is_added_to_those_who_are_there():
    bo = Attendee(BO.name, BO.address)
    pair = a_pair_of(
        an_event(attendees=(INES_INVITED, bo)), having_jon(REQUIRED), (an_event(), having())
    )

    after, decisions = quiet(pair)

    everybody = {INES.addresses[0], BO.address, JON.addresses[0]}
    assert [set(side) for side in keys(after)] == [everybody, everybody]
    assert decisions[0].outlook.fields == {"participants"}


def test_only_people_with_invite_go_out():
    pair = a_pair_of(an_event(), having_jon(REQUIRED, invite=None), (an_event(), having()))

    after, decisions = quiet(pair)

    assert all(is_idle(one) for one in decisions)
    assert JON.addresses[0] in keys(after)[1]


def test_our_own_people_go_out_unless_somebody_says_no():
    bo = a_representative_participant(BO)
    asked = a_pair_of(an_event(), having(bo), (an_event(), having()))
    not_asked = a_pair_of(an_event(), having(replace(bo, invite=False)), (an_event(), having()))

    assert decide(asked).outlook.fields == {"participants"}
    assert decide(not_asked).outlook is None


def test_somebody_without_an_address_is_not_sent():
    nameless = a_stranger(address="", name="Some Guest", invite=True)

    assert decide(a_pair_of(an_event(), having(nameless), (an_event(), having()))).outlook is None


def test_the_crms_own_guests_stay_when_outlooks_change():
    """pains 27"""
    guest = a_stranger(invite=False)
    pair = a_pair_of(with_jon(REQUIRED), having(guest), (an_event(), having()))

    after, _ = quiet(pair)

    assert set(keys(after)[1]) == {INES.addresses[0], guest.address, JON.addresses[0]}


def test_answers_come_from_the_governing_copy_whoever_owns_the_people():
    declined = replace(INES_INVITED, response=Response.DECLINED)

    for owner in Owner:
        after, decisions = quiet(a_pair(an_event(attendees=(declined,)), policy=owned(owner)))
        assert after.activity.participants[1].response == "declined"
        assert all(one.outlook is None for one in decisions)


def test_an_answer_that_came_meanwhile_is_kept_in_what_goes_out():
    declined = replace(INES_INVITED, response=Response.DECLINED)
    pair = a_pair_of(an_event(attendees=(declined,)), having_jon(REQUIRED), (an_event(), having()))

    sent = {one.address: one.response for one in decide(pair).outlook.wanted.participants}

    assert sent[INES.addresses[0]] == "declined"


def as_if(situation, address, contact, kind=MatchKind.CONTACT):
    """The situation in which this address of the meeting is, or is no more, that contact's."""
    people = tuple(
        replace(
            one,
            kind=kind,
            candidates=matched_to(contact) if kind is MatchKind.CONTACT else (),
        )
        if one.address == address
        else one
        for one in situation.matches.people
    )
    return replace(situation, matches=Matches(people))


def matched_to(contact):
    offered = offer_of(an_event(attendees=(Attendee(contact.name, contact.addresses[0]),)))
    return next(
        one.candidates
        for one in matched(offered.participants).people
        if one.address == contact.addresses[0]
    )


def test_an_alias_that_a_contact_loses_takes_nobody_out_of_the_meeting():
    second = Attendee("Ines at home", "ines@home.example")
    event = an_event(attendees=(INES_INVITED, second))
    pair = a_pair_of(event, having(), (event, having()))

    decision = decide(as_if(pair, "ines@home.example", INES, MatchKind.UNKNOWN))

    assert decision.outlook is None


def test_a_person_who_was_resolved_is_neither_added_nor_removed():
    mia = Attendee("Mia", "mia@unknown.example")
    event = an_event(attendees=(INES_INVITED, mia))
    resolved = replace(a_contact_participant(JON, invite=True), address="mia@unknown.example")
    pair = a_pair_of(event, having(resolved), (event, having(a_stranger(invite=True))))

    decision = decide(as_if(pair, "mia@unknown.example", JON))

    assert decision.outlook is None


def test_somebody_whom_the_meeting_knows_by_another_address_is_not_invited_twice():
    home = Attendee("Jon at home", "jon@home.example")
    event = an_event(attendees=(INES_INVITED, home))
    pair = a_pair_of(event, having_jon(REQUIRED), (event, having()))

    assert decide(as_if(pair, "jon@home.example", JON)).outlook is None


def test_who_is_added_and_removed_again_while_the_answer_is_lost_does_not_come_back():
    pair = a_pair_of(an_event(), having_jon(REQUIRED), (an_event(), having()))
    sent = crm_after(pair, decide(pair))
    regretted = replace(sent, activity=replace(having(), version=9))

    after, _ = quiet(seen_now(regretted, with_jon(REQUIRED)))

    assert [set(side) for side in keys(after)] == [{INES.addresses[0]}, {INES.addresses[0]}]


def test_a_person_contested_is_told_once_with_both_lists():
    pair = a_pair_of(
        with_jon(ABSENT),
        having_jon(OPTIONAL),
        (with_jon(REQUIRED), having_jon(REQUIRED)),
        owned(conflict=Conflict.HOLD),
    )

    after, decisions = quiet(pair)

    assert told(decisions) == ["conflict-held", "activity-updated"]
    [contest] = after.link.contested.values()
    assert len(contest.outlook["participants"]) + 1 == len(contest.crm["participants"])


def test_a_policy_that_lets_the_crm_change_people_begins_with_those_who_are_there():
    baseline = replace(offer_of(an_event()), held=None)
    pair = a_pair(activity=having_jon(REQUIRED, invite=False), link=a_link(baseline=baseline))

    after, decisions = quiet(pair)

    assert all(one.outlook is None for one in decisions)
    assert {one.who.split(":")[0] for one in after.link.baseline.held} == {PersonKind.CONTACT}
