"""Whatever Graph would refuse, the stand-in tenant refuses too, with Graph's status and code."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.graph_client import at, attendees, code_of, new_event
from liaison_sandbox import ids
from liaison_sandbox.person import Person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
WINDOW = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z"


@pytest.fixture
def event_id(ann: Person, bo: Person) -> str:
    return ann.create_event(subject="Offer", start=NOON, attendees=[bo.address])


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"colour": "red"}, "RequestBodyRead"),
        ({"subject": 7}, "RequestBodyRead"),
        ({"sensitivity": "secret"}, "RequestBodyRead"),
        ({"showAs": "away"}, "RequestBodyRead"),
        ({"isAllDay": "yes"}, "RequestBodyRead"),
        ({"categories": "red"}, "RequestBodyRead"),
        ({"body": {"content": "x", "contentType": "rtf"}}, "RequestBodyRead"),
        ({"body": {"text": "x"}}, "RequestBodyRead"),
        ({"attendees": [{"emailAddress": {"name": "Kim"}}]}, "ErrorInvalidRecipients"),
        ({"attendees": attendees("kim") * 1}, "ErrorInvalidRecipients"),
        ({"attendees": attendees("k@x.example") * 501}, "ErrorPropertyValidationFailure"),
        ({"isCancelled": True}, "ErrorPropertyValidationFailure"),
        ({"iCalUId": "x"}, "ErrorPropertyValidationFailure"),
        ({"organizer": {}}, "ErrorPropertyValidationFailure"),
        ({"start": {"dateTime": "2026-11-23T10:00:00"}}, "TimeZoneNotSupportedException"),
        ({"start": at("2026-11-23T10:00:00", "Mars")}, "TimeZoneNotSupportedException"),
        ({"start": at("2026-11-23T10:00:00Z")}, "ErrorPropertyValidationFailure"),
        ({"start": at("yesterday")}, "ErrorPropertyValidationFailure"),
        ({"start": at("2026-11-23T12:00:00")}, "ErrorPropertyValidationFailure"),
        ({"start": None}, "ErrorPropertyValidationFailure"),
        ({"isAllDay": True}, "ErrorPropertyValidationFailure"),
        (
            {"singleValueExtendedProperties": [{"id": "Name X", "value": "1"}]},
            "ErrorInvalidProperty",
        ),
    ],
)
def test_a_wrong_new_event_is_refused(graph, ann, wrong, code):
    answer = graph.post(f"/users/{ann.oid}/events", new_event(**wrong))

    assert code_of(answer) == (400, code)
    assert ann.events() == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"isCancelled": True}, "ErrorPropertyValidationFailure"),
        ({"iCalUId": "other"}, "ErrorPropertyValidationFailure"),
        ({"type": "occurrence"}, "ErrorPropertyValidationFailure"),
        ({"transactionId": "other"}, "ErrorInvalidRequest"),
        ({"end": at("2026-11-23T01:00:00")}, "ErrorPropertyValidationFailure"),
        ({"nickname": "x"}, "RequestBodyRead"),
    ],
)
def test_a_wrong_change_is_refused(graph, ann, event_id, change, code):
    answer = graph.patch(f"/users/{ann.oid}/events/{event_id}", change)

    assert code_of(answer) == (400, code)


def test_a_stale_etag_is_refused(graph, ann, event_id):
    path = f"/users/{ann.oid}/events/{event_id}"
    stale = {"If-Match": graph.get(path).headers["ETag"]}
    ann.change_event(event_id, subject="Newer")

    answers = [graph.patch(path, {"subject": "Older"}, stale), graph.delete(path, stale)]

    assert [code_of(one) for one in answers] == [(412, "ErrorIrresolvableConflict")] * 2
    assert ann.event(event_id).subject == "Newer"


def test_ids_are_checked_and_case_sensitive(graph, ann, bo, event_id):
    swapped = event_id.swapcase().replace("aamK", "AAMk", 1)
    known_elsewhere = bo.events()[0].id

    answers = {
        name: code_of(graph.get(f"/users/{ann.oid}/events/{one}"))
        for name, one in {
            "short": "AAMkX",
            "twin": ids.twin_of(event_id),
            "case": swapped,
            "other mailbox": known_elsewhere,
        }.items()
    }

    missing = (404, "ErrorItemNotFound")
    assert answers == {
        "short": (400, "ErrorInvalidIdMalformed"),
        "twin": missing,
        "case": missing,
        "other mailbox": missing,
    }


def test_only_the_organizer_cancels_and_only_an_invitee_answers(graph, ann, bo, event_id):
    alone = ann.create_event(subject="Alone", start=NOON)

    answers = [
        graph.post(f"/users/{bo.oid}/events/{bo.events()[0].id}/cancel", {"comment": ""}),
        graph.post(f"/users/{ann.oid}/events/{event_id}/accept", {"sendResponse": True}),
        graph.post(f"/users/{ann.oid}/events/{alone}/cancel", {"comment": ""}),
        graph.post(f"/users/{bo.oid}/events/{bo.events()[0].id}/accept", {"mood": "good"}),
    ]

    refused = (400, "ErrorInvalidRequest")
    assert [code_of(one) for one in answers] == [refused] * 3 + [(400, "RequestBodyRead")]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"calendarView/delta?{WINDOW}&$select=subject", "BadRequest"),
        (f"calendarView/delta?{WINDOW}&$filter=subject eq 'x'", "BadRequest"),
        (f"calendarView/delta()?{WINDOW}&$expand=calendar", "BadRequest"),
        ("calendarView/delta?startDateTime=2026-11-01T00:00:00Z", "ErrorInvalidParameter"),
        ("calendarView/delta?$deltatoken=invented", "BadRequest"),
        ("calendarView", "ErrorInvalidParameter"),
        ("calendarView?startDateTime=now&endDateTime=2026-12-01", "ErrorInvalidParameter"),
        (
            "calendarView?startDateTime=2026-12-01T00:00:00Z&endDateTime=2026-11-01T00:00:00Z",
            "ErrorInvalidParameter",
        ),
        ("events?$select=uid", "BadRequest"),
        ("events?$expand=attendees", "BadRequest"),
        ("events?$filter=transactionId eq 'x'", "BadRequest"),
        ("events?$filter=iCalUId eq", "BadRequest"),
        ("events?$search=offer", "BadRequest"),
        ("events?$top=1001", "BadRequest"),
        ("meetings", "BadRequest"),
    ],
)
def test_a_query_that_graph_does_not_take_is_refused(graph, ann, query, code):
    assert code_of(graph.get(f"/users/{ann.oid}/{query}")) == (400, code)


def test_an_unknown_preferred_time_zone_is_refused(graph, ann, event_id):
    answer = graph.get(f"/users/{ann.oid}/events/{event_id}", 'outlook.timezone="Mars"')

    assert code_of(answer) == (400, "TimeZoneNotSupportedException")


def test_an_expired_delta_link_is_gone(graph, sandbox, ann):
    page = graph.get(f"/users/{ann.oid}/calendarView/delta?{WINDOW}").json()
    sandbox.tenant.expire_delta_tokens()

    answer = graph.get(page.get("@odata.nextLink") or page["@odata.deltaLink"])

    assert code_of(answer) == (410, "SyncStateNotFound")
    assert answer.headers["Location"].endswith("$deltatoken=")


@pytest.mark.parametrize(
    ("state", "refusal"),
    [
        ("unlicensed", (404, "MailboxNotEnabledForRESTAPI")),
        ("moved", (404, "ResourceNotFound")),
        ("denied", (403, "ErrorAccessDenied")),
    ],
)
def test_a_mailbox_that_cannot_be_read_says_why(graph, ann, state, refusal):
    ann.mailbox_state = state

    assert code_of(graph.get(f"/users/{ann.oid}/events")) == refusal


def test_nobody_of_that_name_is_told_apart_from_nothing(graph):
    user = graph.get("/users/nobody@nordwind.example")
    events = graph.get("/users/nobody@nordwind.example/events")

    assert code_of(user) == (404, "Request_ResourceNotFound")
    assert code_of(events) == (404, "ErrorInvalidUser")
