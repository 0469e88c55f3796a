"""Answering, cancelling, deleting, moving and copying from the pretend Outlook."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from liaison_sandbox.pages import create_pages
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant


@pytest.fixture
def tenant() -> Tenant:
    tenant = Tenant.create(clock=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC))
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    return tenant


@pytest.fixture
def client(tenant: Tenant) -> FlaskClient:
    return create_pages(tenant, token_for=lambda address, **_: address).test_client()


def path_of(tenant: Tenant, name: str, subject: str) -> str:
    person = tenant.person(f"{name}@nordwind.example")
    [event] = person.events(subject=subject)
    return f"/api/people/{person.oid}/events/{event.id}"


def test_an_answer_reaches_the_organizer(client: FlaskClient, tenant: Tenant):
    path = path_of(tenant, "ann", "Forecast")

    answer = client.post(f"{path}/answer", json={"response": "tentative", "send": True})

    [forecast] = tenant.person("dev@nordwind.example").events(subject="Forecast")
    assert answer.status_code == 204
    assert [one.response for one in forecast.attendees] == ["tentativelyAccepted", "none"]
    assert [(mail.recipient, mail.kind) for mail in tenant.mails] == [
        ("dev@nordwind.example", "response")
    ]


def test_declining_takes_the_meeting_out_of_the_calendar(client: FlaskClient, tenant: Tenant):
    path = path_of(tenant, "ann", "Forecast")

    client.post(f"{path}/answer", json={"response": "declined", "send": False})

    assert tenant.person("ann@nordwind.example").events(subject="Forecast") == []
    assert tenant.mails == []


@pytest.mark.parametrize(
    ("subject", "action", "given", "status", "sentence"),
    [
        ("Dentist", "answer", {"response": "accepted"}, 409, "You organize this meeting; there is nobody to answer."),
        ("Canceled: Price round Fabrikam", "answer", {"response": "accepted"}, 409, "This meeting was cancelled; it can only be deleted."),
        ("Forecast", "answer", {"response": "maybe"}, 400, "“response” is accepted, tentative or declined; “send” is true or false."),
        ("Forecast", "answer", {"response": "accepted", "send": "no"}, 400, "“response” is accepted, tentative or declined; “send” is true or false."),
        ("Forecast", "answer", [], 400, "Send a JSON object."),
        ("Forecast", "cancel", {}, 409, "Only the organizer can cancel a meeting; decline or delete it."),
        ("Dentist", "cancel", {}, 409, "Nobody is invited to this meeting; delete it instead."),
        ("Dentist", "move", {}, 400, "Name the calendar to move to."),
        ("Dentist", "move", {"calendar": "Deleted Items"}, 400, "Name the calendar to move to."),
        ("Dentist", "move", {"calendar": "Calendar"}, 409, "The meeting is in “Calendar” already."),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_refused_in_a_sentence(
    client: FlaskClient,
    tenant: Tenant,
    subject: str,
    action: str,
    given: Any,
    status: int,
    sentence: str,
):
    answer = client.post(f"{path_of(tenant, 'ann', subject)}/{action}", json=given)

    assert (answer.status_code, answer.json) == (status, {"error": sentence})


def test_a_cancelled_meeting_stays_struck_through_with_the_others(
    client: FlaskClient, tenant: Tenant
):
    answer = client.post(f"{path_of(tenant, 'bo', 'First visit Litware')}/cancel", json={})

    [left] = tenant.person("ann@nordwind.example").events(subject="Canceled: First visit Litware")
    assert answer.status_code == 204
    assert left.is_cancelled
    assert sorted(mail.recipient for mail in tenant.mails) == [
        "ann@nordwind.example",
        "sam.lee@litware.example",
    ]


def test_deleting_as_an_invitee_tells_nobody(client: FlaskClient, tenant: Tenant):
    path = path_of(tenant, "ann", "Contract talk")

    deleted, again = client.delete(path), client.delete(path)

    assert (deleted.status_code, again.status_code) == (204, 404)
    assert tenant.mails == []


def test_in_another_calendar_a_meeting_has_another_id(client: FlaskClient, tenant: Tenant):
    path = path_of(tenant, "ann", "Dentist")

    moved = client.post(f"{path}/move", json={"calendar": "Private"}).json

    assert moved["calendar"] == "Private"
    assert client.patch(path, json={"subject": "x"}).status_code == 404


def test_a_copy_is_a_meeting_of_its_own(client: FlaskClient, tenant: Tenant):
    answer = client.post(f"{path_of(tenant, 'ann', 'Quarterly review Contoso')}/copy", json={})

    events = tenant.person("ann@nordwind.example").events(subject="Quarterly review Contoso")
    assert answer.status_code == 201
    assert answer.json["attendees"] == []
    assert len({one.ical_uid for one in events}) == 2
    assert tenant.mails == []
