"""What the pretend Outlook may do with meetings, and the sentence where it may not."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from liaison_sandbox.pages import create_pages
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant

NOON = {"start": "2026-11-25T11:00:00Z", "end": "2026-11-25T12:00:00Z"}


@pytest.fixture
def tenant() -> Tenant:
    tenant = Tenant.create(clock=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC))
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    tenant.add_person("Nora Post", "nora@nordwind.example", mailbox="none")
    return tenant


@pytest.fixture
def client(tenant: Tenant) -> FlaskClient:
    return create_pages(tenant, token_for=lambda address, **_: address).test_client()


def events_of(tenant: Tenant, name: str) -> str:
    return f"/api/people/{tenant.person(f'{name}@nordwind.example').oid}/events"


def found(client: FlaskClient, path: str, subject: str) -> dict[str, Any]:
    return next(one for one in client.get(path).json["items"] if one["subject"] == subject)


def test_a_meeting_is_shown_as_its_owner_sees_it(client: FlaskClient, tenant: Tenant):
    shown = found(client, events_of(tenant, "bo"), "Quarterly review Contoso")

    assert shown["ewsId"] == shown["id"].replace("-", "/").replace("_", "+")
    assert (shown["start"], shown["end"]) == ("2026-11-24T09:00:00Z", "2026-11-24T10:30:00Z")
    assert shown["timeZone"] == "Europe/Berlin"
    assert shown["organizer"] == {"name": "Ann Berg", "address": "ann@nordwind.example"}
    assert (shown["isOrganizer"], shown["responseStatus"]) == (False, "accepted")
    assert (shown["type"], shown["seriesMasterId"]) == ("singleInstance", None)


def test_only_what_touches_the_asked_time_is_listed(client: FlaskClient, tenant: Tenant):
    path = f"{events_of(tenant, 'ann')}?from=2026-11-24T09:30:00Z&to=2026-11-24T12:00:00Z"

    subjects = [one["subject"] for one in client.get(path).json["items"]]

    assert subjects == ["Quarterly review Contoso"]


def test_a_new_meeting_invites_its_people(client: FlaskClient, tenant: Tenant):
    people = [{"name": "Kim Sato", "address": "kim@fabrikam.example", "type": "optional"}]
    given = {"subject": "Lunch", **NOON, "timeZone": "Europe/Berlin", "attendees": people}

    answer = client.post(events_of(tenant, "ann"), json=given)

    assert answer.status_code == 201
    assert answer.json["attendees"] == [people[0] | {"response": "none"}]
    assert [(mail.recipient, mail.kind) for mail in tenant.mails] == [
        ("kim@fabrikam.example", "invitation")
    ]


def test_a_whole_day_is_given_by_dates(client: FlaskClient, tenant: Tenant):
    given = {"subject": "Fair", "start": "2026-11-25", "end": "2026-11-27", "allDay": True}

    shown = client.post(events_of(tenant, "ann"), json=given).json

    assert (shown["start"], shown["end"]) == ("2026-11-25T00:00:00Z", "2026-11-27T00:00:00Z")


def test_a_change_touches_only_what_was_sent(client: FlaskClient, tenant: Tenant):
    path = events_of(tenant, "ann")
    before = found(client, path, "Renewal Contoso")

    after = client.patch(f"{path}/{before['id']}", json={"location": "Room 2"}).json

    assert after == before | {"location": "Room 2"}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"subject": "x"}, "A meeting needs a “start”."),
        ({"start": "tomorrow"}, "“start” is no date or time: tomorrow"),
        ({"start": "2026-11-25T11:00:00"}, "“start” needs an offset, such as Z: 2026-11-25T11:00:00"),
        (NOON | {"end": "2026-11-25T10:00:00Z"}, "The meeting ends before it starts."),
        (NOON | {"allDay": True}, "A whole day ends at the next midnight or later."),
        (NOON | {"allDay": "yes"}, "“allDay” is true or false."),
        (NOON | {"subject": 7}, "“subject” is a text."),
        (NOON | {"timeZone": "Mars/Olympus"}, "Mars/Olympus is no time zone."),
        (NOON | {"sensitivity": "secret"}, "“sensitivity” is one of normal, personal, private, confidential."),
        (NOON | {"attendees": ["kim"]}, "“attendees” is a list of people with name, address and type."),
        (NOON | {"attendees": [{"address": "kim"}]}, "“kim” is no mail address."),
        (NOON | {"attendees": [{"address": "k@x.example", "type": "boss"}]}, "A person is required, optional, resource; not “boss”."),
        (NOON | {"colour": "red"}, "A meeting has no “colour”."),
        ([], "Send the meeting as a JSON object."),
    ],
)  # fmt: skip
def test_wrong_fields_are_refused_in_a_sentence(
    client: FlaskClient, tenant: Tenant, given: Any, sentence: str
):
    answer = client.post(events_of(tenant, "ann"), json=given)

    assert (answer.status_code, answer.json) == (400, {"error": sentence})
    assert tenant.mails == []


def test_a_formatted_text_is_shown_as_text_and_keeps_its_format_while_nobody_edits_it(
    client: FlaskClient, tenant: Tenant
):
    ann = tenant.person("ann@nordwind.example")
    body = (
        '<html><body><p>Terms</p><p>See <a href="https://crm.example/1">crm</a></p></body></html>'
    )
    noon = datetime(2026, 11, 25, 11, tzinfo=UTC)
    event_id = ann.create_event(subject="Offer", start=noon, body=body, body_type="html")
    path = events_of(tenant, "ann")
    shown = found(client, path, "Offer")["body"]

    client.patch(f"{path}/{event_id}", json={"subject": "Offer 2", "body": shown})

    assert shown == "Terms\nSee crm"
    assert ann.event(event_id).body == body

    client.patch(f"{path}/{event_id}", json={"body": "Other terms"})

    assert (ann.event(event_id).body, ann.event(event_id).body_type) == ("Other terms", "text")


def test_an_end_before_the_start_that_stands_is_refused(client: FlaskClient, tenant: Tenant):
    path = events_of(tenant, "ann")
    dentist = found(client, path, "Dentist")

    answer = client.patch(f"{path}/{dentist['id']}", json={"end": "2026-11-25T08:00:00Z"})

    assert (answer.status_code, answer.json["error"]) == (400, "The meeting ends before it starts.")


def test_what_is_no_json_is_refused(client: FlaskClient, tenant: Tenant):
    answer = client.post(events_of(tenant, "ann"), data="{", content_type="application/json")

    assert answer.status_code == 400
    assert "error" in answer.json


def test_an_unknown_person_or_meeting_is_not_found(client: FlaskClient, tenant: Tenant):
    nobody = client.get("/api/people/nobody/events")
    nothing = client.patch(f"{events_of(tenant, 'ann')}/nothing", json={"subject": "x"})

    assert (nobody.status_code, nobody.json["error"]) == (404, "Nobody of this tenant has that id.")
    assert nothing.status_code == 404
    assert nothing.json["error"] == "This meeting is not, or no longer, in Ann Berg's calendars."


def test_somebody_without_a_mailbox_has_no_calendar(client: FlaskClient, tenant: Tenant):
    answer = client.get(events_of(tenant, "nora"))

    assert (answer.status_code, answer.json["error"]) == (409, "Nora Post has no mailbox.")
