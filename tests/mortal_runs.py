"""A program that runs one mailbox, or one initial sync, over and over, each time in a process that kills itself (SIGKILL) at another step.

Reads lines «step database-url id now», the id of a mailbox or of an initial sync and the instant at which its clock stands, and answers «killed NAME», or «finished N» with the number of steps where
the run came to its end. A step is before and after each call to Graph, after each statement that writes, and before
and after each commit; with COARSE_STEPS only after calls and commits, because between them nothing stays. The product
knows nothing of it: the steps are told by its own parts from outside.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import event

import liaison.db.session as db
from fakes.clock import FakeClock
from liaison.bootstrap import worker_tools
from liaison.calendar.stores import initial_runs
from liaison.config import read_settings
from liaison.outlook.client import GraphClient
from liaison.telemetry import start_logging
from liaison.worker.initial_runs import work_on
from liaison.worker.runs import run_mailbox

WRITES = ("INSERT", "UPDATE", "DELETE", "COPY")
IS_COARSE = "COARSE_STEPS" in os.environ


class Steps:
    """Counts, and ends the process at the fatal one after it told its name."""

    def __init__(self, fatal: int, told: int) -> None:
        self.fatal, self.told, self.count = fatal, told, 0

    def reach(self, name: str) -> None:
        if IS_COARSE and not name.startswith(("after a call", "after a commit")):
            return
        self.count += 1
        if self.count == self.fatal:
            os.write(self.told, f"killed {name}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)


def tell_calls(steps: Steps) -> None:
    for name in ("call", "follow"):
        original = getattr(GraphClient, name)

        def told(self, *arguments, _original=original, **options):
            steps.reach("before a call to Graph")
            answer = _original(self, *arguments, **options)
            steps.reach("after a call to Graph")
            return answer

        setattr(GraphClient, name, told)


def tell_writes(steps: Steps, engine) -> None:
    @event.listens_for(engine, "after_cursor_execute")
    def wrote(_connection, _cursor, statement, *_rest):
        if statement.lstrip().startswith(WRITES):
            steps.reach("after a write: " + " ".join(statement.split()[:3]))


def tell_commits(steps: Steps) -> None:
    original = db.Database.transaction

    @contextmanager
    def told(self):
        with original(self) as session:
            yield session
            steps.reach("before a commit")
        steps.reach("after a commit")

    db.Database.transaction = told


def run(fatal: int, url: str, of: UUID, now: datetime, told: int) -> None:
    steps = Steps(fatal, told)
    tell_calls(steps)
    tell_commits(steps)
    with worker_tools(replace(read_settings(), database_url=url), FakeClock(now)) as tools:
        tell_writes(steps, tools.database.engine)
        with tools.database.transaction() as session:
            is_initial = initial_runs.find_run(session, of) is not None
        if is_initial:
            work_on(tools, of)
        else:
            run_mailbox(tools, of, whole_round=True)
    os.write(told, f"finished {steps.count}\n".encode())


def main() -> None:
    # The answers alone go to the standard output.
    start_logging("ERROR", stream=sys.stderr)
    for line in sys.stdin:
        fatal, url, of, now = line.split()
        answer, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(answer)
            run(int(fatal), url, UUID(of), datetime.fromisoformat(now), told)
            os._exit(0)
        os.close(told)
        os.waitpid(child, 0)
        with os.fdopen(answer) as heard:
            sys.stdout.write(heard.read() or "died of itself\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
