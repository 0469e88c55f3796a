"""A file with series in a mailbox."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fakes.clock import FakeClock
from liaison_sandbox.loading import load_calendar
from liaison_sandbox.tenant import Tenant

FILE = (Path(__file__).parent / "calendars" / "series.ics").read_bytes()
WINDOW = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 1, tzinfo=UTC)


def test_a_file_with_series_is_loaded_into_a_mailbox():
    tenant = Tenant.create(FakeClock().now)
    ann = tenant.add_person("Ann Berg", "ann@nordwind.example")

    problems = load_calendar(tenant, ann, FILE)

    [series] = ann.events(subject="Team", type="seriesMaster")
    found = ann.occurrences(series.id, *WINDOW)
    assert [(f"{one.start:%m-%d %H:%M}", one.subject) for one in found] == [
        ("11-09 08:00", "Team"),
        ("11-23 13:00", "Team, later"),
        ("12-14 08:00", "Team"),
    ]
    [extra] = ann.events(subject="Team", type="singleInstance")
    assert extra.start == datetime(2026, 11, 11, 14, tzinfo=UTC)
    assert len(ann.events(subject="Drink water")) == 3
    assert series.attendees[0].response == "accepted"
    assert tenant.mails == []
    assert problems == [
        'Event 1 ("Team"): 1 further dates of its series are loaded as single meetings.',
        'Event 3 ("Team"): this one meeting of the series is cancelled; left out.',
        (
            'Event 4 ("Drink water"): it repeats by a rule that Outlook\'s series do not have '
            "(FREQ=HOURLY;INTERVAL=2;UNTIL=20261123T120000Z); its 3 meetings are loaded as single "
            "ones."
        ),
        (
            'Event 5 ("From elsewhere"): it changes one meeting of a series that is not in the '
            "file; it is loaded as a single meeting."
        ),
    ]


def test_an_outsiders_series_is_loaded_as_an_invitation():
    tenant = Tenant.create(FakeClock().now)
    ann = tenant.add_person("Ann Berg", "ann@nordwind.example")
    content = FILE.replace(
        b"ORGANIZER:mailto:me@old.example", b"ORGANIZER:mailto:ines@contoso.example", 2
    )
    content = content.replace(b"mailto:kim@fabrikam.example", b"mailto:me@old.example")

    load_calendar(tenant, ann, content)

    [series] = ann.events(subject="Team", type="seriesMaster")
    found = ann.occurrences(series.id, *WINDOW)
    assert not series.is_organizer
    assert [one.subject for one in found] == ["Team", "Team, later", "Team"]


def test_a_series_that_exchange_refuses_is_said_and_its_meetings_stand_alone():
    tenant = Tenant.create(FakeClock().now)
    ann = tenant.add_person("Ann Berg", "ann@nordwind.example")
    content = (
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Long shift\r\n"
        b"DTSTART:20261123T080000Z\r\nDTEND:20261125T080000Z\r\nRRULE:FREQ=DAILY\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )

    [problem] = load_calendar(tenant, ann, content)

    assert [one.type for one in ann.events()] == ["singleInstance"]
    assert problem == (
        '"Long shift" cannot be a series (An occurrence must not last longer than the time to '
        "the next one); its first meeting is loaded."
    )


def test_a_change_that_passes_another_meeting_of_the_series_stands_alone():
    tenant = Tenant.create(FakeClock().now)
    ann = tenant.add_person("Ann Berg", "ann@nordwind.example")
    moved_over_the_next = FILE.replace(
        b"DTSTART;TZID=Head office:20261123T140000", b"DTSTART;TZID=Head office:20261224T140000"
    ).replace(b"DTEND;TZID=Head office:20261123T143000", b"DTEND;TZID=Head office:20261224T143000")

    problems = load_calendar(tenant, ann, moved_over_the_next)

    [alone] = ann.events(subject="Team, later")
    assert alone.type == "singleInstance"
    assert problems[-1] == (
        '"Team, later" is moved past another meeting of its series; it is loaded as a single '
        "meeting."
    )
    [series] = ann.events(subject="Team", type="seriesMaster")
    assert [f"{one.start:%m-%d}" for one in ann.occurrences(series.id, *WINDOW)] == [
        "11-09",
        "12-14",
    ]
