"""What somebody who only takes part does in the CRM: the organizer's calendar is not his, and no answer comes from here."""

from __future__ import annotations

from datetime import timedelta

from liaison.calendar.model import LinkState
from matrix_stage import HOUR, KIM, SIX_WEEKS, moved, problem_of

FORBIDDEN = (403, "forbidden")
OWNED = (409, "owned-by-outlook")
INVALID = (422, "invalid-request")
SHIFT = timedelta(hours=2)
THREE_WEEKS = {"rule": "FREQ=WEEKLY;COUNT=3"}


def organized_by(office, person):
    return {"organizer": {"id": office.id_of(person)}}


def times(start):
    return {"start": start.isoformat(), "end": (start + HOUR).isoformat()}


def test_create_single_from_the_crm_by_an_invitee(office):
    """Who does not organize it needs the permission to plan for others: refused, and no activity is left."""
    refused = office.plan(office.bo, **organized_by(office, office.ann))

    assert problem_of(refused) == FORBIDDEN
    assert "PLAN_FOR_OTHERS" in refused.json["detail"]
    assert office.nothing_happened()
    assert office.count() == 0


def test_create_single_from_the_crm_by_an_invitee_of_an_outsider(office):
    """The stub is in Outlook already: asking for its transfer makes no twin."""
    office.invited()
    stub = office.activity("Review")

    asked = office.edit(office.bo, stub, transferToOutlook=True)
    office.work()

    assert asked.status_code == 200
    assert [one.organizer.address for one in office.bo.events()] == [KIM[1]]
    assert (office.mails(), office.written(), office.count()) == ({}, 0, 1)
    assert office.link(stub).state is LinkState.LIVE
    assert office.is_quiet()


def test_create_one_occurrence_from_the_crm_by_an_invitee(office, stub):
    """The series that he follows has no occurrence beside its rule: refused in words."""
    extra = moved(office.at(1) + timedelta(days=1), HOUR)

    refused = office.edit(office.bo, stub, recurrence={"exceptions": [extra]})

    assert problem_of(refused) == INVALID
    assert office.nothing_happened(stub)


def test_create_this_and_following_from_the_crm_by_an_invitee(office, team):
    """Neither is the first half of a colleague's series ended nor the second half planned in her name."""
    rest = organized_by(office, office.ann) | times(office.at(3))

    shortened = office.edit(office.bo, team, recurrence=THREE_WEEKS)
    planned = office.plan(office.bo, subject="New team", recurrence=THREE_WEEKS, **rest)

    assert (problem_of(shortened), problem_of(planned)) == (FORBIDDEN, FORBIDDEN)
    assert office.nothing_happened(team)
    assert office.count() == 1


def test_create_whole_series_from_the_crm_by_an_invitee(office):
    """organizer-not-active: who may plan for others plans, but nobody's mailbox is written until the organizer is active."""
    office.let_plan_for_others(office.bo)
    dev = office.world.person("Dev Patel")
    office.world.import_person(dev)

    planned = office.plan(office.bo, recurrence=SIX_WEEKS, **organized_by(office, dev))
    office.work()

    activity = office.activity("Renewal")
    assert planned.status_code == 201
    assert office.reasons(activity) == ["organizer-not-active"]
    assert office.shown(office.bo, activity)["outlook"]["reason"] == "organizer-not-active"
    assert (office.ann.events(), office.bo.events(), dev.events()) == ([], [], [])
    assert (office.mails(), office.written()) == ({}, 0)
    assert office.is_quiet()


def test_update_single_from_the_crm_by_an_invitee(office):
    """He writes outcome and next step, which never go to Outlook; the rest is the organizer's; pains 5."""
    office.meeting()
    activity = office.activity("Review")

    refused = office.edit(office.bo, activity, subject="Mine", location="Here")
    written = office.edit(office.bo, activity, outcome="They buy")
    office.work()

    now = office.world.activity_now(activity)
    assert (problem_of(refused), written.status_code) == (FORBIDDEN, 200)
    assert (now.subject, now.outcome) == ("Review", "They buy")
    assert office.ann.events()[0].subject == "Review"
    assert (office.mails(), office.written()) == ({}, 0)
    assert office.is_quiet()


def test_update_single_from_the_crm_by_an_invitee_of_an_outsider(office):
    """owned-by-outlook: of a stub the CRM's own fields only are written."""
    office.invited()
    stub = office.activity("Review")

    refused = office.edit(office.bo, stub, subject="Mine", **times(office.at(0) + SHIFT))

    assert problem_of(refused) == OWNED
    assert set(refused.json["fields"]) == {"subject", "start", "end"}
    assert office.nothing_happened(stub)


def test_update_one_occurrence_from_the_crm_by_an_invitee(office, stub):
    """owned-by-outlook"""
    refused = office.edit(office.bo, stub, recurrence={"exceptions": [moved(office.at(1), SHIFT)]})

    assert problem_of(refused) == OWNED
    assert refused.json["fields"] == ["recurrence"]
    assert office.nothing_happened(stub)


def test_update_one_occurrence_from_the_crm_by_an_invitee_of_a_colleague(office, team):
    """Participants change nothing of a colleague's series."""
    exceptions = [moved(office.at(1), SHIFT)]

    refused = office.edit(office.bo, team, recurrence=SIX_WEEKS | {"exceptions": exceptions})

    assert problem_of(refused) == FORBIDDEN
    assert office.nothing_happened(team)


def test_update_this_and_following_from_the_crm_by_an_invitee(office, stub):
    """owned-by-outlook: an outsider's series is neither ended earlier nor later from here."""
    for rule in ("FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;COUNT=8"):
        refused = office.edit(office.bo, stub, recurrence={"rule": rule})
        assert problem_of(refused) == OWNED
        assert refused.json["fields"] == ["recurrence"]

    assert office.nothing_happened(stub)


def test_update_whole_series_from_the_crm_by_an_invitee(office, stub):
    """owned-by-outlook"""
    refused = office.edit(office.bo, stub, subject="Mine", **times(office.at(0) + SHIFT))

    assert problem_of(refused) == OWNED
    assert {"subject", "start", "end"} <= set(refused.json["fields"])
    assert office.nothing_happened(stub)
