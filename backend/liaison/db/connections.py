"""How the database is connected: engines that survive its restarts and give up on hopeless statements."""

from __future__ import annotations

import select
from typing import Any

import orjson
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool
from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import InvalidatePoolError

from liaison.db.copying import copy_given

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
# As many session locks as are usually held at a time; more are connected for as long as they are needed.
LOCKS_KEPT_OPEN = 4


def create_database_engine(url: str, *, pool_size: int = 10, **more: Any) -> Engine:
    """An engine that survives restarts of the server and gives up on hopeless statements."""
    engine = create_engine(
        _sqlalchemy_url(url),
        **{"pool_size": pool_size, "max_overflow": pool_size} | more,
        hide_parameters=True,  # errors are logged, and parameters hold what people wrote
        connect_args=_connect_args(make_url(url)),
        json_serializer=_to_json,
        json_deserializer=orjson.loads,
    )
    event.listen(engine, "checkout", _replace_if_closed)
    event.listen(engine, "do_execute", copy_given)
    return engine


def create_lock_engine(url: str) -> Engine:
    """An engine for session advisory locks: any number at a time, and none is left when a connection is given back."""
    engine = create_database_engine(
        url, pool_size=LOCKS_KEPT_OPEN, max_overflow=-1, isolation_level="AUTOCOMMIT"
    )
    event.listen(engine, "reset", _unlock_all)
    return engine


def libpq_url(url: str) -> str:
    """The same address without SQLAlchemy's driver name."""
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


def queue_conninfo(conninfo: str) -> str:
    """The same address for the queue. What the server forgets of it when it crashes, the sweep finds in the mailbox rows;
    so nobody waits until a wake-up is on the disk.
    """
    options = conninfo_to_dict(conninfo).get("options") or ""
    return make_conninfo(
        conninfo,
        application_name="liaison queue",
        options=f"{options} -c synchronous_commit=off".strip(),
    )


def require_open(connection: psycopg.Connection[Any]) -> None:
    """Raises `psycopg.OperationalError` where the server has ended the connection.

    It is asked only where something came that nobody read, as the end does: asking before each use took longer than
    many a statement.
    """
    unread = select.poll()
    unread.register(connection.fileno(), select.POLLIN)
    if unread.poll(0):
        ConnectionPool.check_connection(connection)


def _replace_if_closed(connection: psycopg.Connection[Any], *_: object) -> None:
    try:
        require_open(connection)
    except psycopg.OperationalError as error:
        raise InvalidatePoolError from error


def _unlock_all(connection: psycopg.Connection[Any], *_: object) -> None:
    try:
        connection.execute("SELECT pg_advisory_unlock_all()")
    except psycopg.Error:
        connection.close()  # and the locks with it


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
