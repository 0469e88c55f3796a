"""Threads that want the same thing at the same time share one fetching of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Who comes first fetches; who comes meanwhile gets the same result, or the same error."""

    def __init__(self) -> None:
        """Nothing is in flight."""
        self._lock = threading.Lock()
        self._flights: dict[str, Future[T]] = {}

    def fetch(self, key: str, make: Callable[[], T]) -> T:
        """What `make` gives, called in one thread only."""
        with self._lock:
            flight = self._flights.get(key)
            is_first = flight is None
            if flight is None:
                flight = self._flights[key] = Future()
        if is_first:
            self._fly(key, flight, make)
        return flight.result()

    def _fly(self, key: str, flight: Future[T], make: Callable[[], T]) -> None:
        try:
            flight.set_result(make())
        except BaseException as failure:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            flight.set_exception(failure)
        finally:
            with self._lock:
                del self._flights[key]
