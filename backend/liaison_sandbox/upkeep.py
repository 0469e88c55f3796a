"""Storing what happened to a member of a series, and what a change of the master does to them."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Event
from liaison_sandbox.occurrences import day_of, is_day_of, is_shifted
from liaison_sandbox.problems import GraphProblem

_A_DAY = timedelta(days=1)


def store(exchange: Exchange, mailbox: Mailbox, event: Event) -> Event:
    """An occurrence that is changed becomes an exception, an item of its own with own ids."""
    master = master_of(mailbox, event)
    if master is None:
        return exchange.put(mailbox, event)
    if event.type == "exception":
        stored = exchange.put(mailbox, event)
    else:
        stored = exchange.put_new(mailbox, _as_exception(exchange, mailbox, event))
    _leave_out(exchange, mailbox, master, master.cancelled_days - {event.original_day})
    return stored


def remove(exchange: Exchange, mailbox: Mailbox, event: Event, *, hard: bool = False) -> None:
    """A member does not go to Deleted Items: its series leaves the day out."""
    master = master_of(mailbox, event)
    if master is None:
        exchange.remove(mailbox, event, hard=hard)
        return
    if event.type == "exception":
        exchange.remove(mailbox, event, hard=True)
    _leave_out(exchange, mailbox, master, master.cancelled_days | {_day(event)})


def master_of(mailbox: Mailbox, event: Event) -> Event | None:
    return None if event.master_key is None else mailbox.find_by_key(event.master_key)


def _day(member: Event) -> date:
    assert member.original_day is not None  # noqa: S101 - every member has one
    return member.original_day


def settled(exchange: Exchange, mailbox: Mailbox, before: Event, after: Event) -> Event:
    """What is left of exceptions and cancelled days: nothing when the whole pattern shifts."""
    if not (before.is_master or after.is_master):
        return after
    shifted = is_shifted(before, after)
    for exception in mailbox.exceptions_of(before):
        if shifted or not is_day_of(after, _day(exception)):
            exchange.remove(mailbox, exception, hard=True)
    if not shifted:
        return after
    return replace(after, cancelled_days=frozenset(), shifts=before.shifts + 1)


def check_movable(event: Event) -> None:
    if event.master_key is not None:
        raise GraphProblem(
            400,
            "ErrorCalendarCannotMoveOrCopyOccurrence",
            "An occurrence cannot be moved to another calendar; its series can.",
        )


def check_place(mailbox: Mailbox, member: Event, start: datetime) -> None:
    """Exchange lets no occurrence pass, or share the day of, the one before or after it."""
    master = master_of(mailbox, member)
    if master is None:
        return
    day = day_of(master, start)
    if day == day_of(master, member.start):
        return
    for other in _others(mailbox, master, member, start):
        taken = day_of(master, other.start)
        if taken == day or (other.start > member.start) != (other.start > start):
            raise GraphProblem(
                400,
                "ErrorOccurrenceCrossingBoundary",
                "Modified occurrence is crossing or overlapping adjacent occurrence.",
            )


def _others(mailbox: Mailbox, master: Event, member: Event, start: datetime) -> list[Event]:
    first, last = sorted((member.start, start))
    around = (first - _A_DAY, last + _A_DAY)
    found = mailbox.members_in(master, *around)
    return [one for one in found if one.original_start != member.original_start]


def _as_exception(exchange: Exchange, mailbox: Mailbox, event: Event) -> Event:
    """Properties that programs put on the series are not on its exceptions."""
    event_id, immutable_id = mailbox.new_ids(event.calendar)
    return replace(
        event,
        type="exception",
        key=exchange.new_key(),
        id=event_id,
        immutable_id=immutable_id,
        properties={},
        created_at=exchange.clock(),
    )


def _leave_out(exchange: Exchange, mailbox: Mailbox, master: Event, days: frozenset[date]) -> None:
    """The master is written too, so whoever watches learns of it."""
    exchange.put(mailbox, replace(master, cancelled_days=days))
