"""Tokens, subscriptions, categories and ids: what the stand-in tenant refuses around the calendar."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from fakes.graph_client import GraphClient, code_of
from liaison_sandbox import ids
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOWHERE = "http://127.0.0.1:9/notifications"


@pytest.fixture
def as_bo(sandbox: Sandbox, bo: Person) -> Iterator[GraphClient]:
    client = GraphClient(sandbox, on_behalf_of=bo)
    yield client
    client.close()


def subscription(ann: Person, **more: object) -> dict[str, object]:
    expiry = datetime.now(UTC) + timedelta(days=2)
    return {
        "changeType": "created,updated,deleted",
        "notificationUrl": NOWHERE,
        "resource": f"users/{ann.oid}/events",
        "expirationDateTime": expiry.isoformat().replace("+00:00", "Z"),
        "clientState": "s",
    } | more


@pytest.mark.parametrize(
    "token",
    ["", "Bearer", "Bearer x.y.z", "Basic abc"],
)
def test_a_call_without_a_token_of_this_tenant_is_refused(graph, ann, token):
    answer = graph.call("GET", f"/users/{ann.oid}/events", headers={"Authorization": token})

    assert code_of(answer) == (401, "InvalidAuthenticationToken")


def test_a_token_for_our_api_does_not_open_graph(graph, sandbox, ann):
    for_us = f"Bearer {sandbox.token_for(ann.address)}"

    answer = graph.call("GET", f"/users/{ann.oid}/events", headers={"Authorization": for_us})

    assert code_of(answer) == (401, "InvalidAuthenticationToken")


def test_an_app_without_the_role_is_refused(sandbox, ann):
    sandbox.registration.app_roles.remove("Calendars.ReadWrite")
    client = GraphClient(sandbox)

    answer = client.get(f"/users/{ann.oid}/events")

    client.close()
    assert code_of(answer) == (403, "ErrorAccessDenied")


@pytest.mark.parametrize("status", [403, 404])
def test_a_person_reads_no_calendar_that_was_not_shared(as_bo, sandbox, ann, status):
    sandbox.settings.foreign_mailbox_status = status
    event_id = ann.create_event(subject="Offer", start=NOON)

    answer = as_bo.get(f"/users/{ann.oid}/events/{event_id}")

    assert answer.status_code == status


def test_a_person_writes_nothing_with_a_reading_token(as_bo, bo):
    event_id = bo.create_event(subject="Offer", start=NOON)

    answer = as_bo.patch(f"/users/{bo.oid}/events/{event_id}", {"subject": "Other"})

    assert code_of(answer) == (403, "ErrorAccessDenied")


def test_a_reader_of_a_shared_calendar_sees_no_private_content(as_bo, sandbox, ann, bo):
    event_id = ann.create_event(
        subject="Dentist", start=NOON, sensitivity="private", body="tooth", location="Mill St."
    )
    sandbox.tenant.share_calendar(ann, bo)

    shown = as_bo.get(f"/users/{ann.oid}/events/{event_id}").json()

    assert (shown["subject"], shown["locations"]) == ("Private appointment", [])
    assert "tooth" not in str(shown)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"notificationUrl": "http://liaison.example/x"}, "BadRequest"),
        ({"notificationUrl": NOWHERE}, "ValidationError"),
        ({"resource": "users/me/messages"}, "BadRequest"),
        ({"changeType": "moved"}, "BadRequest"),
        ({"clientState": "s" * 129}, "BadRequest"),
        ({"colour": "red"}, "BadRequest"),
        ({"expirationDateTime": "2020-01-01T00:00:00Z"}, "ExtensionError"),
        ({"expirationDateTime": "2099-01-01T00:00:00Z"}, "ExtensionError"),
        ({"expirationDateTime": "soon"}, "BadRequest"),
    ],
)
def test_a_wrong_subscription_is_refused(graph, ann, wrong, code):
    assert code_of(graph.post("/subscriptions", subscription(ann, **wrong))) == (400, code)


def test_a_subscription_that_is_not_there_cannot_be_renewed(graph):
    answer = graph.patch("/subscriptions/none", {"expirationDateTime": "2026-11-24T00:00:00Z"})

    assert code_of(answer) == (404, "ResourceNotFound")


def test_a_category_keeps_its_name(graph, ann):
    path = f"/users/{ann.oid}/outlook/masterCategories"
    made = graph.post(path, {"displayName": "Liaison", "color": "preset7"}).json()

    answers = [
        graph.post(path, {"displayName": "liaison", "color": "preset1"}),
        graph.patch(f"{path}/{made['id']}", {"displayName": "Other"}),
        graph.patch(f"{path}/{made['id']}", {"color": "mauve"}),
    ]

    assert [one.status_code for one in answers] == [409, 400, 400]


def test_ids_of_another_form_or_mailbox_are_not_translated(graph, ann, bo):
    event = ann.event(ann.create_event(subject="Offer", start=NOON))
    foreign = bo.event(bo.create_event(subject="Other", start=NOON))
    wanted = [ids.to_ews(event.id), event.id, ids.to_ews(foreign.id), "nonsense"]

    answer = graph.post(
        f"/users/{ann.oid}/translateExchangeIds",
        {"inputIds": wanted, "sourceIdType": "ewsId", "targetIdType": "restImmutableEntryId"},
    ).json()

    codes = [one.get("errorDetails", {}).get("code") for one in answer["value"]]
    assert answer["value"][0]["targetId"] == event.immutable_id
    assert codes == [
        None,
        "ErrorInvalidIdMalformed",
        "ErrorItemNotFound",
        "ErrorInvalidIdMalformed",
    ]


def test_translating_ids_in_a_persons_name_needs_more_than_the_calendar(as_bo, bo):
    body = {"inputIds": ["x"], "sourceIdType": "ewsId", "targetIdType": "restId"}

    answer = as_bo.post(f"/users/{bo.oid}/translateExchangeIds", body)

    assert code_of(answer) == (403, "ErrorAccessDenied")


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"client_secret": "wrong"}, "invalid_client"),
        ({"client_id": "wrong"}, "unauthorized_client"),
        ({"scope": "https://graph.microsoft.com/.default"}, "invalid_scope"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        (
            {
                "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "requested_token_use": "on_behalf_of",
                "assertion": "x.y.z",
            },
            "invalid_grant",
        ),
    ],
)
def test_the_token_endpoint_refuses_as_entra_does(sandbox, form, error):
    right = {
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "grant_type": "client_credentials",
        "scope": f"{sandbox.login_url}/.default",
    }

    answer = httpx.post(
        f"{sandbox.login_url}/{sandbox.tenant_id}/oauth2/v2.0/token",
        data=right | form,
        verify=ssl.create_default_context(cafile=str(sandbox.ca_file)),
        trust_env=False,
    )

    assert answer.json()["error"] == error
