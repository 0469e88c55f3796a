"""One clear sentence per problem, and what is sound is loaded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from liaison_sandbox.ical import FileEvent, read_calendar

CALENDARS = Path(__file__).parent / "calendars"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(name: str) -> tuple[list[FileEvent], list[str]]:
    return read_calendar((CALENDARS / name).read_bytes(), now=NOW, time_zone="Europe/Berlin")


def test_each_unsound_event_is_named_and_the_others_are_loaded():
    events, problems = read("broken_events.ics")

    assert [event.subject for event in events] == ["Sound", "People", "Bad line"]
    assert problems == [
        'Event 2 ("Lunch"): no start time; left out.',
        'Event 3 ("Backwards"): it ends before it starts; left out.',
        'Event 4 ("Nonsense"): its start "next Tuesday" is no date or time; left out.',
        'Event 5 ("Half a day"): one of start and end is a date, the other a time; left out.',
        'Event 6 ("Odd length"): its duration "one hour" cannot be read; left out.',
        'Event 7 ("People"): attendee "Jon Okafor" has no mail address; left out of the meeting.',
        'Event 7 ("People"): attendee "invalid:nomail" has no mail address; left out of the meeting.',
        'Event 8 ("Bad line"): the line "LOCATION;ALTREP="never closed:Room" cannot be read and is ignored.',
        'Event 9 ("Long ago"): it starts in the year 21; left out.',
        'Event 10 ("End of time"): it starts in the year 9999; left out.',
    ]


def test_attendees_without_mailto_are_found_and_counted_once():
    events, _ = read("broken_events.ics")

    people = {event.subject: event.attendees for event in events}["People"]

    assert [person.address for person in people] == ["kim@fabrikam.example", "ines@contoso.example"]


def test_a_file_that_breaks_off_gives_what_it_holds_whole():
    events, problems = read("cut_off.ics")

    assert [event.subject for event in events] == ["Sound", "After it"]
    assert problems == [
        'Event 2 ("Never ended"): the file breaks off in the middle of it; left out.',
        'Event 4 ("Torn"): the file breaks off in the middle of it; left out.',
    ]


def test_a_series_and_its_changed_meeting_belong_together():
    [series, once], problems = read("repeating.ics")

    assert problems == []
    assert [one.subject for one in series.changed] == ["Stand-up (moved)"]
    assert once.recurrence is None


def test_a_cancellation_takes_its_meeting_along():
    events, problems = read("cancelled.ics")

    assert [event.subject for event in events] == ["Held"]
    assert problems == [
        'Event 3 ("Struck"): it is cancelled; left out.',
        'Event 4 ("Kick-off"): it is cancelled; left out.',
    ]


def test_the_newer_one_of_two_versions_is_kept():
    events, problems = read("same_meeting_twice.ics")

    assert [event.subject for event in events] == ["Newest", "Second"]
    assert problems == [
        'Event 2 ("Older"): a newer version of the same meeting stands above; left out.',
        'Event 4 ("Second"): the same meeting stands above; this later version replaces it.',
    ]


def test_an_unknown_zone_is_named_and_everything_that_can_be_known_is_used():
    events, problems = read("time_zones.ics")

    hours = {event.subject: event.start.astimezone(UTC).strftime("%H:%M") for event in events}

    assert hours == {
        "Declared": "08:00",
        "Unknown": "10:00",
        "Offset in the name": "15:00",
        "Offset in the value": "04:30",
        "Floating": "10:00",
        "Prefix": "15:00",
        "Broken definition": "10:00",
    }
    assert problems == [
        'Event 2 ("Unknown"): unknown time zone "Mars/Olympus"; its times are read as times in Europe/Lisbon.',
        'Event 7 ("Broken definition"): unknown time zone "Broken office"; its times are read as times in Europe/Lisbon.',
    ]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \r\n", "The file is empty."),
        (b"%PDF-1.7\n", "This is a PDF, not an exported calendar (.ics)."),
        (
            b"PK\x03\x04rest",
            "This is a ZIP archive; unpack it and give one of the .ics files in it.",
        ),
        (
            b'\xef\xbb\xbf{"events": []}',
            "This looks like JSON, not like an exported calendar (.ics).",
        ),
        (
            b"<!doctype html>",
            "This looks like a web page or XML, not like an exported calendar (.ics).",
        ),
        (b"begin:vcard\r\n", "This is an address book (vCard), not an exported calendar (.ics)."),
        (b"Dear Ann,\n", "This is no exported calendar (.ics): no line says BEGIN:VCALENDAR."),
        (
            b"\xff\xd8\xff\xe0" * 9,
            "This is no exported calendar (.ics): no line says BEGIN:VCALENDAR.",
        ),
        (b"\x00" * 400, "This is no exported calendar (.ics): no line says BEGIN:VCALENDAR."),
        (b"x" * (32 * 1024 * 1024 + 1), "The file is larger than 32 MB."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_foreign_file_is_called_what_it_is(data: bytes, sentence: str):
    assert read_calendar(data, now=NOW) == ([], [sentence])


def test_a_calendar_without_meetings_says_so():
    assert read("no_events.ics") == ([], ["The calendar has no events."])
    assert read("tasks_only.ics")[1] == [
        "The calendar has no events.",
        "2 tasks are left out; only meetings are loaded.",
    ]
