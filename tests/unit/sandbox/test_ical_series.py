"""Series of exported calendars: what Outlook can hold is held, the rest is said and loaded singly."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from liaison_sandbox.ical import FileEvent, read_calendar

FILE = (Path(__file__).parent / "calendars" / "series.ics").read_bytes()
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
WINDOW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)
ENDLESS = {"type": "noEnd"}


def read(*lines: str, start: str = "DTSTART;TZID=Europe/Berlin:20261124T090000"):
    text = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:1", "SUMMARY:X", start, *lines]
    content = "\r\n".join([*text, "END:VEVENT", "END:VCALENDAR", ""]).encode()
    return read_calendar(content, now=NOW, time_zone="Europe/Berlin")


def pattern_of(event: FileEvent) -> dict[str, Any]:
    assert event.recurrence is not None
    return {
        name: value
        for name, value in event.recurrence["pattern"].items()
        if value not in (0, []) and name != "firstDayOfWeek"
    }


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;INTERVAL=3", {"type": "daily", "interval": 3, "index": "first"}),
        (
            "FREQ=DAILY;BYDAY=TU,TH",
            {
                "type": "weekly",
                "interval": 1,
                "daysOfWeek": ["tuesday", "thursday"],
                "index": "first",
            },
        ),
        (
            "FREQ=WEEKLY",
            {"type": "weekly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "first"},
        ),
        (
            "FREQ=MONTHLY;BYDAY=4TU",
            {
                "type": "relativeMonthly",
                "interval": 1,
                "daysOfWeek": ["tuesday"],
                "index": "fourth",
            },
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1",
            {"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "last"},
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2",
            {"type": "absoluteMonthly", "interval": 2, "dayOfMonth": 24, "index": "first"},
        ),
        (
            "FREQ=YEARLY",
            {
                "type": "absoluteYearly",
                "interval": 1,
                "month": 11,
                "dayOfMonth": 24,
                "index": "first",
            },
        ),
        (
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TU",
            {
                "type": "relativeYearly",
                "interval": 1,
                "month": 11,
                "daysOfWeek": ["tuesday"],
                "index": "fourth",
            },
        ),
    ],
)
def test_rules_become_patterns(rule: str, expected: dict[str, Any]):
    [event], problems = read(f"RRULE:{rule}")

    assert problems == []
    assert pattern_of(event) == expected


def test_the_last_day_of_the_month_is_outlooks_thirty_first():
    [event], problems = read(
        "RRULE:FREQ=MONTHLY;BYMONTHDAY=-1", start="DTSTART;TZID=Europe/Berlin:20261130T090000"
    )

    assert problems == []
    assert pattern_of(event)["dayOfMonth"] == 31


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("20261208", "2026-12-08"),
        ("20261208T080000Z", "2026-12-08"),
        ("20261208T075900Z", "2026-12-07"),
        ("20261207T233000Z", "2026-12-07"),
    ],
)
def test_an_end_is_a_day_on_the_series_own_wall(until: str, expected: str):
    [event], _ = read(f"RRULE:FREQ=WEEKLY;UNTIL={until}")

    assert event.recurrence is not None
    assert event.recurrence["range"]["endDate"] == expected


@pytest.mark.parametrize(
    ("rule", "count", "sentence"),
    [
        (
            "FREQ=HOURLY;COUNT=3",
            3,
            "(FREQ=HOURLY;COUNT=3); its 3 meetings are loaded as single ones.",
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,3;COUNT=4",
            4,
            "(FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1,3;COUNT=4); its 4 meetings are loaded as single ones.",
        ),
        ("FREQ=MINUTELY", 1, "(FREQ=MINUTELY); only its first meeting is loaded."),
        (
            "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
            1,
            "cannot be read; only its first meeting is loaded.",
        ),
        ("FREQ=SOMETIMES", 1, "cannot be read; only its first meeting is loaded."),
        ("FREQ=WEEKLY;INTERVAL=0", 1, "cannot be read; only its first meeting is loaded."),
    ],
)
def test_what_outlook_cannot_hold_is_said_and_loaded_singly(rule: str, count: int, sentence: str):
    events, [problem] = read(f"RRULE:{rule}")

    assert [event.recurrence for event in events] == [None] * count
    assert problem.endswith(sentence)


def test_a_thirty_first_that_skips_months_is_single_meetings_on_the_very_days():
    events, [problem] = read(
        "RRULE:FREQ=MONTHLY;COUNT=3", start="DTSTART;TZID=Europe/Berlin:20261031T090000"
    )

    assert [f"{event.start:%m-%d %H:%M}" for event in events] == [
        "10-31 08:00",
        "12-31 08:00",
        "01-31 08:00",
    ]
    assert "loaded as single ones" in problem


def test_a_thirty_first_without_end_is_a_series_and_the_difference_is_said():
    [event], [problem] = read(
        "RRULE:FREQ=MONTHLY", start="DTSTART;TZID=Europe/Berlin:20261031T090000"
    )

    assert pattern_of(event)["dayOfMonth"] == 31
    assert problem.endswith("in months without that day Outlook holds it on their last day.")


@pytest.mark.parametrize("exdate", ["EXDATE;VALUE=DATE:20261201", "EXDATE:20261201T080000Z"])
def test_left_out_days_are_read_in_every_form(exdate: str):
    [event], _ = read("RRULE:FREQ=WEEKLY", exdate)

    assert event.cancelled_days == {date(2026, 12, 1)}


def test_a_date_that_the_rule_names_already_is_no_further_one():
    events, problems = read("RRULE:FREQ=WEEKLY", "RDATE;TZID=Europe/Berlin:20261201T090000")

    assert (len(events), problems) == (1, [])


def test_a_cancelled_series_takes_its_changed_meetings_along():
    content = FILE.replace(
        b"END:VCALENDAR",
        b"END:VCALENDAR\r\nBEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:team\r\n"
        b"DTSTART:20261109T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR",
    )

    events, _ = read_calendar(content, now=NOW)

    assert {event.subject for event in events} == {"Drink water", "From elsewhere"}


def test_a_zone_that_only_the_file_defines_is_found_by_its_clock():
    events, _ = read_calendar(FILE, now=NOW)

    recurrence = events[0].recurrence
    assert recurrence is not None
    zone = recurrence["range"]["recurrenceTimeZone"]
    assert zone.startswith("Europe/")
    assert zone != "Europe/Lisbon"
