"""A worker as a program of its own that runs over one mailbox when told to, and tells what that cost."""

from __future__ import annotations

import cProfile
import json
import os
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import event

from liaison.bootstrap import worker_tools
from liaison.calendar.tools import Tools
from liaison.config import read_settings
from liaison.outlook.client import GraphClient
from liaison.telemetry import start_logging
from liaison.worker import process
from liaison.worker.runs import run_mailbox

KILOBYTES = 1024


class Costs:
    """Statements, calls to Graph and the time spent waiting for them, counted from outside."""

    def __init__(self, tools: Tools) -> None:
        self.statements = self.calls = 0
        self.waited = 0.0
        event.listen(tools.database.engine, "before_cursor_execute", self._count_statement)
        inner = GraphClient.call

        def call(client: GraphClient, *given: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return inner(client, *given, **more)
            finally:
                self.calls += 1
                self.waited += time.perf_counter() - began

        GraphClient.call = call  # type: ignore[method-assign]

    def _count_statement(self, *_: Any) -> None:
        self.statements += 1

    def reset(self) -> None:
        self.statements = self.calls = 0
        self.waited = 0.0


def main() -> None:
    settings = read_settings()
    # Answers are what stdout is for.
    start_logging("warning", stream=sys.stderr)
    with worker_tools(settings) as tools:
        process.spare_what_is_loaded()
        costs = Costs(tools)
        _say({})
        for line in sys.stdin:
            order = json.loads(line)
            _say(_run(tools, costs, UUID(order["mailbox"]), whole=order["whole"]))


def _run(tools: Tools, costs: Costs, mailbox_id: UUID, *, whole: bool) -> dict[str, Any]:
    costs.reset()
    profile = cProfile.Profile() if "BENCH_PROFILE" in os.environ else None
    began, cpu = time.perf_counter(), time.process_time()
    if profile:
        profile.enable()
    report = run_mailbox(tools, mailbox_id, whole_round=whole)
    if profile:
        profile.disable()
        profile.dump_stats(os.environ["BENCH_PROFILE"])
    return {
        "seconds": time.perf_counter() - began,
        "cpu": time.process_time() - cpu,
        "waited": costs.waited,
        "statements": costs.statements,
        "calls": costs.calls,
        "peak": _peak_megabytes(),
        "counts": dict(report.counts) if report else {},
        "stopped_by": report.stopped_by if report else "not ours",
    }


def _peak_megabytes() -> float:
    """The most memory that this program ever held.

    getrusage would tell the bench's own where that is more: it survives the exec by which this program began.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / KILOBYTES


def _say(answer: Any) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
