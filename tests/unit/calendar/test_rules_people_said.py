"""Whom a person entered under an address stays, where nothing better is known."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from builders import a_contact_participant, a_new_activity, a_representative_participant
from liaison.calendar.rules.people import as_people_said
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
