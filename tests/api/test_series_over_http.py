"""An activity that repeats, as the CRM page reads it."""

from datetime import date

from builders import a_new_activity
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from people import ANN
from series_builders import MON, an_hour, local, series, weekly, whole_day

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23), count=4)


def planned(world, when=FIRST, exceptions=()):
    repeats = ActivityRecurrence(rule_text(WEEKLY, when), to_json(WEEKLY), exceptions)
    made = world.plan(a_new_activity(when=when, recurrence=repeats))
    return world.as_(ANN).get(f"/api/activities/{made.id}").json


def test_a_series_is_shown_with_rule_exceptions_and_next_dates(world):
    moved = {"start": "2026-12-01T11:00:00+01:00", "end": "2026-12-01T12:00:00+01:00"}
    exceptions = (
        OccurrenceException(local("2026-11-30T10:00"), OccurrenceKind.CHANGED, moved),
        OccurrenceException(local("2026-12-07T10:00"), OccurrenceKind.CANCELLED),
    )

    shown = planned(world, exceptions=exceptions)["recurrence"]

    assert shown == {
        "rule": "FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=4",
        "exceptions": [
            {
                "originalStart": "2026-11-30T10:00:00+01:00",
                "kind": "changed",
                "fields": moved,
                "apart": False,
                "activityId": None,
            },
            {
                "originalStart": "2026-12-07T10:00:00+01:00",
                "kind": "cancelled",
                "fields": {},
                "apart": False,
                "activityId": None,
            },
        ],
        "nextDates": [
            {"start": "2026-11-23T10:00:00+01:00", "end": "2026-11-23T11:00:00+01:00"},
            {"start": "2026-12-01T11:00:00+01:00", "end": "2026-12-01T12:00:00+01:00"},
            {"start": "2026-12-14T10:00:00+01:00", "end": "2026-12-14T11:00:00+01:00"},
        ],
        "lastDate": None,
    }


def test_a_series_that_is_over_says_when_it_took_place_last(world):
    twice = ActivityRecurrence("FREQ=WEEKLY;BYDAY=MO;COUNT=2")
    made = world.plan(a_new_activity(when=an_hour("2026-02-02T10:00"), recurrence=twice))

    shown = world.as_(ANN).get(f"/api/activities/{made.id}").json["recurrence"]

    assert shown["nextDates"] == []
    assert shown["lastDate"]["start"] == "2026-02-09T10:00:00+01:00"


def test_a_series_of_whole_days_is_shown_in_days(world):
    gone = OccurrenceException(date(2026, 11, 30), OccurrenceKind.CANCELLED)

    shown = planned(world, whole_day("2026-11-23"), (gone,))["recurrence"]

    assert shown["exceptions"][0]["originalStart"] == "2026-11-30"
    assert shown["nextDates"][1] == {"start": "2026-12-07", "end": "2026-12-07"}


def test_a_single_activity_repeats_nowhere(world):
    made = world.plan(a_new_activity())

    shown = world.as_(ANN).get(f"/api/activities/{made.id}").json

    assert shown["recurrence"] is None


def test_a_series_becomes_a_single_activity_again(world):
    shown = planned(world)

    answer = world.as_(ANN).patch(
        f"/api/activities/{shown['id']}", {"recurrence": None}, shown["version"]
    )

    assert (answer.status_code, answer.json["recurrence"]) == (200, None)
    assert answer.json["start"] == shown["start"]


def test_an_exception_that_differs_in_nothing_is_not_shown(world):
    """What went back to the series stands there until Outlook was told."""
    again = OccurrenceException(local("2026-11-30T10:00"), OccurrenceKind.CHANGED)

    assert planned(world, exceptions=(again,))["recurrence"]["exceptions"] == []
