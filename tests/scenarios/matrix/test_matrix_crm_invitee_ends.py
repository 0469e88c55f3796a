"""What somebody who only takes part deletes or answers in the CRM: no meeting is lost by it, and nobody hears of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState
from matrix_stage import INES, SIX_WEEKS, answers, cancelled, moved, problem_of

FORBIDDEN = (403, "forbidden")
OWNED = (409, "owned-by-outlook")
INVALID = (422, "invalid-request")
THREE_WEEKS = {"rule": "FREQ=WEEKLY;COUNT=3"}


def answered_by_hand(office, activity):
    """The participants as the page has them, but everybody has accepted."""
    people = office.shown(office.bo, activity)["participants"]
    return [one | {"response": "accepted"} for one in people]


def test_delete_single_from_the_crm_by_an_invitee(office):
    """Only owner and organizer delete an activity, or cancel it."""
    office.meeting()
    activity = office.activity("Review")

    refused = [
        office.delete(office.bo, activity),
        office.edit(office.bo, activity, status="cancelled"),
    ]

    assert [problem_of(one) for one in refused] == [FORBIDDEN, FORBIDDEN]
    assert office.nothing_happened(activity)
    assert len(office.ann.events()) == 1


@pytest.mark.parametrize("how", ["cancelled", "deleted"])
def test_delete_single_from_the_crm_by_an_invitee_of_an_outsider(office, how):
    """event-cancelled-by-crm: the link ends, the outsider's meeting stays, and is not captured again."""
    office.invited()
    stub = office.activity("Review")

    if how == "cancelled":
        office.edit(office.bo, stub, status="cancelled")
    else:
        office.delete(office.bo, stub)
    office.work()

    assert office.link(stub).state is LinkState.ENDED
    assert office.reasons(stub).count("event-cancelled-by-crm") == 1
    assert [one.is_cancelled for one in office.bo.events()] == [False]
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 1)
    assert office.is_quiet()


def test_delete_one_occurrence_from_the_crm_by_an_invitee(office, stub):
    """owned-by-outlook: an occurrence of an outsider's series is not cancelled from here."""
    refused = office.edit(office.bo, stub, recurrence={"exceptions": [cancelled(office.at(2))]})

    assert problem_of(refused) == OWNED
    assert office.nothing_happened(stub)
    assert len(office.members(office.copy("Team").id, office.bo)) == 6


def test_delete_this_and_following_from_the_crm_by_an_invitee(office, stub):
    """owned-by-outlook"""
    refused = office.edit(office.bo, stub, recurrence=THREE_WEEKS)

    assert problem_of(refused) == OWNED
    assert office.nothing_happened(stub)
    assert len(office.members(office.copy("Team").id, office.bo)) == 6


def test_delete_whole_series_from_the_crm_by_an_invitee(office, stub):
    """event-cancelled-by-crm: the link ends, the outsider's series stays, and is not captured again."""
    office.delete(office.bo, stub)
    office.work()

    assert office.world.activity_now(stub).deleted_at is not None
    assert office.link(stub).state is LinkState.ENDED
    assert office.reasons(stub).count("event-cancelled-by-crm") == 1
    assert len(office.members(office.copy("Team").id, office.bo)) == 6
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 1)
    assert office.is_quiet()


def test_answer_single_from_the_crm_by_an_invitee(office):
    """He answers in his mailbox: what he sends from here changes nothing."""
    office.meeting()
    activity = office.activity("Review")

    sent = office.edit(office.bo, activity, participants=answered_by_hand(office, activity))

    assert sent.status_code == 200
    assert office.nothing_happened(activity)
    assert answers(office.activity("Review"), office.bo.address) == "none"
    assert office.copy("Review").response == "notResponded"


def test_answer_one_occurrence_from_the_crm_by_an_invitee(office, team):
    """The people of one occurrence are not changed from the CRM: refused in words."""
    change = moved(office.at(1), timedelta(0))
    change["fields"] = {"participants": answered_by_hand(office, team)}

    refused = office.edit(office.bo, team, recurrence=SIX_WEEKS | {"exceptions": [change]})

    assert problem_of(refused) == INVALID
    assert office.nothing_happened(team)


def test_answer_this_and_following_from_the_crm_by_an_invitee(office, team):
    """There is no such answer, and no new half of a colleague's series that could be answered."""
    people = answered_by_hand(office, team)

    refused = office.edit(office.bo, team, participants=people, recurrence=THREE_WEEKS)

    assert problem_of(refused) == FORBIDDEN
    assert office.nothing_happened(team)
    assert answers(office.activity("Team"), INES) == "none"


def test_answer_whole_series_from_the_crm_by_an_invitee(office, stub):
    """Nor does what he sends of an outsider's series: his answer stays the one of his copy."""
    sent = office.edit(office.bo, stub, participants=answered_by_hand(office, stub))

    assert sent.status_code == 200
    assert office.nothing_happened(stub)
    assert answers(office.activity("Team"), office.bo.address) == "none"
