"""The database: the only place that commits, and the one that wakes workers after it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from liaison.db.connections import create_database_engine, create_lock_engine, libpq_url

AFTER_COMMIT = "after_commit"

log = structlog.get_logger(__name__)


class Database:
    """One PostgreSQL database. Transactions are short, one per thread, and never span a network call."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """`url` as libpq or SQLAlchemy writes it; nothing is connected yet."""
        self.url = url
        self.engine = create_database_engine(url, pool_size=pool_size)
        self._locks = create_lock_engine(url)
        self._thread = threading.local()

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit at the end, roll back on any exception; then call what was given to `after_commit`.

        Not nested: a second transaction in the thread would see nothing of the first and could wait
        for it for ever. Hand the session on instead.
        """
        if self.in_transaction():
            raise RuntimeError("This thread has a transaction already. Hand its session on.")
        self._thread.open = True
        try:
            with Session(self.engine, expire_on_commit=False) as session, session.begin():
                yield session
        finally:
            self._thread.open = False
        _call_after_commit(session)

    @contextmanager
    def rehearsal(self) -> Iterator[Session]:
        """A transaction of which nothing stays: it is rolled back at the end, and nobody is woken."""
        if self.in_transaction():
            raise RuntimeError("This thread has a transaction already. Hand its session on.")
        self._thread.open = True
        try:
            with Session(self.engine, expire_on_commit=False) as session:
                yield session
                session.rollback()
        finally:
            self._thread.open = False

    def in_transaction(self) -> bool:
        """Whether this thread has a transaction open; the gateways to other systems refuse then."""
        return getattr(self._thread, "open", False)

    @contextmanager
    def own_connection(self) -> Iterator[Connection]:
        """A connection beside those of transactions, each statement by itself; its session locks end with the block.

        For what belongs to a connection rather than to a transaction: session advisory locks. Being
        open, it is no transaction, so the network may be used meanwhile.
        """
        with self._locks.connect() as connection:
            yield connection

    @property
    def conninfo(self) -> str:
        """The address as libpq (psycopg, procrastinate) reads it."""
        return libpq_url(self.url)

    def close(self) -> None:
        """Close the connections that nobody uses."""
        self.engine.dispose()
        self._locks.dispose()


def after_commit(session: Session, call: Callable[[], object]) -> None:
    """Call this once the session's transaction is committed, and never if it is rolled back.

    For waking workers: a failing call is logged and forgotten, the sweep finds what is due.
    """
    session.info.setdefault(AFTER_COMMIT, []).append(call)


def _call_after_commit(session: Session) -> None:
    for call in session.info.pop(AFTER_COMMIT, []):
        try:
            call()
        except Exception as error:  # noqa: BLE001 - the work is committed; the sweep wakes what is due
            log.warning("after-commit-failed", error=type(error).__name__)
