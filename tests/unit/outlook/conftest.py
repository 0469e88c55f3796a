"""A gateway's client before a server that answers as told."""

from __future__ import annotations

import ssl
from collections.abc import Iterator

import pytest

from fakes.clock import FakeClock
from fakes.scripted_graph import FakeTokens, ScriptedGraph, scripted_graph
from liaison.outlook.client import GraphClient
from liaison.outlook.events import GraphCalendars

PREFIX = "/gateway/graph/v1.0"


@pytest.fixture
def graph() -> Iterator[ScriptedGraph]:
    with scripted_graph() as running:
        yield running


@pytest.fixture
def tokens() -> FakeTokens:
    return FakeTokens()


@pytest.fixture
def client(graph: ScriptedGraph, tokens: FakeTokens) -> Iterator[GraphClient]:
    made = GraphClient(
        graph.url + PREFIX, ssl.create_default_context(), tokens, in_transaction=lambda: False
    )
    yield made
    made.close()


@pytest.fixture
def calendars(client: GraphClient) -> GraphCalendars:
    return GraphCalendars(client, FakeClock().now)
