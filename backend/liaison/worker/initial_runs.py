"""What a worker does for an initial sync: plan it, carry it out, or apply its plan. One worker at a time per run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from liaison.calendar.initial_sync.applying import apply_plan
from liaison.calendar.initial_sync.model import InitialRun, PartOf, Phase, RunStatus
from liaison.calendar.initial_sync.planning import make_plan
from liaison.calendar.report import RunReport
from liaison.calendar.run import Extent
from liaison.calendar.stores import initial_runs, mailboxes
from liaison.calendar.tools import Tools
from liaison.worker.runs import run_mailbox

UNEXPECTED = "unexpected"
NEVER_FOLLOWED = "representative-inactive"

log = structlog.get_logger(__name__)


def go_on_with_initial_runs(tools: Tools) -> None:
    """Do what initial syncs wait for, one after the other. What another worker is at is left to it."""
    with tools.database.transaction() as session:
        waiting = initial_runs.list_waiting(session)
    for run_id in waiting:
        work_on(tools, run_id)


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who waits for the run. `tell`: how many decisions were taken. `came`: what came of a mailbox."""

    tell: Callable[[int], None]
    came: Callable[[UUID, RunReport | None], None]


def _unheard(_mailbox_id: UUID, _report: RunReport | None) -> None:
    """Nobody waits for the run; its row tells how far it is."""


NOBODY = Listener(lambda _count: None, _unheard)


def work_on(tools: Tools, run_id: UUID, listener: Listener = NOBODY) -> None:
    """Do what the run waits for. What a killed worker did not come to is done by the next one."""
    with tools.lease(run_id) as is_ours:
        if not is_ours:
            return
        with tools.database.transaction() as session:
            run = initial_runs.find_run(session, run_id)
        if run is None or run.phase is None:
            return
        try:
            _work(tools, run, listener)
        except OperationalError:
            # The database went away: the run waits as before.
            raise
        except Exception:
            _finish(tools, run, UNEXPECTED)
            raise


def _work(tools: Tools, run: InitialRun, listener: Listener) -> None:
    if run.phase is Phase.PLAN:
        make_plan(tools, run, lambda mailbox_id: listener.came(mailbox_id, None))
        return
    with tools.database.transaction() as session:
        waiting = [one for one in initial_runs.list_mailboxes(session, run.id) if not one.is_done]
    is_busy = False
    for one in waiting:
        report = _step(tools, run, one.mailbox_id, listener)
        listener.came(one.mailbox_id, report)
        is_busy = is_busy or report is None
        if report is not None:
            _note(tools, run, one.mailbox_id, report)
            # Ordinary runs waited for the plan.
            tools.wake(one.mailbox_id)
    # A mailbox at which another worker is comes later.
    if not is_busy:
        _finish(tools, run, _error_of(tools, run))


def _step(tools: Tools, run: InitialRun, mailbox_id: UUID, listener: Listener) -> RunReport | None:
    with tools.database.transaction() as session:
        if mailboxes.find_mailbox(session, mailbox_id) is None:
            return RunReport(run.id, {}, NEVER_FOLLOWED)
    if run.phase is Phase.APPLY:
        return apply_plan(tools, run, mailbox_id)
    with tools.database.transaction() as session:
        present = initial_runs.find_run(session, run.id) or run
    part_of = PartOf(run.id, present.outsiders)
    return run_mailbox(
        tools, mailbox_id, extent=Extent.INITIAL, tell=listener.tell, part_of=part_of
    )


def _note(tools: Tools, run: InitialRun, mailbox_id: UUID, report: RunReport) -> None:
    """A run that is carried out counts what was decided; one that is applied keeps the numbers of its plan."""
    with tools.database.transaction() as session:
        initial_runs.finish_mailbox(session, run.id, mailbox_id, report.stopped_by)
        present = initial_runs.find_run(session, run.id, lock=True)
        initial_runs.save_run(session, run.id, done=initial_runs.count_done(session, run.id))
        if present and not run.dry_run:
            counted = Counter(present.counts) + Counter(report.counts)
            people = present.people + len(report.mailed.people)
            outsiders = present.outsiders + len(report.mailed.outsiders)
            changes = {"counts": dict(counted), "people": people, "outsiders": outsiders}
            initial_runs.save_run(session, run.id, **changes)


def _error_of(tools: Tools, run: InitialRun) -> str | None:
    with tools.database.transaction() as session:
        found = initial_runs.list_mailboxes(session, run.id)
    return next((one.error for one in found if one.error), None)


def _finish(tools: Tools, run: InitialRun, error: str | None) -> None:
    with tools.database.transaction() as session:
        initial_runs.release(session, run.id)
        initial_runs.save_run(
            session,
            run.id,
            status=RunStatus.FAILED if error else RunStatus.DONE,
            phase=None,
            error=error,
            finished_at=tools.clock.now(),
        )
