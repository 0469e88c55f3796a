"""What happens to a meeting, and who gets which mail: one per recipient and action."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from liaison_sandbox.answers import respond
from liaison_sandbox.copies import SHARED, call_off, deliver, invite
from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import CALENDAR, Address, Attendee, Event
from liaison_sandbox.occurrences import as_series, reshaped
from liaison_sandbox.upkeep import check_place, remove, settled, store

TIMES = frozenset({"start", "end", "all_day"})
# What a member of a series never takes over from its master.
_OF_MASTER = frozenset({"start", "end", "recurrence", "type", "transaction_id", "properties"})


def create(
    exchange: Exchange, mailbox: Mailbox, owner: Address, fields: Mapping[str, Any]
) -> Event:
    """The owner's copy; the attendees get theirs with the invitation."""
    key = exchange.new_key()
    event_id, immutable_id = mailbox.new_ids(CALENDAR)
    now = exchange.clock()
    started: dict[str, Any] = {
        "key": key,
        "id": event_id,
        "immutable_id": immutable_id,
        "ical_uid": new_ical_uid(key),
        "calendar": CALENDAR,
        "organizer": owner,
        "is_organizer": True,
        "created_at": now,
        "changed_at": now,
    }
    attendees = fields.get("attendees", ())
    started["response"] = "organizer" if attendees else "none"
    begun = Event(**(started | dict(fields)))
    event = exchange.put_new(mailbox, as_series(begun) if begun.recurrence is not None else begun)
    invite(exchange, event, [attendee.address for attendee in event.attendees])
    return event


def new_ical_uid(key: int) -> str:
    """In the form of Exchange's global object ids: the first zeros are an occurrence's day."""
    return f"040000008200E00074C5B7101A82E008{key:032X}{secrets.token_hex(8).upper()}"


def change(
    exchange: Exchange,
    mailbox: Mailbox,
    event: Event,
    fields: Mapping[str, Any],
    *,
    silently: bool = False,
    exceptions_too: bool = False,
) -> Event:
    """The owner edits his copy. Only the organizer's edit of a shared field reaches others.

    `silently`: the copies follow, but another mail of the same action says it. `exceptions_too`: those who are in
    changed occurrences of the series get a mail for each of them as well.
    """
    after = reshaped(event, replace(event, **fields), fields)
    if event.original_start is not None:
        check_place(mailbox, event, after)
        after = replace(after, own_fields=event.own_fields | fields.keys())
    if event.is_organizer:
        after = _as_organizer(event, after, fields)
    stored = store(exchange, mailbox, settled(exchange, mailbox, event, after))
    followers = _pass_on(exchange, mailbox, stored, fields)
    shared = SHARED.intersection(fields)
    if event.is_organizer and not event.is_deleted and shared:
        _tell_attendees(exchange, event, stored, shared, silently=silently)
        _bring_up_to_date(exchange, stored, followers, shared)
        if exceptions_too:
            _mail_exceptions(exchange, mailbox, stored)
    return stored


def cancel(exchange: Exchange, mailbox: Mailbox, event: Event) -> None:
    """The organizer's copy goes to Deleted Items, the others stay, marked as cancelled."""
    _call_off_everywhere(exchange, mailbox, event)
    remove(exchange, mailbox, event)


def delete(
    exchange: Exchange,
    mailbox: Mailbox,
    event: Event,
    *,
    hard: bool = False,
    send_response: bool = False,
) -> None:
    """For an organizer deleting is cancelling; an invitee loses only his copy."""
    if event.is_organizer and not event.is_deleted:
        _call_off_everywhere(exchange, mailbox, event)
    elif send_response:
        respond(exchange, mailbox, event, "declined", send=True)
        return
    remove(exchange, mailbox, event, hard=hard)


def _call_off_everywhere(exchange: Exchange, mailbox: Mailbox, event: Event) -> None:
    """One mail per person, also to those who were invited to single occurrences only."""
    told = [one.address for one in event.attendees]
    call_off(exchange, event, told)
    for exception in mailbox.exceptions_of(event):
        others = [one.address for one in exception.attendees if not _has(exchange, told, one)]
        call_off(exchange, exception, others)
        told += others


def _has(exchange: Exchange, addresses: Iterable[str], attendee: Attendee) -> bool:
    return any(exchange.is_same_person(one, attendee.address) for one in addresses)


def _pass_on(
    exchange: Exchange, mailbox: Mailbox, master: Event, fields: Mapping[str, Any]
) -> list[Event]:
    """Exceptions follow their master in all they do not have of their own."""
    followers = []
    for one in mailbox.exceptions_of(master):
        taken = fields.keys() - one.own_fields - _OF_MASTER
        followed = replace(one, **{name: getattr(master, name) for name in taken})
        if one.is_organizer:
            followed = _as_organizer(one, followed, {})
        if taken:
            followers.append(exchange.put(mailbox, followed))
    return followers


def _bring_up_to_date(
    exchange: Exchange, master: Event, followers: Iterable[Event], shared: Collection[str]
) -> None:
    """Who is invited to single occurrences only learns of it too, by one mail."""
    told = [one.address for one in master.attendees]
    for event in followers:
        for attendee in event.attendees:
            if not _has(exchange, told, attendee) and set(shared) != {"attendees"}:
                exchange.send(attendee.address, "update", event)
                told.append(attendee.address)
            deliver(exchange, event, attendee.address)


def _mail_exceptions(exchange: Exchange, mailbox: Mailbox, master: Event) -> None:
    for exception in mailbox.exceptions_of(master):
        for attendee in exception.attendees:
            if not exchange.is_same_person(attendee.address, master.organizer.address):
                exchange.send(attendee.address, "update", exception)


def _as_organizer(before: Event, after: Event, fields: Mapping[str, Any]) -> Event:
    answered = {one.address.casefold(): one for one in before.attendees}
    attendees = tuple(_keeps_answer(one, answered) for one in after.attendees)
    if TIMES.intersection(fields) and (before.start, before.end) != (after.start, after.end):
        attendees = tuple(replace(one, response="none", responded_at=None) for one in attendees)
    return replace(
        after, attendees=attendees, response="organizer" if attendees else after.response
    )


def _keeps_answer(attendee: Attendee, answered: Mapping[str, Attendee]) -> Attendee:
    known = answered.get(attendee.address.casefold())
    if known is None:
        return attendee
    return replace(attendee, response=known.response, responded_at=known.responded_at)


def _tell_attendees(
    exchange: Exchange, before: Event, after: Event, shared: Collection[str], *, silently: bool
) -> None:
    known = {one.address.casefold() for one in before.attendees}
    wanted = {one.address.casefold() for one in after.attendees}
    removed = [a.address for a in before.attendees if a.address.casefold() not in wanted]
    added = [a.address for a in after.attendees if a.address.casefold() not in known]
    call_off(exchange, after, removed)
    invite(exchange, after, added)
    only_people = set(shared) == {"attendees"}
    for attendee in after.attendees:
        address = attendee.address
        if address in added or exchange.is_same_person(address, after.organizer.address):
            continue
        # An edit of the list alone is sent only to those it concerns; the others' copies follow.
        if not only_people and not silently:
            exchange.send(address, "update", after)
        deliver(exchange, after, address)
