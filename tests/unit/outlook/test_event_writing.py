"""What is sent to Graph for an event: as its description has it, and read back as it was meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from liaison.errors import RequestRejected
from liaison.outlook.event_mapping import MARKER
from liaison.outlook.event_writing import body_with_lines, changes_json, draft_json
from liaison.outlook.model import Attendee, EventChanges, EventDraft, Role
from liaison.outlook.recurrence_mapping import read_recurrence
from liaison.outlook.recurrence_writing import recurrence_json
from liaison.outlook.time_zones import kept_name, outlook_name
from liaison.recurrence.model import Pattern
from openapi_conformity import find_schema_violations
from series_builders import EACH_END, EACH_KIND, an_hour, daily, local, series, whole_day

GUEST = Attendee("Vera", "vera@kunde.example", Role.OPTIONAL)
DRAFT = EventDraft("Offer", "Agenda", an_hour("2026-11-23T10:00"), "Room", (GUEST,), "t-1", "i/a")


def test_a_draft_says_all_that_graph_needs() -> None:
    assert draft_json(DRAFT) == {
        "subject": "Offer",
        "body": {"contentType": "text", "content": "Agenda"},
        "start": {"dateTime": "2026-11-23T10:00:00", "timeZone": "W. Europe Standard Time"},
        "end": {"dateTime": "2026-11-23T11:00:00", "timeZone": "W. Europe Standard Time"},
        "isAllDay": False,
        "location": {"displayName": "Room"},
        "attendees": [
            {
                "type": "optional",
                "emailAddress": {"name": "Vera", "address": "vera@kunde.example"},
            }
        ],
        "transactionId": "t-1",
        "singleValueExtendedProperties": [{"id": MARKER, "value": "i/a"}],
    }


def test_only_what_changes_is_sent() -> None:
    assert changes_json(EventChanges()) == {}
    assert changes_json(EventChanges(subject="")) == {"subject": ""}
    assert changes_json(EventChanges(attendees=())) == {"attendees": []}
    assert changes_json(EventChanges(place="")) == {"location": {"displayName": ""}}
    assert changes_json(EventChanges(notes="Text")) == {
        "body": {"contentType": "text", "content": "Text"}
    }


def test_whole_days_are_two_midnights_in_one_zone_the_end_after_the_last_day() -> None:
    days = whole_day("2026-11-23", end=date(2026, 11, 24))
    assert changes_json(EventChanges(when=days)) == {
        "start": {"dateTime": "2026-11-23T00:00:00", "timeZone": "W. Europe Standard Time"},
        "end": {"dateTime": "2026-11-25T00:00:00", "timeZone": "W. Europe Standard Time"},
        "isAllDay": True,
    }


@pytest.mark.parametrize(
    ("when", "zone"),
    [
        (an_hour("2026-11-23T10:00", "Antarctica/Troll"), "UTC"),
        (an_hour("2026-11-23T10:00", "Asia/Kolkata"), "India Standard Time"),
        (an_hour("2026-11-23T10:00", "UTC"), "UTC"),
        (replace(an_hour("2026-10-25T02:30"), end=local("2026-10-25T04:00")), "W. Europe Standard Time"),
        (replace(an_hour("2026-10-25T01:30"), end=local("2026-10-25T03:00")), "W. Europe Standard Time"),
    ],
)  # fmt: skip
def test_a_time_is_sent_in_a_zone_that_graph_takes(when: Any, zone: str) -> None:
    assert changes_json(EventChanges(when=when))["start"]["timeZone"] == zone


def test_a_series_is_sent_on_the_wall_of_its_own_zone() -> None:
    recurrence = series(daily(), date(2026, 11, 23))
    elsewhere = replace(DRAFT.when, time_zone="America/New_York")
    sent = draft_json(replace(DRAFT, when=elsewhere, recurrence=recurrence))
    assert sent["start"] == {
        "dateTime": "2026-11-23T10:00:00", "timeZone": "W. Europe Standard Time",
    }  # fmt: skip


@pytest.mark.parametrize("end", EACH_END)
@pytest.mark.parametrize(("pattern", "begin"), EACH_KIND)
def test_every_series_is_read_back_as_it_was_sent(
    pattern: Pattern, begin: date, end: dict[str, Any]
) -> None:
    recurrence = series(pattern, begin, **end)
    sent = recurrence_json(recurrence)
    assert read_recurrence({"recurrence": sent}) == recurrence
    assert find_schema_violations(draft_json(replace(DRAFT, recurrence=recurrence))) == []


def test_somebody_without_an_address_is_not_sent() -> None:
    with pytest.raises(RequestRejected):
        changes_json(EventChanges(attendees=(GUEST, Attendee("Somebody", ""))))


@pytest.mark.parametrize(
    ("zone", "windows", "kept"),
    [
        ("Europe/Vienna", "W. Europe Standard Time", "Europe/Berlin"),
        ("Europe/Berlin", "W. Europe Standard Time", "Europe/Berlin"),
        ("Etc/UTC", "UTC", "UTC"),
        ("Antarctica/Troll", "", "Antarctica/Troll"),
    ],
)
def test_a_zone_comes_back_under_the_name_that_outlook_keeps(
    zone: str, windows: str, kept: str
) -> None:
    assert (outlook_name(zone), kept_name(zone)) == (windows, kept)


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<html><body><b>A</b></body></html>", "<html><body><b>A</b><p>L</p></body></html>"),
        ("<HTML><BODY>A</BODY></HTML>", "<HTML><BODY>A<p>L</p></BODY></HTML>"),
        ("<b>A</b></html>", "<b>A</b><p>L</p></html>"),
        ("<b>A</b>", "<b>A</b><p>L</p>"),
        ("", "<p>L</p>"),
    ],
)
def test_lines_go_into_the_body_whose_looks_stay(html: str, wanted: str) -> None:
    body = body_with_lines({"contentType": "HTML", "content": html}, ["L"])
    assert body == {"contentType": "html", "content": wanted}


def test_a_plain_body_stays_plain() -> None:
    body = body_with_lines({"contentType": "text", "content": "A"}, ["L", "M"])
    assert body == {"contentType": "text", "content": "A\n\nL\nM"}
