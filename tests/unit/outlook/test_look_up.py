"""What a look-up concludes from the answers that Graph may give for an event."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph, Seen
from liaison.errors import GatewayUnavailable, LiaisonError, MailboxUnavailable, RequestRejected
from liaison.outlook.events import GraphCalendars
from liaison.outlook.model import CalendarPlace, Mailbox, Presence

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
EVENT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "graph" / "single-meeting.json").read_text()
)
EVENT_ID = EVENT["id"]
NOT_FOUND = Reply(404, {"error": {"code": "ErrorItemNotFound"}})


def answers(
    *,
    expanded: Reply,
    plain: Reply = NOT_FOUND,
    listed: list[str] | None = None,
    their_calendars: Reply = NOT_FOUND,
) -> Any:
    """A script: the event with its calendar, the event alone, the view over its time, and the mailbox's calendars."""
    view = Reply(payload={"value": [{"id": each} for each in listed or []]})

    def script(seen: Seen) -> Reply:
        if "/calendarView" in seen.path:
            return view
        if "/calendars" in seen.path:
            return their_calendars
        return expanded if "expand=calendar" in seen.path else plain

    return script


def with_calendar(calendar: Any) -> Reply:
    return Reply(payload=EVENT | {"calendar": calendar})


@pytest.mark.parametrize(
    ("calendar", "place"),
    [
        ({"id": "c", "isDefaultCalendar": True}, CalendarPlace.DEFAULT),
        ({"id": "c", "isDefaultCalendar": False}, CalendarPlace.OTHER),
        ({"id": "c", "isDefaultCalendar": False, "canEdit": False, "isRemovable": True}, CalendarPlace.OTHER),
        ({"id": "c", "isDefaultCalendar": None, "canEdit": None, "isRemovable": None}, CalendarPlace.OTHER),
        ({"id": "c", "isDefaultCalendar": False, "canEdit": False, "isRemovable": False}, CalendarPlace.NONE),
        (None, CalendarPlace.NONE),
        ({}, CalendarPlace.NONE),
    ],
)  # fmt: skip
def test_the_calendar_that_comes_with_the_event(
    graph: ScriptedGraph, calendars: GraphCalendars, calendar: Any, place: CalendarPlace
) -> None:
    graph.script = answers(expanded=with_calendar(calendar))
    assert calendars.look_up(MAILBOX, EVENT_ID).calendar is place


@pytest.mark.parametrize("calendar", [None, {"id": "c"}, {"id": "c", "isDefaultCalendar": False}])
def test_what_the_default_calendar_lists_lies_in_it_whatever_its_calendar_says(
    graph: ScriptedGraph, calendars: GraphCalendars, calendar: Any
) -> None:
    graph.script = answers(expanded=with_calendar(calendar), listed=[EVENT_ID])
    assert calendars.look_up(MAILBOX, EVENT_ID).calendar is CalendarPlace.DEFAULT


@pytest.mark.parametrize(
    ("their_calendars", "place"),
    [
        (Reply(payload={"value": [{"id": "default"}]}), CalendarPlace.NONE),
        (Reply(payload={"value": [{"id": "default"}, {"id": "folder"}]}), CalendarPlace.OTHER),
        (Reply(payload={"value": []}), CalendarPlace.OTHER),
        (Reply(400, {"error": {"code": "BadRequest"}}), CalendarPlace.OTHER),
        (Reply(403, {"error": {"code": "ErrorAccessDenied"}}), CalendarPlace.OTHER),
        (NOT_FOUND, CalendarPlace.OTHER),
    ],
)
def test_a_folder_that_the_mailbox_does_not_list_is_no_calendar_of_theirs(
    graph: ScriptedGraph, calendars: GraphCalendars, their_calendars: Reply, place: CalendarPlace
) -> None:
    folder = with_calendar({"id": "folder", "name": "Deleted Items", "isDefaultCalendar": False})
    graph.script = answers(expanded=folder, their_calendars=their_calendars)
    assert calendars.look_up(MAILBOX, EVENT_ID).calendar is place


def test_a_list_of_calendars_that_fails_for_now_is_no_proof_of_a_removal(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    folder = with_calendar({"id": "folder", "isDefaultCalendar": False})
    graph.script = answers(expanded=folder, their_calendars=Reply(500, {}))
    with pytest.raises(GatewayUnavailable):
        calendars.look_up(MAILBOX, EVENT_ID)


def test_an_event_whose_calendar_is_not_found_lies_in_none(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = answers(expanded=NOT_FOUND, plain=Reply(payload=EVENT))
    seen = calendars.look_up(MAILBOX, EVENT_ID)
    assert seen.event is not None
    assert (seen.is_listed, seen.calendar) == (False, CalendarPlace.NONE)


def test_an_event_that_is_not_found_either_way_is_none(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = answers(expanded=NOT_FOUND)
    assert calendars.look_up(MAILBOX, EVENT_ID) == Presence(None)


def test_the_view_lists_exactly_this_id(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    twin = EVENT_ID.replace("-", "_")
    for listed, expected in (([EVENT_ID], True), ([twin], False), ([], False)):
        graph.script = answers(expanded=with_calendar(None), listed=listed)
        assert calendars.look_up(MAILBOX, EVENT_ID).is_listed is expected


def test_an_event_that_cannot_be_read_counts_as_present(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = answers(expanded=Reply(payload={"id": EVENT_ID, "type": "new"}))
    assert calendars.look_up(MAILBOX, EVENT_ID).is_listed


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(404, {"error": {"code": "MailboxNotEnabledForRESTAPI"}}), MailboxUnavailable),
        (Reply(404, {"error": {"code": "SomethingNew"}}), MailboxUnavailable),
        (Reply(400, {"error": {"code": "ErrorInvalidIdMalformed"}}), RequestRejected),
        (Reply(500, {}), GatewayUnavailable),
    ],
)
def test_any_other_failure_is_no_proof_of_a_removal(
    graph: ScriptedGraph, calendars: GraphCalendars, reply: Reply, error: type[LiaisonError]
) -> None:
    graph.script = answers(expanded=reply)
    with pytest.raises(error):
        calendars.look_up(MAILBOX, EVENT_ID)
