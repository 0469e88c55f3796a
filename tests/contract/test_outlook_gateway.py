"""What the ports of Outlook promise, asked of the fake and of the gateway at the stand-in tenant alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from fakes.outlook_worlds import World
from liaison.errors import DeltaExpired, EventAccessDenied, MailboxUnavailable
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    DeltaItem,
    DeltaPage,
    EventIdentity,
    EventKind,
    Mailbox,
    Presence,
    RemovedEvent,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
START, END = NOON - timedelta(days=7), NOON + timedelta(days=7)
NOBODY = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa"


def read_round(world: World, mailbox: Mailbox, page: DeltaPage) -> tuple[list[DeltaItem], str]:
    """All items of a round, and the link of the next one."""
    items = list(page.items)
    while page.next_link:
        assert page.delta_link is None
        page = world.outlook.calendars.read_changes(mailbox, page.next_link)
        items.extend(page.items)
    assert page.delta_link
    return items, page.delta_link


def full_round(world: World) -> tuple[list[DeltaItem], str]:
    mailbox = world.mailbox("ann")
    return read_round(world, mailbox, world.outlook.calendars.read_window(mailbox, START, END))


def ids_of(items: list[DeltaItem], kind: type[DeltaItem]) -> set[str]:
    return {item.event_id for item in items if isinstance(item, kind)}


def test_an_event_is_found_as_it_is(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON, invite="bo")
    event = world.outlook.calendars.find_event(world.mailbox("ann"), event_id)
    assert isinstance(event, CalendarEvent)
    assert (event.event_id, event.subject, event.is_organizer) == (event_id, "Offer", True)
    assert (event.when.start, event.when.end) == (NOON, NOON + timedelta(hours=1))
    assert event.when.time_zone == "Europe/Berlin"
    assert event.organizer.address == "ann@nordwind.example"
    assert [each.address for each in event.attendees] == ["bo@nordwind.example"]


def test_an_unknown_id_is_no_event(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.delete("ann", event_id, hard=True)
    assert world.outlook.calendars.find_event(world.mailbox("ann"), event_id) is None


@pytest.mark.parametrize("malformed", ["", "..", "nonsense", "ä/?#", "AAMk" + "x" * 5000])
def test_a_malformed_id_is_no_event(world: World, malformed: str) -> None:
    calendars, mailbox = world.outlook.calendars, world.mailbox("ann")
    assert calendars.find_event(mailbox, malformed) is None
    assert calendars.immutable_id(mailbox, malformed) is None


def test_an_identity_tells_which_event_it_is(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON, invite="bo")
    event = world.outlook.calendars.find_event(world.mailbox("ann"), event_id)
    assert isinstance(event, CalendarEvent)
    identity = world.outlook.calendars.read_identity(world.mailbox("ann"), event_id)
    assert identity == EventIdentity(event_id, event.ical_uid, EventKind.SINGLE_INSTANCE)


def test_an_unknown_or_malformed_id_has_no_identity(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.delete("ann", event_id, hard=True)
    for unknown in (event_id, "../../me"):
        assert world.outlook.calendars.read_identity(world.mailbox("ann"), unknown) is None


def test_a_single_meeting_is_no_series(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    calendars, mailbox = world.outlook.calendars, world.mailbox("ann")
    event = calendars.find_event(mailbox, event_id)
    assert isinstance(event, CalendarEvent)
    assert (event.recurrence, event.exceptions, event.cancelled) == (None, (), ())
    assert calendars.read_series(mailbox, event_id) == event
    assert calendars.read_series(mailbox, event_id.replace("A", "B")) is None


def test_what_is_no_series_or_is_not_there_has_no_occurrence(world: World) -> None:
    calendars, mailbox = world.outlook.calendars, world.mailbox("ann")
    event_id = world.create("ann", "Offer", NOON)
    assert calendars.find_occurrence(mailbox, event_id, NOON) is None
    world.delete("ann", event_id, hard=True)
    assert calendars.find_occurrence(mailbox, event_id, NOON) is None


def test_a_caller_is_denied_the_series_that_outlook_does_not_show_him(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    with pytest.raises(EventAccessDenied):
        world.outlook.calendars.read_series(
            world.mailbox("ann"), event_id, caller=world.caller("bo")
        )


def test_an_id_of_another_mailbox_is_no_event(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    assert world.outlook.calendars.find_event(world.mailbox("bo"), event_id) is None


def test_ids_that_differ_in_one_sign_are_different_events(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    at = max(event_id.rfind("-"), event_id.rfind("_"))
    twin = event_id[:at] + {"-": "_", "_": "-"}[event_id[at]] + event_id[at + 1 :]
    calendars, mailbox = world.outlook.calendars, world.mailbox("ann")
    assert calendars.find_event(mailbox, twin) is None
    assert calendars.immutable_id(mailbox, twin) is None


def test_a_caller_reads_his_own_and_what_is_shared_with_him(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.share("ann", "bo")
    for who in ("ann", "bo"):
        event = world.outlook.calendars.find_event(
            world.mailbox("ann"), event_id, caller=world.caller(who)
        )
        assert isinstance(event, CalendarEvent)


def test_a_caller_is_denied_what_outlook_does_not_show_him(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    calendars, mailbox = world.outlook.calendars, world.mailbox("ann")
    with pytest.raises(EventAccessDenied):
        calendars.find_event(mailbox, event_id, caller=world.caller("bo"))
    with pytest.raises(EventAccessDenied):
        calendars.immutable_id(mailbox, event_id, caller=world.caller("bo"))


def test_every_form_of_id_leads_to_the_immutable_one(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    ews_id = world.ews_id("ann", event_id)
    rest_id = ews_id.replace("/", "-").replace("+", "_")
    for form in (event_id, ews_id, rest_id):
        for caller in (None, world.caller("ann")):
            found = world.outlook.calendars.immutable_id(world.mailbox("ann"), form, caller=caller)
            assert found == event_id


def test_a_present_event_is_listed_in_the_default_calendar(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    seen = world.outlook.calendars.look_up(world.mailbox("ann"), event_id)
    assert (seen.is_listed, seen.calendar) == (True, CalendarPlace.DEFAULT)
    assert seen.event is not None


def test_an_event_in_another_calendar_is_not_listed_but_has_a_calendar(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.move_away("ann", event_id)
    seen = world.outlook.calendars.look_up(world.mailbox("ann"), event_id)
    assert (seen.is_listed, seen.calendar) == (False, CalendarPlace.OTHER)
    assert seen.event is not None


def test_a_deleted_event_that_still_answers_lies_in_no_calendar(world: World) -> None:
    world.let_deleted_items_answer(still=True)
    event_id = world.create("ann", "Offer", NOON)
    world.delete("ann", event_id)
    seen = world.outlook.calendars.look_up(world.mailbox("ann"), event_id)
    assert seen.event is not None
    assert (seen.is_listed, seen.calendar) == (False, CalendarPlace.NONE)


def test_a_deleted_event_that_does_not_answer_is_none(world: World) -> None:
    world.let_deleted_items_answer(still=False)
    event_id = world.create("ann", "Offer", NOON)
    world.delete("ann", event_id)
    assert world.outlook.calendars.look_up(world.mailbox("ann"), event_id) == Presence(None)


def test_a_restored_event_is_present_under_the_same_id(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.delete("ann", event_id)
    world.restore("ann", event_id)
    seen = world.outlook.calendars.look_up(world.mailbox("ann"), event_id)
    assert (seen.is_listed, seen.calendar) == (True, CalendarPlace.DEFAULT)


def test_each_mailbox_has_its_own_copy_of_one_meeting(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON, invite="bo")
    calendars = world.outlook.calendars
    (own,) = calendars.list_between(world.mailbox("ann"), START, END)
    (copy,) = calendars.list_by_ical_uid(world.mailbox("bo"), own.ical_uid)
    assert own.event_id == event_id != copy.event_id
    assert (copy.ical_uid, copy.is_organizer) == (own.ical_uid, False)
    assert copy.organizer.address == "ann@nordwind.example"


def test_a_meeting_that_a_mailbox_does_not_have_is_not_found_by_its_uid(world: World) -> None:
    found = world.outlook.calendars.list_by_ical_uid(world.mailbox("bo"), "it's unknown")
    assert found == []


def test_a_span_lists_what_overlaps_it(world: World) -> None:
    inside = world.create("ann", "Offer", NOON)
    world.create("ann", "Later", END + timedelta(hours=1))
    for caller in (None, world.caller("ann")):
        found = world.outlook.calendars.list_between(
            world.mailbox("ann"), START, END, caller=caller
        )
        assert [event.event_id for event in found] == [inside]


def test_a_full_round_tells_all_that_the_window_shows(world: World) -> None:
    wanted = {world.create("ann", f"Offer {number}", NOON) for number in range(3)}
    world.create("ann", "Later", END + timedelta(hours=1))
    items, _ = full_round(world)
    assert ids_of(items, CalendarEvent) == wanted


def test_changes_tell_the_new_state_of_what_changed(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    _, link = full_round(world)
    world.rename("ann", event_id, "Better offer")
    mailbox = world.mailbox("ann")
    items, _ = read_round(world, mailbox, world.outlook.calendars.read_changes(mailbox, link))
    changed = [item for item in items if isinstance(item, CalendarEvent)]
    assert {(item.event_id, item.subject) for item in changed} == {(event_id, "Better offer")}


@pytest.mark.parametrize("happens", ["deleted", "left the window", "left the calendar"])
def test_whatever_leaves_the_view_is_told_as_removed(world: World, happens: str) -> None:
    event_id = world.create("ann", "Offer", NOON)
    _, link = full_round(world)
    leave: dict[str, Callable[[], None]] = {
        "deleted": lambda: world.delete("ann", event_id),
        "left the window": lambda: world.shift("ann", event_id, END + timedelta(days=1)),
        "left the calendar": lambda: world.move_away("ann", event_id),
    }
    leave[happens]()
    mailbox = world.mailbox("ann")
    items, _ = read_round(world, mailbox, world.outlook.calendars.read_changes(mailbox, link))
    assert ids_of(items, RemovedEvent) == {event_id}


def test_an_expired_link_says_so(world: World) -> None:
    _, link = full_round(world)
    world.expire_links()
    with pytest.raises(DeltaExpired):
        world.outlook.calendars.read_changes(world.mailbox("ann"), link)


def test_a_mailbox_that_cannot_be_read_is_no_missing_event(world: World) -> None:
    event_id = world.create("ann", "Offer", NOON)
    world.close_mailbox("ann")
    mailbox, outlook = world.mailbox("ann"), world.outlook
    for call in (
        lambda: outlook.calendars.find_event(mailbox, event_id),
        lambda: outlook.calendars.look_up(mailbox, event_id),
        lambda: outlook.calendars.read_window(mailbox, START, END),
        lambda: outlook.calendars.list_by_ical_uid(mailbox, "uid"),
        lambda: outlook.calendars.immutable_id(mailbox, event_id),
        lambda: outlook.directory.probe_mailbox(mailbox),
    ):
        with pytest.raises(MailboxUnavailable):
            call()


def test_nobodys_mailbox_cannot_be_read(world: World) -> None:
    with pytest.raises(MailboxUnavailable):
        world.outlook.directory.probe_mailbox(Mailbox(world.mailbox("ann").tenant_id, NOBODY))
