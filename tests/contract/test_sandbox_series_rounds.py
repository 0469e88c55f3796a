"""What delta rounds tell of a series, and how they hide what was deleted."""

from __future__ import annotations

from typing import Any

import pytest

from fakes.graph_client import GraphClient
from liaison_sandbox.person import Person
from sandbox_series import FIRST, FOURTH, KIM, SECOND, WEEKLY

WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
LATE_WINDOW = "startDateTime=2026-11-10T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
MEMBERS = "$select=subject,cancelledOccurrences&$expand=exceptionOccurrences"


@pytest.fixture
def team(ann: Person) -> str:
    return ann.create_event(subject="Team", start=FIRST, attendees=[KIM], recurrence=WEEKLY)


def read_round(graph: GraphClient, link: str) -> tuple[list[Any], str]:
    items: list[Any] = []
    while True:
        page = graph.get(link).json()
        items += page["value"]
        if "@odata.deltaLink" in page:
            return items, page["@odata.deltaLink"]
        link = page["@odata.nextLink"]


def moments(items: list[Any]) -> list[str]:
    return [one["start"]["dateTime"][:16] for one in items]


def test_a_master_has_the_times_of_its_first_occurrence_even_before_a_window(graph, ann, team):
    items, _ = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{LATE_WINDOW}")

    assert [one["type"] for one in items][:2] == ["seriesMaster", "occurrence"]
    assert moments(items) == [
        "2026-11-02T08:00",
        "2026-11-16T08:00",
        "2026-11-23T08:00",
        "2026-11-30T08:00",
    ]


def test_occurrences_in_a_round_are_skeletons(graph, ann, team):
    items, _ = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{WINDOW}")

    assert set(items[1]) == {
        "@odata.type", "@odata.etag", "id", "seriesMasterId", "type", "start", "end",
    }  # fmt: skip
    assert items[1]["seriesMasterId"] == team


def test_a_deleted_occurrence_is_told_by_its_absence_only(graph, ann, team):
    _, link = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{WINDOW}")

    graph.delete(f"/users/{ann.oid}/events/{ann.occurrence(team, SECOND).id}")
    items, _ = read_round(graph, link)

    assert [one for one in items if "@removed" in one] == []
    assert moments(items) == [
        "2026-11-02T08:00",
        "2026-11-02T08:00",
        "2026-11-16T08:00",
        "2026-11-23T08:00",
        "2026-11-30T08:00",
    ]


def test_a_later_round_leaves_out_an_old_master(graph, ann, team):
    _, link = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{LATE_WINDOW}")

    ann.change_occurrence(team, FOURTH, subject="Late")
    items, _ = read_round(graph, link)

    assert [one["type"] for one in items] == ["occurrence", "exception", "occurrence"]


def test_a_later_round_may_tell_the_master_alone(sandbox, graph, ann, team):
    sandbox.settings.delta_lists = "master"
    _, link = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{LATE_WINDOW}")

    ann.change_occurrence(team, FOURTH, subject="Late")
    items, _ = read_round(graph, link)

    assert [one["id"] for one in items] == [team]


def test_a_deleted_series_is_told_as_one_removal(graph, ann, team):
    _, link = read_round(graph, f"/users/{ann.oid}/calendarView/delta?{WINDOW}")

    ann.delete_event(team)
    items, _ = read_round(graph, link)

    assert [(one["id"], "@removed" in one) for one in items] == [(team, True)]
