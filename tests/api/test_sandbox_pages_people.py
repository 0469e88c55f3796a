"""Who is there, sign-in, mails, and waiting for changes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from liaison_sandbox.pages import create_pages
from liaison_sandbox.pages.changes import Changes
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant

PANE = "https://crm.example/liaison/panel"


def sign_in(address: str, *, roles: tuple[str, ...] = ()) -> str:
    return f"{address} {','.join(roles)}"


@pytest.fixture
def tenant() -> Tenant:
    tenant = Tenant.create(clock=lambda: datetime(2026, 11, 24, 23, 30, tzinfo=UTC))
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    return tenant


@pytest.fixture
def client(tenant: Tenant) -> FlaskClient:
    app = create_pages(tenant, token_for=sign_in, pane_url=PANE, poll_seconds=0)
    return app.test_client()


def test_the_tenant_names_its_people_and_the_day_where_they_are(client: FlaskClient):
    shown = client.get("/api/tenant").json

    assert [one["name"] for one in shown["people"]] == [
        "Ann Berg",
        "Bo Lind",
        "Carla Ruiz",
        "Dev Patel",
    ]
    assert shown["people"][0]["roles"] == ["Liaison.Admin"]
    assert shown["people"][0]["hasMailbox"]
    assert (shown["paneUrl"], shown["productUrl"]) == (PANE, "https://crm.example")
    assert shown["today"] == "2026-11-25"


def test_a_token_carries_the_persons_roles_unless_others_are_asked_for(
    client: FlaskClient, tenant: Tenant
):
    path = f"/api/people/{tenant.person('ann@nordwind.example').oid}/token"

    assert client.get(path).json["token"] == "ann@nordwind.example Liaison.Admin"
    assert client.get(f"{path}?roles=").json["token"] == "ann@nordwind.example "
    assert client.get("/api/people/nobody/token").status_code == 404


def test_mails_are_listed_from_a_moment_on(client: FlaskClient, tenant: Tenant):
    bo = tenant.person("bo@nordwind.example")
    bo.create_event(subject="New", start=date(2026, 11, 26), attendees=["kim@fabrikam.example"])

    mails = client.get("/api/mails").json["items"]

    assert mails == [
        {
            "at": "2026-11-24T23:30:00Z",
            "recipient": "kim@fabrikam.example",
            "kind": "invitation",
            "subject": "New",
        }
    ]
    assert client.get("/api/mails?since=2026-11-24T23:30:00Z").json["items"] == []
    assert client.get("/api/mails?since=now").status_code == 400


def test_every_change_in_the_tenant_raises_the_version(client: FlaskClient, tenant: Tenant):
    before = client.get("/api/changes?since=0").json["version"]
    tenant.person("bo@nordwind.example").create_event(subject="New", start=date(2026, 11, 26))

    after = client.get(f"/api/changes?since={before}").json["version"]

    assert after > before
    assert client.get(f"/api/changes?since={after}").json["version"] == after
    assert client.get("/api/changes?since=now").status_code == 400


def test_who_waits_is_woken_by_a_change():
    changes = Changes()

    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = pool.submit(changes.wait, 0, 60)
        changes.note("something")

        assert waiting.result(timeout=30) == 1


def test_a_version_of_another_process_counts_as_changed():
    assert Changes().wait(since=12, seconds=60) == 0


def test_the_page_may_frame_only_the_product_and_runs_no_inline_script(client: FlaskClient):
    with client.get("/") as answer:
        policy = answer.headers["Content-Security-Policy"]

        assert answer.mimetype == "text/html"
        assert "frame-src https://crm.example;" in policy
        assert "unsafe" not in policy
        assert b"<style" not in answer.data
        assert b" style=" not in answer.data


def test_an_unknown_address_answers_in_json(client: FlaskClient):
    answer = client.get("/api/nothing")

    assert answer.status_code == 404
    assert "error" in answer.json
