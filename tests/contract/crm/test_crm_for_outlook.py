"""What any CRM tells those who bring activities to Outlook: what people changed, and what is planned."""

from datetime import timedelta

import pytest

from builders import a_new_activity, a_representative_participant, a_time
from crm_worlds import change, create
from liaison.crm.model import ActivityChange, ActivityRecurrence, ActivityStatus, Actor
from liaison.times import When
from people import ANN, BO

ANNS = Actor(ANN.name, "crm", ANN.id)
MONDAY = a_time().start
WEEK = (MONDAY - timedelta(days=1), MONDAY + timedelta(days=6))


def edit(world, activity, **fields):
    wish = ActivityChange(activity.id, activity.version, fields)
    with world.transaction() as session:
        return world.crm.apply_changes(session, [wish], ANNS)[0].activity


def taken(world, ids=None, limit=10):
    with world.transaction() as session:
        return world.crm.take_changes(session, ids, limit=limit)


def planned(world, organizer=ANN, *, only_flagged=False):
    with world.transaction() as session:
        return world.crm.list_planned(
            session, organizer.id, between=WEEK, only_flagged=only_flagged
        )


def test_each_change_of_a_person_is_told_once_the_oldest_first(world):
    [one, two] = create(world, a_new_activity(), a_new_activity())
    first = edit(world, one, subject="First")
    edit(world, two, place="Second")
    change(world, first, notes="By the sync")

    [of_two] = taken(world, [two.id])
    [first] = taken(world)

    assert (of_two.activity_id, of_two.fields, of_two.actor) == (two.id, ("place",), ANN.name)
    assert (first.activity_id, first.version, first.fields) == (one.id, 2, ("subject",))
    assert taken(world) == []


def test_as_many_are_told_as_are_wanted(world):
    [one] = create(world, a_new_activity())
    edit(world, edit(world, one, subject="Once"), subject="Twice")

    assert [len(taken(world, limit=1)) for _ in range(3)] == [1, 1, 0]


@pytest.mark.parametrize(
    "members",
    [
        {"status": ActivityStatus.CANCELLED},
        {"status": ActivityStatus.COMPLETED},
        {"deleted_at": MONDAY},
        {"stub": True},
        {"organizer": a_representative_participant(BO)},
        {"when": When(MONDAY + timedelta(days=9), MONDAY + timedelta(days=9, hours=1), "UTC")},
        {"when": When(MONDAY - timedelta(days=9), MONDAY - timedelta(days=8), "UTC")},
    ],
)
def test_planned_are_those_that_the_person_organizes_in_this_time(world, members):
    [wanted, _other] = create(world, a_new_activity(), a_new_activity(**members))

    assert planned(world) == [wanted.id]


def test_a_series_that_began_before_is_planned_too(world):
    before = When(MONDAY - timedelta(days=9), MONDAY - timedelta(days=9, hours=-1), "UTC")
    repeats = ActivityRecurrence("FREQ=DAILY")
    [series] = create(world, a_new_activity(when=before, recurrence=repeats))

    assert planned(world) == [series.id]


def test_only_those_that_somebody_wants_in_outlook(world):
    [_plain, flagged] = create(world, a_new_activity(), a_new_activity(transfer_to_outlook=True))

    assert planned(world, only_flagged=True) == [flagged.id]
    assert len(planned(world)) == 2
