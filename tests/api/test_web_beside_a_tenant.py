"""The web application as it is put together for real: settings, TLS to the tenant, real tokens, real Graph."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from api_world import BufferedClient, problem
from liaison.api.app import create_app
from liaison.api.services import Services
from liaison.bootstrap import build
from liaison.config import Settings, read_settings
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with Sandbox.start(Tenant.create(), ca_folder=tmp_path) as running:
        yield running


@pytest.fixture
def settings(sandbox: Sandbox, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    for name, value in sandbox.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LIAISON_DATABASE_URL", database_url)
    return read_settings()


@pytest.fixture
def services(settings: Settings) -> Iterator[Services]:
    services = build(settings)
    yield services
    services.outlook.close()
    services.database.close()


@pytest.fixture
def client(services: Services) -> BufferedClient:
    app = create_app(services)
    return BufferedClient(app, app.response_class)


def signed_in(sandbox, person, **options):
    return {"Authorization": f"Bearer {sandbox.token_for(person.address, **options)}"}


def test_from_the_first_administrator_to_a_linked_meeting(sandbox, client):
    ann = sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example", roles=["Liaison.Admin"])
    admin = signed_in(sandbox, ann, roles=["Liaison.Admin"])
    imported = client.post("/api/admin/representatives/import", json={}, headers=admin)
    [one] = client.get("/api/admin/representatives", headers=admin).json["items"]
    client.patch(
        f"/api/admin/representatives/{one['id']}",
        json={"syncActive": True},
        headers=admin | {"If-Match": f'"{one["version"]}"'},
    )
    event_id = ann.create_event(
        subject="Offer",
        start=datetime(2027, 11, 23, 10, tzinfo=UTC),
        end=datetime(2027, 11, 23, 11, tzinfo=UTC),
    )

    made = client.post(
        "/api/activities", json={"itemId": event_id, "scope": "single"}, headers=admin
    )

    assert imported.json["added"] == 1
    assert made.status_code == 201, made.text
    assert (made.json["subject"], made.json["link"]["state"]) == ("Offer", "live")


def test_another_key_of_the_tenant_is_fetched_and_a_foreign_one_is_not_taken(sandbox, client):
    ann = sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")

    assert problem(client.get("/api/me", headers=signed_in(sandbox, ann))) == (403, "not-a-user")
    foreign = signed_in(sandbox, ann, iss="https://login.example/other/v2.0")
    assert problem(client.get("/api/me", headers=foreign)) == (401, "not-signed-in")


def test_no_secret_and_no_token_is_answered_anywhere(sandbox, client, settings):
    ann = sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example", roles=["Liaison.Admin"])
    admin = signed_in(sandbox, ann, roles=["Liaison.Admin"])
    paths = [rule.rule for rule in client.application.url_map.iter_rules() if "<" not in rule.rule]

    answers = [client.get(path, headers=admin) for path in paths]

    secrets = [settings.client_secret, admin["Authorization"].split()[1], settings.database_url]
    for answer in answers:
        assert all(secret not in answer.text for secret in secrets if secret)
