"""A series that is not in Outlook: what a person's edit takes from it stands in the activity's log."""

from datetime import timedelta

import pytest

from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.times import When
from transfer_stage import end_link, link_of, plan, reasons_of

DAILY = "FREQ=DAILY;COUNT=6"


def series(world, ann, **fields):
    """Six days, of which the second is cancelled and the fifth renamed."""
    first = world.tomorrow()
    gone = OccurrenceException(first + timedelta(days=1), OccurrenceKind.CANCELLED)
    renamed = OccurrenceException(
        first + timedelta(days=4), OccurrenceKind.CHANGED, {"subject": "Exam"}
    )
    wanted = {"transfer_to_outlook": False} | fields
    return plan(
        world,
        ann,
        "Training",
        when=When(first, first + timedelta(hours=1), "UTC"),
        recurrence=ActivityRecurrence(DAILY, None, (gone, renamed)),
        **wanted,
    )


def log_of(world, activity):
    with world.database.transaction() as session:
        found = list_decisions(session, LogFilter(activity_id=activity.id), limit=9)
    return [stored.decision for stored in found]


def test_exceptions_that_a_shorter_rule_drops_are_in_the_log(world, ann):
    """exceptions-dropped."""
    activity = series(world, ann)

    world.edit(ann, activity, recurrence={"rule": "FREQ=DAILY;COUNT=3"})

    [told] = log_of(world, activity)
    assert (told.reason, told.actor, told.facts) == (
        "exceptions-dropped",
        world.own(ann).name,
        {"count": 1},
    )
    assert [one["kind"] for one in told.before["recurrence"]["exceptions"]] == [
        "cancelled",
        "changed",
    ]
    assert [one["kind"] for one in told.after["recurrence"]["exceptions"]] == ["cancelled"]


def test_a_series_that_becomes_one_activity_leaves_its_exceptions_in_the_log(world, ann):
    activity = series(world, ann)

    world.edit(ann, activity, recurrence=None)

    [told] = log_of(world, activity)
    assert told.facts == {"count": 2}
    assert told.after == {"recurrence": None}


@pytest.mark.parametrize("edit", [{"subject": "Course"}, {"recurrence": {"exceptions": []}}])
def test_what_takes_no_date_away_is_not_logged(world, ann, edit):
    activity = series(world, ann)

    world.edit(ann, activity, **edit)

    assert log_of(world, activity) == []


def test_what_is_dropped_of_a_confidential_series_stays_confidential(world, ann):
    activity = series(world, ann, confidential=True)

    world.edit(ann, activity, recurrence=None)

    assert log_of(world, activity)[0].facts == {"count": 2, "confidential": True}


def test_of_a_series_whose_link_ended_it_is_logged_too(world, ann):
    world.writes_allowed = True
    world.run(ann)
    activity = series(world, ann, transfer_to_outlook=True)
    world.run(ann)
    end_link(world, ann, activity)

    world.edit(ann, activity, recurrence={"rule": "FREQ=DAILY;COUNT=3"})

    assert link_of(world, activity).ended_reason == "unlinked-by-person"
    assert reasons_of(world, activity)[-1] == "exceptions-dropped"
