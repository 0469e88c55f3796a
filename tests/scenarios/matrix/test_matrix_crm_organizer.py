"""What the organizer of an activity does in the CRM: his meeting in Outlook follows, and each guest gets one mail."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from matrix_stage import HOUR, INES, SIX_WEEKS, cancelled, moved, problem_of

SHIFT = timedelta(hours=2)


def master(office, subject="Team"):
    [found] = office.ann.events(subject=subject)
    return found


def starts(office):
    return [one.start for one in office.members(master(office).id)]


def test_create_single_from_the_crm_by_the_organizer(office):
    """event-created"""
    planned = office.plan()
    office.work()

    activity = office.activity("Renewal")
    [event] = office.ann.events(subject="Renewal")
    assert planned.status_code == 201
    assert (event.start, event.is_organizer) == (office.at(0), True)
    assert {one.address for one in event.attendees} == {INES, office.bo.address}
    assert office.shown(office.ann, activity)["outlook"]["state"] == "synchronized"
    assert office.reasons(activity).count("event-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert (office.count(), office.written()) == (1, 1)
    assert office.is_quiet()


def test_create_one_occurrence_from_the_crm_by_the_organizer(office, team):
    """A series has no occurrence beside its rule: refused in words, nothing changes."""
    extra = moved(office.at(1) + timedelta(days=1), HOUR)

    refused = office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": [extra]})
    office.work()

    assert problem_of(refused) == (422, "invalid-request")
    assert "no occurrence" in str(refused.json["errors"]["recurrence"])
    assert starts(office) == [office.at(number) for number in range(6)]
    assert office.world.activity_now(team).version == team.version
    assert (office.mails(), office.written(), office.reasons(team)) == ({}, 0, [])
    assert office.is_quiet()


def test_create_this_and_following_from_the_crm_by_the_organizer(office):
    """A series that had begun goes out from its next occurrence on; pains 7."""
    first = office.at(-3)
    begun = {"start": first.isoformat(), "end": (first + HOUR).isoformat()}

    office.plan(subject="Team", recurrence=SIX_WEEKS, **begun)
    office.work()

    activity = office.activity("Team")
    assert starts(office) == [office.at(0), office.at(1), office.at(2)]
    assert (activity.when.starts_at, activity.recurrence.rule.count("COUNT=6")) == (first, 1)
    assert office.reasons(activity).count("event-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert (office.count(), office.written()) == (1, 1)
    assert office.is_quiet()


def test_create_whole_series_from_the_crm_by_the_organizer(office):
    """event-created: one series, one invitation; pains 8."""
    office.plan(subject="Team", recurrence=SIX_WEEKS)
    office.work()

    activity = office.activity("Team")
    assert starts(office) == [office.at(number) for number in range(6)]
    assert office.link(activity).scope is Scope.SERIES
    assert office.reasons(activity).count("event-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert (office.count(), office.written()) == (1, 1)
    assert office.is_quiet()


def test_update_single_from_the_crm_by_the_organizer(office):
    """event-updated: one write, one mail for each guest."""
    activity = office.planned()
    start = office.at(0) + SHIFT

    office.edit(
        office.ann,
        activity,
        subject="Renewal, later",
        start=start.isoformat(),
        end=(start + HOUR).isoformat(),
    )
    office.work()

    [event] = office.ann.events()
    assert (event.subject, event.start) == ("Renewal, later", start)
    assert office.copy("Renewal, later").start == start
    assert office.world.activity_now(activity).subject == "Renewal, later"
    assert office.reasons(activity).count("event-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 1
    assert office.is_quiet()


def test_update_one_occurrence_from_the_crm_by_the_organizer(office, team):
    """event-updated: an exception of the series, and nothing else of it."""
    change = moved(office.at(1), SHIFT)

    office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": [change]})
    office.work()

    expected = [office.at(number) for number in range(6)]
    expected[1] += SHIFT
    assert starts(office) == expected
    [exception] = office.world.activity_now(team).recurrence.exceptions
    assert (exception.original_start, exception.kind) == (office.at(1), OccurrenceKind.CHANGED)
    assert office.reasons(team).count("event-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 1
    assert office.is_quiet()


def test_update_this_and_following_from_the_crm_by_the_organizer(office, team):
    """The old series is given an earlier end, the rest is planned as a series of its own."""
    start = office.at(3) + SHIFT
    rest = {"start": start.isoformat(), "end": (start + HOUR).isoformat()}

    office.edit(office.ann, team, recurrence={"rule": "FREQ=WEEKLY;COUNT=3"})
    office.plan(subject="New team", recurrence={"rule": "FREQ=WEEKLY;COUNT=3"}, **rest)
    office.work()

    new = office.activity("New team")
    assert starts(office) == [office.at(number) for number in range(3)]
    assert [one.start for one in office.members(master(office, "New team").id)] == [
        office.at(number) + SHIFT for number in (3, 4, 5)
    ]
    assert office.reasons(team).count("event-updated") == 1
    assert office.reasons(new).count("event-created") == 1
    assert office.mails() == office.to_guests("update") + office.to_guests("invitation")
    assert (office.count(), office.written()) == (2, 2)
    assert office.is_quiet()


def test_update_whole_series_from_the_crm_by_the_organizer(office, team):
    """event-updated: once on the master; pains 8."""
    start = office.at(0) + SHIFT

    office.edit(
        office.ann, team, start=start.isoformat(), end=(start + HOUR).isoformat(), location="Lounge"
    )
    office.work()

    assert starts(office) == [office.at(number) + SHIFT for number in range(6)]
    assert master(office).location == "Lounge"
    assert office.world.activity_now(team).when.starts_at == start
    assert office.reasons(team).count("event-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 1
    assert office.is_quiet()


@pytest.mark.parametrize("how", ["cancelled", "deleted"])
def test_delete_single_from_the_crm_by_the_organizer(office, how):
    """event-cancelled-by-crm: whether it is cancelled or deleted."""
    activity = office.planned()

    if how == "cancelled":
        office.edit(office.ann, activity, status="cancelled")
    else:
        office.delete(office.ann, activity)
    office.work()

    now = office.world.activity_now(activity)
    assert (office.ann.events(), office.link(activity).state) == ([], LinkState.ENDED)
    assert (now.status is ActivityStatus.CANCELLED, now.deleted_at is None) == (
        (True, True) if how == "cancelled" else (False, False)
    )
    assert office.reasons(activity).count("event-cancelled-by-crm") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert (office.count(), office.written()) == (1, 1)
    assert office.is_quiet()


def test_delete_one_occurrence_from_the_crm_by_the_organizer(office, team):
    """Each guest is told once, and the occurrence comes back nowhere; pains 18."""
    gone = cancelled(office.at(2))

    office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": [gone]})
    office.work()

    assert starts(office) == [office.at(number) for number in (0, 1, 3, 4, 5)]
    [exception] = office.world.activity_now(team).recurrence.exceptions
    assert (exception.original_start, exception.kind) == (office.at(2), OccurrenceKind.CANCELLED)
    assert office.link(team).state is LinkState.LIVE
    assert office.reasons(team).count("event-updated") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert office.written() == 1
    assert office.is_quiet()


def test_delete_this_and_following_from_the_crm_by_the_organizer(office, team):
    """The series ends earlier; Exchange tells the guests that it changed."""
    office.edit(office.ann, team, recurrence={"rule": "FREQ=WEEKLY;COUNT=3"})
    office.work()

    assert starts(office) == [office.at(number) for number in range(3)]
    assert "COUNT=3" in office.world.activity_now(team).recurrence.rule
    assert office.link(team).state is LinkState.LIVE
    assert office.reasons(team).count("event-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 1
    assert office.is_quiet()


def test_delete_whole_series_from_the_crm_by_the_organizer(office, team):
    """event-cancelled-by-crm: once, on the master; pains 8."""
    office.delete(office.ann, team)
    office.work()

    assert office.ann.events() == []
    assert office.world.activity_now(team).deleted_at is not None
    assert office.link(team).state is LinkState.ENDED
    assert office.reasons(team).count("event-cancelled-by-crm") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert (office.count(), office.written()) == (1, 1)
    assert office.is_quiet()
