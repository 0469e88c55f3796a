"""An attendee answers: to a single meeting, to a series, or to one of its occurrences."""

from dataclasses import replace

from liaison_sandbox.copies import find_copy
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Attendee, Event
from liaison_sandbox.upkeep import remove, store

_ANSWER = frozenset({"response", "responded_at", "show_as"})


def respond(
    exchange: Exchange, mailbox: Mailbox, event: Event, response: str, *, send: bool
) -> None:
    """Declining takes the meeting out of the calendar; the organizer learns only what is sent."""
    answered = _answered(exchange, event, response)
    if response == "declined":
        remove(exchange, mailbox, answered)
    else:
        store(exchange, mailbox, answered)
        _answer_exceptions(exchange, mailbox, event, response)
    if send:
        exchange.send(event.organizer.address, "response", event)
        record_response(exchange, event, mailbox.owner_id, response)


def record_response(exchange: Exchange, event: Event, attendee: str, response: str) -> None:
    """The answer arrives in the organizer's copy. `attendee` is an address or an owner's id."""
    organizer = exchange.find_mailbox(event.organizer.address)
    copy = None if organizer is None else find_copy(organizer, event, organizer=True)
    if organizer is None or copy is None:
        return
    for one in [copy, *organizer.exceptions_of(copy)]:
        if one is copy or "attendees" not in one.own_fields:
            _tally(exchange, organizer, one, attendee, response)


def _tally(
    exchange: Exchange, organizer: Mailbox, copy: Event, attendee: str, response: str
) -> None:
    attendees = tuple(_told(exchange, one, attendee, response) for one in copy.attendees)
    current = organizer.find(copy.id) or copy
    store(exchange, organizer, replace(current, attendees=attendees))


def _told(exchange: Exchange, known: Attendee, attendee: str, response: str) -> Attendee:
    is_his = exchange.owner_of(known.address) == attendee or exchange.is_same_person(
        known.address, attendee
    )
    if not is_his:
        return known
    return replace(known, response=response, responded_at=exchange.clock())


def _answered(exchange: Exchange, event: Event, response: str) -> Event:
    own = event.own_fields | (_ANSWER if event.original_start is not None else frozenset())
    return replace(
        event,
        response=response,
        responded_at=exchange.clock(),
        show_as={"accepted": "busy", "tentativelyAccepted": "tentative"}.get(response, "free"),
        own_fields=own,
    )


def _answer_exceptions(exchange: Exchange, mailbox: Mailbox, master: Event, response: str) -> None:
    for one in mailbox.exceptions_of(master):
        if not one.own_fields & _ANSWER:
            store(exchange, mailbox, _answered(exchange, one, response))
