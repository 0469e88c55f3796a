"""How the gateway subscribes at the stand-in tenant, which checks our endpoints as Microsoft does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from fakes.outlook_worlds import Transaction, settings_for
from fakes.scripted_graph import Reply, ScriptedGraph, Seen, scripted_graph
from liaison.errors import MailboxUnavailable, RequestRejected
from liaison.outlook.gateway import OutlookGateway, connect_outlook
from liaison.outlook.model import Mailbox
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox


def validate(seen: Seen) -> Reply:
    """Answer the handshake as the product's web server will."""
    token = parse_qs(urlsplit(seen.path).query)["validationToken"][0]
    return Reply(raw=token.encode(), headers={"Content-Type": "text/plain"})


@pytest.fixture
def endpoint() -> Iterator[ScriptedGraph]:
    """Our own web server, as far as Microsoft sees it."""
    with scripted_graph() as running:
        running.script = validate
        yield running


@pytest.fixture
def outlook(sandbox: Sandbox, endpoint: ScriptedGraph) -> Iterator[OutlookGateway]:
    settings = replace(settings_for(sandbox), public_url=endpoint.url)
    outlook = connect_outlook(settings, lane="worker", in_transaction=Transaction())
    yield outlook
    outlook.close()


@pytest.fixture
def ann(sandbox: Sandbox) -> Person:
    return sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")


def soon() -> datetime:
    return datetime.now(UTC).replace(microsecond=0) + timedelta(days=2)


def test_a_subscription_names_both_endpoints_and_immutable_ids(
    sandbox: Sandbox, outlook: OutlookGateway, endpoint: ScriptedGraph, ann: Person
) -> None:
    expires_at = soon()
    made = outlook.subscriptions.create(
        Mailbox(sandbox.tenant_id, ann.oid), client_state="secret", expires_at=expires_at
    )
    (kept,) = sandbox.subscriptions.list_all()
    assert (kept.id, kept.client_state, kept.immutable_ids) == (
        made.subscription_id,
        "secret",
        True,
    )
    assert kept.notification_url == f"{endpoint.url}/graph/notifications"
    assert kept.lifecycle_url == f"{endpoint.url}/graph/lifecycle"
    assert made.expires_at == expires_at


def test_one_that_exists_already_is_replaced(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    mailbox = Mailbox(sandbox.tenant_id, ann.oid)
    first = outlook.subscriptions.create(mailbox, client_state="first", expires_at=soon())
    second = outlook.subscriptions.create(mailbox, client_state="second", expires_at=soon())
    (kept,) = sandbox.subscriptions.list_all()
    assert (kept.id, kept.client_state) == (second.subscription_id, "second")
    assert first.subscription_id != second.subscription_id


def test_renewing_prolongs(sandbox: Sandbox, outlook: OutlookGateway, ann: Person) -> None:
    mailbox = Mailbox(sandbox.tenant_id, ann.oid)
    made = outlook.subscriptions.create(mailbox, client_state="s", expires_at=soon())
    later = soon() + timedelta(days=1)
    renewed = outlook.subscriptions.renew(made.subscription_id, later)
    assert renewed is not None
    assert (renewed.subscription_id, renewed.expires_at) == (made.subscription_id, later)


def test_one_that_is_gone_cannot_be_renewed_and_may_be_deleted_again(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    mailbox = Mailbox(sandbox.tenant_id, ann.oid)
    made = outlook.subscriptions.create(mailbox, client_state="s", expires_at=soon())
    outlook.subscriptions.delete(made.subscription_id)
    outlook.subscriptions.delete(made.subscription_id)
    assert outlook.subscriptions.renew(made.subscription_id, soon()) is None
    assert sandbox.subscriptions.list_all() == []


def test_an_endpoint_that_does_not_answer_the_handshake_is_told(
    sandbox: Sandbox, outlook: OutlookGateway, endpoint: ScriptedGraph, ann: Person
) -> None:
    endpoint.script = lambda _: Reply(500)
    with pytest.raises(RequestRejected):
        outlook.subscriptions.create(
            Mailbox(sandbox.tenant_id, ann.oid), client_state="s", expires_at=soon()
        )


def test_a_mailbox_that_cannot_be_read_is_told_as_such(
    sandbox: Sandbox, outlook: OutlookGateway, ann: Person
) -> None:
    ann.mailbox_state = "unlicensed"
    with pytest.raises(MailboxUnavailable):
        outlook.subscriptions.create(
            Mailbox(sandbox.tenant_id, ann.oid), client_state="s", expires_at=soon()
        )
