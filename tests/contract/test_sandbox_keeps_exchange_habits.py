"""The habits of Exchange and Graph that the product has to live with, over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from typing import Any

import httpx
import pytest

import openapi_conformity
from fakes.graph_client import IMMUTABLE, GraphClient, at, attendees, code_of, new_event
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"
MARKER = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Liaison"


@pytest.fixture
def graph(
    sandbox: Sandbox, ann: Person, bo: Person, capsys: pytest.CaptureFixture[str]
) -> Iterator[GraphClient]:
    client = GraphClient(sandbox)
    yield client
    client.close()
    if not openapi_conformity.is_available():
        with capsys.disabled():
            print(f"\n{openapi_conformity.NOT_RUN}")  # noqa: T201 - nothing was compared
    assert openapi_conformity.find_violations(sandbox.log) == []


def read_round(graph: GraphClient, link: str, prefer: str = IMMUTABLE) -> tuple[list[Any], str]:
    items: list[Any] = []
    while True:
        page = graph.get(link, prefer).json()
        items += page["value"]
        if "@odata.deltaLink" in page:
            return items, page["@odata.deltaLink"]
        link = page["@odata.nextLink"]


def test_an_event_comes_back_as_graph_writes_it(graph, ann):
    body = new_event(
        start=at("2026-11-23T10:00:00", "Europe/Berlin"),
        end=at("2026-11-23T11:00:00", "Europe/Berlin"),
        body={"contentType": "text", "content": "a < b\nc"},
        attendees=attendees("kim@fabrikam.example"),
        sensitivity="private",
    )

    made = graph.post(f"/users/{ann.oid}/events", body)
    read = graph.get(
        f"/users/{ann.oid}/events/{made.json()['id']}",
        'outlook.timezone="W. Europe Standard Time", outlook.body-content-type="text"',
    ).json()

    assert made.status_code == 201
    assert made.json()["start"] == at("2026-11-23T09:00:00.0000000")
    assert made.json()["body"]["contentType"] == "html"
    assert "a &lt; b" in made.json()["body"]["content"]
    assert read["start"] == at("2026-11-23T10:00:00.0000000", "W. Europe Standard Time")
    assert read["body"]["content"] == "a < b\nc"
    assert read["originalStartTimeZone"] == "W. Europe Standard Time"
    assert read["sensitivity"] == "private"


def test_whole_days_float(graph, ann):
    body = new_event(
        isAllDay=True,
        start=at("2026-11-23T00:00:00", "Pacific Standard Time"),
        end=at("2026-11-24T00:00:00", "Pacific Standard Time"),
    )

    made = graph.post(f"/users/{ann.oid}/events", body).json()
    moved = graph.patch(
        f"/users/{ann.oid}/events/{made['id']}",
        {
            "start": at("2026-11-24T00:00:00", "Europe/Berlin"),
            "end": at("2026-11-25T00:00:00", "Europe/Berlin"),
        },
    ).json()

    assert made["start"] == at("2026-11-23T00:00:00.0000000")
    assert moved["start"] == at("2026-11-24T00:00:00.0000000")


def test_only_immutable_ids_survive_a_move(graph, ann):
    event_id = ann.create_event(subject="Offer", start=NOON)
    path = f"/users/{ann.oid}/events"
    immutable = graph.get(f"{path}/{event_id}", IMMUTABLE).json()["id"]

    ann.move_event(event_id, "Projects")
    by_old_id = graph.get(f"{path}/{event_id}")
    by_immutable = graph.get(f"{path}/{immutable}?$expand=calendar").json()

    assert code_of(by_old_id) == (404, "ErrorItemNotFound")
    assert by_immutable["id"] not in (event_id, immutable)
    assert by_immutable["calendar"]["name"] == "Projects"


@pytest.mark.parametrize(("still_answer", "status"), [(True, 200), (False, 404)])
def test_deleted_items_answer_by_immutable_id_as_the_habit_says(
    graph, sandbox, ann, still_answer, status
):
    sandbox.settings.deleted_items_still_answer = still_answer
    event = ann.event(ann.create_event(subject="Offer", start=NOON))
    graph.delete(f"/users/{ann.oid}/events/{event.id}")

    answer = graph.get(f"/users/{ann.oid}/events/{event.immutable_id}")
    listed = graph.get(f"/users/{ann.oid}/calendarView?{WINDOW}").json()["value"]

    assert (answer.status_code, listed) == (status, [])


def test_a_round_tells_what_left_the_window_as_removed(graph, sandbox, ann):
    sandbox.settings.delta_repeats_items = False
    kept, shifted = (ann.create_event(subject=name, start=NOON) for name in ("kept", "shifted"))
    start = f"/users/{ann.oid}/calendarView/delta?{WINDOW}"

    first, link = read_round(graph, start)
    ann.change_event(shifted, start=NOON + timedelta(days=90))
    ann.change_event(kept, subject="kept again")
    second, link = read_round(graph, link)
    quiet, _ = read_round(graph, link)

    assert {one["subject"] for one in first} == {"kept", "shifted"}
    assert [one.get("subject") for one in second] == [None, "kept again"]
    assert second[0]["id"] == ann.event(shifted).immutable_id
    assert second[0]["@removed"] == {"reason": "deleted"}
    assert quiet == []


def test_a_full_round_begins_with_an_empty_page_and_repeats_an_item(graph, ann):
    for name in "abc":
        ann.create_event(subject=name, start=NOON)
    start = f"/users/{ann.oid}/calendarView/delta?{WINDOW}"

    first_page = graph.get(start).json()
    items, _ = read_round(graph, start, "odata.maxpagesize=2")

    assert (first_page["value"], "@odata.nextLink" in first_page) == ([], True)
    assert [one["subject"] for one in items] == ["a", "b", "c", "a"]


def test_the_same_link_gives_the_same_page(graph, ann):
    for name in "abc":
        ann.create_event(subject=name, start=NOON)
    link = graph.get(f"/users/{ann.oid}/calendarView/delta?{WINDOW}").json()["@odata.nextLink"]

    pages = [graph.get(link, "odata.maxpagesize=2").json()["value"] for _ in range(2)]

    assert pages[0] == pages[1]


def test_a_repeated_post_makes_one_event(graph, ann):
    body = new_event(transactionId="t-1", attendees=attendees("kim@fabrikam.example"))

    made = [graph.post(f"/users/{ann.oid}/events", body).json()["id"] for _ in range(2)]

    assert made[0] == made[1]
    assert len(ann.events()) == 1


@pytest.mark.parametrize(("status", "more"), [(409, {}), (201, {"end": at("2026-11-23T12:00:00")})])
def test_a_repeated_post_may_be_refused(graph, sandbox, ann, status, more):
    sandbox.settings.repeated_transaction_status = status
    body = new_event(transactionId="t-1")
    graph.post(f"/users/{ann.oid}/events", body)

    answer = graph.post(f"/users/{ann.oid}/events", body | more)

    assert code_of(answer) == (409, "ErrorDuplicateTransactionId")
    assert len(ann.events()) == 1


def test_the_marker_is_found_and_read_only_when_asked_for(graph, ann):
    body = new_event(singleValueExtendedProperties=[{"id": MARKER, "value": "42"}])
    path = f"/users/{ann.oid}/events"
    made = graph.post(path, body).json()

    clause = f"ep/id eq '{MARKER}' and ep/value eq '42'"
    found = graph.get(f"{path}?$filter=singleValueExtendedProperties/Any(ep: {clause})").json()
    expand = f"$expand=singleValueExtendedProperties($filter=id eq '{MARKER}')"
    read = graph.get(f"{path}/{made['id']}?{expand}&$select=subject").json()

    assert "singleValueExtendedProperties" not in made
    assert [one["id"] for one in found["value"]] == [made["id"]]
    assert read["singleValueExtendedProperties"] == [{"id": MARKER, "value": "42"}]
    assert "body" not in read


def test_copies_are_found_by_the_shared_ical_uid(graph, ann, bo):
    event = ann.event(ann.create_event(subject="Offer", start=NOON, attendees=[bo.address]))

    found = graph.get(f"/users/{bo.oid}/events?$filter=iCalUId eq '{event.ical_uid}'").json()

    assert [one["isOrganizer"] for one in found["value"]] == [False]
    assert found["value"][0]["id"] != event.id


def test_a_long_list_comes_in_pages(graph, ann):
    for number in range(5):
        ann.create_event(subject=str(number), start=NOON)

    first = graph.get(f"/users/{ann.oid}/calendarView?{WINDOW}&$top=3").json()
    second = graph.get(first["@odata.nextLink"]).json()

    assert [one["subject"] for one in first["value"] + second["value"]] == list("01234")
    assert "@odata.nextLink" not in second


def test_the_fifth_call_in_flight_is_throttled(graph, sandbox, ann):
    sandbox.settings.answer_delay_ms = 3_000
    statuses: list[tuple[int, str | None]] = []

    def call() -> None:
        client = GraphClient(sandbox)
        answer = client.get(f"/users/{ann.oid}/events")
        statuses.append((answer.status_code, answer.headers.get("Retry-After")))
        client.close()

    callers = [Thread(target=call) for _ in range(12)]
    for one in callers:
        one.start()
    for one in callers:
        one.join()

    assert {status for status, _ in statuses} == {200, 429}
    assert {wait for status, wait in statuses if status == 429} == {"0.128"}
    assert sandbox.max_in_flight(ann.address) > 4


def test_faults_come_once_and_where_they_were_asked_for(graph, sandbox, ann):
    path = f"/users/{ann.oid}/events"
    sandbox.faults.add(method="GET", path_regex="events$", status=429, retry_after="2.128")
    sandbox.faults.add(method="POST", kind="drop-before")
    sandbox.faults.add(method="POST", kind="drop-after")
    sandbox.faults.add(method="GET", path_regex="top=7", kind="truncate")

    throttled, after = graph.get(path), graph.get(path)
    for _ in range(2):
        with pytest.raises(httpx.HTTPError):
            graph.post(path, new_event())
    with pytest.raises(httpx.HTTPError):
        graph.get(f"{path}?$top=7")

    assert (throttled.status_code, after.status_code) == (429, 200)
    assert throttled.headers["Retry-After"] == "2.128"
    assert len(ann.events()) == 1


def test_the_log_knows_who_called(graph, sandbox, ann, bo):
    in_his_name = GraphClient(sandbox, on_behalf_of=bo)

    graph.get(f"/users/{ann.oid}/events")
    in_his_name.get(f"/users/{bo.oid}/events")
    in_his_name.close()

    known = [(one.mailbox, one.app_only, one.caller) for one in sandbox.log]
    assert known == [(ann.oid, True, None), (bo.oid, False, bo.oid)]


def test_an_event_may_be_written_oddly(graph, ann):
    event_id = ann.create_event(subject="Offer", start=NOON, attendees=[("Kim Sato", "")])
    ann.make_odd(event_id, start=None, originalStartTimeZone="tzone://Microsoft/Custom")

    written = graph.get(f"/users/{ann.oid}/events/{event_id}").json()

    assert written["start"] is None
    assert written["originalStartTimeZone"] == "tzone://Microsoft/Custom"
    assert written["attendees"][0]["emailAddress"] == {"name": "Kim Sato"}
