"""What a POST answered, so that the same Idempotency-Key answers the same.

Kept for 24 hours as hashes, status and id or numbers; contents are read afresh when a request is repeated.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from psycopg.errors import LockNotAvailable
from sqlalchemy import CursorResult, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from liaison.clock import Clock
from liaison.db.session import Database
from liaison.db.tables import Table
from liaison.errors import Conflict, IdempotencyKeyReused

KEPT = timedelta(hours=24)


class IdempotencyRow(Table):
    """One answered request."""

    __tablename__ = "idempotency_keys"

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    body_hash: Mapped[bytes]
    status: Mapped[int]
    resource_id: Mapped[str | None]
    answered_at: Mapped[datetime] = mapped_column(index=True)


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered again: the HTTP status, and the id of what was made or by what else it is found."""

    status: int
    mark: str


@dataclass(frozen=True, slots=True)
class KeyedRequest:
    """A request under its key; `answer` is that of the first one, if there was one."""

    key_hash: bytes
    body_hash: bytes
    answer: Answer | None
    clock: Clock

    def remember(self, session: Session, status: int, mark: str = "") -> None:
        """Store the answer in the transaction of the work itself: both are there, or neither."""
        answer = {
            "body_hash": self.body_hash,
            "status": status,
            "resource_id": mark or None,
            "answered_at": self.clock.now(),
        }
        statement = insert(IdempotencyRow).values(key_hash=self.key_hash, **answer)
        # Replaces only an answer that is older than 24 hours: `answer` would be set otherwise.
        session.execute(statement.on_conflict_do_update(index_elements=["key_hash"], set_=answer))


class IdempotencyKeys:
    """The answers of the last 24 hours, per caller."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Answers are stored in `database` and age by `clock`."""
        self._database = database
        self._clock = clock

    @contextmanager
    def request(self, caller: str, operation: str, key: str, body: bytes) -> Iterator[KeyedRequest]:
        """Do the request within the block, unless it has an answer; the same one meanwhile waits.

        IdempotencyKeyReused: the key came with another body. Conflict: the first one takes too long.
        """
        key_hash = _hash(caller, operation, key)
        body_hash = hashlib.sha256(body).digest()
        with self._alone(key_hash):
            yield KeyedRequest(key_hash, body_hash, self._find(key_hash, body_hash), self._clock)

    def forget_old(self) -> int:
        """Delete the answers that are older than 24 hours; how many."""
        with self._database.transaction() as session:
            old = delete(IdempotencyRow).where(IdempotencyRow.answered_at <= self._expired_at())
            result = session.execute(old)
            return result.rowcount if isinstance(result, CursorResult) else 0

    def _find(self, key_hash: bytes, body_hash: bytes) -> Answer | None:
        with self._database.transaction() as session:
            row = session.scalar(
                select(IdempotencyRow).where(
                    IdempotencyRow.key_hash == key_hash,
                    IdempotencyRow.answered_at > self._expired_at(),
                )
            )
            if row is None:
                return None
            if row.body_hash != body_hash:
                raise IdempotencyKeyReused
            return Answer(row.status, row.resource_id or "")

    def _expired_at(self) -> datetime:
        return self._clock.now() - KEPT

    @contextmanager
    def _alone(self, key_hash: bytes) -> Iterator[None]:
        # A lock of the session, since the request may call Microsoft Graph while it holds it.
        lock = int.from_bytes(key_hash[:8], signed=True)
        with self._database.own_connection() as connection:
            try:
                connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": lock})
            except OperationalError as error:
                if not isinstance(error.orig, LockNotAvailable):
                    raise
                raise Conflict(
                    "The same request is still being worked on. Try again in a moment."
                ) from error
            yield


def _hash(*parts: str) -> bytes:
    # Lengths keep ("ab", "c") and ("a", "bc") apart.
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).digest()
