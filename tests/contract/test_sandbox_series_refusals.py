"""Recurrences that Graph would not take, the stand-in does not take either."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fakes.graph_client import at, code_of, new_event
from liaison_sandbox.person import Person
from sandbox_series import FIRST, SECOND, THIRD, WEEKLY

WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
DAILY = {"type": "daily", "interval": 1}
INVALID = "ErrorCalendarInvalidRecurrence"
NO_DAYS = "ErrorCalendarInvalidDayForWeeklyRecurrence"


@pytest.fixture
def team(ann: Person) -> str:
    return ann.create_event(subject="Team", start=FIRST, recurrence=WEEKLY)


def recurrence(pattern: dict[str, Any], **span: Any) -> dict[str, Any]:
    return {"pattern": pattern, "range": {"type": "noEnd", "startDate": "2026-11-23"} | span}


@pytest.mark.parametrize(
    ("pattern", "code"),
    [
        ({"type": "daily"}, "RequestBodyRead"),
        ({"type": "daily", "interval": 0}, INVALID),
        ({"type": "daily", "interval": 1000}, INVALID),
        ({"type": "hourly", "interval": 1}, "RequestBodyRead"),
        ({"type": "weekly", "interval": 1}, NO_DAYS),
        ({"type": "weekly", "interval": 1, "daysOfWeek": []}, NO_DAYS),
        ({"type": "weekly", "interval": 1, "daysOfWeek": ["mon"]}, "RequestBodyRead"),
        ({"type": "weekly", "interval": 100, "daysOfWeek": ["monday"]}, INVALID),
        ({"type": "absoluteMonthly", "interval": 1}, INVALID),
        ({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 32}, INVALID),
        ({"type": "relativeMonthly", "interval": 1, "index": "first"}, NO_DAYS),
        (
            {"type": "relativeMonthly", "interval": 1, "index": "fifth", "daysOfWeek": ["monday"]},
            "RequestBodyRead",
        ),
        ({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 5}, INVALID),
        ({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 30, "month": 2}, INVALID),
        ({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 5, "month": 13}, INVALID),
        ({"type": "relativeYearly", "interval": 1, "daysOfWeek": ["monday"]}, INVALID),
        ({"type": "daily", "interval": 1, "bySetPos": 1}, "RequestBodyRead"),
        ({"type": "daily", "interval": 1, "firstDayOfWeek": "someday"}, "RequestBodyRead"),
    ],
)
def test_a_wrong_pattern_is_refused(graph, ann, pattern, code):
    answer = graph.post(f"/users/{ann.oid}/events", new_event(recurrence=recurrence(pattern)))

    assert code_of(answer) == (400, code)
    assert ann.events() == []


@pytest.mark.parametrize(
    ("span", "code"),
    [
        ({"type": "forever"}, "RequestBodyRead"),
        ({"type": "numbered"}, INVALID),
        ({"type": "numbered", "numberOfOccurrences": -1}, INVALID),
        ({"type": "numbered", "numberOfOccurrences": 1000}, INVALID),
        ({"type": "endDate"}, "ErrorCalendarEndDateIsEarlierThanStartDate"),
        (
            {"type": "endDate", "endDate": "2026-11-22"},
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
        ({"type": "endDate", "endDate": "soon"}, "RequestBodyRead"),
        ({"startDate": "2026-11-24"}, "ErrorPropertyValidationFailure"),
        ({"startDate": None}, "RequestBodyRead"),
        ({"recurrenceTimeZone": "Mars"}, "TimeZoneNotSupportedException"),
    ],
)
def test_a_wrong_range_is_refused(graph, ann, span, code):
    body = new_event(recurrence=recurrence(DAILY, **span))

    assert code_of(graph.post(f"/users/{ann.oid}/events", body)) == (400, code)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"pattern": DAILY}, "ErrorPropertyValidationFailure"),
        ("daily", "RequestBodyRead"),
        ({"pattern": DAILY, "range": "noEnd"}, "RequestBodyRead"),
    ],
)
def test_half_a_recurrence_is_refused(graph, ann, given, code):
    answer = graph.post(f"/users/{ann.oid}/events", new_event(recurrence=given))

    assert code_of(answer) == (400, code)


def test_a_range_without_an_occurrence_is_refused(graph, ann):
    tuesdays = {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"]}
    span = recurrence(tuesdays, type="endDate", endDate="2026-11-23")

    answer = graph.post(f"/users/{ann.oid}/events", new_event(recurrence=span))

    assert code_of(answer) == (400, "ErrorRecurrenceHasNoOccurrence")


def test_an_occurrence_longer_than_its_interval_is_refused(graph, ann):
    body = new_event(end=at("2026-11-24T11:00:00"), recurrence=recurrence(DAILY))

    answer = graph.post(f"/users/{ann.oid}/events", body)

    assert code_of(answer) == (400, "ErrorOccurrenceTimeSpanTooBig")


def test_a_wrong_recurrence_leaves_the_event_as_it_was(graph, ann):
    single = ann.create_event(subject="Offer", start=FIRST)
    wrong = recurrence({"type": "weekly", "interval": 1}, startDate="2026-11-02")

    answer = graph.patch(f"/users/{ann.oid}/events/{single}", {"recurrence": wrong})

    assert code_of(answer) == (400, NO_DAYS)
    assert ann.event(single).type == "singleInstance"


def test_an_occurrence_takes_no_recurrence(graph, ann, team):
    one = ann.occurrence(team, SECOND)

    answer = graph.patch(f"/users/{ann.oid}/events/{one.id}", {"recurrence": recurrence(DAILY)})

    assert code_of(answer) == (400, "ErrorPropertyValidationFailure")


def test_an_occurrence_cannot_pass_the_next_one(graph, ann, team):
    one = ann.occurrence(team, SECOND)
    after = THIRD + timedelta(days=1)
    times = {
        "start": at(f"{after:%Y-%m-%dT%H:%M:%S}"),
        "end": at(f"{after + timedelta(hours=1):%Y-%m-%dT%H:%M:%S}"),
    }

    answer = graph.patch(f"/users/{ann.oid}/events/{one.id}", times)

    assert code_of(answer) == (400, "ErrorOccurrenceCrossingBoundary")


def test_instances_are_of_a_master_and_need_a_window(graph, ann, team):
    single = ann.create_event(subject="Offer", start=FIRST)
    path = f"/users/{ann.oid}/events"

    assert graph.get(f"{path}/{single}/instances?{WINDOW}").status_code == 400
    assert graph.get(f"{path}/{team}/instances").status_code == 400


@pytest.mark.parametrize("name", ["cancelledOccurrences", "exceptionOccurrences", "originalStart"])
def test_what_a_master_tells_of_its_members_cannot_be_written(graph, ann, team, name):
    answer = graph.patch(f"/users/{ann.oid}/events/{team}", {name: []})

    assert code_of(answer) == (400, "ErrorPropertyValidationFailure")
