"""Nothing of the stand-in tenant is known to the product: it works with any other tenant, host, port, CA and path."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from threading import Thread
from uuid import UUID

import pytest
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import make_server

from api_world import BufferedClient
from house.tracked_files import PROJECT, list_files, name_of
from liaison.api.app import create_app
from liaison.bootstrap import build, worker_tools
from liaison.config import Settings, read_settings
from liaison.worker.runs import run_mailbox
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant

HOST = "graph.elsewhere.example"
BEFORE_GRAPH = "/gateways/microsoft-365"
BEFORE_US = "/sales/liaison"
# The demo starts the stand-in as a program of its own; nothing else says its name.
ITS_NAMES = re.compile(r"sandbox|stand-in|nordwind|contoso\.example", re.IGNORECASE)


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """That host is this machine."""
    look_up = socket.getaddrinfo

    def found(host: object, *more: object, **named: object) -> object:
        return look_up("127.0.0.1" if host in {HOST, HOST.encode()} else host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", found)


@pytest.fixture
def sandbox(tmp_path, elsewhere) -> Iterator[Sandbox]:
    tenant = Tenant.create()
    with Sandbox.start(tenant, ca_folder=tmp_path, host=HOST, prefix=BEFORE_GRAPH) as running:
        yield running


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as open_port:
        yield open_port


@pytest.fixture
def settings(sandbox, database_url, listener, monkeypatch) -> Settings:
    own = {
        "LIAISON_DATABASE_URL": database_url,
        "LIAISON_PUBLIC_URL": f"http://localhost:{listener.getsockname()[1]}{BEFORE_US}",
    }
    for name, value in {**sandbox.environment(), **own}.items():
        monkeypatch.setenv(name, value)
    return read_settings()


@pytest.fixture
def client(settings, listener) -> Iterator[BufferedClient]:
    """The web server as it is put together for real, and where notifications reach it."""
    services = build(settings)
    app = create_app(services)
    below = DispatcherMiddleware(_nothing, {BEFORE_US: app.wsgi_app})
    server = make_server("127.0.0.1", 0, below, threaded=True, fd=listener.fileno())
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield BufferedClient(app, app.response_class)
    server.shutdown()
    thread.join()
    services.outlook.close()
    services.database.close()


def test_a_meeting_is_followed_wherever_the_tenant_is(sandbox, settings, client):
    ann = sandbox.tenant.add_person("Ann Berg", "ann@elsewhere.example", roles=["Liaison.Admin"])
    headers = {"Authorization": f"Bearer {sandbox.token_for(ann.address)}"}
    mailbox_id = activate(client, headers)
    start = datetime.now(UTC) + timedelta(days=2)
    event_id = ann.create_event(subject="Offer", start=start, end=start + timedelta(hours=1))
    made = client.post("/api/activities", json={"itemId": event_id}, headers=headers)

    with worker_tools(settings) as tools:
        assert run_mailbox(tools, mailbox_id).stopped_by is None
        ann.change_event(event_id, subject="Better offer")
        sandbox.notifier.drain()
        run_mailbox(tools, mailbox_id)

    shown = client.get(f"/api/activities/{made.json['id']}", headers=headers).json
    assert (shown["subject"], shown["link"]["state"]) == ("Better offer", "live")
    assert any("/subscriptions" in call.path for call in sandbox.log)


def test_product_code_has_no_test_for_the_stand_in():
    naming = [
        f"{name_of(path)}:{number}"
        for path in list_files(".py", ".js", ".html", ".xml")
        if _is_product(path) and not path.name.startswith("demo")
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if ITS_NAMES.search(line)
    ]

    assert naming == []


def activate(client, headers) -> UUID:
    client.post("/api/admin/representatives/import", json={}, headers=headers)
    for act in ("unlock", "activate"):
        client.post(f"/api/admin/sync-user/{act}", headers=headers)
    [one] = client.get("/api/admin/representatives", headers=headers).json["items"]
    changed = client.patch(
        f"/api/admin/representatives/{one['id']}",
        json={"syncActive": True},
        headers=headers | {"If-Match": f'"{one["version"]}"'},
    )
    assert changed.status_code == 200, changed.text
    return UUID(one["id"])


def _is_product(path) -> bool:
    return any(PROJECT / folder in path.parents for folder in ("backend/liaison", "addin"))


def _nothing(_environ, start_response):
    start_response("404 Not Found", [])
    return []
