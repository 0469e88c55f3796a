"""Gunicorn's worker, without the wait at the end of a connection.

Gunicorn waits up to two seconds for a client that asked to close and has not hung up yet, so that what it still
sends does not cost it the answer. It does so on the one thread that accepts connections: such a client stops the
answers to all others.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.http.errors import ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

# So long, and only by the thread that answered, the rest of a body that nobody read is taken off the line.
REST_SECONDS = 2.0


class WebWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn is untyped
    """Parts with each client on the thread that answered it."""

    def handle(self, conn: TConn) -> Any:
        """Called by gunicorn on a thread of its pool; False where the connection is to be closed."""
        outcome = super().handle(conn)
        if outcome is False:
            part_with(conn)
        return outcome


def part_with(conn: TConn) -> None:
    """Leave nothing to wait for: what the client still sends of this request is read, and both ways are shut."""
    with suppress(OSError, ParseException):
        if conn.parser is not None:
            conn.parser.finish_body(deadline=time.monotonic() + REST_SECONDS)
    with suppress(OSError):
        conn.sock.shutdown(socket.SHUT_RDWR)
