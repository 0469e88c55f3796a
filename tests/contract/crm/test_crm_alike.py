"""Which activities are the same as a meeting: all of subject, organizer, start, end and all-day."""

from datetime import date, timedelta

import pytest

from builders import a_new_activity, a_representative_participant, a_stranger, a_time
from crm_worlds import change, create
from liaison.crm.model import ActivityRecurrence, ActivityStatus, MeetingFacts
from liaison.times import When
from people import BO

SUBJECT = "Renewal Contoso"


def a_meeting(**members):
    given = {"subject": SUBJECT, "organizer": a_representative_participant(), "when": a_time()}
    return MeetingFacts(**(given | members))


def alike(world, *meetings):
    with world.transaction() as session:
        found = world.crm.find_alike(session, meetings)
    return [[activity.id for activity in several] for several in found]


def test_the_same_in_everything_is_found_for_each_meeting_of_a_batch(world):
    [one, other] = create(world, a_new_activity(), a_new_activity(subject="Other"))

    found = alike(world, a_meeting(subject="Other"), a_meeting(subject="None"), a_meeting())

    assert found == [[other.id], [], [one.id]]


def test_no_meetings_no_activities(world):
    create(world, a_new_activity())

    assert alike(world) == []


def test_all_that_are_the_same_are_found(world):
    made = create(world, a_new_activity(), a_new_activity())

    [found] = alike(world, a_meeting())

    assert set(found) == {one.id for one in made}


@pytest.mark.parametrize(
    "other",
    [
        {"subject": "Renewal"},
        {"organizer": a_representative_participant(BO)},
        {"when": a_time(a_time().start + timedelta(minutes=1))},
        {"when": a_time(hours=2)},
        {"is_series": True},
    ],
)
def test_what_differs_is_another_one(world, other):
    create(world, a_new_activity())

    assert alike(world, a_meeting(**other)) == [[]]


def test_a_series_is_found_for_a_series(world):
    weekly = ActivityRecurrence("FREQ=WEEKLY")
    [made] = create(world, a_new_activity(recurrence=weekly))

    assert alike(world, a_meeting(), a_meeting(is_series=True)) == [[], [made.id]]


@pytest.mark.parametrize(
    "changes",
    [{"status": ActivityStatus.COMPLETED}, {"status": ActivityStatus.CANCELLED}, "deleted"],
)
def test_what_is_over_is_not_found(world, clock, changes):
    [made] = create(world, a_new_activity())
    change(world, made, **({"deleted_at": clock.now()} if changes == "deleted" else changes))

    assert alike(world, a_meeting()) == [[]]


def test_an_organizer_from_outside_is_the_same_by_address(world):
    mia = a_stranger()
    [made] = create(world, a_new_activity(organizer=mia))

    assert alike(world, a_meeting(organizer=mia)) == [[made.id]]


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Pacific/Kiritimati", "Pacific/Honolulu"])
def test_whole_days_are_the_same_days_in_whatever_zone(world, zone):
    days = date(2026, 11, 23), date(2026, 11, 24)
    [made] = create(world, a_new_activity(when=When(*days, "Europe/Berlin")))

    assert alike(world, a_meeting(when=When(*days, zone)), a_meeting()) == [[made.id], []]


def test_spaces_do_not_make_another_subject(world):
    [made] = create(world, a_new_activity(subject="Renewal  Contoso "))

    assert alike(world, a_meeting()) == [[made.id]]
