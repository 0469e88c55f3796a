"""The database: the only place that commits, and the one that wakes workers after it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import orjson
import structlog
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

AFTER_COMMIT = "after_commit"

# Nothing of ours takes this long: a statement that does holds others up, or waits for a lost lock.
SESSION_SETTINGS = (
    "-c statement_timeout=60s -c lock_timeout=20s"
    " -c idle_in_transaction_session_timeout=120s -c timezone=UTC"
)
CONNECTION = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "application_name": "liaison",
}

log = structlog.get_logger(__name__)


class Database:
    """One PostgreSQL database. Transactions are short, one per thread, and never span a network call."""

    def __init__(self, url: str, *, pool_size: int = 10) -> None:
        """`url` as libpq or SQLAlchemy writes it; nothing is connected yet."""
        self.url = url
        self.engine = create_database_engine(url, pool_size=pool_size)
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
        """A connection outside the pool, each statement by itself, closed at the end.

        For what belongs to a connection rather than to a transaction: session advisory locks. Being
        open, it is no transaction, so the network may be used meanwhile.
        """
        with self.engine.connect() as pooled:
            connection = pooled.execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            yield connection

    @property
    def conninfo(self) -> str:
        """The address as libpq (psycopg, procrastinate) reads it."""
        return libpq_url(self.url)

    def close(self) -> None:
        """Close the pool's connections."""
        self.engine.dispose()


def after_commit(session: Session, call: Callable[[], object]) -> None:
    """Call this once the session's transaction is committed, and never if it is rolled back.

    For waking workers: a failing call is logged and forgotten, the sweep finds what is due.
    """
    session.info.setdefault(AFTER_COMMIT, []).append(call)


def create_database_engine(url: str, *, pool_size: int = 10) -> Engine:
    """An engine that survives restarts of the server and gives up on hopeless statements."""
    return create_engine(
        _sqlalchemy_url(url),
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_pre_ping=True,
        hide_parameters=True,  # errors are logged, and parameters hold what people wrote
        connect_args=_connect_args(make_url(url)),
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
    )


def libpq_url(url: str) -> str:
    """The same address without SQLAlchemy's driver name."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def _sqlalchemy_url(url: str) -> URL:
    return make_url(url).set(drivername="postgresql+psycopg")


def _connect_args(url: URL) -> dict[str, Any]:
    """Ours, except where the address says otherwise."""
    given = url.query
    options = f"{SESSION_SETTINGS} {given.get('options', '')}".strip()
    return {name: value for name, value in CONNECTION.items() if name not in given} | {
        "options": options
    }


def _to_json(value: object) -> str:
    return orjson.dumps(value).decode()


def _call_after_commit(session: Session) -> None:
    for call in session.info.pop(AFTER_COMMIT, []):
        try:
            call()
        except Exception as error:  # noqa: BLE001 - the work is committed; the sweep wakes what is due
            log.warning("after-commit-failed", error=type(error).__name__)
