"""How many calls may be in flight to one mailbox, over all processes and machines: Microsoft allows four.

A slot is a session advisory lock, so that PostgreSQL frees it at once when the process that has it dies. A session
may take the same lock again, so each process also remembers which ones its own connection has.
"""

from __future__ import annotations

import hashlib
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from liaison.errors import Throttled
from liaison.outlook.model import Mailbox

# Whose slots: those of runs, or those of people who wait in front of a screen.
Lane = Literal["worker", "web"]
SLOTS: dict[Lane, int] = {"worker": 3, "web": 1}
LONGEST_WAIT_SECONDS: dict[Lane, float] = {"worker": 30.0, "web": 10.0}
_FIRST_PAUSE, _LONGEST_PAUSE = 0.005, 0.1

_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_RELEASE = text("SELECT pg_advisory_unlock(:key)")


class MailboxSlots:
    """The slots of one lane, taken on one connection of this process."""

    def __init__(
        self,
        engine: Engine,
        lane: Lane,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        """Nothing is connected yet."""
        self._engine = engine
        self._lane = lane
        self._monotonic = monotonic
        self._pause = pause
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._taken: set[int] = set()

    @contextmanager
    def taken(self, mailbox: Mailbox) -> Iterator[None]:
        """Have a slot of this mailbox; `Throttled` when none gets free in time."""
        key = self._wait_for_one(mailbox)
        try:
            yield
        finally:
            self._release(key)

    def close(self) -> None:
        """Close the connection, and with it all slots."""
        with self._lock:
            self._forget_connection()

    def _wait_for_one(self, mailbox: Mailbox) -> int:
        until = self._monotonic() + LONGEST_WAIT_SECONDS[self._lane]
        pause = _FIRST_PAUSE
        while (key := self._try(mailbox)) is None:
            if self._monotonic() >= until:
                raise Throttled(retry_after=1.0)
            self._pause(pause * random.uniform(0.5, 1.0))  # noqa: S311 - spreads the waiting, hides nothing
            pause = min(pause * 2, _LONGEST_PAUSE)
        return key

    def _try(self, mailbox: Mailbox) -> int | None:
        with self._lock:
            for number in range(SLOTS[self._lane]):
                key = _key(mailbox, self._lane, number)
                if key not in self._taken and self._take(key):
                    self._taken.add(key)
                    return key
        return None

    def _take(self, key: int) -> bool:
        try:
            return self._execute(_TAKE, key)
        except OperationalError:
            return self._execute(
                _TAKE, key
            )  # the server was restarted: once more, on a new connection

    def _release(self, key: int) -> None:
        with self._lock:
            if key not in self._taken:  # its connection was lost, and the lock with it
                return
            self._taken.discard(key)
            with suppress(SQLAlchemyError):  # then the connection is gone, and the lock with it
                self._execute(_RELEASE, key)

    def _execute(self, statement: TextClause, key: int) -> bool:
        try:
            return bool(self._connected().execute(statement, {"key": key}).scalar())
        except SQLAlchemyError:
            self._forget_connection()
            raise

    def _connected(self) -> Connection:
        if self._connection is None:
            connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
            self._connection = connection
        return self._connection

    def _forget_connection(self) -> None:
        connection, self._connection = self._connection, None
        self._taken.clear()
        if connection is not None:
            with suppress(SQLAlchemyError):
                connection.close()


def _key(mailbox: Mailbox, lane: Lane, number: int) -> int:
    name = f"liaison-slot/{mailbox.tenant_id}/{mailbox.oid}/{lane}/{number}".casefold()
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)
