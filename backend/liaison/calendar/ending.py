"""How a run ends, and when the mailbox is due again. Nothing noted is forgotten, whatever stopped the run."""

from __future__ import annotations

from datetime import datetime, timedelta
from logging import ERROR, INFO
from typing import Any

import structlog
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from liaison.calendar.freezing import freeze_mailbox
from liaison.calendar.model import FrozenReason
from liaison.calendar.progress import Progress
from liaison.calendar.report import RunReport
from liaison.calendar.rules.failures import judge_failure
from liaison.calendar.rules.mail_budget import together
from liaison.calendar.rules.run_level import freeze_cause
from liaison.calendar.rules.schedule import next_round_at
from liaison.calendar.stores import (
    change_ages,
    decisions,
    mailboxes,
    noted,
    reconciles,
    runs,
)
from liaison.errors import GatewayError, MailboxUnavailable, Throttled
from liaison.reasons import registry

# Unlicensed or moved mailboxes come back within hours; looking more often helps nobody.
UNAVAILABLE_RETRY = timedelta(minutes=15)

log = structlog.get_logger(__name__)


def succeeded(run: Progress) -> RunReport:
    """Everything was looked at; what failed by itself waits as a noted item."""
    now = run.now()
    with run.tools.database.transaction() as session:
        changes = {"attempts": 0, "last_success_at": now, "last_error": None}
        _end(session, run, "done", changes, _next_due(session, run))
    log.info("run-done", mailbox=str(run.row.id), run=str(run.id), **run.counts)
    left = together(one for later in run.deferred for one in later.mailings.values())
    return RunReport(run.id, dict(run.counts), mailed=run.mailed, gathered=left)


def stopped(run: Progress, obstacle: str) -> RunReport:
    """A rule of the run level forbids it. Losing a representative freezes links; a locked sync user is an error."""
    now = run.now()
    cause = freeze_cause(obstacle)
    is_locked = obstacle == "sync-user-locked"
    with run.tools.database.transaction() as session:
        if cause:
            _freeze(session, run, cause)
        if is_locked:
            entry = run.this().entry(obstacle, "stop-run", mailbox_id=run.row.id)
            decisions.log_decisions(session, [entry])
        due_at = next_round_at(run.policy.policy, now) if is_locked else None
        changes = {"due_at": due_at, "last_run_at": now, "last_error": obstacle}
        mailboxes.save_mailbox(session, run.row.id, changes)
    log.log(ERROR if is_locked else INFO, "run-stopped", mailbox=str(run.row.id), reason=obstacle)
    return RunReport(run.id, {obstacle: 1}, obstacle, registry.get_reason(obstacle).means)


def waiting(run: Progress) -> RunReport:
    """Microsoft 365 named a time, which has not come; the mailbox is due then, as it was."""
    too_early = Throttled()
    return RunReport(run.id, {}, too_early.code, too_early.sentence)


def unavailable(run: Progress, error: MailboxUnavailable) -> RunReport:
    """The mailbox as a whole cannot be read: its links are frozen, nothing is removed, and it is tried again."""
    now = run.now()
    with run.tools.database.transaction() as session:
        _freeze(session, run, FrozenReason.MAILBOX_UNAVAILABLE)
        since = run.row.unavailable_since or now
        if run.row.unavailable_since is None:
            entry = run.this().entry(error.code, "freeze-link", mailbox_id=run.row.id)
            decisions.log_decisions(session, [entry])
        changes = {"is_followed": False, "unavailable_since": since}
        changes |= _failure(run, error)
        _end(session, run, error.code, changes, now + UNAVAILABLE_RETRY)
    log.warning("run-failed", mailbox=str(run.row.id), error=error.code)
    return RunReport(run.id, dict(run.counts), error.code, error.sentence)


def postponed(run: Progress, error: GatewayError) -> RunReport:
    """Microsoft 365 throttles or cannot be reached: the mailbox waits as long as it asked, or backs off."""
    attempts = run.row.attempts + 1
    policy = run.policy.policy
    # A mailbox is never given up, so its attempts never run out.
    counted = min(attempts, policy.max_attempts - 1)
    failure = judge_failure(error, counted, policy, run.now(), run.tools.jitter())
    at = failure.next_at or next_round_at(policy, run.now())
    with run.tools.database.transaction() as session:
        _end(session, run, error.code, _failure(run, error), at)
    log.warning("run-failed", mailbox=str(run.row.id), error=error.code, until=at.isoformat())
    return RunReport(run.id, dict(run.counts), error.code, error.sentence)


def interrupted(run: Progress, error: OperationalError) -> RunReport:
    """The database went away. The mailbox is still due: it was not told otherwise."""
    log.warning("run-interrupted", mailbox=str(run.row.id), error=type(error.orig).__name__)
    return RunReport(run.id, dict(run.counts), "interrupted", "The database could not be reached.")


def _freeze(session: Session, run: Progress, because: FrozenReason) -> None:
    mailboxes.save_mailbox(session, run.row.id, {"is_followed": False})
    for mailbox_id in freeze_mailbox(session, run.row.id, because, run.this()):
        run.tools.wake_after_commit(session, mailbox_id)


def _failure(run: Progress, error: GatewayError) -> dict[str, Any]:
    return {"attempts": run.row.attempts + 1, "last_error": error.code}


def _end(
    session: Session, run: Progress, outcome: str, changes: dict[str, Any], due_at: datetime
) -> None:
    times = {"due_at": due_at, "last_run_at": run.now()}
    mailboxes.save_mailbox(session, run.row.id, changes | times)
    runs.end_run(session, run.id, run.now(), outcome, run.counts)
    change_ages.count_ages(session, run.ages)


def _next_due(session: Session, run: Progress) -> datetime:
    """The earliest of: next noted item, next round, next reconcile, renewal. The row is locked, so that no hint slips in between."""
    row = mailboxes.get_mailbox(session, run.row.id, lock=True)
    if row.wants_delta:
        return run.now()
    waiting = noted.next_due_at(session, run.row.id)
    round_at = row.next_delta_at or next_round_at(run.policy.policy, run.now())
    proof = reconciles.find_reconcile(session, run.row.id)
    times = [waiting, round_at, proof.next_at if proof else None, row.subscription_renew_at]
    return min(at for at in times if at is not None)
