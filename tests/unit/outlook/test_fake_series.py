"""The fake Microsoft 365 keeps series as Outlook does."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from fakes.outlook import FakeOutlook
from liaison.outlook.model import CalendarEvent, DirectoryPerson, EventKind
from liaison.times import When
from series_builders import MON, local, weekly

FIRST = local("2026-11-23T09:00")


@pytest.fixture
def outlook() -> FakeOutlook:
    return FakeOutlook()


@pytest.fixture
def ann(outlook: FakeOutlook) -> DirectoryPerson:
    return outlook.add_person("Ann Berg", "ann@nordwind.example")


def series(outlook: FakeOutlook, ann: DirectoryPerson) -> CalendarEvent:
    """Mondays, the second one moved to Tuesday, the third one cancelled."""
    made = outlook.add_series(ann, "Weekly call", weekly(MON), start=FIRST, count=5)
    when = When(local("2026-12-01T10:00"), local("2026-12-01T11:00"), made.when.time_zone)
    outlook.change_occurrence(ann, made.event_id, date(2026, 11, 30), when=when, subject="Moved")
    outlook.cancel_occurrence(ann, made.event_id, date(2026, 12, 7))
    read = outlook.calendars.read_series(outlook.mailbox(ann), made.event_id)
    assert isinstance(read, CalendarEvent)
    return read


def test_a_master_is_read_whole(outlook: FakeOutlook, ann: DirectoryPerson) -> None:
    master = series(outlook, ann)

    assert master.knows_exceptions
    assert [one.subject for one in master.exceptions] == ["Moved"]
    assert master.exceptions[0].original_start == local("2026-11-30T09:00")
    assert master.cancelled == (date(2026, 12, 7),)


def test_a_calendar_shows_occurrences_for_themselves(
    outlook: FakeOutlook, ann: DirectoryPerson
) -> None:
    series(outlook, ann)

    listed = outlook.calendars.list_between(outlook.mailbox(ann), FIRST, FIRST + timedelta(days=15))

    shown = sorted((one.when.starts_at, one.kind) for one in listed)
    assert shown == [
        (FIRST, EventKind.OCCURRENCE),
        (local("2026-12-01T10:00"), EventKind.EXCEPTION),
    ]


def test_an_occurrence_is_found_by_its_id_and_its_start(
    outlook: FakeOutlook, ann: DirectoryPerson
) -> None:
    master, mailbox = series(outlook, ann), outlook.mailbox(ann)

    def find(start: datetime) -> CalendarEvent | None:
        return outlook.calendars.find_occurrence(mailbox, master.event_id, start)

    moved = find(local("2026-12-01T10:00"))
    assert moved is not None
    assert find(local("2026-11-30T09:00")) == moved
    assert find(local("2026-12-07T09:00")) is None
    assert outlook.calendars.find_event(mailbox, moved.event_id) == moved
    assert outlook.calendars.read_series(mailbox, moved.event_id) == master


def test_delta_tells_the_master_without_its_exceptions(
    outlook: FakeOutlook, ann: DirectoryPerson
) -> None:
    master = series(outlook, ann)

    page = outlook.calendars.read_window(
        outlook.mailbox(ann), local("2026-12-20T00:00"), local("2026-12-30T00:00")
    )

    [told] = page.items
    assert isinstance(told, CalendarEvent)
    assert (told.event_id, told.knows_exceptions, told.cancelled) == (master.event_id, False, ())
    assert page.series_masters == (master.event_id,)
