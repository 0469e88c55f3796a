"""A meeting that recurs, as the pane asks for it: what repeats, what is linked, and what has an activity of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from api_world import link, problem
from builders import a_new_activity
from people import ANN, BO
from series_builders import MON, weekly

FIRST = datetime(2026, 11, 23, 9, tzinfo=UTC)
SECOND, THIRD = "2026-11-30T09:00:00Z", "2026-12-07T09:00:00Z"


@pytest.fixture
def world(world):
    world.join_tenant(ANN, BO)
    return world


@pytest.fixture
def team(world):
    return world.outlook.add_series(
        world.listed(ANN), "Team", weekly(MON), start=FIRST, until=date(2026, 12, 14)
    )


def at(series, start, **members):
    """Outlook names the series; the start tells which occurrence is open."""
    return {"itemId": series.event_id, "start": start, **members}


def look(world, series, start):
    return world.as_(ANN).get("/api/meeting", **at(series, start)).json


def create(world, series, start, scope):
    answer = world.as_(ANN).post("/api/activities", at(series, start, scope=scope))
    assert answer.status_code == 201, answer.text
    return answer.json


def test_an_open_occurrence_tells_how_its_series_repeats_before_anything_is_linked(world, team):
    world.outlook.cancel_occurrence(world.listed(ANN), team.event_id, date(2026, 12, 7))

    seen = look(world, team, SECOND)

    assert seen["link"] is None
    assert seen["meeting"]["kind"] == "occurrence"
    assert seen["meeting"]["originalStart"] == "2026-11-30T10:00:00+01:00"
    assert seen["recurrence"]["rule"] == "FREQ=WEEKLY;BYDAY=MO;WKST=MO;UNTIL=20261214T090000Z"
    assert [one["start"] for one in seen["recurrence"]["nextDates"]] == [
        "2026-11-23T10:00:00+01:00",
        "2026-11-30T10:00:00+01:00",
        "2026-12-14T10:00:00+01:00",
    ]


def test_a_single_meeting_repeats_nowhere(world):
    meeting = world.meeting_of(ANN)

    assert look(world, meeting, "2026-11-23T09:00:00Z")["recurrence"] is None


def test_an_occurrence_that_is_linked_by_itself_is_told_from_a_cancelled_one(world, team):
    whole = create(world, team, SECOND, "series")
    own = create(world, team, THIRD, "occurrence")
    world.outlook.cancel_occurrence(world.listed(ANN), team.event_id, date(2026, 12, 14))

    [apart] = world.as_(ANN).get(f"/api/activities/{whole['id']}").json["recurrence"]["exceptions"]

    assert apart == {
        "originalStart": "2026-12-07T10:00:00+01:00",
        "kind": "cancelled",
        "fields": {},
        "apart": True,
        "activityId": own["id"],
    }
    assert look(world, team, THIRD)["link"]["scope"] == "occurrence"
    assert look(world, team, SECOND)["link"]["scope"] == "series"


def test_whoever_may_not_see_the_activity_of_an_occurrence_is_not_told_of_it(world, team):
    whole = create(world, team, SECOND, "series")
    secret = world.plan(a_new_activity(subject="Secret", confidential=True))
    assert link(world, team, secret, start=THIRD, scope="occurrence").status_code == 201

    shown = world.as_(BO).get(f"/api/activities/{whole['id']}").json["recurrence"]["exceptions"]

    assert [(one["apart"], one["activityId"]) for one in shown] == [(True, None)]


def test_an_opened_series_is_taken_for_its_first_occurrence_so_that_both_can_be_meant(world, team):
    opened = look(world, team, "2026-11-23T09:00:00Z")
    create(world, team, "2026-11-23T09:00:00Z", "occurrence")

    assert opened["meeting"]["kind"] == "occurrence"
    assert look(world, team, "2026-11-23T09:00:00Z")["link"]["scope"] == "occurrence"
    assert look(world, team, SECOND)["link"] is None


def test_a_series_whose_first_occurrence_was_cancelled_can_still_be_opened(world, team):
    world.outlook.cancel_occurrence(world.listed(ANN), team.event_id, date(2026, 11, 23))

    assert look(world, team, "2026-11-23T09:00:00Z")["meeting"]["kind"] == "series-master"


def test_a_series_is_not_linked_as_a_single_meeting(world, team):
    answer = link(world, team, world.plan(a_new_activity()), scope="single", start=SECOND)

    assert problem(answer) == (422, "scope-mismatch")


def test_without_a_start_nobody_knows_which_occurrence_is_meant(world, team):
    activity = world.plan(a_new_activity())
    body = {"itemId": team.event_id, "activityId": str(activity.id), "scope": "occurrence"}

    answer = world.as_(ANN).post("/api/links", body)

    assert problem(answer) == (422, "scope-mismatch")
