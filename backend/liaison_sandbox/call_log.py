"""What was called, by whom, and how many calls a mailbox had in flight at that moment."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

# Enough for every scenario; a benchmark of many thousand calls must not fill the memory.
KEPT_CALLS = 20_000
KEPT_BODIES = 2_000
# A page of 400 events is over a megabyte, and the bench reads it again as its floor.
KEPT_BODY = 4_000_000


@dataclass(slots=True)
class GraphCall:
    """`mailbox` is the owner's object id, `caller` the person's for a delegated token."""

    at: datetime
    method: str
    path: str
    mailbox: str | None
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    request_body: bytes = b""
    response_body: bytes = b""
    app_only: bool = False
    caller: str | None = None
    status: int = 0
    in_flight: int = 0
    fault: str | None = None


class CallLog:
    """Behaves as a list of the calls that were answered, oldest first."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: deque[GraphCall] = deque(maxlen=KEPT_CALLS)
        self._highest: dict[str | None, int] = {}

    def append(self, call: GraphCall) -> None:
        """Only the latest calls keep their bodies."""
        call.request_body = call.request_body[:KEPT_BODY]
        call.response_body = call.response_body[:KEPT_BODY]
        with self._lock:
            self._calls.append(call)
            if len(self._calls) > KEPT_BODIES:
                older = self._calls[-KEPT_BODIES - 1]
                older.request_body = older.response_body = b""
            self._highest[call.mailbox] = max(call.in_flight, self._highest.get(call.mailbox, 0))

    def clear(self) -> None:
        with self._lock:
            self._calls.clear()
            self._highest.clear()

    def highest_in_flight(self, mailbox: str | None = None) -> int:
        """Of one mailbox, or of whichever had most."""
        with self._lock:
            if mailbox is not None:
                return self._highest.get(mailbox, 0)
            return max((n for box, n in self._highest.items() if box is not None), default=0)

    def matching(self, **wanted: Any) -> list[GraphCall]:
        return [call for call in self if all(getattr(call, n) == v for n, v in wanted.items())]

    def __iter__(self) -> Iterator[GraphCall]:
        with self._lock:
            return iter(list(self._calls))

    def __len__(self) -> int:
        return len(self._calls)

    def __getitem__(self, index: int) -> GraphCall:
        return list(self)[index]
