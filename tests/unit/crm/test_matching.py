from dataclasses import dataclass, replace

from liaison.crm.matching import Candidate, MatchKind, match_people
from liaison.crm.model import PersonKind
from people import ANN, INES, JON


@dataclass(frozen=True)
class Attendee:
    address: str
    name: str = "As Outlook says"
    role: str = "required"
    response: str = "accepted"


OURS = {ANN.address: Candidate(PersonKind.REPRESENTATIVE, ANN.id, ANN.name)}
THEIRS = {INES.addresses[0]: [INES], "office@contoso.example": [INES, JON]}
OWN_DOMAINS = frozenset({"nordwind.example"})


def match(*people):
    return match_people(people, OURS, THEIRS, OWN_DOMAINS)


def test_a_representative_is_found_by_address():
    [ann] = match(Attendee(ANN.address)).participants

    assert (ann.kind, ann.id, ann.name) == (PersonKind.REPRESENTATIVE, ANN.id, "Ann Berg")
    assert ann.response == "accepted"


def test_a_contact_is_found_by_address():
    [ines] = match(Attendee(INES.addresses[0], role="optional")).participants

    assert (ines.kind, ines.id, ines.role) == (PersonKind.CONTACT, INES.id, "optional")


def test_an_address_of_two_contacts_identifies_nobody():
    matches = match(Attendee("office@contoso.example"))

    [found] = matches.of_kind(MatchKind.AMBIGUOUS)
    assert {one.name for one in found.candidates} == {"Ines Moreau", "Jon Okafor"}
    assert [one.kind for one in matches.participants] == [PersonKind.OTHER]
    assert matches.needing_review == (found,)


def test_the_unknown_are_kept_by_address_and_need_a_review():
    matches = match(Attendee("mia@unknown.example"))

    assert [one.address for one in matches.participants] == ["mia@unknown.example"]
    assert len(matches.needing_review) == 1


def test_rooms_and_own_addresses_cause_no_review():
    room = Attendee("room1@contoso.example", role="resource")

    matches = match(room, Attendee("sales-team@nordwind.example"))

    assert [one.kind for one in matches.people] == [MatchKind.RESOURCE, MatchKind.UNKNOWN]
    assert matches.needing_review == ()


def test_somebody_without_a_usable_address_is_named_and_stops_nobody():
    matches = match(Attendee("", name="Paper Guest"), Attendee(ANN.address))

    assert [one.name for one in matches.participants] == ["Paper Guest", "Ann Berg"]
    assert [one.name for one in matches.needing_review] == ["Paper Guest"]


def test_a_room_is_a_resource_even_with_the_address_of_a_contact():
    room = replace(Attendee(INES.addresses[0]), role="resource")

    assert [one.kind for one in match(room).people] == [MatchKind.RESOURCE]
