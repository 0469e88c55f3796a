"""Looks at several noted items at once, and settles together those whose events are gone: removals come in numbers.

Only what notifications told of, what rounds reported, or what is looked at a second time. What people ask for, in the
pane or in the CRM, comes first, and each by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from itertools import groupby
from threading import Event

import structlog
from sqlalchemy.exc import OperationalError

from liaison.calendar.identity import ask_for_round
from liaison.calendar.labelling import to_be_labelled
from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.outgoing import is_outgoing
from liaison.calendar.progress import Progress
from liaison.calendar.rules.situation import NotFound, Observation, Seen
from liaison.calendar.settle import Settled, settle
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import copies, noted_outcomes
from liaison.calendar.stores.held_mails import SentOrNot, settle_mails

# As many calls as one mailbox has slots for runs.
IN_FLIGHT = 3
# Few enough that what was seen of the first is not old when the last is settled.
TOGETHER = 24
TOLD_OF = (NoteSource.NOTIFICATION, NoteSource.DELTA, NoteSource.RETRY)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Glance:
    """An item that is still to be settled; what was seen of its event, or what looking met with, if it was looked at."""

    item: NotedItem
    observation: Observation | None = None
    failure: Exception | None = None

    def take(self) -> Observation | None:
        """What was seen; None where nobody looked. Raises what looking met with."""
        if self.failure is not None:
            raise self.failure
        return self.observation


def take_in_turn(run: Progress, due: Sequence[NotedItem]) -> Iterator[Glance]:
    """The items that are still to be settled, in their order. What is gone of those told of is settled here."""
    linked = _find_linked(run, due)
    for (_, is_linked), items in groupby(due, lambda one: (one.source, one.event_id in linked)):
        if is_linked:
            yield from _take_together(run, list(items))
        else:
            yield from map(Glance, items)


def _find_linked(run: Progress, due: Iterable[NotedItem]) -> Collection[str]:
    """The events that are looked at together with others: told of, and linked, so that they are our business."""
    ids = [one.event_id for one in due if one.source in TOLD_OF and not is_outgoing(one)]
    if len(ids) <= 1:
        return ()
    with run.tools.database.transaction() as session:
        return copies.find_link_ids(session, run.row.id, ids)


def _take_together(run: Progress, items: Sequence[NotedItem]) -> Iterator[Glance]:
    for at in range(0, len(items), TOGETHER):
        glances = _look_at(run, items[at : at + TOGETHER])
        gone = [one for one in glances if one.observation and not isinstance(one.observation, Seen)]
        is_settled = len(gone) > 1 and _settle_together(run, gone)
        rest = [one for one in glances if not (is_settled and one in gone)]
        # What failed first: after some failures nothing more may be asked.
        yield from sorted(rest, key=lambda one: one.failure is None)


def _look_at(run: Progress, items: Sequence[NotedItem]) -> list[Glance]:
    """A glance at each; after a failure nothing more is asked, so that it is judged first."""
    has_failed = Event()

    def look(item: NotedItem) -> Glance:
        if has_failed.is_set():
            return Glance(item)
        try:
            return Glance(item, run.observer.observe(item.event_id, item.seen_absent_at))
        except Exception as failure:  # noqa: BLE001 - raised again where this item is settled
            has_failed.set()
            return Glance(item, failure=failure)

    with ThreadPoolExecutor(IN_FLIGHT, "look") as pool:
        return [
            each.result() for each in [pool.submit(copy_context().run, look, one) for one in items]
        ]


def _settle_together(run: Progress, gone: Sequence[Glance]) -> bool:
    """Whether it could be done; otherwise each is settled by itself, and the failing one alone waits."""
    this = run.this(was_pushed=gone[0].item.source is not NoteSource.DELTA)
    seen = [one.observation for one in gone if one.observation]
    try:
        with run.tools.database.transaction() as session:
            settled = settle(session, run.tools.crm, run.row.id, seen, run.policy, this)
            if settled.writes or to_be_labelled(settled):
                session.rollback()
                return False
            settle_mails(session, settled.activities, SentOrNot.GONE, this.now)
            noted_outcomes.finish_items(session, [one.item for one in gone])
            run.add(session, settled)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one item, the others go on
        log.warning("items-failed", error=type(error).__name__, run=str(run.id))
        return False
    _ask_about_strangers(run, seen, settled)
    return True


def _ask_about_strangers(run: Progress, seen: Iterable[Observation], settled: Settled) -> None:
    """Whose link was erased meanwhile."""
    known = {event_id_of(one.source) for one, _ in settled.decided if one.link}
    if any(isinstance(one, NotFound) and one.event_id not in known for one in seen):
        ask_for_round(run)
