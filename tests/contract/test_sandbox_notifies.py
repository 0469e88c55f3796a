"""Subscriptions and notifications: the handshake, who is told what, and how unreliably."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.clock import FakeClock
from fakes.graph_client import GraphClient, code_of
from liaison_sandbox.person import Person

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@dataclass
class Endpoint:
    """A subscriber on loopback. `refusals` notifications are answered with 503 first."""

    refusals: int = 0
    answers_handshake: bool = True
    got: list[dict[str, Any]] = field(default_factory=list)
    url: str = ""

    def kinds(self) -> list[str]:
        return [one.get("changeType") or one["lifecycleEvent"] for one in self.got]


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    known = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            query = parse_qs(urlsplit(self.path).query)
            if "validationToken" in query:
                token = query["validationToken"][0] if known.answers_handshake else "other"
                self.reply(200, token.encode())
            elif known.refusals:
                known.refusals -= 1
                self.reply(503, b"")
            else:
                known.got += json.loads(body)["value"]
                self.reply(202, b"")

        def reply(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    known.url = f"http://127.0.0.1:{server.server_port}"
    yield known
    server.shutdown()
    thread.join()
    server.server_close()


def subscribe(graph: GraphClient, ann: Person, endpoint: Endpoint, prefer: str = "") -> Any:
    body = {
        "changeType": "created,updated,deleted",
        "notificationUrl": f"{endpoint.url}/notifications",
        "lifecycleNotificationUrl": f"{endpoint.url}/lifecycle",
        "resource": f"users/{ann.oid}/events",
        "expirationDateTime": (datetime.now(UTC) + timedelta(days=2)).isoformat(),
        "clientState": "s3cret",
    }
    return graph.call("POST", "/subscriptions", body, {"Prefer": prefer} if prefer else None)


def test_a_subscriber_is_told_with_the_kind_of_id_he_asked_for(graph, sandbox, ann, endpoint):
    made = subscribe(graph, ann, endpoint, 'IdType="ImmutableId"').json()
    event = ann.event(ann.create_event(subject="Offer", start=NOON))
    ann.change_event(event.id, subject="Better offer")
    ann.delete_event(event.id)
    sandbox.notifier.drain()

    assert endpoint.kinds() == ["created", "updated", "updated", "deleted"]
    assert {one["resourceData"]["id"] for one in endpoint.got} == {event.immutable_id}
    assert {one["clientState"] for one in endpoint.got} == {"s3cret"}
    assert {one["subscriptionId"] for one in endpoint.got} == {made["id"]}


def test_notifications_are_retried_doubled_and_lost(graph, sandbox, ann, endpoint):
    subscribe(graph, ann, endpoint)
    sandbox.settings.created_comes_with_updated = False
    sandbox.settings.notification_retry_ms = 1
    endpoint.refusals = 2
    event_id = ann.create_event(subject="retried", start=NOON)
    sandbox.notifier.drain()
    sandbox.settings.double_notifications = True
    ann.change_event(event_id, subject="doubled")
    sandbox.notifier.drain()
    sandbox.settings.drop_notifications = True
    ann.delete_event(event_id)
    sandbox.notifier.drain()

    assert endpoint.kinds() == ["created", "updated", "updated"]


def test_the_same_subscription_is_not_made_twice(graph, ann, endpoint):
    first, second = subscribe(graph, ann, endpoint), subscribe(graph, ann, endpoint)

    assert first.status_code == 201
    assert code_of(second) == (409, "Conflict")
    assert first.json()["id"] in second.json()["error"]["message"]


def test_an_endpoint_that_does_not_give_the_token_back_is_refused(graph, ann, endpoint):
    endpoint.answers_handshake = False

    assert code_of(subscribe(graph, ann, endpoint)) == (400, "ValidationError")


def test_a_subscription_ends_unless_it_is_renewed(graph, sandbox, ann, endpoint):
    made = subscribe(graph, ann, endpoint).json()
    path = f"/subscriptions/{made['id']}"
    clock = FakeClock(datetime.now(UTC) + timedelta(days=1))
    sandbox.tenant.exchange.clock = clock.now
    soon = (clock.now() + timedelta(minutes=5)).isoformat()

    renewed = graph.patch(path, {"expirationDateTime": soon}).json()
    again = graph.call("POST", f"{path}/reauthorize")
    clock.advance(minutes=46)
    late = graph.patch(path, {"expirationDateTime": soon})
    ann.create_event(subject="Unheard", start=NOON)
    sandbox.notifier.drain()

    assert datetime.fromisoformat(renewed["expirationDateTime"][:19]) > datetime.fromisoformat(
        soon[:19]
    )
    assert again.status_code == 204
    assert code_of(late) == (404, "ResourceNotFound")
    assert endpoint.got == []


def test_lifecycle_events_are_sent_on_request(graph, sandbox, ann, endpoint):
    subscribe(graph, ann, endpoint)

    sandbox.send_lifecycle(ann, "missed")
    sandbox.send_lifecycle(ann, "reauthorizationRequired")
    sandbox.send_lifecycle(ann, "subscriptionRemoved")
    sandbox.notifier.drain()

    assert endpoint.kinds() == ["missed", "reauthorizationRequired", "subscriptionRemoved"]
    assert graph.get("/subscriptions").json()["value"] == []


def test_notifications_come_late_and_out_of_order(graph, sandbox, ann, endpoint):
    subscribe(graph, ann, endpoint)
    sandbox.settings.created_comes_with_updated = False
    sandbox.settings.reorder_notifications = True
    sandbox.settings.notification_delay_ms = 700

    event_id = ann.create_event(subject="Offer", start=NOON)
    ann.delete_event(event_id)
    at_once = list(endpoint.got)
    sandbox.notifier.drain()

    assert at_once == []
    assert endpoint.kinds() == ["deleted", "created"]
