"""What Exchange makes of what we write, and whom it mails: asked of the stand-in tenant through our own gateway."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

import openapi_conformity
from fakes.outlook_worlds import SandboxWorld, Transaction, settings_for
from liaison.calendar.series_writing import write_occurrences
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.errors import EventChangedMeanwhile, GatewayUnavailable
from liaison.outlook.gateway import connect_outlook
from liaison.outlook.model import Attendee, CalendarEvent, EventChanges, EventDraft
from liaison_sandbox.server import Sandbox
from series_builders import MON, an_hour, local, series, weekly

NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
NOTES = "Hello,\n\n  indented & <b>no bold</b>\n\tand a tab\n\nhttps://example.org/?a=1&b=2 …"
BO, VERA = "bo@nordwind.example", "vera@kunde.example"
GUESTS = (Attendee("Bo", BO), Attendee("Vera", VERA))
DRAFT = EventDraft("Offer", NOTES, an_hour("2026-11-23T10:00"), "Room 1", GUESTS, "t-1", "i/a")
SERIES = replace(DRAFT, recurrence=series(weekly(MON), NOW.date() + timedelta(days=3)))
GONE = OccurrenceException(local("2026-11-30T10:00"), OccurrenceKind.CANCELLED)
MOVED = OccurrenceException(
    local("2026-12-07T10:00"), OccurrenceKind.CHANGED, {"location": "Elsewhere"}
)


@pytest.fixture
def tenant(sandbox: Sandbox, transaction: Transaction) -> Iterator[SandboxWorld]:
    outlook = connect_outlook(settings_for(sandbox), lane="web", in_transaction=transaction)
    yield SandboxWorld(sandbox, outlook)
    outlook.close()
    assert openapi_conformity.find_violations(sandbox.log) == []


def create(tenant: SandboxWorld, draft: EventDraft = DRAFT) -> CalendarEvent:
    return tenant.outlook.writer.create_event(tenant.mailbox("ann"), draft)


def change(tenant: SandboxWorld, event: CalendarEvent, changes: EventChanges) -> CalendarEvent:
    return tenant.outlook.writer.change_event(
        tenant.mailbox("ann"), event.event_id, changes, event.etag
    )


def mails(tenant: SandboxWorld) -> Counter[tuple[str, str]]:
    """What everybody got since the last look."""
    sent = tenant.sandbox.tenant.exchange.mails
    found = Counter((mail.recipient, mail.kind) for mail in sent)
    sent.clear()
    return found


def test_a_text_becomes_html_and_is_read_back_as_a_text_that_stays(tenant: SandboxWorld) -> None:
    made = create(tenant)
    again = change(tenant, made, EventChanges(notes=made.notes))
    assert again.notes == made.notes
    assert [line.strip() for line in made.notes.split("\n")] == [
        line.strip() for line in NOTES.split("\n")
    ]


def test_a_place_replaces_all_places(tenant: SandboxWorld) -> None:
    made = create(tenant)
    person = tenant.sandbox.tenant.find_person("ann@nordwind.example")
    assert person
    person.change_event(made.event_id, location=["Room 1", "Room 2"])
    several = tenant.outlook.calendars.find_event(tenant.mailbox("ann"), made.event_id)
    assert isinstance(several, CalendarEvent)
    assert several.places == 2
    one = change(tenant, several, EventChanges(place="Room 3"))
    assert (one.place, one.places) == ("Room 3", 1)


def test_each_guest_is_mailed_once_for_each_write(tenant: SandboxWorld) -> None:
    """SA-08, SA-11: Exchange mails, as for any other meeting."""
    made = create(tenant)
    assert mails(tenant) == {(BO, "invitation"): 1, (VERA, "invitation"): 1}
    changed = change(tenant, made, EventChanges(subject="New", place="Room 2"))
    assert mails(tenant) == {(BO, "update"): 1, (VERA, "update"): 1}
    change(tenant, changed, EventChanges(attendees=(GUESTS[1], Attendee("Kim", "kim@k.example"))))
    assert mails(tenant) == {(BO, "cancellation"): 1, ("kim@k.example", "invitation"): 1}
    tenant.outlook.writer.cancel_event(tenant.mailbox("ann"), made.event_id)
    tenant.outlook.writer.cancel_event(tenant.mailbox("ann"), made.event_id)
    assert mails(tenant) == {(VERA, "cancellation"): 1, ("kim@k.example", "cancellation"): 1}


def test_a_category_mails_nobody_and_stays_private(tenant: SandboxWorld) -> None:
    made = create(tenant)
    mails(tenant)
    writer, mailbox = tenant.outlook.writer, tenant.mailbox("ann")
    writer.set_categories(mailbox, made.event_id, ("Liaison",), made.etag)
    assert mails(tenant) == {}
    (copy,) = tenant.outlook.calendars.list_by_ical_uid(tenant.mailbox("bo"), made.ical_uid)
    assert copy.categories == ()


def test_a_copy_by_hand_carries_the_marker_and_the_invitation_does_not(
    tenant: SandboxWorld,
) -> None:
    made = create(tenant)
    person = tenant.sandbox.tenant.find_person("ann@nordwind.example")
    assert person
    person.copy_event(made.event_id)
    found = tenant.outlook.writer.find_by_marker(tenant.mailbox("ann"), "i/a")
    assert len(found) == 2
    assert tenant.outlook.writer.list_marked(tenant.mailbox("bo")) == {}


@pytest.mark.parametrize("kind", ["drop-after", "truncate", "drop-before"])
def test_a_creation_whose_answer_was_lost_is_repeated_without_a_twin(
    tenant: SandboxWorld, kind: str
) -> None:
    tenant.sandbox.faults.add(method="POST", path_regex="/events$", kind=kind)  # type: ignore[arg-type]
    with pytest.raises(GatewayUnavailable):
        create(tenant)
    arrived = tenant.outlook.writer.find_by_marker(tenant.mailbox("ann"), "i/a")
    assert len(arrived) == (0 if kind == "drop-before" else 1)
    create(tenant)
    assert len(tenant.outlook.writer.find_by_marker(tenant.mailbox("ann"), "i/a")) == 1
    assert mails(tenant) == {(BO, "invitation"): 1, (VERA, "invitation"): 1}


def test_a_repeated_creation_that_is_refused_finds_what_is_there(tenant: SandboxWorld) -> None:
    tenant.sandbox.settings.repeated_transaction_status = 409
    assert create(tenant).event_id == create(tenant).event_id


@pytest.mark.parametrize("kind", ["drop-after", "truncate"])
def test_a_change_whose_answer_was_lost_cannot_be_repeated_blindly(
    tenant: SandboxWorld, kind: str
) -> None:
    made = create(tenant)
    tenant.sandbox.faults.add(method="PATCH", kind=kind)  # type: ignore[arg-type]
    with pytest.raises(GatewayUnavailable):
        change(tenant, made, EventChanges(subject="New"))
    with pytest.raises(EventChangedMeanwhile):
        change(tenant, made, EventChanges(subject="New"))


def test_a_series_with_exceptions_invites_once_if_guests_come_last(tenant: SandboxWorld) -> None:
    made = create(tenant, replace(SERIES, attendees=()))
    write_occurrences(tenant.outlook, tenant.mailbox("ann"), made, [GONE], NOW)
    assert mails(tenant) == {}
    master = tenant.outlook.calendars.find_event(tenant.mailbox("ann"), made.event_id)
    assert isinstance(master, CalendarEvent)
    change(tenant, master, EventChanges(attendees=GUESTS))
    assert mails(tenant) == {(BO, "invitation"): 1, (VERA, "invitation"): 1}


@pytest.mark.parametrize(("habit", "count"), [(True, 2), (False, 1)])
def test_a_change_of_a_series_mails_its_changed_occurrences_too(
    tenant: SandboxWorld, *, habit: bool, count: int
) -> None:
    tenant.sandbox.settings.patched_series_mails_exceptions = habit
    made = create(tenant, SERIES)
    write_occurrences(tenant.outlook, tenant.mailbox("ann"), made, [MOVED], NOW)
    mails(tenant)
    master = tenant.outlook.calendars.find_event(tenant.mailbox("ann"), made.event_id)
    assert isinstance(master, CalendarEvent)
    change(tenant, master, EventChanges(subject="New"))
    assert mails(tenant) == {(BO, "update"): count, (VERA, "update"): count}
