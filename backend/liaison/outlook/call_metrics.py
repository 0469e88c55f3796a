"""Counts and times the calls to Graph: by method and status, never by whom or what they concern."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog
from prometheus_client import Histogram

from liaison.telemetry import REGISTRY

log = structlog.get_logger(__name__)

CALL_SECONDS = Histogram(
    "liaison_graph_call_seconds",
    "Calls to Microsoft Graph by method and status; status 0 means that no answer came.",
    ["method", "status"],
    registry=REGISTRY,
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)


@dataclass(slots=True)
class ObservedCall:
    """What became of a call; 0 until an answer came."""

    status: int = 0


@contextmanager
def observed(method: str, *, in_callers_name: bool) -> Iterator[ObservedCall]:
    """Measure what happens within."""
    call = ObservedCall()
    started = time.monotonic()
    try:
        yield call
    finally:
        seconds = time.monotonic() - started
        CALL_SECONDS.labels(method, str(call.status)).observe(seconds)
        log.debug(
            "graph-call",
            method=method,
            status=call.status,
            in_callers_name=in_callers_name,
            ms=round(seconds * 1000),
        )
