"""Ids in whatever form, to the immutable one, before a server that answers as told."""

from __future__ import annotations

import json

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph
from liaison.errors import Throttled
from liaison.outlook.events import GraphCalendars
from liaison.outlook.model import Caller, Mailbox

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
CALLER = Caller("0b0b0b0b-0000-4000-8000-000000000002", "assertion")
NO_SUCH_ITEM = Reply(404, {"error": {"code": "ErrorItemNotFound"}})
NO_SUCH_ID = Reply(400, {"error": {"code": "ErrorInvalidIdMalformed"}})


@pytest.mark.parametrize("refusal", [NO_SUCH_ITEM, NO_SUCH_ID])
def test_an_id_that_reading_does_not_know_is_translated_by_exchange(
    graph: ScriptedGraph, calendars: GraphCalendars, refusal: Reply
) -> None:
    translated = {"value": [{"sourceId": "EWS/1+a=", "targetId": "AAkA-immutable"}]}
    graph.reply(refusal, Reply(payload=translated))

    assert calendars.immutable_id(MAILBOX, "EWS/1+a=") == "AAkA-immutable"

    asked = graph.seen[1]
    assert asked.path.endswith(f"/users/{MAILBOX.oid}/translateExchangeIds")
    assert json.loads(asked.body) == {
        "InputIds": ["EWS/1+a="],
        "SourceIdType": "ewsId",
        "TargetIdType": "restImmutableEntryId",
    }


@pytest.mark.parametrize(
    "answer",
    [
        Reply(403, {"error": {"code": "ErrorAccessDenied"}}),
        Reply(403, {"error": {"code": "Authorization_RequestDenied"}}),
        Reply(400, {"error": {"code": "RequestBodyRead"}}),
        Reply(404, {"error": {"code": "UnknownError"}}),
        Reply(payload={"value": []}),
        Reply(
            payload={"value": [{"sourceId": "a", "errorDetails": {"code": "ErrorItemNotFound"}}]}
        ),
        Reply(payload={"value": [{"sourceId": "a", "targetId": None}]}),
    ],
)
@pytest.mark.parametrize("caller", [None, CALLER])
def test_an_id_that_exchange_does_not_translate_either_is_of_no_meeting(
    graph: ScriptedGraph, calendars: GraphCalendars, answer: Reply, caller: Caller | None
) -> None:
    graph.reply(NO_SUCH_ITEM, answer)
    assert calendars.immutable_id(MAILBOX, "AAMkA", caller=caller) is None


def test_being_throttled_says_nothing_about_an_id(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(NO_SUCH_ITEM, Reply(429, {}))
    with pytest.raises(Throttled):
        calendars.immutable_id(MAILBOX, "AAMkA")


@pytest.mark.parametrize("event_id", ["evt.1", "a:b", "~x!", "E" * 400, "a/b+c=", "a..b"])
def test_ids_are_opaque(graph: ScriptedGraph, calendars: GraphCalendars, event_id: str) -> None:
    graph.reply(NO_SUCH_ITEM)
    calendars.find_event(MAILBOX, event_id)
    assert len(graph.seen) == 1


@pytest.mark.parametrize("no_id", ["...", "../users", "a/../b", "a/..", "a%2F.."])
def test_what_would_lead_elsewhere_is_no_id(
    graph: ScriptedGraph, calendars: GraphCalendars, no_id: str
) -> None:
    found = calendars.find_event(MAILBOX, no_id), calendars.immutable_id(MAILBOX, no_id)
    assert (found, graph.seen) == ((None, None), [])
