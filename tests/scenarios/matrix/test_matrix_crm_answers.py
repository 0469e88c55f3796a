"""Answers are given in mailboxes: what the CRM makes of one that is sent to it."""

from __future__ import annotations

from datetime import timedelta

from matrix_stage import HOUR, INES, SIX_WEEKS, answers, moved, problem_of


def answered_by_hand(office, activity):
    """The participants as the page has them, but everybody has accepted."""
    people = office.shown(office.ann, activity)["participants"]
    return [one | {"response": "accepted"} for one in people]


def is_as_before(office, activity):
    """Nobody answered, nothing was written, nobody was mailed, and the log has nothing to say."""
    now = office.world.activity_now(activity)
    responses = {answers(now, address) for address in (INES, office.bo.address)}
    nothing = (responses, office.mails(), office.written(), office.reasons(activity))
    return nothing == ({"none"}, {}, 0, []) and now.version == activity.version


def test_answer_single_from_the_crm_by_the_organizer(office):
    """Guests answer in their mailboxes: what the CRM sends back as an answer changes nothing."""
    activity = office.planned()

    answer = office.edit(office.ann, activity, participants=answered_by_hand(office, activity))
    office.work()

    assert answer.status_code == 200
    assert is_as_before(office, activity)
    assert office.is_quiet()


def test_answer_one_occurrence_from_the_crm_by_the_organizer(office, team):
    """The people of one occurrence, and so their answers, are not changed from the CRM: refused in words."""
    people = answered_by_hand(office, team)
    change = moved(office.at(1), timedelta(0))
    change["fields"] = {"participants": people}

    refused = office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": [change]})
    office.work()

    assert problem_of(refused) == (422, "invalid-request")
    assert "participants of one occurrence" in str(refused.json["errors"]["recurrence"])
    assert is_as_before(office, team)
    assert office.is_quiet()


def test_answer_this_and_following_from_the_crm_by_the_organizer(office, team):
    """Who is planned for the rest of a series has not answered yet, whatever the request says."""
    people = answered_by_hand(office, team)
    start = office.at(3)
    rest = {"start": start.isoformat(), "end": (start + HOUR).isoformat()}

    office.edit(office.ann, team, recurrence={"rule": "FREQ=WEEKLY;COUNT=3"})
    office.plan(subject="New team", recurrence=SIX_WEEKS, participants=people, **rest)
    office.work()

    for activity in (office.activity("Team"), office.activity("New team")):
        assert {answers(activity, address) for address in (INES, office.bo.address)} == {"none"}
    [event] = office.ann.events(subject="New team")
    assert {one.response for one in event.attendees} == {"none"}
    assert office.mails() == office.to_guests("update") + office.to_guests("invitation")
    assert office.written() == 2
    assert office.is_quiet()


def test_answer_whole_series_from_the_crm_by_the_organizer(office, team):
    """As with a single meeting: nothing changes."""
    answer = office.edit(office.ann, team, participants=answered_by_hand(office, team))
    office.work()

    assert answer.status_code == 200
    assert is_as_before(office, team)
    assert office.is_quiet()
