"""Whom a person entered under an address stays, where nothing better is known."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from builders import (
    a_contact_participant,
    a_new_activity,
    a_representative_participant,
    a_stranger,
)
from liaison.calendar.rules.people import as_people_said, with_known_answers
from liaison.crm.activity_changes import made_activity
from liaison.crm.matching import Candidate, Match, Matches, MatchKind
from liaison.crm.model import SYNC_MASTER, PersonKind
from people import BO, INES

MIA = "mia@unknown.example"
AS_BO = replace(a_representative_participant(BO), address=MIA)


def activity_with(*people):
    new = a_new_activity(participants=(a_representative_participant(), *people))
    return made_activity(new, uuid4(), SYNC_MASTER, datetime(2026, 11, 20, tzinfo=UTC))


def matched(kind, *candidates):
    return Matches((Match(MIA, "Mia", "required", "none", kind, candidates),))


@pytest.mark.parametrize("kind", [MatchKind.UNKNOWN, MatchKind.AMBIGUOUS])
def test_one_of_ours_who_was_entered_under_an_unknown_address_is_found(kind):
    [found] = as_people_said(matched(kind), activity_with(AS_BO)).people

    assert (found.kind, found.candidates[0].id) == (MatchKind.REPRESENTATIVE, BO.id)


def test_who_is_found_by_address_counts_before_what_was_said():
    ines = Candidate(PersonKind.CONTACT, INES.id, INES.name)

    [found] = as_people_said(matched(MatchKind.CONTACT, ines), activity_with(AS_BO)).people

    assert found.candidates == (ines,)


def test_a_contact_is_found_by_the_alias_he_is_remembered_under_and_not_by_what_stood_there():
    as_ines = replace(a_contact_participant(INES), address=MIA)
    unknown = matched(MatchKind.UNKNOWN)

    assert as_people_said(unknown, activity_with(as_ines)) == unknown
    assert as_people_said(unknown, None) == unknown


@pytest.mark.parametrize(
    ("response", "address", "told"),
    [
        ("none", MIA, "accepted"),
        ("declined", MIA, "declined"),
        ("none", "jon@contoso.example", "none"),
        ("none", "", "none"),
    ],
    ids=["not said", "said here", "not there", "no address"],
)
def test_what_a_copy_does_not_say_of_an_answer_the_activity_knows(response, address, told):
    """An invitee's copy knows the answer of its owner only."""
    activity = activity_with(
        a_stranger(MIA, response="accepted"), a_stranger("", name="Mia", response="accepted")
    )
    shown = Matches((Match(address, "Mia", "required", response, MatchKind.UNKNOWN),))

    [found] = with_known_answers(shown, activity).people

    assert found.response == told
    assert with_known_answers(shown, None) == shown


def test_one_of_ours_found_by_what_was_said_is_entered_under_his_name():
    [found] = as_people_said(matched(MatchKind.UNKNOWN), activity_with(AS_BO)).people

    entered = found.as_participant()
    assert (entered.kind, entered.id, entered.name) == (
        PersonKind.REPRESENTATIVE, BO.id, BO.name,
    )  # fmt: skip
