"""One worker at a time per mailbox: a session advisory lock on a connection of the run's own.

PostgreSQL lets it go in the moment in which a killed worker's connection ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from uuid import UUID

from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from liaison.db.session import Database

_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_GIVE_BACK = text("SELECT pg_advisory_unlock(:key)")


def lease(database: Database) -> Callable[[UUID], AbstractContextManager[bool]]:
    """Enters with True for one run at a time per mailbox, over all processes and machines."""

    @contextmanager
    def lease_of(mailbox_id: UUID) -> Iterator[bool]:
        key = {"key": _key(mailbox_id)}
        with database.own_connection() as connection:
            is_ours = bool(connection.execute(_TAKE, key).scalar())
            try:
                yield is_ours
            finally:
                if is_ours:
                    _give_back(connection, key)

    return lease_of


def _give_back(connection: Connection, key: dict[str, int]) -> None:
    """Said aloud: the server notices a closed connection only a moment later, and a run may be wanted in that moment."""
    with suppress(SQLAlchemyError):  # then the connection is gone, and the lock with it
        connection.execute(_GIVE_BACK, key)


def _key(mailbox_id: UUID) -> int:
    name = f"liaison-lease/{mailbox_id}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True)
