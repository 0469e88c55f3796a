"""What the organizer of a meeting does in Outlook, and what reaches his copy: the activity follows."""

from __future__ import annotations

from datetime import timedelta

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus, OccurrenceKind
from matrix_stage import INES
from series_world import weekly

SHIFT = timedelta(hours=2)
GUESTS_AND_ANN = {INES, "bo@nordwind.example", "ann@nordwind.example"}


def addresses(activity):
    return {one.address for one in activity.participants}


def exceptions(activity):
    return [(one.original_start, one.kind) for one in activity.recurrence.exceptions]


def test_create_single_from_outlook_by_the_organizer(office):
    """activity-created: one meeting is one activity, however many mailboxes hold it."""
    guests = [INES, office.bo.address]
    office.ann.create_event(subject="Review", start=office.at(0), attendees=guests)

    office.work()

    activity = office.activity("Review")
    assert (activity.when.starts_at, activity.status) == (office.at(0), ActivityStatus.PLANNED)
    assert addresses(activity) == GUESTS_AND_ANN
    assert office.reasons(activity).count("activity-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert office.count() == 1
    assert office.is_quiet()


def test_create_one_occurrence_from_outlook_by_the_organizer(office):
    """From the pane: the occurrence has an activity of its own, and the series' activity leaves it out."""
    series = office.series()
    whole = office.activity("Team")

    occurrence = office.ann.occurrence(series, office.at(1))
    part = office.world.create(office.ann, occurrence.id, Scope.OCCURRENCE)
    office.work()

    assert part.activity.when.starts_at == office.at(1)
    assert exceptions(office.world.activity_now(whole)) == [
        (office.at(1), OccurrenceKind.CANCELLED)
    ]
    assert office.reasons(part.activity).count("activity-created") == 1
    assert len(office.members(series)) == 6
    assert office.mails() == {}
    assert office.is_quiet()


def test_create_this_and_following_from_outlook_by_the_organizer(office):
    """The old series ends, the new one is a new meeting with an activity of its own."""
    series = office.series()

    new = office.ann.change_from(series, office.at(3), subject="New team")
    office.work()

    old, made = office.activity("Team"), office.activity("New team")
    assert [len(office.members(one)) for one in (series, new)] == [3, 3]
    assert made.when.starts_at == office.at(3)
    assert "UNTIL" in old.recurrence.rule
    assert office.reasons(made).count("activity-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert office.is_quiet()


def test_create_whole_series_from_outlook_by_the_organizer(office):
    """activity-created: a series is one activity with its rule."""
    office.ann.create_event(
        subject="Team",
        start=office.at(0),
        attendees=[INES, office.bo.address],
        recurrence=weekly(office.at(0)),
    )

    office.work()

    activity = office.activity("Team")
    assert "FREQ=WEEKLY" in activity.recurrence.rule
    assert office.link(activity).scope is Scope.SERIES
    assert office.reasons(activity).count("activity-created") == 1
    assert office.mails() == office.to_guests("invitation")
    assert (office.count(), office.written()) == (1, 0)
    assert office.is_quiet()


def test_update_single_from_outlook_by_the_organizer(office):
    """activity-updated"""
    event_id = office.meeting()

    office.ann.change_event(event_id, subject="Review, later", start=office.at(0) + SHIFT)
    office.work()

    activity = office.activity("Review, later")
    assert activity.when.starts_at == office.at(0) + SHIFT
    assert office.copy("Review, later").start == office.at(0) + SHIFT
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 0
    assert office.is_quiet()


def test_update_one_occurrence_from_outlook_by_the_organizer(office):
    """occurrence-changed"""
    series = office.series()

    office.ann.change_occurrence(series, office.at(1), start=office.at(1) + SHIFT)
    office.work()

    activity = office.activity("Team")
    [exception] = activity.recurrence.exceptions
    assert (exception.original_start, exception.kind) == (office.at(1), OccurrenceKind.CHANGED)
    assert exception.fields["start"] == (office.at(1) + SHIFT).isoformat()
    assert activity.when.starts_at == office.at(0)
    assert office.reasons(activity).count("occurrence-changed") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 0
    assert office.is_quiet()


def test_update_this_and_following_from_outlook_by_the_organizer(office):
    """Where linked meetings only are followed, the pane offers to continue the link with the new series."""
    series = office.series()
    office.world.set_policy(capture="linked")
    activity = office.activity("Team")

    new = office.ann.change_from(series, office.at(3), start=office.at(3) + SHIFT)
    office.work()

    assert office.count() == 1
    assert "UNTIL" in office.world.activity_now(activity).recurrence.rule
    assert office.reasons(activity).count("activity-updated") == 1
    [suggestion] = office.world.show(office.ann, new).suggestions
    assert suggestion[1] == "continues this series"
    office.world.link(office.ann, new, activity, Scope.SERIES)
    office.work()
    assert office.world.activity_now(activity).when.starts_at == office.at(3) + SHIFT
    assert office.mails() == office.to_guests("invitation")
    assert office.written() == 0
    assert office.is_quiet()


def test_update_whole_series_from_outlook_by_the_organizer(office):
    """activity-updated: what occurrences have of their own they keep."""
    series = office.series()
    office.ann.change_occurrence(series, office.at(2), location="Lounge")
    office.work()
    office.mark()

    office.ann.change_series(series, subject="Sales team")
    office.work()

    activity = office.activity("Sales team")
    assert exceptions(activity) == [(office.at(2), OccurrenceKind.CHANGED)]
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert (office.count(), office.written()) == (1, 0)
    assert office.is_quiet()


def test_delete_single_from_outlook_by_the_organizer(office):
    """event-cancelled"""
    event_id = office.meeting()

    office.ann.cancel_event(event_id)
    office.work()

    activity = office.activity("Review")
    assert activity.status is ActivityStatus.CANCELLED
    assert office.link(activity).state is LinkState.ENDED
    assert office.ann.events() == []
    assert office.reasons(activity).count("event-cancelled") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert office.written() == 0
    assert office.is_quiet()


def test_delete_one_occurrence_from_outlook_by_the_organizer(office):
    """occurrence-cancelled"""
    series = office.series()

    office.ann.cancel_occurrence(series, office.at(2))
    office.work()

    activity = office.activity("Team")
    assert exceptions(activity) == [(office.at(2), OccurrenceKind.CANCELLED)]
    assert activity.status is ActivityStatus.PLANNED
    assert office.link(activity).state is LinkState.LIVE
    assert office.reasons(activity).count("occurrence-cancelled") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert office.written() == 0
    assert office.is_quiet()


def test_delete_this_and_following_from_outlook_by_the_organizer(office):
    """The series ends earlier, and so does its activity; Exchange tells the guests that it changed."""
    series = office.series()

    office.ann.end_before(series, office.at(3))
    office.work()

    activity = office.activity("Team")
    assert len(office.members(series)) == 3
    assert "UNTIL" in activity.recurrence.rule
    assert activity.status is ActivityStatus.PLANNED
    assert office.reasons(activity).count("activity-updated") == 1
    assert office.mails() == office.to_guests("update")
    assert office.written() == 0
    assert office.is_quiet()


def test_delete_whole_series_from_outlook_by_the_organizer(office):
    """event-cancelled, once for all occurrences; pains 8."""
    series = office.series()

    office.ann.cancel_event(series)
    office.work()

    activity = office.activity("Team")
    assert activity.status is ActivityStatus.CANCELLED
    assert office.link(activity).state is LinkState.ENDED
    assert office.reasons(activity).count("event-cancelled") == 1
    assert office.mails() == office.to_guests("cancellation")
    assert (office.count(), office.written()) == (1, 0)
    assert office.is_quiet()
