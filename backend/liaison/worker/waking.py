"""Has workers look at mailboxes soon: one waiting job per mailbox, whoever asks and however often."""

from __future__ import annotations

import threading
from uuid import UUID

import psycopg
import structlog
from psycopg_pool import ConnectionPool, PoolTimeout

from liaison.db.connections import queue_conninfo, require_open

SYNC_MAILBOX = "sync-mailbox"
INITIAL_RUN = "initial-run"
PATIENCE_SECONDS = 5.0

# A job that waits already will see what was noted, so it is enough; the queue's own way of putting jobs in refuses
# all of them where one waits. In the order given, since workers take the first first.
_PUT_IN = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args)
    SELECT 'default', %(task)s, 'mailbox/' || mailbox_id,
           jsonb_build_object('mailbox_id', mailbox_id)
    FROM unnest(%(mailbox_ids)s::uuid[]) WITH ORDINALITY AS woken (mailbox_id, place)
    ORDER BY place
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
"""
_BEGIN = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, args)
    VALUES ('default', %(task)s, 'initial-run/' || %(run_id)s::text,
            jsonb_build_object('run_id', %(run_id)s::text))
    ON CONFLICT (queueing_lock) WHERE status = 'todo' DO NOTHING
"""
# Two that put many in, each in another order, would wait for each other.
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(7254883002)"

log = structlog.get_logger(__name__)


class Waker:
    """Puts jobs into the queue. A failure is only logged: the mailbox row says that it is due, and the sweep finds it."""

    def __init__(self, conninfo: str) -> None:
        """`conninfo` as libpq reads it; connected at the first use, so that a forked web server has connections of its own."""
        self._pool = ConnectionPool(
            queue_conninfo(conninfo), min_size=1, max_size=4, timeout=PATIENCE_SECONDS, open=False,
            check=require_open, kwargs={"autocommit": True},
        )  # fmt: skip
        self._opening = threading.Lock()
        self._is_open = False

    def wake(self, *mailbox_ids: UUID) -> None:
        """Ask for a run over each of these mailboxes. Called after the commit of what it should see."""
        if not mailbox_ids:
            return
        try:
            self._put_in(list(mailbox_ids))
        except (psycopg.Error, PoolTimeout) as error:
            log.warning("wake-failed", mailboxes=len(mailbox_ids), error=type(error).__name__)

    def begin_run(self, initial_run_id: UUID) -> None:
        """Ask for a worker for this initial sync. Called after the commit of what it should do."""
        try:
            self._open()
            with self._pool.connection() as connection:
                connection.execute(_BEGIN, {"task": INITIAL_RUN, "run_id": initial_run_id})
        except (psycopg.Error, PoolTimeout) as error:
            log.warning("wake-failed", error=type(error).__name__)

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def _put_in(self, mailbox_ids: list[UUID]) -> None:
        self._open()
        woken = {"task": SYNC_MAILBOX, "mailbox_ids": mailbox_ids}
        with self._pool.connection() as connection:
            if len(mailbox_ids) == 1:
                connection.execute(_PUT_IN, woken)
                return
            with connection.transaction():
                connection.execute(_ONE_AT_A_TIME)
                connection.execute(_PUT_IN, woken)

    def _open(self) -> None:
        with self._opening:
            if not self._is_open:
                self._pool.open()
                self._is_open = True
