"""Ports for programs that are told theirs."""

from __future__ import annotations

import secrets
import socket
from contextlib import suppress

# Below those that a system hands out by itself: nobody is given one by chance before the program listens.
FIRST, COUNT = 20_000, 12_000


def free_port() -> int:
    """One on which nobody listens."""
    while True:
        port = FIRST + secrets.randbelow(COUNT)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
