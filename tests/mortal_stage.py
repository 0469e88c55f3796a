"""What stories of killed workers share: runs that die, the worker that goes on, and what is there in the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import text

from liaison.db.session import Database
from liaison.worker.leases import lease
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from scenario_world import World
from worker_office import wait_for

PROGRAM = Path(__file__).parent / "mortal_runs.py"
COUNTED = ("activities", "links", "link_copies", "noted_items", "crm_outbox", "contacts")

Die = Callable[[int, str, UUID], str]


@contextmanager
def mortal_runs(sandbox: Sandbox, *, coarse: bool = False) -> Iterator[Die]:
    """Asks the program for one run that dies at a step; what it answered. `coarse`: only after calls and commits."""
    environment = os.environ | sandbox.environment() | ({"COARSE_STEPS": "1"} if coarse else {})
    with subprocess.Popen(
        [sys.executable, str(PROGRAM)],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:

        def die_at(step: int, url: str, mailbox_id: UUID) -> str:
            now = sandbox.tenant.exchange.clock().isoformat()
            program.stdin.write(f"{step} {url} {mailbox_id} {now}\n")
            program.stdin.flush()
            return program.stdout.readline().strip()

        yield die_at
        program.stdin.close()


def finish(story: World, url: str, person: Person) -> tuple[Any, ...]:
    """What the next worker does, and what is there in the end."""
    with next_worker(story, url) as other:
        mailbox_id = other.own(person).id
        # The server notices the death in a moment, and lets the lease go by itself.
        wait_for(lambda: is_free(other.database, mailbox_id))
        other.run(person)
        other.run(person)
        return end_state(other.database)


@contextmanager
def next_worker(story: World, url: str) -> Iterator[World]:
    """The same story for whoever goes on after a death, on this database."""
    database = Database(url)
    story.clock.advance(seconds=1)
    tools = replace(story.tools, database=database)
    try:
        yield World(story.sandbox, database, story.clock, tools, story.watch)
    finally:
        database.close()


def is_free(database: Database, leased_id: UUID) -> bool:
    """Whether nobody holds this lease."""
    with lease(database)(leased_id) as is_ours:
        return is_ours


def end_state(database: Database) -> tuple[Any, ...]:
    """Everything but ids."""
    with database.transaction() as session:
        counts = {table: session.scalar(text(f"SELECT count(*) FROM {table}")) for table in COUNTED}
        activities = session.execute(
            text(
                "SELECT subject, starts_at, status, version, deleted_at, recurrence"
                " FROM activities ORDER BY subject"
            )
        ).all()
        links = session.execute(
            text(
                "SELECT ical_uid, state, ended_reason, version, baseline FROM links"
                " ORDER BY ical_uid"
            )
        ).all()
        applied = session.execute(
            text(
                "SELECT reason, ical_uid, count(*) FROM decisions JOIN links ON link_id = links.id"
                " WHERE outcome = 'applied' AND action <> 'agree'"
                " GROUP BY reason, ical_uid ORDER BY ical_uid, reason"
            )
        ).all()
    return counts, list(map(tuple, activities)), list(map(tuple, links)), list(map(tuple, applied))
