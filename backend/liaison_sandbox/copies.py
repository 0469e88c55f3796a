"""The attendees' copies of a meeting: how they come, follow, and are marked as cancelled.

A member of a series reaches the occurrence in the attendee's series; somebody who was invited to
that one only gets an exception that stands alone in his mailbox.
"""

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from liaison_sandbox.exchange import Exchange, cancelled
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import CALENDAR, Attendee, Event
from liaison_sandbox.occurrences import is_day_of
from liaison_sandbox.upkeep import settled, store

# Changing one of these as organizer mails the attendees; all others are private to the copy.
SHARED = frozenset(
    {
        "subject",
        "body",
        "body_type",
        "start",
        "end",
        "time_zone",
        "end_time_zone",
        "all_day",
        "locations",
        "attendees",
        "importance",
        "sensitivity",
        "recurrence",
        "type",
        "response_requested",
        "allow_new_time_proposals",
        "hide_attendees",
    }
)
_OF_SERIES = frozenset({"recurrence", "type"})


def invite(exchange: Exchange, event: Event, addresses: Collection[str]) -> None:
    for address in addresses:
        if exchange.is_same_person(address, event.organizer.address):
            continue
        exchange.send(address, "invitation", event)
        deliver(exchange, event, address)


def deliver(exchange: Exchange, event: Event, address: str) -> None:
    """Puts the meeting into the attendee's calendar, or brings his copy up to date."""
    mailbox = exchange.find_mailbox(address)
    if mailbox is None or exchange.is_same_person(address, event.organizer.address):
        return
    present = find_copy(mailbox, event)
    if present is None:
        exchange.put_new(mailbox, _new_copy(exchange, mailbox, event))
    else:
        updated = _updated_copy(present, event)
        store(exchange, mailbox, settled(exchange, mailbox, present, updated))
    if event.is_master:
        _forget_lone(exchange, mailbox, event)


def call_off(exchange: Exchange, event: Event, addresses: Collection[str]) -> None:
    for address in addresses:
        if exchange.is_same_person(address, event.organizer.address):
            continue
        exchange.send(address, "cancellation", event)
        mailbox = exchange.find_mailbox(address)
        present = mailbox and find_copy(mailbox, event)
        if mailbox and present:
            for exception in mailbox.exceptions_of(present):
                store(exchange, mailbox, cancelled(exception))
            latest = find_copy(mailbox, event) or present
            store(exchange, mailbox, cancelled(latest))


def find_copy(mailbox: Mailbox, event: Event, *, organizer: bool = False) -> Event | None:
    """The copy of that very event: of a member, the member at the same original start."""
    copies = [
        one
        for one in mailbox.list_copies(event.ical_uid)
        if not one.is_deleted and one.is_organizer == organizer
    ]
    whole = next((one for one in copies if one.original_start is None), None)
    day = event.original_day
    if day is None:
        return whole
    if whole is None or not whole.is_master:
        return next((one for one in copies if one.original_day == day), None)
    if not is_day_of(whole, day):
        return None
    return mailbox.member_on(whole, day) or mailbox.occurrence(whole, day)


def _forget_lone(exchange: Exchange, mailbox: Mailbox, master: Event) -> None:
    """Who is now invited to the series needs no exception of his own any more."""
    for copy in mailbox.list_copies(master.ical_uid):
        if copy.original_start is not None and not copy.is_deleted:
            exchange.remove(mailbox, copy, hard=True)


def _new_copy(exchange: Exchange, mailbox: Mailbox, event: Event) -> Event:
    event_id, immutable_id = mailbox.new_ids(CALENDAR)
    alone = event.original_start is not None
    return replace(
        event,
        key=exchange.new_key(),
        id=event_id,
        immutable_id=immutable_id,
        type="exception" if alone else event.type,
        master_key=None,
        series_master_id=None,
        series_master_immutable_id=None,
        calendar=CALENDAR,
        is_organizer=False,
        response="notResponded",
        responded_at=None,
        show_as="tentative",
        attendees=_seen_by_an_attendee(event.attendees),
        categories=(),
        transaction_id=None,
        properties={},
        created_at=exchange.clock(),
    )


def _updated_copy(present: Event, event: Event) -> Event:
    moved = (present.start, present.end) != (event.start, event.end)
    names = SHARED if event.original_start is None else SHARED - _OF_SERIES
    shared = {name: getattr(event, name) for name in names}
    shared["attendees"] = _seen_by_an_attendee(event.attendees)
    answer: dict[str, Any] = (
        {"response": "notResponded", "responded_at": None, "show_as": "tentative"} if moved else {}
    )
    return replace(
        present,
        **shared,
        **answer,
        organizer=event.organizer,
        is_cancelled=event.is_cancelled,
        own_fields=present.own_fields | event.own_fields,
    )


def _seen_by_an_attendee(attendees: tuple[Attendee, ...]) -> tuple[Attendee, ...]:
    """Only the organizer's copy tallies the answers."""
    return tuple(replace(one, response="none", responded_at=None) for one in attendees)
