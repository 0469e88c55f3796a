"""What nobody was woken for: mailboxes that are due, and what has been kept long enough."""

from __future__ import annotations

from datetime import timedelta

from liaison.calendar.crm_changes import note_crm_changes
from liaison.calendar.stores import decisions, holds, initial_runs, mailboxes, runs
from liaison.calendar.tools import Tools
from liaison.db.idempotency import IdempotencyKeys
from liaison.policy.store import read_policy
from liaison.worker.heartbeats import forget_dead_workers

# The longest waiting first; the next sweep wakes the others.
AT_ONCE = 500


def wake_due_mailboxes(tools: Tools) -> None:
    """Wake a worker for each mailbox that is due: by its interval, a retry, a renewal, or after a lost wake-up."""
    with tools.database.transaction() as session:
        due = mailboxes.list_due_mailboxes(session, tools.clock.now(), AT_ONCE)
    tools.wake(*due)


def note_left_over_changes(tools: Tools) -> None:
    """Note what was changed in the CRM without anybody noting it in that moment, as another program's change."""
    with tools.database.transaction() as session:
        note_crm_changes(session, tools)


def forget_old(tools: Tools) -> None:
    """Erase decisions, runs and settled holds that retention does not keep, answers to repeated requests, workers long dead."""
    now = tools.clock.now()
    with tools.database.transaction() as session:
        before = now - timedelta(days=read_policy(session).policy.log_retention_days)
        decisions.erase_older_than(session, before)
        runs.erase_older_than(session, before)
        initial_runs.erase_older_than(session, before)
        holds.erase_older_than(session, before)
        forget_dead_workers(session, now)
    IdempotencyKeys(tools.database, tools.clock).forget_old()
