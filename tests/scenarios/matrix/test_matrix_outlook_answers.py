"""Answers of invitees reach the organizer's copy in Outlook, and from there the activity."""

from __future__ import annotations

import pytest

from matrix_stage import INES, answers


def by_ines(office, subject, number=None):
    """Ines of Contoso accepts; Ann gets her message."""
    [event] = office.ann.events(subject=subject)
    at = None if number is None else office.at(number)
    office.world.sandbox.tenant.outside.answer(INES, event.ical_uid, "accepted", original_start=at)


def of_occurrence(activity, start, address):
    """What this participant answered to one occurrence of the series."""
    [found] = [one for one in activity.recurrence.exceptions if one.original_start == start]
    people = {one["address"]: one["response"] for one in found.fields["participants"]}
    return people[address]


def test_answer_single_from_outlook_by_the_organizer(office):
    """activity-updated: he is told of an answer, and the activity shows it."""
    office.meeting()

    by_ines(office, "Review")
    office.work()

    activity = office.activity("Review")
    assert (answers(activity, INES), answers(activity, office.bo.address)) == ("accepted", "none")
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_one_occurrence_from_outlook_by_the_organizer(office):
    """occurrence-changed: an answer to one occurrence is an exception of this one."""
    office.series()

    by_ines(office, "Team", 2)
    office.work()

    activity = office.activity("Team")
    assert of_occurrence(activity, office.at(2), INES) == "accepted"
    assert answers(activity, INES) == "none"
    assert office.reasons(activity).count("occurrence-changed") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_this_and_following_from_outlook_by_the_organizer(office):
    """Outlook has no such answer: the organizer splits the series, and the new half is answered by itself."""
    series = office.series()
    office.ann.change_from(series, office.at(3), subject="New team")
    office.work()
    office.mark()

    by_ines(office, "New team")
    office.work()

    assert answers(office.activity("Team"), INES) == "none"
    assert answers(office.activity("New team"), INES) == "accepted"
    assert office.reasons(office.activity("Team")) == []
    assert office.reasons(office.activity("New team")).count("activity-updated") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_whole_series_from_outlook_by_the_organizer(office):
    """activity-updated: one answer for all occurrences."""
    office.series()

    by_ines(office, "Team")
    office.work()

    activity = office.activity("Team")
    assert (answers(activity, INES), answers(activity, office.bo.address)) == ("accepted", "none")
    assert activity.recurrence.exceptions == ()
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


@pytest.mark.parametrize("response", ["accepted", "declined"])
def test_answer_single_from_outlook_by_an_invitee(office, response):
    """Bo answers in his copy; one who declined is no longer in his own calendar, but still a participant."""
    office.meeting()

    office.bo.answer(office.copy("Review").id, response)
    office.work()

    activity = office.activity("Review")
    assert answers(activity, office.bo.address) == response
    assert len(office.bo.events()) == (1 if response == "accepted" else 0)
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_one_occurrence_from_outlook_by_an_invitee(office):
    """occurrence-changed"""
    office.series()

    office.bo.answer_occurrence(office.copy("Team").id, office.at(1), "declined")
    office.work()

    activity = office.activity("Team")
    assert of_occurrence(activity, office.at(1), office.bo.address) == "declined"
    assert answers(activity, office.bo.address) == "none"
    assert office.reasons(activity).count("occurrence-changed") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_this_and_following_from_outlook_by_an_invitee(office):
    """Outlook has no such answer: he declines each of them, and each is an exception."""
    office.series()

    for number in (4, 5):
        office.bo.answer_occurrence(office.copy("Team").id, office.at(number), "declined")
    office.work()

    activity = office.activity("Team")
    for number in (4, 5):
        assert of_occurrence(activity, office.at(number), office.bo.address) == "declined"
    assert answers(activity, office.bo.address) == "none"
    assert len(activity.recurrence.exceptions) == 2
    assert office.reasons(activity).count("occurrence-changed") == 2
    assert office.mails() == {(office.ann.address, "response"): 2}
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_whole_series_from_outlook_by_an_invitee(office):
    """activity-updated"""
    office.series()

    office.bo.answer(office.copy("Team").id, "tentative")
    office.work()

    activity = office.activity("Team")
    assert answers(activity, office.bo.address) == "tentative"
    assert activity.recurrence.exceptions == ()
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == {(office.ann.address, "response"): 1}
    assert office.written() == 0
    assert office.is_quiet()


@pytest.mark.parametrize("response", ["accepted", "tentative"])
def test_answer_single_from_outlook_by_an_invitee_of_an_outsider(office, response):
    """stub-updated: no copy of the organizer is here, so that his own says what its owner answered."""
    office.invited()

    office.bo.answer(office.copy("Review").id, response)
    office.work()

    activity = office.activity("Review")
    assert answers(activity, office.bo.address) == response
    assert office.reasons(activity).count("stub-updated") == 1
    assert office.written() == 0
    assert office.is_quiet()


def test_answer_single_from_outlook_by_an_invitee_is_asked_for_again_when_it_moves(office):
    """Exchange forgets his answer then."""
    ical_uid = office.invited()
    office.bo.answer(office.copy("Review").id, "accepted")
    office.work()

    office.world.sandbox.tenant.outside.change(ical_uid, start=office.at(1))
    office.work()

    assert answers(office.activity("Review"), office.bo.address) == "none"
    assert office.is_quiet()


def test_answer_whole_series_from_outlook_by_an_invitee_of_an_outsider(office, stub):
    """stub-updated, and no occurrence differs."""
    office.bo.answer(office.copy("Team").id, "tentative")
    office.work()

    activity = office.activity("Team")
    assert answers(activity, office.bo.address) == "tentative"
    assert activity.recurrence.exceptions == ()
    assert office.reasons(activity).count("stub-updated") == 1
    assert office.is_quiet()


def test_answer_one_occurrence_from_outlook_by_an_invitee_of_an_outsider(office, stub):
    """occurrence-changed: the answer to one occurrence is an exception of this one."""
    office.bo.answer_occurrence(office.copy("Team").id, office.at(1), "accepted")
    office.work()

    activity = office.activity("Team")
    assert of_occurrence(activity, office.at(1), office.bo.address) == "accepted"
    assert answers(activity, office.bo.address) == "none"
    assert office.reasons(activity).count("occurrence-changed") == 1
    assert office.is_quiet()


def test_update_one_occurrence_from_outlook_by_an_invitee_for_himself_is_no_exception(office, stub):
    """A category is private to the copy, though Outlook makes an exception of the occurrence."""
    office.bo.change_occurrence(office.copy("Team").id, office.at(1), categories=["Travel"])

    office.work()

    activity = office.activity("Team")
    assert (activity.recurrence.exceptions, activity.version) == ((), stub.version)
    assert office.reasons(activity).count("occurrence-changed") == 0
    assert office.is_quiet()
