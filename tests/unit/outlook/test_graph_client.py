"""What the client promises for each call to Graph, seen from a server that answers as told."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import unquote

import pytest

from fakes.clock import FakeClock
from fakes.scripted_graph import FakeTokens, Reply, ScriptedGraph
from liaison.errors import (
    RequestRejected,
)
from liaison.outlook.client import CallInsideTransaction, GraphClient
from liaison.outlook.events import GraphCalendars
from liaison.outlook.loop_thread import loop_thread
from liaison.outlook.model import Caller, Mailbox
from liaison.telemetry import tracing

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
CALLER = Caller("0b0b0b0b-0000-4000-8000-000000000002", "assertion")
PREFIX = "/gateway/graph/v1.0"
GONE = Reply(404, {"error": {"code": "ErrorItemNotFound"}})


def test_every_call_asks_for_immutable_ids_and_utc(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(GONE)
    calendars.find_event(MAILBOX, "AAkA")
    prefer = graph.seen[0].headers["prefer"]
    assert {part.strip() for part in prefer.split(",")} == {
        'IdType="ImmutableId"',
        'outlook.timezone="UTC"',
    }


def test_an_address_with_a_path_prefix_is_kept(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(GONE)
    calendars.find_event(MAILBOX, "AAkA")
    assert graph.seen[0].path.startswith(f"{PREFIX}/users/{MAILBOX.oid}/events/AAkA?")


def test_ids_go_out_byte_for_byte(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(GONE)
    for event_id in ("AAkA-x_y=", "AAkA_x-y="):
        calendars.find_event(MAILBOX, event_id)
    sent = [unquote(seen.path.split("?")[0].rsplit("/", 1)[1]) for seen in graph.seen]
    assert sent == ["AAkA-x_y=", "AAkA_x-y="]


@pytest.mark.parametrize("no_id", ["", ".", "..", "a b", "a?b", "x" * 3000, "ä", "a\n"])
def test_what_is_no_id_is_asked_of_nobody(
    graph: ScriptedGraph, calendars: GraphCalendars, no_id: str
) -> None:
    found = calendars.find_event(MAILBOX, no_id), calendars.immutable_id(MAILBOX, no_id)
    assert (found, graph.seen) == ((None, None), [])


def test_an_ews_id_is_asked_for_in_the_rest_alphabet(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(payload={"id": "AAkAimmutable"}))
    assert calendars.immutable_id(MAILBOX, "AAMk/b+c=", caller=CALLER) == "AAkAimmutable"
    assert unquote(graph.seen[0].path).startswith(f"{PREFIX}/users/{MAILBOX.oid}/events/AAMk-b_c=?")


def test_an_id_of_both_alphabets_is_no_id(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    assert calendars.immutable_id(MAILBOX, "AAMk/b-c") is None
    assert graph.seen == []


def test_a_call_inside_a_transaction_is_refused(graph: ScriptedGraph, tokens: FakeTokens) -> None:
    client = GraphClient(
        graph.url, ssl.create_default_context(), tokens, in_transaction=lambda: True
    )
    with pytest.raises(CallInsideTransaction):
        GraphCalendars(client, FakeClock().now).find_event(MAILBOX, "AAkA")
    assert (graph.seen, tokens.callers) == ([], [])


def test_a_next_link_to_another_host_is_refused(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(payload={"value": [], "@odata.nextLink": "https://evil.example/v1.0/users"}))
    with pytest.raises(RequestRejected):
        calendars.list_by_ical_uid(MAILBOX, "uid")
    assert len(graph.seen) == 1


def test_a_stored_delta_link_to_another_path_is_refused(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    with pytest.raises(RequestRejected):
        calendars.read_changes(MAILBOX, f"{graph.url}/other/delta?$deltatoken=x")
    assert graph.seen == []


def test_pages_are_followed_as_given_also_behind_an_empty_one(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    following = f"{graph.url}{PREFIX}/next?$skiptoken=a%2Fb-c_d"
    graph.reply(Reply(payload={"value": [], "@odata.nextLink": following}), Reply(payload={}))
    assert calendars.list_between(MAILBOX, *_span()) == []
    assert graph.seen[1].path == f"{PREFIX}/next?$skiptoken=a%2Fb-c_d"
    assert "ImmutableId" in graph.seen[1].headers["prefer"]


def test_all_threads_use_the_one_loop_thread(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(GONE)
    before = loop_thread().thread
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: calendars.find_event(MAILBOX, "AAkA"), range(24)))
    named = [thread for thread in threading.enumerate() if thread.name == "graph-loop"]
    assert (found, named) == ([None] * 24, [before])


def test_each_call_holds_a_slot_of_its_mailbox(graph: ScriptedGraph, tokens: FakeTokens) -> None:
    held: list[Mailbox] = []

    @contextmanager
    def slots(mailbox: Mailbox) -> Iterator[None]:
        held.append(mailbox)
        yield
        held.append(mailbox)

    client = GraphClient(
        graph.url,
        ssl.create_default_context(),
        tokens,
        in_transaction=lambda: False,
        slots=slots,
    )
    graph.script = lambda _: Reply(payload={"id": "AAkA" if held == [MAILBOX] else "no slot"})
    assert GraphCalendars(client, FakeClock().now).immutable_id(MAILBOX, "AAkA") == "AAkA"
    assert held == [MAILBOX, MAILBOX]
    client.close()


def test_the_trace_is_told_to_graph(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    graph.reply(GONE)
    with tracing() as trace_id:
        calendars.find_event(MAILBOX, "AAkA")
    assert graph.seen[0].headers["traceparent"].split("-")[1] == trace_id
    assert graph.seen[0].headers["client-request-id"]


def _span() -> tuple[datetime, datetime]:
    return datetime(2026, 11, 20, tzinfo=UTC), datetime(2026, 11, 21, tzinfo=UTC)
