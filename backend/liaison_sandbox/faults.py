"""Faults on request: the next calls that match fail in the way a test names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Literal

FaultKind = Literal["status", "drop-before", "drop-after", "timeout", "truncate"]


@dataclass(slots=True)
class Fault:
    """`drop-after` and `truncate` happen after the call was carried out, the others instead."""

    kind: FaultKind
    method: str | None
    path: re.Pattern[str]
    status: int
    code: str
    retry_after: str | None
    times: int
    headers: Mapping[str, str] = field(default_factory=dict)


class Faults:
    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting: list[Fault] = []

    def add(
        self,
        *,
        method: str | None = None,
        path_regex: str = "",
        status: int = 503,
        kind: FaultKind = "status",
        times: int = 1,
        retry_after: str | None = None,
        code: str | None = None,
    ) -> Fault:
        """The path is matched anywhere, query included. `times=-1`: until removed."""
        usual = {429: "ApplicationThrottled", 503: "ErrorServerBusy", 504: "UnknownError"}
        fault = Fault(
            kind,
            method,
            re.compile(path_regex),
            status,
            code or usual.get(status, "ErrorInternalServerError"),
            retry_after,
            times,
        )
        with self._lock:
            self._waiting.append(fault)
        return fault

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that waits for such a call; it is used up by one."""
        with self._lock:
            for fault in self._waiting:
                if fault.method in (None, method) and fault.path.search(path):
                    fault.times -= 1
                    if fault.times == 0:
                        self._waiting.remove(fault)
                    return fault
        return None

    def clear(self) -> None:
        with self._lock:
            self._waiting.clear()
