"""Who stands behind the addresses of a meeting."""

from dataclasses import replace

import pytest

from builders import a_contact_participant, a_representative_participant, a_stranger
from calendar_builders import NOT_OURS, a_copy, a_link, a_situation, an_activity, an_event
from liaison.calendar.model import HeldPerson
from liaison.calendar.rules.copies import organizing_mailbox
from liaison.calendar.rules.identities import held_now, identities_of, keys_of, others_of, who_is
from liaison.crm.matching import Candidate, Match, Matches, MatchKind
from liaison.crm.model import PersonKind
from people import ANN, BO, INES, JON

ORGANIZER, INES_HERE = an_activity().participants
BO_HERE = a_representative_participant(BO)
BOS, INESS = f"representative:{BO.id}", f"contact:{INES.id}"
HOME, WORK = "ines@home.example", INES.addresses[0]


def test_the_others_are_everybody_but_who_organizes_by_answer_by_person_or_in_the_meeting():
    again = replace(ORGANIZER, response="accepted", address="a.berg@nordwind.example")
    handed_over = replace(BO_HERE, response="organizer")
    activity = an_activity(participants=(ORGANIZER, again, handed_over, INES_HERE))

    assert others_of(activity) == [INES_HERE]
    assert others_of(an_activity(participants=(ORGANIZER, BO_HERE, INES_HERE)), BOS) == [INES_HERE]


def test_an_activity_is_remembered_by_its_people_in_one_order():
    guest = a_stranger("", name="No Address")
    activity = an_activity(participants=(guest, BO_HERE, INES_HERE, ORGANIZER))

    assert held_now(activity) == (
        HeldPerson(INESS, WORK, "required"),
        HeldPerson("no address", "no address", "required"),
        HeldPerson(BOS, BO.address, "required"),
    )


@pytest.mark.parametrize(
    ("one", "who"),
    [
        (a_contact_participant(INES), INESS),
        (a_stranger("mia@unknown.example"), "mia@unknown.example"),
        (a_stranger("", name="Mia"), "mia"),
    ],
)
def test_whoever_has_no_entry_is_his_address_or_his_name(one, who):
    assert who_is(one) == who


def test_only_who_was_found_for_certain_is_known():
    def match(address, kind, *, name="Ines"):
        found = Candidate(PersonKind.CONTACT, INES.id, INES.name)
        return Match(address, name, "required", "none", kind, (found,))

    people = (
        match(WORK, MatchKind.CONTACT),
        match("", MatchKind.CONTACT, name="Ines Moreau"),
        match(HOME, MatchKind.AMBIGUOUS),
        match("mia@unknown.example", MatchKind.UNKNOWN),
    )

    assert identities_of(Matches(people)) == {WORK: INESS, "ines moreau": INESS}


@pytest.mark.parametrize(
    ("outlook", "known", "keys"),
    [
        ([WORK, HOME, JON.addresses[0]], {HOME: INESS}, {WORK, HOME}),
        ([HOME], {HOME: INESS}, {HOME}),
        ([WORK], {}, {WORK}),
        ([JON.addresses[0]], {}, {WORK}),
    ],
)
def test_somebody_stands_behind_his_address_and_each_that_is_known_as_his(outlook, known, keys):
    assert keys_of(INESS, WORK, outlook, known) == keys


def test_a_copy_that_was_read_as_the_organizers_counts_whatever_is_known_of_his_address():
    seen = a_situation(an_event(is_organizer=False), mailbox_id=BO.id, organizer=NOT_OURS)

    assert organizing_mailbox(seen, a_link(copies=(a_copy(), a_copy(BO.id)))) == ANN.id
