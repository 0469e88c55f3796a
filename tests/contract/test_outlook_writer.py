"""What the port `EventWriter` promises, asked of the fake and of the gateway at the stand-in tenant alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from fakes.outlook_worlds import World
from liaison.errors import EventChangedMeanwhile, MailboxUnavailable, RequestRejected
from liaison.outlook.model import (
    Attendee,
    CalendarEvent,
    CalendarPlace,
    EventChanges,
    EventDraft,
    EventKind,
    Role,
)
from liaison.times import When

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BERLIN = "Europe/Berlin"
AN_HOUR = When(NOON, NOON + timedelta(hours=1), BERLIN)
BO = Attendee("Bo Lind", "bo@nordwind.example")
GUEST = Attendee("Vera Roth", "vera@kunde.example", Role.OPTIONAL)
NOTES = "Agenda:\n\n- prices < 5 & more\n- terms\n\nSee https://example.org/a?b=1&c=2"
DRAFT = EventDraft("Offer", NOTES, AN_HOUR, "Room 1", (BO, GUEST), "t-1", "inst/activity-1")


def find(world: World, event_id: str) -> CalendarEvent:
    event = world.outlook.calendars.find_event(world.mailbox("ann"), event_id)
    assert isinstance(event, CalendarEvent)
    return event


def people_of(event: CalendarEvent) -> set[tuple[str, str, Role]]:
    return {(one.name, one.address, one.role) for one in event.attendees}


def test_a_draft_becomes_an_event_that_is_returned_as_outlook_holds_it(world: World) -> None:
    made = world.outlook.writer.create_event(world.mailbox("ann"), DRAFT)
    assert (made.subject, made.notes, made.place, made.places) == ("Offer", NOTES, "Room 1", 1)
    assert (made.when, made.is_organizer, made.kind) == (AN_HOUR, True, EventKind.SINGLE_INSTANCE)
    assert people_of(made) == people_of(replace(made, attendees=(BO, GUEST)))
    assert made.marker == "inst/activity-1"


def test_what_is_returned_is_what_a_further_look_shows(world: World) -> None:
    made = world.outlook.writer.create_event(world.mailbox("ann"), DRAFT)
    assert find(world, made.event_id) == made


@pytest.mark.parametrize("zone", [BERLIN, "Europe/Vienna", "America/New_York", "UTC"])
def test_a_time_is_kept_in_a_zone_that_means_the_same(world: World, zone: str) -> None:
    when = replace(AN_HOUR, time_zone=zone)
    made = world.outlook.writer.create_event(world.mailbox("ann"), replace(DRAFT, when=when))
    assert made.when.same_span(when)
    assert made.when.time_zone == {"Europe/Vienna": BERLIN}.get(zone, zone)


def test_an_hour_that_clocks_show_twice_is_not_mistaken_for_the_other(world: World) -> None:
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    when = When(second, second + timedelta(minutes=30), BERLIN)
    made = world.outlook.writer.create_event(world.mailbox("ann"), replace(DRAFT, when=when))
    assert made.when.same_span(when)


@pytest.mark.parametrize("zone", [BERLIN, "Asia/Tokyo", "America/Los_Angeles"])
def test_whole_days_are_the_same_days_in_every_zone(world: World, zone: str) -> None:
    when = When(date(2026, 11, 23), date(2026, 11, 24), zone)
    made = world.outlook.writer.create_event(world.mailbox("ann"), replace(DRAFT, when=when))
    assert made.when == when


def test_a_second_try_makes_no_second_event(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    first, second = writer.create_event(mailbox, DRAFT), writer.create_event(mailbox, DRAFT)
    assert first.event_id == second.event_id
    assert [each.event_id for each in writer.find_by_marker(mailbox, DRAFT.marker)] == [
        first.event_id
    ]


def test_an_event_is_found_by_its_marker_and_by_no_other(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    world.create("ann", "Unmarked", NOON)
    made = writer.create_event(mailbox, replace(DRAFT, marker="it's/one"))
    (found,) = writer.find_by_marker(mailbox, "it's/one")
    assert (found.event_id, found.marker) == (made.event_id, "it's/one")
    assert writer.find_by_marker(mailbox, "it's/another") == []
    assert writer.find_by_marker(world.mailbox("bo"), "it's/one") == []


def test_all_markers_of_a_mailbox_are_listed(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    world.create("ann", "Unmarked", NOON)
    made = [
        writer.create_event(
            mailbox, replace(DRAFT, transaction_id=f"t-{each}", marker=f"inst/{each}")
        )
        for each in range(3)
    ]
    assert writer.list_marked(mailbox) == {
        event.event_id: f"inst/{each}" for each, event in enumerate(made)
    }


def test_only_what_changes_is_changed(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    changed = writer.change_event(mailbox, made.event_id, EventChanges(subject="Better"), made.etag)
    assert changed.etag != made.etag
    assert replace(
        changed, subject="Offer", etag=made.etag, last_modified=made.last_modified
    ) == replace(made, marker=changed.marker)


def test_each_member_can_be_changed_and_emptied(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    later = When(NOON + timedelta(days=1), NOON + timedelta(days=1, hours=2), BERLIN)
    changes = EventChanges("Better", later, "", (GUEST,))
    changed = writer.change_event(mailbox, made.event_id, changes, made.etag)
    assert (changed.subject, changed.when, changed.place, changed.places) == (
        "Better",
        later,
        "",
        0,
    )
    assert people_of(changed) == {(GUEST.name, GUEST.address, GUEST.role)}
    emptied = writer.change_event(
        mailbox, made.event_id, EventChanges(attendees=(), subject=""), changed.etag
    )
    assert (emptied.subject, emptied.attendees) == ("", ())


def test_an_event_becomes_whole_days_and_back(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    day = When(date(2026, 11, 23), date(2026, 11, 23), BERLIN)
    whole = writer.change_event(mailbox, made.event_id, EventChanges(when=day), made.etag)
    assert whole.when == day
    timed = writer.change_event(mailbox, made.event_id, EventChanges(when=AN_HOUR), whole.etag)
    assert timed.when == AN_HOUR


def test_an_event_that_was_changed_meanwhile_is_left_alone(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    world.rename("ann", made.event_id, "By hand")
    with pytest.raises(EventChangedMeanwhile):
        writer.change_event(mailbox, made.event_id, EventChanges(subject="Ours"), made.etag)
    with pytest.raises(EventChangedMeanwhile):
        writer.set_categories(mailbox, made.event_id, ("Liaison",), made.etag)
    assert find(world, made.event_id).subject == "By hand"


def test_an_event_that_is_gone_was_changed_meanwhile(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    world.delete("ann", made.event_id, hard=True)
    with pytest.raises(EventChangedMeanwhile):
        writer.change_event(mailbox, made.event_id, EventChanges(subject="Ours"), made.etag)


def test_nobody_without_an_address_is_written_or_dropped(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    nobody = Attendee("/O=EXCHANGE/CN=X", "")
    with pytest.raises(RequestRejected):
        writer.change_event(mailbox, made.event_id, EventChanges(attendees=(BO, nobody)), made.etag)
    assert len(find(world, made.event_id).attendees) == 2


def test_a_cancelled_meeting_is_gone_and_stays_cancelled_for_its_guests(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    writer.cancel_event(mailbox, made.event_id)
    assert world.outlook.calendars.look_up(mailbox, made.event_id).calendar is CalendarPlace.NONE
    assert writer.find_by_marker(mailbox, DRAFT.marker) == []


@pytest.mark.parametrize("still", [True, False])
def test_what_is_cancelled_or_deleted_already_is_fine(world: World, *, still: bool) -> None:
    world.let_deleted_items_answer(still=still)
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, DRAFT)
    writer.cancel_event(mailbox, made.event_id)
    writer.cancel_event(mailbox, made.event_id)
    writer.delete_event(mailbox, made.event_id)
    world.delete("ann", world.create("ann", "Offer", NOON), hard=True)
    assert writer.find_by_marker(mailbox, DRAFT.marker) == []


def test_an_event_without_guests_is_deleted(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, replace(DRAFT, attendees=()))
    writer.delete_event(mailbox, made.event_id)
    assert world.outlook.calendars.look_up(mailbox, made.event_id).calendar is CalendarPlace.NONE


def test_only_an_organizer_can_cancel(world: World) -> None:
    made = world.outlook.writer.create_event(world.mailbox("ann"), DRAFT)
    world.deliver("bo", made)
    (copy,) = world.outlook.calendars.list_by_ical_uid(world.mailbox("bo"), made.ical_uid)
    with pytest.raises(RequestRejected):
        world.outlook.writer.cancel_event(world.mailbox("bo"), copy.event_id)


def test_categories_are_replaced_and_nothing_else(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, replace(DRAFT, categories=("Red",)))
    marked = writer.set_categories(mailbox, made.event_id, ("Red", "Liaison"), made.etag)
    assert (made.categories, marked.categories) == (("Red",), ("Red", "Liaison"))
    assert (marked.subject, marked.attendees) == (made.subject, made.attendees)


def test_lines_are_put_at_the_end_of_the_text(world: World) -> None:
    writer, mailbox = world.outlook.writer, world.mailbox("ann")
    made = writer.create_event(mailbox, replace(DRAFT, attendees=()))
    lines = ("CRM regarding: <b> & more", "CRM activity: https://crm.example/a?b=1&c=2")
    more = writer.add_lines(mailbox, made.event_id, lines, made.etag)
    assert more.notes == "\n".join([NOTES, "", *lines])
    with pytest.raises(EventChangedMeanwhile):
        writer.add_lines(mailbox, made.event_id, lines, made.etag)


@pytest.mark.parametrize("granted", [True, False])
def test_a_master_category_is_there_only_where_it_may_be_made(
    world: World, *, granted: bool
) -> None:
    world.grant_categories(granted=granted)
    for _ in range(2):
        there = world.outlook.writer.ensure_category(world.mailbox("ann"), "Liaison")
        assert there is granted


def test_a_mailbox_that_is_closed_takes_no_events(world: World) -> None:
    world.close_mailbox("ann")
    with pytest.raises(MailboxUnavailable):
        world.outlook.writer.create_event(world.mailbox("ann"), DRAFT)


def test_no_call_is_made_inside_a_transaction(world: World, transaction: object) -> None:
    transaction.is_open = True  # type: ignore[attr-defined]
    with pytest.raises(AssertionError):
        world.outlook.writer.create_event(world.mailbox("ann"), DRAFT)
