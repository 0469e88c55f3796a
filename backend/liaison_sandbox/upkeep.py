"""Storing what happened to a member of a series, and what a change of the master does to them."""

from dataclasses import replace
from datetime import date

from liaison_sandbox.exchange import Exchange
from liaison_sandbox.mailbox import Mailbox
from liaison_sandbox.model import Event
from liaison_sandbox.occurrences import day_of, is_day_of, is_shifted, rule_of_master
from liaison_sandbox.problems import GraphProblem
from liaison_sandbox.series import days_from


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


def check_place(mailbox: Mailbox, member: Event, after: Event) -> None:
    """Exchange lets no occurrence pass or overlap the one before or after it, or begin on its day.

    Those that are cancelled count no more.
    """
    master = master_of(mailbox, member)
    if master is None:
        return
    earlier, later = _neighbours(mailbox, master, _day(member))
    is_crossing = earlier is not None and _is_too_near(master, earlier, after)
    if is_crossing or (later is not None and _is_too_near(master, after, later)):
        raise GraphProblem(
            400,
            "ErrorOccurrenceCrossingBoundary",
            "Modified occurrence is crossing or overlapping adjacent occurrence.",
        )


def _is_too_near(master: Event, earlier: Event, later: Event) -> bool:
    days = day_of(master, earlier.start), day_of(master, later.start)
    return days[0] >= days[1] or earlier.end > later.start


def _neighbours(mailbox: Mailbox, master: Event, day: date) -> tuple[Event | None, Event | None]:
    """The occurrences before and after that day of the pattern, wherever they lie now."""
    earlier = later = None
    for one in days_from(rule_of_master(master), day_of(master, master.start)):
        found = None if one == day else mailbox.member_on(master, one)
        if found and one > day:
            later = found
            break
        earlier = found or earlier
    return earlier, later


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
