"""Events found by what they carry: taken only where they carry it, whatever a server lets through."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph
from liaison.outlook.categories import GraphCategories
from liaison.outlook.client import GraphClient
from liaison.outlook.event_mapping import MARKER
from liaison.outlook.events import GraphCalendars
from liaison.outlook.model import Mailbox
from liaison.outlook.writer import GraphEventWriter

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
EVENT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "graph" / "single-meeting.json").read_text()
)


def marked(event_id: str, marker: str) -> dict[str, Any]:
    return EVENT | {
        "id": event_id,
        "singleValueExtendedProperties": [{"id": MARKER, "value": marker}],
    }


@pytest.fixture
def writer(client: GraphClient, calendars: GraphCalendars) -> GraphEventWriter:
    return GraphEventWriter(client, calendars, GraphCategories(client))


def test_only_events_with_this_marker_are_found_by_it(
    graph: ScriptedGraph, writer: GraphEventWriter
) -> None:
    others = [EVENT, marked("of-another", "installation/another")]
    graph.reply(Reply(payload={"value": [*others, marked("ours", "installation/this")]}))

    found = writer.find_by_marker(MAILBOX, "installation/this")

    assert [event.event_id for event in found] == ["ours"]


def test_only_copies_of_this_meeting_are_found_by_its_ical_uid(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(payload={"value": [EVENT | {"iCalUId": "another"}, EVENT]}))

    found = calendars.list_by_ical_uid(MAILBOX, EVENT["iCalUId"])

    assert [event.event_id for event in found] == [EVENT["id"]]
