"""What the client does about answers that are failures, and about answers that do not come."""

from __future__ import annotations

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph
from liaison.errors import (
    GatewayUnavailable,
    InteractionRequired,
    RequestRejected,
    Throttled,
    UnreadableAnswer,
)
from liaison.outlook.client import GraphClient
from liaison.outlook.events import GraphCalendars
from liaison.outlook.model import Caller, Mailbox

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
CALLER = Caller("0b0b0b0b-0000-4000-8000-000000000002", "assertion")


def test_a_decimal_retry_after_is_carried(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(Reply(429, {"error": {"code": "x"}}, {"Retry-After": "2.128"}))
    with pytest.raises(Throttled) as caught:
        calendars.find_event(MAILBOX, "AAkA")
    assert (caught.value.retry_after, len(graph.seen)) == (2.128, 1)


def test_a_reading_is_tried_once_more_after_a_short_pause(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(503, {}, {"Retry-After": "0.01"}), Reply(payload={"id": "AAkA"}))
    assert calendars.immutable_id(MAILBOX, "AAkA") == "AAkA"


def test_a_reading_is_tried_once_more_after_a_lost_connection(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(hang_up=True), Reply(payload={"id": "AAkA"}))
    assert calendars.immutable_id(MAILBOX, "AAkA") == "AAkA"


def test_two_lost_connections_are_an_error(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(Reply(hang_up=True))
    with pytest.raises(GatewayUnavailable):
        calendars.find_event(MAILBOX, "AAkA")
    assert len(graph.seen) == 2


def test_a_post_is_never_repeated(graph: ScriptedGraph, client: GraphClient) -> None:
    graph.reply(Reply(hang_up=True))
    with pytest.raises(GatewayUnavailable):
        client.call(lambda sdk, config: sdk.subscriptions.get(config), method="POST")
    assert len(graph.seen) == 1


def test_a_refused_token_is_renewed_once(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(Reply(401, {}), Reply(payload={"id": "AAkA"}))
    assert calendars.immutable_id(MAILBOX, "AAkA") == "AAkA"
    sent = [seen.headers["authorization"] for seen in graph.seen]
    assert sent == ["Bearer token-1", "Bearer token-2"]


def test_a_token_refused_twice_is_an_error(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(Reply(401, {}))
    with pytest.raises(GatewayUnavailable) as caught:
        calendars.find_event(MAILBOX, "AAkA")
    assert (caught.value.system, len(graph.seen)) == ("login", 2)


def test_a_claims_challenge_is_the_callers_to_answer(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    challenge = 'Bearer error="insufficient_claims", claims="eyJhIjoxfQ=="'
    graph.reply(Reply(401, {}, {"WWW-Authenticate": challenge}))
    with pytest.raises(InteractionRequired) as caught:
        calendars.find_event(MAILBOX, "AAkA", caller=CALLER)
    assert caught.value.facts == {"claims": '{"a":1}'}


def test_an_answer_that_is_no_json_is_unreadable(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(raw=b"<html>proxy</html>"))
    with pytest.raises(UnreadableAnswer):
        calendars.find_event(MAILBOX, "AAkA")


def test_half_a_surrogate_pair_does_not_spoil_a_page(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(raw=b'{"id": "AAkA", "subject": "\\ud800"}'))
    assert calendars.immutable_id(MAILBOX, "AAkA") == "AAkA"


def test_a_redirect_is_not_followed(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(Reply(302, {}, {"Location": f"{graph.url}/elsewhere"}))
    with pytest.raises(RequestRejected):
        calendars.find_event(MAILBOX, "AAkA")
    assert len(graph.seen) == 1
