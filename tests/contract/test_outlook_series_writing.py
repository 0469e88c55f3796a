"""Series brought to Outlook, and their single occurrences, asked of the fake and of the gateway alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from fakes.outlook_worlds import World
from liaison.calendar.rules.series import repeats
from liaison.calendar.series_writing import write_occurrences
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, CalendarEvent, EventChanges, EventDraft, EventKind
from liaison.recurrence.model import Pattern
from series_builders import (
    EACH_END,
    EACH_KIND,
    MON,
    WED,
    an_hour,
    local,
    series,
    weekly,
    whole_day,
)

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
BEGIN = date(2026, 11, 23)
BO = Attendee("Bo Lind", "bo@nordwind.example")
WEEKLY = series(weekly(MON), BEGIN)
DRAFT = EventDraft(
    "Jour fixe", "", an_hour("2026-11-23T10:00"), "Room 1", (BO,), "t-1", "inst/a", WEEKLY
)
MOVED = OccurrenceException(
    local("2026-11-30T10:00"),
    OccurrenceKind.CHANGED,
    {
        "start": local("2026-12-01T14:00").isoformat(),
        "end": local("2026-12-01T15:00").isoformat(),
        "subject": "Jour fixe, later",
    },
)
GONE = OccurrenceException(local("2026-12-07T10:00"), OccurrenceKind.CANCELLED)


def create(world: World, **changes: Any) -> CalendarEvent:
    draft = replace(DRAFT, **changes)
    return world.outlook.writer.create_event(world.mailbox("ann"), draft)


def find(world: World, event_id: str) -> CalendarEvent:
    event = world.outlook.calendars.find_event(world.mailbox("ann"), event_id)
    assert isinstance(event, CalendarEvent)
    return event


def write(world: World, master: CalendarEvent, *exceptions: OccurrenceException) -> CalendarEvent:
    write_occurrences(world.outlook, world.mailbox("ann"), master, exceptions, NOW)
    return find(world, master.event_id)


@pytest.mark.parametrize("end", EACH_END)
@pytest.mark.parametrize(("pattern", "begin"), EACH_KIND)
def test_every_series_is_held_as_it_was_sent(
    world: World, pattern: Pattern, begin: date, end: dict[str, Any]
) -> None:
    recurrence = series(pattern, begin, **end)
    made = create(world, when=an_hour(f"{begin}T10:00"), recurrence=recurrence)
    assert (made.kind, made.recurrence) == (EventKind.SERIES_MASTER, recurrence)
    assert find(world, made.event_id) == made


def test_a_series_of_whole_days_too(world: World) -> None:
    made = create(world, when=whole_day("2026-11-23"))
    assert (made.when, made.recurrence) == (whole_day("2026-11-23"), WEEKLY)


def test_a_series_is_changed_as_a_whole(world: World) -> None:
    made = create(world)
    later = series(weekly(WED), date(2026, 11, 25), count=3)
    changed = world.outlook.writer.change_event(
        world.mailbox("ann"),
        made.event_id,
        EventChanges(when=an_hour("2026-11-25T09:00"), recurrence=later),
        made.etag,
    )
    assert (changed.when, changed.recurrence) == (an_hour("2026-11-25T09:00"), later)
    assert (changed.knows_exceptions, changed.exceptions) == (True, ())


def test_a_series_becomes_a_single_meeting(world: World) -> None:
    made = create(world)
    changed = world.outlook.writer.change_event(
        world.mailbox("ann"), made.event_id, EventChanges(ends_series=True), made.etag
    )
    assert (changed.kind, changed.recurrence) == (EventKind.SINGLE_INSTANCE, None)
    assert changed.when == made.when


def test_changed_and_cancelled_occurrences_come_back_as_they_were_meant(world: World) -> None:
    master = write(world, create(world), MOVED, GONE)
    (moved,) = master.exceptions
    assert (moved.subject, moved.when) == ("Jour fixe, later", an_hour("2026-12-01T14:00"))
    assert master.cancelled == (date(2026, 12, 7),)
    shown = repeats(master)
    assert shown
    assert [(one.original_start, one.kind) for one in shown.exceptions] == [
        (MOVED.original_start, MOVED.kind),
        (GONE.original_start, GONE.kind),
    ]


def test_writing_them_again_writes_nothing(world: World) -> None:
    master = write(world, create(world), MOVED, GONE)
    assert write(world, master, MOVED, GONE) == master


def test_an_exception_that_says_less_goes_back_to_what_the_series_has(world: World) -> None:
    master = write(world, create(world), MOVED)
    room = OccurrenceException(MOVED.original_start, OccurrenceKind.CHANGED, {"location": "Room 2"})
    (changed,) = write(world, master, room).exceptions
    assert (changed.subject, changed.place) == ("Jour fixe", "Room 2")
    assert changed.when == an_hour("2026-11-30T10:00")


def test_a_changed_occurrence_can_be_cancelled(world: World) -> None:
    master = write(world, create(world), MOVED)
    gone = OccurrenceException(MOVED.original_start, OccurrenceKind.CANCELLED)
    after = write(world, master, gone)
    assert (after.exceptions, after.cancelled) == ((), (date(2026, 11, 30),))


def test_an_occurrence_may_have_people_of_its_own(world: World) -> None:
    guest = {
        "name": "Vera",
        "address": "Vera@kunde.example",
        "role": "optional",
        "response": "none",
    }
    invited = OccurrenceException(
        local("2026-11-30T10:00"), OccurrenceKind.CHANGED, {"participants": [guest]}
    )
    (changed,) = write(world, create(world), invited).exceptions
    assert [(one.address, one.role) for one in changed.attendees] == [
        ("vera@kunde.example", "optional")
    ]


def test_what_is_no_occurrence_or_is_over_is_passed_by(world: World) -> None:
    never = OccurrenceException(local("2026-11-24T10:00"), OccurrenceKind.CANCELLED)
    made = create(world)
    assert write(world, made, never) == made
    late = datetime(2027, 1, 1, tzinfo=UTC)
    write_occurrences(world.outlook, world.mailbox("ann"), made, [MOVED, GONE], late)
    assert find(world, made.event_id) == made
