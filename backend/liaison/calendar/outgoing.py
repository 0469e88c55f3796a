"""Makes the events of activities in their organizer's calendar, each once.

The link is reserved first, and remembers that a try was made; whatever is lost afterwards, the event is looked for by
its marker before anything is made again.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar import departing
from liaison.calendar.completing import complete_series
from liaison.calendar.departing import Way
from liaison.calendar.mail_guard import Rest
from liaison.calendar.model import TO_BE_MADE, NotedItem, NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rules.outgoing import Step, asks_for_event
from liaison.calendar.rules.synced import is_over
from liaison.calendar.sights import offer
from liaison.calendar.stores import links, mailboxes, noted, noted_outcomes
from liaison.calendar.stores.held_mails import SentOrNot, settle_mails
from liaison.outlook.model import CalendarEvent
from liaison.policy.values import Transfer


def is_outgoing(item: NotedItem) -> bool:
    """Whether this stands for an event that is to be made."""
    return item.event_id.startswith(TO_BE_MADE)


def bring_out(run: Progress, item: NotedItem) -> None:
    """Do for the activity what is to be done now. Raises `GatewayError`; the item waits on then.

    Before the first round over the window has come to its end nothing is made: the event may be there already.
    """
    if not _knows_window(run):
        return
    with run.tools.database.transaction() as session:
        way = departing.depart(session, run, activity_of(item), item)
        if way is Rest.DONE:
            noted_outcomes.finish_item(session, item)
    if isinstance(way, Way):
        _go(run, item, way)


def activity_of(item: NotedItem) -> UUID:
    """The activity for which an event is to be made."""
    return UUID(item.event_id.removeprefix(TO_BE_MADE))


def note_waiting(session: Session, run: Progress) -> None:
    """Note the activities that wait for an event in this mailbox: nobody asked for them just now."""
    policy, now = run.policy.policy, run.now()
    ids = run.tools.crm.list_planned(
        session,
        run.row.id,
        between=(now, policy.window(now)[1]),
        only_flagged=policy.transfer is Transfer.FLAGGED,
    )
    tied = links.find_latest_links(session, ids) if ids else {}
    found = run.tools.crm.find_activities(session, [one for one in ids if one not in tied])
    wanted = [one.id for one in found.values() if asks_for_event(one, policy)]
    wanted += [link.activity_id for link in links.list_awaiting(session, run.row.id)]
    items = map(noted.by_activity, wanted)
    noted.note_events(session, run.row.id, items, NoteSource.RESUME, now)


def look_for_made(run: Progress) -> None:
    """Take up the events that earlier tries made, before they are met as if somebody else had made them."""
    with run.tools.database.transaction() as session:
        tried = [one for one in links.list_awaiting(session, run.row.id) if one.going_out]
    for link in tried:
        event = _find_made(run, link.id, link.activity_id)
        if event is None:
            continue
        with run.tools.database.transaction() as session:
            way = departing.take_up(session, run, link)
        if way is not None:
            _finish(run, way, _complete(run, way, event))


def _go(run: Progress, item: NotedItem, way: Way) -> None:
    """Make it, or take up, or away, what was made."""
    made = _find_made(run, way.link.id, way.activity_id) if way.was_tried else None
    if way.step is Step.WITHDRAW:
        _withdraw(run, way, made)
    elif made is None and way.draft is None:
        _give_up(run, way)
    else:
        _finish(run, way, _complete(run, way, made or _make(run, way)))
    with run.tools.database.transaction() as session:
        settle_mails(session, [way.activity_id], SentOrNot.SENT, run.now())
        noted_outcomes.finish_item(session, item)


def _make(run: Progress, way: Way) -> CalendarEvent:
    if way.draft is None:
        raise ValueError("Without a draft nothing is made.")
    return run.tools.outlook.writer.create_event(run.mailbox, way.draft.event)


def _complete(run: Progress, way: Way, event: CalendarEvent) -> CalendarEvent:
    """What cannot be made in one call: the changed occurrences of a series, and then its guests."""
    if way.draft is None or not way.draft.exceptions:
        return event
    return complete_series(run.tools.outlook, run.mailbox, way.draft, event.event_id, run.now())


def _finish(run: Progress, way: Way, event: CalendarEvent) -> None:
    with run.tools.database.transaction() as session:
        departing.arrive(session, run, way, event)


def _withdraw(run: Progress, way: Way, made: CalendarEvent | None) -> None:
    """Nobody wants it any more. What has taken place meanwhile stays."""
    writer = run.tools.outlook.writer
    if made is not None and not is_over(offer(made), run.now()):
        if made.attendees:
            writer.cancel_event(run.mailbox, made.event_id)
        else:
            writer.delete_event(run.mailbox, made.event_id)
    _give_up(run, way)


def _give_up(run: Progress, way: Way) -> None:
    with run.tools.database.transaction() as session:
        departing.give_up(session, run, way)


def _find_made(run: Progress, link_id: UUID, activity_id: UUID) -> CalendarEvent | None:
    """What an earlier try made. An event of the same activity that has, or had, a link of its own is another one."""
    with run.tools.database.transaction() as session:
        marker = departing.marker(session, activity_id)
    found = run.tools.outlook.writer.find_by_marker(run.mailbox, marker)
    own = [event for event in found if event.is_organizer and not event.is_cancelled]
    with run.tools.database.transaction() as session:
        known = links.find_links_of_uids(session, {event.ical_uid for event in own})
    strange = [
        event for event in own if all(link.id == link_id for link in known.get(event.ical_uid, ()))
    ]
    # The marker travels with copies that a person makes; the first of them is ours.
    return min(strange, key=lambda event: event.last_modified or run.now(), default=None)


def _knows_window(run: Progress) -> bool:
    if run.knows_window:
        return True
    with run.tools.database.transaction() as session:
        row = mailboxes.get_mailbox(session, run.row.id)
    return row.epoch_at is not None and row.delta_link is not None and not row.reads_window
