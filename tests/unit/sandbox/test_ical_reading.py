"""What sound files say, in the forms that calendar programs really write."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from liaison_sandbox.ical import FileEvent, FilePerson, read_calendar

CALENDARS = Path(__file__).parent / "calendars"
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def read(name: str) -> dict[str, FileEvent]:
    events, problems = read_calendar(
        (CALENDARS / name).read_bytes(), now=NOW, time_zone="Europe/Berlin"
    )
    assert problems == []
    return {event.subject: event for event in events}


def test_a_meeting_keeps_its_words_times_and_place():
    review = read("team_week.ics")["Quarterly review, Contoso"]

    assert (review.start, review.end) == (
        datetime(2026, 11, 24, 9, tzinfo=UTC),
        datetime(2026, 11, 24, 10, 30, tzinfo=UTC),
    )
    assert review.time_zone == "Europe/Berlin"
    assert review.location == "Room Elbe"
    assert (
        review.body
        == "Agenda:\n1. Numbers\n2. Renewal; next st eps, folded in the middle of a word"
    )
    assert review.sensitivity == "private"
    assert review.categories == ("Sales", "Contoso")
    assert (review.uid, review.sequence) == ("review@nordwind.example", 2)


def test_a_meeting_keeps_its_people_with_role_and_response():
    review = read("team_week.ics")["Quarterly review, Contoso"]

    assert review.organizer == FilePerson("ann@nordwind.example", "Ann Berg")
    assert review.attendees == (
        FilePerson("Ines@contoso.example", "Moreau, Ines", "required", "accepted"),
        FilePerson("bo@nordwind.example", "Bo Lind", "optional", "tentative"),
        FilePerson("elbe@nordwind.example", "Room Elbe", "resource", "declined"),
    )


def test_dates_without_times_make_whole_days():
    events = read("team_week.ics")
    fair, holiday = events["Trade fair"], events["Public holiday"]

    assert fair.all_day
    assert (fair.start.date().day, fair.end.date().day) == (26, 28)
    assert (holiday.end - holiday.start).days == 1
    assert holiday.start == datetime(2026, 11, 27, tzinfo=UTC)


def test_a_duration_stands_for_the_end():
    call = read("team_week.ics")["Call Fabrikam"]

    assert call.end == datetime(2026, 11, 25, 15, 30, tzinfo=UTC)


def test_a_missing_uid_and_a_windows_zone_do_no_harm():
    meeting = read("team_week.ics")["Without a UID"]

    assert meeting.uid is None
    assert meeting.time_zone == "Europe/Berlin"
    assert meeting.start == datetime(2026, 11, 25, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        ("latin1.ics", "Gespräch Müller - Größe"),
        ("utf16.ics", "Gespräch 東京"),
        ("utf16_without_mark.ics", "Gespräch 東京"),
        ("folded_in_a_character.ics", "Gespräch"),
        ("old_line_ends.ics", "Old machine"),
    ],
)
def test_other_encodings_and_line_ends_are_read(name: str, subject: str):
    assert list(read(name)) == [subject]


def test_a_file_of_ten_megabytes_is_read_whole():
    attachment = b"ATTACH;ENCODING=BASE64;VALUE=BINARY:" + b"QUJD" * 25_000 + b"\r\n"
    block = (
        b"BEGIN:VEVENT\r\nUID:%d\r\nSUMMARY:No %d\r\nDTSTART:20261124T090000Z\r\n%sEND:VEVENT\r\n"
    )
    body = b"".join(block % (number, number, attachment) for number in range(100))
    data = b"BEGIN:VCALENDAR\r\n" + body + b"END:VCALENDAR\r\n"

    events, problems = read_calendar(data, now=NOW)

    assert len(data) > 10_000_000
    assert (len(events), problems) == (100, [])
