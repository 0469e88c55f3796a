"""Subscriptions before a server that answers as told."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph, Seen
from liaison.outlook.client import GraphClient
from liaison.outlook.model import Mailbox
from liaison.outlook.subscriptions import GraphSubscriptions

OID = "0a0a0a0a-0000-4000-8000-000000000001"
MAILBOX = Mailbox("tenant", OID)
EXPIRES_AT = datetime(2026, 11, 26, 10, tzinfo=UTC)
MADE = {"id": "new", "expirationDateTime": "2026-11-21T10:00:00.0000000Z"}


@pytest.fixture
def subscriptions(client: GraphClient) -> GraphSubscriptions:
    return GraphSubscriptions(client, "https://liaison.example")


@pytest.mark.parametrize(
    "gone",
    [Reply(404, {"error": {"code": "ResourceNotFound"}}), Reply(410, {"error": {"code": "Gone"}})],
)
def test_one_that_is_gone_is_made_anew_and_may_be_deleted(
    graph: ScriptedGraph, subscriptions: GraphSubscriptions, gone: Reply
) -> None:
    graph.reply(gone)
    assert subscriptions.renew("old", EXPIRES_AT) is None
    subscriptions.delete("old")


def test_a_shorter_life_than_was_asked_for_is_what_counts(
    graph: ScriptedGraph, subscriptions: GraphSubscriptions
) -> None:
    graph.reply(Reply(201, MADE))
    made = subscriptions.create(MAILBOX, client_state="s", expires_at=EXPIRES_AT)
    assert made.expires_at == datetime(2026, 11, 21, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "resource",
    [
        f"users/{OID}/events",
        f"/Users/{OID.upper()}/Events",
        f"users('{OID}')/events",
        f"users/{OID}@tenant/events",
    ],
)
def test_one_that_exists_already_is_replaced_however_its_resource_is_written(
    graph: ScriptedGraph, subscriptions: GraphSubscriptions, resource: str
) -> None:
    listed = [
        {"id": "old", "resource": resource},
        {"id": "tasks", "resource": f"users/{OID}/contacts"},
        {"id": "other", "resource": "users/0c0c0c0c-0000-4000-8000-000000000003/events"},
    ]

    def answer(seen: Seen) -> Reply:
        if seen.method == "POST":
            deleted = any(one.method == "DELETE" for one in graph.seen)
            return Reply(201, MADE) if deleted else Reply(409, {"error": {"code": "Conflict"}})
        return Reply(204, raw=b"") if seen.method == "DELETE" else Reply(payload={"value": listed})

    graph.script = answer
    subscriptions.create(MAILBOX, client_state="s", expires_at=EXPIRES_AT)

    deleted = [seen.path.rsplit("/", 1)[1] for seen in graph.seen if seen.method == "DELETE"]
    assert deleted == ["old"]
