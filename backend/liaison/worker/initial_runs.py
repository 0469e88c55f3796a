"""What a worker does for an initial sync: plan it, carry it out, or apply its plan. One worker at a time per run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import structlog
from sqlalchemy.exc import OperationalError

from liaison.calendar.initial_sync.applying import apply_plan
from liaison.calendar.initial_sync.model import InitialRun, PartOf, Phase, RunStatus
from liaison.calendar.initial_sync.planning import make_plan
from liaison.calendar.report import RunReport
from liaison.calendar.rules.mail_budget import NOBODY as NOBODY_MAILED
from liaison.calendar.rules.mail_budget import Mailing, is_too_much, together
from liaison.calendar.run import Extent
from liaison.calendar.stores import initial_runs, mailboxes
from liaison.calendar.tools import Tools
from liaison.db.installation import installation_key
from liaison.errors import Throttled
from liaison.policy.store import read_policy
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
        found = initial_runs.list_mailboxes(session, run.id)
    waiting = [one.mailbox_id for one in found if not one.is_done]
    go = _apply_all if run.phase is Phase.APPLY else _carry_out_all
    # A mailbox at which another worker is comes later.
    if not go(tools, run, waiting, listener):
        _finish(tools, run, _error_of(tools, run))


def _apply_all(tools: Tools, run: InitialRun, waiting: Sequence[UUID], listener: Listener) -> bool:
    """Whether another worker is at one of them, or Microsoft 365 asks to wait; then the plan goes on by itself."""
    is_busy = False
    for mailbox_id in waiting:
        report = _unless_known(tools, run, mailbox_id) or apply_plan(tools, run, mailbox_id)
        if report is not None and report.stopped_by == Throttled.code:
            report = None
        is_busy |= not _end(tools, run, mailbox_id, report, listener)
    return is_busy


def _carry_out_all(
    tools: Tools, run: InitialRun, waiting: Sequence[UUID], listener: Listener
) -> bool:
    """All are read before anybody is mailed, since what they mail is together one action. Whether another worker is at one."""
    gathered: dict[UUID, RunReport] = {}
    is_busy = False
    for mailbox_id in waiting:
        report = _unless_known(tools, run, mailbox_id) or _read(tools, run, mailbox_id, listener)
        if report is not None and report.gathered.people:
            gathered[mailbox_id] = report
        else:
            is_busy |= not _end(tools, run, mailbox_id, report, listener)
    return _send_all(tools, run, gathered, listener) or is_busy


def _read(tools: Tools, run: InitialRun, mailbox_id: UUID, listener: Listener) -> RunReport | None:
    part_of = PartOf(run.id, gathers=True)
    return run_mailbox(
        tools, mailbox_id, extent=Extent.INITIAL, tell=listener.tell, part_of=part_of
    )


def _send_all(
    tools: Tools, run: InitialRun, gathered: Mapping[UUID, RunReport], listener: Listener
) -> bool:
    """Each sends what it gathered, or has it held, as all of it together decides."""
    part_of = PartOf(run.id, _announce(tools, run, [one.gathered for one in gathered.values()]))
    is_busy = False
    for mailbox_id, first in gathered.items():
        report = run_mailbox(tools, mailbox_id, tell=listener.tell, part_of=part_of)
        if report is not None:
            report = replace(report, counts=Counter(first.counts) + Counter(report.counts))
        is_busy |= not _end(tools, run, mailbox_id, report, listener)
    return is_busy


def _announce(tools: Tools, run: InitialRun, gathered: Sequence[Mailing]) -> frozenset[str]:
    """Whom outside the run mails in all, disguised. Stored before anybody is mailed, should this worker be killed."""
    with tools.database.transaction() as session:
        new = together(gathered).disguised(installation_key(session))
        present = initial_runs.find_run(session, run.id, lock=True)
        outsiders = together([present.mailed if present else NOBODY_MAILED, new]).outsiders
        if not is_too_much(len(outsiders), read_policy(session).policy):
            initial_runs.add_mailed(session, run.id, new)
    return outsiders


def _unless_known(tools: Tools, run: InitialRun, mailbox_id: UUID) -> RunReport | None:
    with tools.database.transaction() as session:
        is_known = mailboxes.find_mailbox(session, mailbox_id) is not None
    return None if is_known else RunReport(run.id, {}, NEVER_FOLLOWED)


def _end(
    tools: Tools, run: InitialRun, mailbox_id: UUID, report: RunReport | None, listener: Listener
) -> bool:
    """Whether this mailbox is done with; None: another worker is at it."""
    listener.came(mailbox_id, report)
    if report is None:
        return False
    _note(tools, run, mailbox_id, report)
    # Ordinary runs waited for this one.
    tools.wake(mailbox_id)
    return True


def _note(tools: Tools, run: InitialRun, mailbox_id: UUID, report: RunReport) -> None:
    """A run that is carried out counts what was decided; one that is applied keeps the numbers of its plan."""
    with tools.database.transaction() as session:
        initial_runs.finish_mailbox(session, run.id, mailbox_id, report.stopped_by)
        present = initial_runs.find_run(session, run.id, lock=True)
        initial_runs.save_run(session, run.id, done=initial_runs.count_done(session, run.id))
        if present and not run.dry_run:
            counted = Counter(present.counts) + Counter(report.counts)
            initial_runs.save_run(session, run.id, counts=dict(counted))
            mailed = report.mailed.disguised(installation_key(session))
            initial_runs.add_mailed(session, run.id, mailed)


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
            mailed=NOBODY_MAILED,
            error=error,
            finished_at=tools.clock.now(),
        )
