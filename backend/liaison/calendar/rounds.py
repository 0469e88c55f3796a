"""Reads the changes of a mailbox page by page. A page is one transaction; the cursor is stored with its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar.marked_round import read_markers
from liaison.calendar.model import NoteSource
from liaison.calendar.outgoing import look_for_made, note_waiting
from liaison.calendar.progress import Progress
from liaison.calendar.rules.schedule import needs_new_epoch, next_round_at
from liaison.calendar.rules.situation import Observation, Seen, Unreadable
from liaison.calendar.series_round import note_series
from liaison.calendar.settle import settle
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import copies, links, mailboxes, noted, noted_outcomes, unlinked_copies
from liaison.calendar.writing import note_writes
from liaison.errors import DeltaExpired, MailboxUnavailable, RequestRejected
from liaison.outlook.model import (
    CalendarEvent,
    DeltaItem,
    DeltaPage,
    EventKind,
    RemovedEvent,
    UnreadableEvent,
)
from liaison.policy.values import Capture

log = structlog.get_logger(__name__)


def read_round(run: Progress, *, covers_noted: bool) -> None:
    """Read everything that changed since the last round, or the whole window where a new epoch begins.

    `covers_noted`: what the round returns needs no look of its own. Raises `GatewayError`; what was stored until then stays, and the next round reads on from there.
    """
    began_at = run.now()
    look_for_made(run)
    # Who wants a round from here on wants another one; until it has ended, this one is due.
    run.save(wants_delta=False, next_delta_at=began_at)
    try:
        _read_pages(run, _first_page(run))
    except DeltaExpired:
        # Should the new place be unknown at once as well, the next run begins anew.
        _read_pages(run, _new_epoch(run))
    _finish_round(run, began_at, covers_noted=covers_noted)


def _read_pages(run: Progress, first: DeltaPage) -> None:
    """Store page after page. While one is stored the next is fetched, so that neither waits for the other."""
    page: DeltaPage | None = first
    with ThreadPoolExecutor(1, "next-page") as reader:
        while page is not None:
            coming = _fetch(reader, run, page.next_link) if page.next_link else None
            _store_page(run, page)
            run.observer.has_answered = True
            page = _unless_refused(run, coming.result) if coming else None


def _fetch(reader: Executor, run: Progress, link: str) -> Future[DeltaPage]:
    return reader.submit(copy_context().run, run.calendars.read_changes, run.mailbox, link)


def _first_page(run: Progress) -> DeltaPage:
    row = run.row
    if row.delta_link is None or needs_new_epoch(row.epoch_at, run.now()):
        return _new_epoch(run)
    run.epoch = row.epoch_at if row.reads_window else None
    read_markers(run, whole=row.reads_window)
    return _unless_refused(run, partial(run.calendars.read_changes, run.mailbox, row.delta_link))


def _unless_refused(run: Progress, read: Callable[[], DeltaPage]) -> DeltaPage:
    try:
        return read()
    except MailboxUnavailable:
        # Of a mailbox that answers otherwise only the place in its list is unknown.
        run.tools.outlook.directory.probe_mailbox(run.mailbox)
        raise DeltaExpired from None
    except RequestRejected as error:
        if not error.is_of_sign_in:
            # A link that is refused once is refused for ever: the next run reads the whole window.
            run.save(delta_link=None)
        raise


def _new_epoch(run: Progress) -> DeltaPage:
    """Drop the cursor and read the whole window: nothing deleted is reported there, so links are compared at the end."""
    read_markers(run, whole=True)
    now = run.now()
    start, end = run.policy.policy.window(now)
    run.epoch = now
    run.save(delta_link=None, window_start=start, window_end=end, epoch_at=now, reads_window=True)
    with run.tools.database.transaction() as session:
        unlinked_copies.forget(session, run.row.id)
    return run.calendars.read_window(run.mailbox, start, end)


def _store_page(run: Progress, page: DeltaPage) -> None:
    try:
        with run.tools.database.transaction() as session:
            settle_page(session, run, page)
            _store_cursor(session, run, page)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event
        # One event that cannot be stored must not stop the others: find it by storing each for itself.
        log.warning("page-failed", error=type(error).__name__, run=str(run.id))
        _store_one_by_one(run, page)


def settle_page(session: Session, run: Progress, page: DeltaPage) -> None:
    """Decide about the events of a page, and note the series among them."""
    _settle_items(session, run, page.items)
    note_series(session, run, page.items, page.series_masters)


def _store_one_by_one(run: Progress, page: DeltaPage) -> None:
    for item in page.items:
        try:
            with run.tools.database.transaction() as session:
                _settle_items(session, run, [item])
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever is wrong with one event
            run.quarantine(_id_of(item), error)
    with run.tools.database.transaction() as session:
        _mark_seen(session, run, page.items)
        note_series(session, run, page.items, page.series_masters)
        _store_cursor(session, run, page)


def _settle_items(session: Session, run: Progress, items: Sequence[DeltaItem]) -> None:
    """What is there is decided at once; what is said to be gone, or cannot be read here, is looked up by itself."""
    # The same event may come several times on a page; what was said last holds.
    items = list({item.event_id: item for item in items}.values())
    wanted = _to_look_up(session, run, items)
    noted.note_events(session, run.row.id, list(wanted), NoteSource.DELTA, run.now())
    told = [item for item in items if item.event_id not in wanted]
    observations = [seen for item in told if (seen := observation_of(item, run.markers))]
    removed = [item.event_id for item in items if isinstance(item, RemovedEvent)]
    if removed:
        unlinked_copies.forget(session, run.row.id, removed)
    this = run.this(was_pushed=False)
    settled = settle(session, run.tools.crm, run.row.id, observations, run.policy, this)
    run.add(session, settled)
    note_writes(session, run.row.id, settled, this)
    _mark_seen(session, run, items)
    run.covered |= {event_id_of(observation) for observation in observations}


def _to_look_up(session: Session, run: Progress, items: Sequence[DeltaItem]) -> set[str]:
    """The events of which a page is only a hint, as far as they are our business."""
    hints = [item.event_id for item in items if not isinstance(item, CalendarEvent)]
    wanted = set(links.find_links_by_events(session, run.row.id, hints))
    if run.policy.policy.capture is not Capture.LINKED:
        odd = (item.event_id for item in items if isinstance(item, UnreadableEvent))
        wanted |= {event_id for event_id in odd if event_id}
    return wanted


def _mark_seen(session: Session, run: Progress, items: Sequence[DeltaItem]) -> None:
    """A full round returned these, whether they can be carried over or not."""
    if run.epoch:
        ids = [item.event_id for item in items if not isinstance(item, RemovedEvent)]
        copies.mark_seen(session, run.row.id, ids, run.epoch)


def observation_of(item: DeltaItem, markers: Mapping[str, str] | None) -> Observation | None:
    """What a page shows of one event; None where it has to be looked at by itself."""
    match item:
        case CalendarEvent(kind=EventKind.SINGLE_INSTANCE):
            if markers is None:
                return Seen(item, knows_marker=False)
            marker = markers.get(item.event_id)
            return Seen(replace(item, marker=marker) if marker else item)
        case UnreadableEvent(event_id, why):
            return Unreadable(event_id, why)
    return None


def _id_of(item: DeltaItem) -> str:
    return item.event_id


def _store_cursor(session: Session, run: Progress, page: DeltaPage) -> None:
    # While there are more pages the round has not ended, whatever else the page names.
    mailboxes.save_mailbox(session, run.row.id, {"delta_link": page.next_link or page.delta_link})


def _finish_round(run: Progress, began_at: datetime, *, covers_noted: bool) -> None:
    """What the round brought up to date waits no more. Links that a full round should have returned are looked up."""
    now = run.now()
    with run.tools.database.transaction() as session:
        # Somebody else may have captured at the same moment what was passed over here.
        linked = unlinked_copies.take_linked(session, run.row.id)
        noted.note_events(session, run.row.id, linked, NoteSource.LINK, now)
        noted_outcomes.finish_covered(
            session, run.row.id, run.covered, began_at, waiting=covers_noted
        )
        if run.epoch or run.row.wants_delta:
            note_waiting(session, run)
        if run.epoch:
            row = mailboxes.get_mailbox(session, run.row.id)
            window = row.window_start or now, row.window_end or now
            unseen = copies.list_unseen_events(session, run.row.id, run.epoch, window)
            noted.note_events(session, run.row.id, unseen, NoteSource.DELTA, now)
        changes = {"reads_window": False, "next_delta_at": next_round_at(run.policy.policy, now)}
        mailboxes.save_mailbox(session, run.row.id, changes)
