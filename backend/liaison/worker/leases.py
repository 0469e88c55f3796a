"""One worker at a time per mailbox: a session advisory lock on a connection of the run's own.

PostgreSQL lets it go in the moment in which a killed worker's connection ends.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from uuid import UUID

from sqlalchemy import text

from liaison.db.session import Database

_TAKE = text("SELECT pg_try_advisory_lock(:key)")


def lease(database: Database) -> Callable[[UUID], AbstractContextManager[bool]]:
    """Enters with True for one run at a time per mailbox, over all processes and machines."""

    @contextmanager
    def lease_of(mailbox_id: UUID) -> Iterator[bool]:
        with database.own_connection() as connection:
            yield bool(connection.execute(_TAKE, {"key": _key(mailbox_id)}).scalar())

    return lease_of


def _key(mailbox_id: UUID) -> int:
    name = f"liaison-lease/{mailbox_id}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=8).digest(), signed=True)
