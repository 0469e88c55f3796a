"""Events as Graph writes them, in our words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from liaison.outlook.delta_mapping import read_page
from liaison.outlook.event_mapping import read_event, read_events
from liaison.outlook.model import (
    Attendee,
    CalendarEvent,
    EventKind,
    Organizer,
    RemovedEvent,
    Response,
    Role,
    Sensitivity,
    UnreadableEvent,
)

GRAPH = Path(__file__).parent / "graph"


def graph_json(name: str, **changes: Any) -> dict[str, Any]:
    return json.loads((GRAPH / f"{name}.json").read_text()) | changes


def readable(fields: dict[str, Any]) -> CalendarEvent:
    event = read_event(fields)
    assert isinstance(event, CalendarEvent), event
    return event


def why_unreadable(**changes: Any) -> str:
    event = read_event(graph_json("single-meeting", **changes))
    assert isinstance(event, UnreadableEvent), event
    return event.why


def at(moment: str, zone: str | None = "UTC") -> dict[str, Any]:
    return {"dateTime": moment, "timeZone": zone}


def test_a_meeting_is_read_with_all_its_fields() -> None:
    event = readable(graph_json("single-meeting"))
    assert event.event_id == "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A_x"
    assert (event.ical_uid, event.etag) == (
        "040000008200E00074C5B7101A82E008",
        'W/"DwAAABYAAAB1"',
    )
    assert (event.kind, event.subject) == (EventKind.SINGLE_INSTANCE, "Offer for Contoso")
    assert event.notes == "Hello,\n\nsee the offer <https://contoso.example/offer>."
    assert event.when.start == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert (event.when.time_zone, event.categories) == ("Europe/Berlin", ("Liaison",))
    assert (event.place, event.places) == ("Room 1; Room 2", 2)
    assert event.last_modified == datetime(2026, 11, 19, 8, 30, tzinfo=UTC)


def test_people_are_named_lower_case_and_the_organizer_is_no_attendee() -> None:
    event = readable(graph_json("single-meeting"))
    assert event.organizer == Organizer("Ann Berg", "ann@nordwind.example")
    assert event.attendees == (
        Attendee("Ines Moreau", "ines@contoso.example", Role.REQUIRED, Response.TENTATIVE),
        Attendee("Kim Sato", "kim@fabrikam.example", Role.OPTIONAL, Response.DECLINED),
        Attendee("Room 1", "room1@nordwind.example", Role.RESOURCE, Response.NONE),
        Attendee("Jon Okafor", "", Role.REQUIRED, Response.NONE),
        Attendee("No Address", "", Role.REQUIRED, Response.NONE),
    )


@pytest.mark.parametrize(
    ("told", "answered", "is_organizer"),
    [
        (None, "organizer", True),
        (None, "accepted", False),
        (None, None, False),
        (False, "organizer", False),
        (True, "none", True),
    ],
)
def test_whose_copy_it_is_follows_from_the_own_answer_where_it_is_not_told(
    told: object, answered: object, is_organizer: object
) -> None:
    fields = graph_json("single-meeting", isOrganizer=told, responseStatus={"response": answered})
    assert readable(fields).is_organizer is is_organizer


def test_an_unusable_address_without_a_name_still_tells_who_it_is() -> None:
    unusable = {"emailAddress": {"name": "", "address": "/O=X/CN=JON"}}
    event = readable(graph_json("single-meeting", attendees=[unusable]))
    assert event.attendees == (Attendee("/O=X/CN=JON", ""),)


def test_the_end_of_whole_days_is_inclusive() -> None:
    when = readable(graph_json("all-day")).when
    assert (when.start, when.end) == (date(2026, 11, 23), date(2026, 11, 24))
    assert when.time_zone == "America/Los_Angeles"


def test_whole_days_that_came_shifted_are_those_of_their_own_zone() -> None:
    shifted = graph_json("all-day", start=at("2026-11-23T08:00:00"), end=at("2026-11-24T08:00:00"))
    when = readable(shifted).when
    assert (when.start, when.end) == (date(2026, 11, 23), date(2026, 11, 23))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-22T23:00:00", "2026-11-23T23:00:00"),
        ("2026-11-23T08:00:00", "2026-11-24T08:00:00"),
        ("2026-11-22T14:30:00", "2026-11-23T14:30:00"),
    ],
)
def test_whole_days_that_came_shifted_from_an_unknown_zone_are_those_of_the_nearest_midnight(
    start: str, end: str
) -> None:
    zone = {"originalStartTimeZone": "tzone://Microsoft/Custom"}
    when = readable(graph_json("all-day", start=at(start), end=at(end), **zone)).when
    assert (when.start, when.end) == (date(2026, 11, 23), date(2026, 11, 23))


def test_whole_days_without_length_are_one_day() -> None:
    when = readable(graph_json("all-day", end=at("2026-11-23T00:00:00"))).when
    assert (when.start, when.end) == (date(2026, 11, 23), date(2026, 11, 23))


def test_nulls_everywhere_are_read() -> None:
    event = readable(graph_json("all-null"))
    assert (event.subject, event.notes, event.place, event.places) == ("", "", "", 0)
    assert (event.organizer, event.attendees) == (Organizer("", ""), ())
    assert (event.sensitivity, event.is_cancelled) == (Sensitivity.NORMAL, False)
    assert event.when.time_zone == "UTC"


@pytest.mark.parametrize(
    "zone", ["tzone://Microsoft/Custom", "Customized Time Zone", "(UTC+01:00) Berlin", "", None]
)
def test_an_unknown_zone_keeps_the_instant(zone: str | None) -> None:
    when = readable(graph_json("single-meeting", originalStartTimeZone=zone)).when
    assert (when.start, when.time_zone) == (datetime(2026, 11, 23, 9, tzinfo=UTC), "UTC")


@pytest.mark.parametrize("zone", ["W. Europe Standard Time", "Europe/Berlin", "europe/berlin"])
def test_a_time_in_another_zone_is_the_same_instant(zone: str) -> None:
    fields = graph_json(
        "single-meeting", start=at("2026-11-23T10:00:00", zone), end=at("2026-11-23T11:00:00", zone)
    )
    assert readable(fields).when.start == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_an_unknown_sensitivity_counts_as_private() -> None:
    event = readable(graph_json("single-meeting", sensitivity="topSecret"))
    assert event.is_private


def test_text_that_no_database_can_hold_loses_only_that() -> None:
    event = readable(graph_json("single-meeting", subject="a\x00b\ud800c \U0001f600 ä"))
    assert event.subject == "abc \U0001f600 ä"


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "somethingNew"},
        {"type": None},
        {"iCalUId": None},
        {"start": None},
        {"start": at("nonsense")},
        {"end": {"dateTime": 5, "timeZone": "UTC"}},
        {"start": at("2026-11-23T09:00:00", "tzone://Microsoft/Custom")},
        {"start": at("2026-11-24T09:00:00")},
    ],
)
def test_what_cannot_be_read_says_why_without_content(changes: dict[str, Any]) -> None:
    why = why_unreadable(**changes)
    assert why.endswith(".")
    assert not {"Offer", "Contoso", "nonsense", "2026"} & set(why.replace(".", "").split())


@pytest.mark.parametrize("item", [None, "text", 5, [], {}, {"id": None}])
def test_what_is_no_event_is_unreadable(item: Any) -> None:
    assert read_event(item) == UnreadableEvent("", "It has no id.")


def test_unreadable_ones_are_left_out_of_a_list() -> None:
    events = read_events([graph_json("single-meeting"), None, graph_json("all-day")])
    assert [event.subject for event in events] == ["Offer for Contoso", "Fair"]


def test_a_page_tells_events_removals_and_masters() -> None:
    page = read_page(graph_json("delta-page"))
    event, removed, unknown, nonsense = page.items
    assert isinstance(event, CalendarEvent)
    assert removed == RemovedEvent("AAkA4")
    assert unknown == UnreadableEvent("AAkA5", "Its type is unknown.")
    assert nonsense == UnreadableEvent("", "It has no id.")
    assert page.series_masters == ("AAkAmaster",)
    assert page.next_link is not None
    assert page.delta_link is None


def test_an_exception_is_told_itself_and_names_its_master() -> None:
    item = graph_json("single-meeting", type="exception", seriesMasterId="AAkAmaster")
    page = read_page({"value": [item], "@odata.deltaLink": "https://x"})
    assert isinstance(page.items[0], CalendarEvent)
    assert (page.items[0].kind, page.series_masters) == (EventKind.EXCEPTION, ("AAkAmaster",))


def test_what_a_page_tells_in_part_only_is_not_taken_for_the_whole() -> None:
    whole = graph_json("single-meeting")
    parts = ("id", "iCalUId", "type", "start", "end")
    page = read_page({"value": [{name: whole[name] for name in parts}]})
    assert page.items == (UnreadableEvent(whole["id"], "Only a part of it is told."),)
