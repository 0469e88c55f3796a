"""The one thread of this process whose event loop runs the SDK.

msgraph-sdk is async only, and its client breaks as soon as a second event loop uses it.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class LoopThread:
    """An event loop that runs for the life of the process, on a thread of its own."""

    def __init__(self) -> None:
        """Start it."""
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, name="graph-loop", daemon=True)
        self.thread.start()

    def run(self, coroutine: Coroutine[Any, Any, T], *, timeout: float) -> T:
        """Run it there and wait; TimeoutError when it takes longer, and it is cancelled then."""
        bounded = asyncio.wait_for(coroutine, timeout)
        return asyncio.run_coroutine_threadsafe(bounded, self.loop).result()


class _Current:
    """The thread of this process; a forked child makes its own, as threads do not survive a fork."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._loop_thread: LoopThread | None = None

    def get(self) -> LoopThread:
        with self._lock:
            if self._loop_thread is None:
                self._loop_thread = LoopThread()
            return self._loop_thread

    def forget(self) -> None:
        self._lock = threading.Lock()
        self._loop_thread = None


_current = _Current()
os.register_at_fork(after_in_child=_current.forget)


def loop_thread() -> LoopThread:
    """The loop thread of this process, started at the first use."""
    return _current.get()
