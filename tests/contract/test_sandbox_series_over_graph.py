"""Series over HTTP, with Exchange's habits: ids, expansion, one occurrence, the whole."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from fakes.graph_client import IMMUTABLE, at, attendees, code_of, new_event
from liaison_sandbox.person import Person
from sandbox_series import FIRST, KIM, SECOND, THIRD, WEEKLY

WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
LATE_WINDOW = "startDateTime=2026-11-10T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
MEMBERS = "$select=subject,cancelledOccurrences&$expand=exceptionOccurrences"


@pytest.fixture
def team(ann: Person) -> str:
    return ann.create_event(subject="Team", start=FIRST, attendees=[KIM], recurrence=WEEKLY)


def weekly(**span: Any) -> dict[str, Any]:
    return {
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
        "range": {"type": "noEnd", "startDate": "2026-11-23"} | span,
    }


def moments(items: list[Any]) -> list[str]:
    return [one["start"]["dateTime"][:16] for one in items]


def test_a_recurrence_comes_back_whole(graph, ann):
    made = graph.post(f"/users/{ann.oid}/events", new_event(recurrence=weekly())).json()

    assert made["type"] == "seriesMaster"
    assert made["recurrence"] == {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "month": 0,
            "dayOfMonth": 0,
            "daysOfWeek": ["monday"],
            "firstDayOfWeek": "sunday",
            "index": "first",
        },
        "range": {
            "type": "noEnd",
            "startDate": "2026-11-23",
            "endDate": "0001-01-01",
            "recurrenceTimeZone": "UTC",
            "numberOfOccurrences": 0,
        },
    }


def test_the_view_and_the_instances_list_occurrences_and_exceptions(graph, ann, team):
    ann.change_occurrence(team, SECOND, start=SECOND + timedelta(hours=2))
    ann.cancel_occurrence(team, THIRD)

    view = graph.get(f"/users/{ann.oid}/calendarView?{WINDOW}").json()["value"]
    page = graph.get(f"/users/{ann.oid}/events/{team}/instances?{WINDOW}&$top=2").json()
    rest = graph.get(page["@odata.nextLink"]).json()["value"]

    assert [one["type"] for one in view] == ["occurrence", "exception", "occurrence", "occurrence"]
    assert (
        moments(view)
        == moments([*page["value"], *rest])
        == [
            "2026-11-02T08:00",
            "2026-11-09T10:00",
            "2026-11-23T08:00",
            "2026-11-30T08:00",
        ]
    )
    assert view[1]["originalStart"] == "2026-11-09T08:00:00.0000000Z"


def test_an_occurrence_is_read_by_both_forms_of_its_id(graph, ann, team):
    one = ann.occurrence(team, SECOND)

    default = graph.get(f"/users/{ann.oid}/events/{one.id}").json()
    stable = graph.get(f"/users/{ann.oid}/events/{one.immutable_id}", IMMUTABLE).json()

    assert (default["id"], default["seriesMasterId"]) == (one.id, team)
    assert stable["id"] == one.immutable_id
    assert stable["seriesMasterId"] == ann.event(team).immutable_id
    assert (default["subject"], default["recurrence"]) == ("Team", None)


@pytest.mark.parametrize(("habit", "same"), [("differ", False), ("same", True)])
def test_an_occurrences_ical_uid_is_its_own_or_the_series(sandbox, graph, ann, team, habit, same):
    sandbox.settings.occurrence_ical_uid = habit

    uids = [
        graph.get(f"/users/{ann.oid}/events/{ann.occurrence(team, one).id}").json()["iCalUId"]
        for one in (FIRST, SECOND)
    ]

    assert (uids[0] == uids[1]) is same
    assert (uids[0] == ann.event(team).ical_uid) is same


@pytest.mark.parametrize("prefer", ["", IMMUTABLE])
def test_a_master_tells_its_exceptions_and_cancelled_occurrences(graph, ann, team, prefer):
    ann.change_occurrence(team, SECOND, subject="Late")
    ann.cancel_occurrence(team, THIRD)

    master = graph.get(f"/users/{ann.oid}/events/{team}?{MEMBERS}", prefer).json()

    assert [one["subject"] for one in master["exceptionOccurrences"]] == ["Late"]
    assert master["cancelledOccurrences"] == [f"OID.{master['id']}.2026-11-16"]


def test_an_older_service_knows_no_members(sandbox, graph, ann, team):
    sandbox.settings.knows_series_members = False
    path = f"/users/{ann.oid}/events/{team}"

    expanded = graph.get(f"{path}?$expand=exceptionOccurrences")
    selected = graph.get(f"{path}?$select=cancelledOccurrences")

    assert code_of(expanded) == (400, "BadRequest")
    assert "cancelledOccurrences" not in selected.json()


def test_a_changed_occurrence_is_an_exception(graph, ann, team):
    path = f"/users/{ann.oid}/events/{ann.occurrence(team, SECOND).id}"

    changed = graph.patch(path, {"subject": "Late"}).json()

    assert (changed["type"], changed["subject"]) == ("exception", "Late")
    assert graph.get(path).json()["id"] == changed["id"]


def test_one_occurrence_is_cancelled_by_its_id(sandbox, graph, ann, team):
    one = ann.occurrence(team, SECOND)
    told = len(sandbox.tenant.mails)

    answer = graph.post(f"/users/{ann.oid}/events/{one.id}/cancel", {"comment": "Sorry"})

    assert answer.status_code == 202
    assert graph.get(f"/users/{ann.oid}/events/{one.id}").status_code == 404
    assert [mail.recipient for mail in sandbox.tenant.mails[told:]] == [KIM]


def test_a_single_event_becomes_a_series_and_back_in_place(graph, ann):
    made = graph.post(
        f"/users/{ann.oid}/events", new_event(attendees=attendees("bo@x.example"))
    ).json()
    path = f"/users/{ann.oid}/events/{made['id']}"

    series = graph.patch(path, {"recurrence": weekly()}).json()
    single = graph.patch(path, {"recurrence": None}).json()

    assert series["id"] == single["id"] == made["id"]
    assert series["iCalUId"] == single["iCalUId"] == made["iCalUId"]
    assert [series["type"], single["type"]] == ["seriesMaster", "singleInstance"]


def test_the_list_of_events_has_masters_not_occurrences(graph, ann, team):
    ann.change_occurrence(team, SECOND, subject="Late")

    listed = graph.get(f"/users/{ann.oid}/events").json()["value"]

    assert [(one["id"], one["type"]) for one in listed] == [(team, "seriesMaster")]


def test_a_moved_series_starts_where_it_was_moved_to(graph, ann, team):
    moved = {"start": at("2026-11-02T10:00:00"), "end": at("2026-11-02T11:00:00")}
    old = ann.occurrence(team, SECOND)

    graph.patch(f"/users/{ann.oid}/events/{team}", moved)

    view = graph.get(f"/users/{ann.oid}/calendarView?{WINDOW}").json()["value"]
    assert moments(view)[:2] == ["2026-11-02T10:00", "2026-11-09T10:00"]
    assert graph.get(f"/users/{ann.oid}/events/{old.id}").status_code == 404
