"""Carries a plan out in one mailbox: each item is looked at again, and what is not decided as planned is left out.

No cursor moves: what the plan does not name is for the ordinary runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar import ending
from liaison.calendar.initial_sync.model import InitialRun, ItemState, PartOf
from liaison.calendar.initial_sync.play import print_of
from liaison.calendar.initial_sync.reading import Reading, pages_of
from liaison.calendar.initial_sync.rehearsal import foresee_event
from liaison.calendar.initial_sync.stock import STALE, take_stock
from liaison.calendar.initial_sync.twin_links import Twins, true_twins
from liaison.calendar.items import look_at_item, send_deferred
from liaison.calendar.mail_guard import REQUESTS, hold
from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.outgoing import is_outgoing
from liaison.calendar.passes import Decided
from liaison.calendar.progress import Progress
from liaison.calendar.report import RunReport
from liaison.calendar.rounds import observation_of
from liaison.calendar.rules.mail_budget import is_too_much
from liaison.calendar.rules.situation import Observation
from liaison.calendar.run import begin, come_back
from liaison.calendar.settle import Settled, settle
from liaison.calendar.stores import noted, noted_outcomes, plan_items, runs
from liaison.calendar.stores.plan_items import StoredItem
from liaison.calendar.tools import Tools
from liaison.calendar.writing import note_writes
from liaison.errors import GatewayError, Throttled
from liaison.outlook.model import DeltaPage
from liaison.telemetry import tracing

log = structlog.get_logger(__name__)


@dataclass
class _Application:
    """The plan for one mailbox as far as it is carried out. `heard`: what the present transaction decided."""

    run: Progress
    items: Mapping[str, StoredItem]
    twins: Twins = field(default_factory=Twins)
    done: set[str] = field(default_factory=set)
    heard: set[str] = field(default_factory=set)

    def permits(self, pair: Decided) -> bool:
        """What was planned or chosen, and what Outlook answers to what we wrote."""
        if pair[0].written is not None or self.twins.brings(pair):
            return True
        if self.twins.concerns(pair):
            return self.twins.links(pair, self.items)
        return print_of(pair) in self.items

    def hear(self, decided: Sequence[Decided]) -> None:
        marks = {print_of(pair) for pair in decided}
        self.heard |= {mark for mark in marks if mark and mark in self.items}
        self.heard |= self.twins.marks_of(decided)

    def events(self) -> set[str]:
        return {stored.item.event_id for stored in self.items.values()}


def apply_plan(tools: Tools, plan: InitialRun, mailbox_id: UUID) -> RunReport | None:
    """Carry out what is planned for this mailbox; None when another worker is at it."""
    with tools.lease(mailbox_id) as is_ours, tracing():
        if not is_ours:
            return None
        run, obstacle = begin(tools, mailbox_id, PartOf(plan.id), is_in_background=False)
        if obstacle is not None:
            # Nothing of this mailbox is carried out; the plan may be applied again.
            return RunReport(plan.id, {}, obstacle)
        if run.policy.policy != plan.policy:
            return _ended(run, STALE, None)
        with tools.database.transaction() as session:
            items = plan_items.list_to_apply(session, plan.id, mailbox_id)
        application = _Application(run, items)
        run.permits, run.hear = application.permits, application.hear
        run.is_admitted = not is_too_much(plan.outsiders, run.policy.policy)
        try:
            come_back(run)
            _apply(application, plan)
        except Throttled as error:
            # It goes on at the time that Microsoft 365 named.
            return ending.postponed(run, error)
        except GatewayError as error:
            return _ended(run, error.code, error.sentence)
        return _ended(run, None, None)


def _apply(application: _Application, plan: InitialRun) -> None:
    run = application.run
    application.twins = true_twins(run, application.items)
    run.chosen = application.twins.chosen
    if plan.window_start and plan.window_end and application.items:
        reading = Reading(run)
        for page in pages_of(reading, (plan.window_start, plan.window_end)):
            _settle_page(application, page)
        run.knows_window = True
    for event_id in _to_look_at(application):
        _look_at(application, event_id)
    _send(application, plan)
    take_stock(run, plan.id, application.items, application.done)


def _settle_page(application: _Application, page: DeltaPage) -> None:
    run, wanted = application.run, application.events()
    seen = [
        observation
        for item in page.items
        if item.event_id in wanted and (observation := observation_of(item, run.markers))
    ]
    if seen and not _goes_well(application, seen):
        for one in seen:
            _goes_well(application, [one])


def _goes_well(application: _Application, seen: Sequence[Observation]) -> bool:
    """One bad event stops nobody else; it is left out."""
    try:
        _settle(application, seen)
    except OperationalError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever is wrong with one event
        log.warning("apply-failed", error=type(error).__name__, run=str(application.run.id))
        return False
    return True


def _settle(application: _Application, seen: Sequence[Observation]) -> Settled:
    run = application.run
    application.heard = set()
    this = run.this(was_pushed=False)
    with run.tools.database.transaction() as session:
        settled = settle(session, run.tools.crm, run.row.id, seen, run.policy, this)
        run.add(session, settled)
        note_writes(session, run.row.id, settled, this)
        _save(session, application, application.heard, ItemState.APPLIED)
    application.done |= application.heard
    return settled


def _to_look_at(application: _Application) -> list[str]:
    """The events of what no page brought, and of what is written to Outlook, in the order of the plan."""
    waiting = [
        stored.item.event_id
        for mark, stored in application.items.items()
        if not stored.is_linked and (mark not in application.done or stored.item.outlook)
    ]
    return list(dict.fromkeys(waiting))


def _look_at(application: _Application, event_id: str) -> None:
    """As a run looks at what is noted, held to the plan. Raises `GatewayError` for what concerns the mailbox as a whole."""
    run = application.run
    application.heard = set()
    item, was_noted = _noted(run, event_id)
    if is_outgoing(item):
        application.heard = _planned_departure(application, item)
    if application.heard or not is_outgoing(item):
        look_at_item(run, item)
    with run.tools.database.transaction() as session:
        _save(session, application, application.heard, ItemState.APPLIED)
        if not application.heard:
            _leave_noted(session, run, item, was_noted=was_noted)
    application.done |= application.heard


def _noted(run: Progress, event_id: str) -> tuple[NotedItem, bool]:
    """The item by which it is looked at, and whether it was noted before. What it sends is the plan's, whoever asked."""
    with run.tools.database.transaction() as session:
        known = noted.find_item(session, run.row.id, event_id)
        item = known or noted.note_event(session, run.row.id, event_id, run.now())
    if item.source in REQUESTS:
        return replace(item, source=NoteSource.RESUME), True
    return item, known is not None


def _planned_departure(application: _Application, item: NotedItem) -> set[str]:
    """The mark of the event that was planned, if it would be made in the same way now."""
    run = application.run
    with run.tools.database.rehearsal() as session:
        foreseen = foresee_event(session, run, item)
    mark = foreseen.fingerprint if foreseen else None
    return {mark} if mark and mark in application.items else set()


def _leave_noted(session: Session, run: Progress, item: NotedItem, *, was_noted: bool) -> None:
    """What is not as planned is decided by an ordinary run, if anything asked for that."""
    if was_noted:
        noted.note_events(session, run.row.id, [item.event_id], item.source, run.now())
    else:
        noted_outcomes.finish_item(session, item)


def _send(application: _Application, plan: InitialRun) -> None:
    """What the whole plan mails is one action: within the budget it is sent, else all of it waits."""
    run = application.run
    if not is_too_much(plan.outsiders, run.policy.policy):
        send_deferred(run)
        return
    later, run.deferred = run.deferred, []
    mailings = {key: one for each in later for key, one in each.mailings.items()}
    with run.tools.database.transaction() as session:
        if mailings:
            hold(session, run, f"run:{plan.id}", mailings)
        for one in later:
            noted_outcomes.finish_item(session, one.item)


def _save(
    session: Session, application: _Application, marks: Iterable[str], state: ItemState
) -> None:
    plan_items.save_state(session, [application.items[mark].id for mark in marks], state)


def _ended(run: Progress, error: str | None, sentence: str | None) -> RunReport:
    with run.tools.database.transaction() as session:
        runs.end_run(session, run.id, run.now(), error or "done", run.counts)
    return RunReport(run.id, dict(run.counts), error, sentence)
