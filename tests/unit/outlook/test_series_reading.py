"""How series are read from services that know their exceptions, and from those that do not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from fakes.scripted_graph import Reply, ScriptedGraph, Seen
from liaison.errors import RequestRejected, UnreadableAnswer
from liaison.outlook.client import GraphClient
from liaison.outlook.event_mapping import MARKER_EXPANSION
from liaison.outlook.events import GraphCalendars
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    Caller,
    EventIdentity,
    EventKind,
    Mailbox,
    UnreadableEvent,
)
from liaison.outlook.series_reading import ASK_AGAIN_AFTER
from series_builders import local

MAILBOX = Mailbox("tenant", "0a0a0a0a-0000-4000-8000-000000000001")
SERIES: dict[str, Any] = json.loads((Path(__file__).parent / "graph" / "series.json").read_text())
UNTOLD = {name: value for name, value in SERIES.items() if not name.endswith("Occurrences")}
MOVED = SERIES["exceptionOccurrences"][0]
REFUSED = Reply(400, {"error": {"code": "RequestBroker--ParseUri"}})
NOT_FOUND = Reply(404, {"error": {"code": "ErrorItemNotFound"}})
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MASTER = "AAkAmaster"


@pytest.fixture
def calendars(client: GraphClient) -> Iterator[GraphCalendars]:
    return GraphCalendars(client, lambda: NOW)


def occurrence(day: str, **changes: Any) -> dict[str, Any]:
    start, end = (f"{day}T0{hour}:00:00.0000000" for hour in (8, 9))
    return {
        "id": f"AAkAmaster_{day}",
        "iCalUId": SERIES["iCalUId"],
        "type": "occurrence",
        "seriesMasterId": MASTER,
        "originalStart": f"{day}T08:00:00Z",
        "start": {"dateTime": start, "timeZone": "UTC"},
        "end": {"dateTime": end, "timeZone": "UTC"},
    } | changes


def script(*, instances: list[dict[str, Any]], knows: bool = False) -> Any:
    """A service that shows the series and its instances; or one that knows exceptions."""

    def answer(seen: Seen) -> Reply:
        if "/instances" in seen.path:
            return Reply(payload={"value": instances})
        if "exceptionOccurrences" in seen.path:
            return Reply(payload=SERIES) if knows else REFUSED
        return Reply(payload=UNTOLD)

    return answer


def paths(graph: ScriptedGraph) -> list[str]:
    return [unquote(seen.path).partition("/events/")[2] for seen in graph.seen]


def asked(seen: Seen) -> dict[str, list[str]]:
    return parse_qs(urlsplit(seen.path).query)


def every_occurrence_but(*cancelled: str) -> list[dict[str, Any]]:
    """Mondays and Thursdays until the end of January, the one of 10 December moved to the 11th."""
    mondays = ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14", "2026-12-21", "2026-12-28"]
    mondays += ["2027-01-04", "2027-01-11", "2027-01-18", "2027-01-25"]
    thursdays = ["2026-11-26", "2026-12-03", "2026-12-17", "2026-12-24", "2026-12-31"]
    thursdays += ["2027-01-07", "2027-01-14", "2027-01-21", "2027-01-28"]
    days = [day for day in [*mondays, *thursdays] if day not in cancelled]
    return [*map(occurrence, days), MOVED]


def test_one_reading_tells_the_whole_series(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = script(instances=[], knows=True)

    event = calendars.find_event(MAILBOX, MASTER)

    assert isinstance(event, CalendarEvent)
    assert (len(event.exceptions), len(event.cancelled)) == (2, 2)
    assert len(graph.seen) == 1
    assert {"recurrence", "exceptionOccurrences", "cancelledOccurrences"} <= set(
        asked(graph.seen[0])["$select"][0].split(",")
    )
    assert asked(graph.seen[0])["$expand"] == [f"{MARKER_EXPANSION},exceptionOccurrences"]


def test_where_exceptions_are_unknown_the_instances_show_them(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = script(instances=every_occurrence_but("2026-12-24", "2027-01-28"))

    event = calendars.find_event(MAILBOX, MASTER)

    assert isinstance(event, CalendarEvent)
    assert event.cancelled == (date(2026, 12, 24), date(2027, 1, 28))
    assert [one.event_id for one in event.exceptions] == ["AAkAmaster_later"]
    assert event.knows_exceptions


def test_a_service_that_refused_to_tell_exceptions_is_not_asked_again(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = script(instances=every_occurrence_but())

    calendars.find_event(MAILBOX, MASTER)
    calendars.find_event(MAILBOX, MASTER)

    assert [path.partition("?")[0] for path in paths(graph)] == [
        MASTER,
        MASTER,
        f"{MASTER}/instances",
        MASTER,
        f"{MASTER}/instances",
    ]


def test_after_a_while_a_service_is_asked_for_exceptions_again(
    graph: ScriptedGraph, client: GraphClient
) -> None:
    times = [NOW]
    calendars = GraphCalendars(client, lambda: times[-1])
    graph.script = script(instances=every_occurrence_but())
    calendars.find_event(MAILBOX, MASTER)
    times.append(NOW + ASK_AGAIN_AFTER)
    graph.script = script(instances=[], knows=True)

    event = calendars.find_event(MAILBOX, MASTER)

    assert isinstance(event, CalendarEvent)
    assert len(event.exceptions) == 2


def test_an_answer_that_leaves_the_exceptions_out_is_completed(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = lambda seen: Reply(
        payload={"value": every_occurrence_but()} if "/instances" in seen.path else UNTOLD
    )

    event = calendars.find_event(MAILBOX, MASTER)

    assert isinstance(event, CalendarEvent)
    assert (len(event.exceptions), event.cancelled) == (1, ())


def test_a_single_meeting_costs_one_reading(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    single = UNTOLD | {"type": "singleInstance", "recurrence": None}
    graph.script = lambda _: Reply(payload=single)

    assert isinstance(calendars.find_event(MAILBOX, MASTER), CalendarEvent)
    assert len(graph.seen) == 1


def test_an_instance_that_cannot_be_read_is_no_cancelled_one(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    broken = occurrence("2026-12-24", start=None)
    graph.script = script(instances=[*every_occurrence_but("2026-12-24"), broken])

    event = calendars.find_event(MAILBOX, MASTER)

    assert event == UnreadableEvent(MASTER, "One of its occurrences cannot be read.")


def test_instances_that_cannot_be_listed_are_no_cancelled_ones(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.script = lambda seen: REFUSED if "/instances" in seen.path else Reply(payload=UNTOLD)

    with pytest.raises(RequestRejected):
        calendars.find_event(MAILBOX, MASTER)


@pytest.mark.parametrize(
    ("span", "start", "bounds"),
    [
        # Of an endless one as far as people look; of others to their ends. Each with half a year around.
        ({"type": "noEnd"}, "2020-01-06", ("2025-05-19", "2030-05-07")),
        ({"type": "noEnd"}, "2026-11-23", ("2026-05-23", "2030-05-10")),
        ({"type": "endDate", "endDate": "2026-12-31"}, "2026-11-23", ("2026-05-23", "2027-07-03")),
        ({"type": "endDate", "endDate": "2021-12-30"}, "2020-01-06", ("2020-06-28", "2022-07-02")),
    ],
)
def test_only_what_people_look_at_is_compared(
    graph: ScriptedGraph,
    calendars: GraphCalendars,
    span: dict[str, Any],
    start: str,
    bounds: tuple[str, str],
) -> None:
    recurrence = SERIES["recurrence"] | {
        "range": SERIES["recurrence"]["range"] | {"startDate": start} | span
    }
    begin = {"dateTime": f"{start}T08:00:00", "timeZone": "UTC"}
    end = {"dateTime": f"{start}T09:00:00", "timeZone": "UTC"}
    changed = UNTOLD | {"recurrence": recurrence, "start": begin, "end": end}
    graph.script = lambda seen: Reply(
        payload={"value": []} if "/instances" in seen.path else changed
    )

    calendars.find_event(MAILBOX, MASTER)

    query = asked(graph.seen[-1])
    assert (query["startDateTime"][0][:10], query["endDateTime"][0][:10]) == bounds


def test_an_occurrence_leads_to_its_series(graph: ScriptedGraph, calendars: GraphCalendars) -> None:
    shown = {MASTER: SERIES, "AAkAmaster_2026-12-03": occurrence("2026-12-03")}
    graph.script = lambda seen: Reply(
        payload=shown[unquote(urlsplit(seen.path).path).rpartition("/")[2]]
    )
    bo = Caller("bo", "token")

    event = calendars.read_series(MAILBOX, "AAkAmaster_2026-12-03", caller=bo)

    assert isinstance(event, CalendarEvent)
    assert (event.event_id, event.kind) == (MASTER, EventKind.SERIES_MASTER)
    assert len(graph.seen) == 2


@pytest.mark.parametrize(
    ("start", "found"),
    [
        ("2026-12-03T09:00", "AAkAmaster_2026-12-03"),
        ("2026-12-11T09:00", "AAkAmaster_later"),
        ("2026-12-10T09:00", "AAkAmaster_later"),
        ("2026-12-10T09:01", None),
    ],
)
def test_an_occurrence_is_found_by_when_it_begins_or_was_to_begin(
    graph: ScriptedGraph, calendars: GraphCalendars, start: str, found: str | None
) -> None:
    graph.script = script(instances=every_occurrence_but())

    event = calendars.find_occurrence(MAILBOX, MASTER, local(start))

    assert (event and event.event_id) == found


def test_a_whole_day_is_found_by_midnight_of_utc_or_of_its_zone(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    day = {"dateTime": "2026-12-03T00:00:00", "timeZone": "UTC"}
    whole = occurrence(
        "2026-12-03", isAllDay=True, start=day, end=day | {"dateTime": "2026-12-04T00:00:00"}
    )
    graph.script = script(instances=[whole | {"originalStartTimeZone": "W. Europe Standard Time"}])

    for start in (local("2026-12-03T00:00"), local("2026-12-03T00:00", "UTC")):
        assert calendars.find_occurrence(MAILBOX, MASTER, start) is not None
    assert calendars.find_occurrence(MAILBOX, MASTER, local("2026-12-03T15:00")) is None


def test_a_series_that_is_not_there_has_no_occurrence(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(NOT_FOUND)

    assert calendars.find_occurrence(MAILBOX, MASTER, NOW) is None
    assert calendars.find_occurrence(MAILBOX, "../me", NOW) is None


def test_an_identity_is_read_without_any_content(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(payload=occurrence("2026-12-03")))

    identity = calendars.read_identity(MAILBOX, "AAkAmaster_2026-12-03")

    assert identity == EventIdentity(
        "AAkAmaster_2026-12-03",
        SERIES["iCalUId"],
        EventKind.OCCURRENCE,
        MASTER,
        datetime(2026, 12, 3, 8, tzinfo=UTC),
    )
    assert asked(graph.seen[0]) == {
        "$select": ["id,iCalUId,type,seriesMasterId,originalStart"],
        "$expand": [MARKER_EXPANSION],
    }


def test_an_identity_that_cannot_be_told_is_no_missing_one(
    graph: ScriptedGraph, calendars: GraphCalendars
) -> None:
    graph.reply(Reply(payload={"id": MASTER, "type": "new"}))
    with pytest.raises(UnreadableAnswer):
        calendars.read_identity(MAILBOX, MASTER)

    graph.reply(NOT_FOUND)
    assert calendars.read_identity(MAILBOX, MASTER) is None


@pytest.mark.parametrize("listed", [[MASTER], ["AAkAother"]])
def test_a_series_is_listed_where_its_next_occurrence_is(
    graph: ScriptedGraph, calendars: GraphCalendars, listed: list[str]
) -> None:
    def answer(seen: Seen) -> Reply:
        if "/calendarView" in seen.path:
            return Reply(
                payload={"value": [{"id": "x", "seriesMasterId": each} for each in listed]}
            )
        cancelled = [f"OID.{MASTER}.2026-11-23"]
        return Reply(payload=SERIES | {"cancelledOccurrences": cancelled, "calendar": None})

    graph.script = answer

    seen = calendars.look_up(MAILBOX, MASTER)

    is_there = listed == [MASTER]
    place = CalendarPlace.DEFAULT if is_there else CalendarPlace.NONE
    assert (seen.is_listed, seen.calendar) == (is_there, place)
    view = asked(graph.seen[-1])
    assert view["startDateTime"][0].startswith("2026-11-26T07:59")
    assert asked(graph.seen[0])["$expand"] == [f"calendar,{MARKER_EXPANSION},exceptionOccurrences"]
