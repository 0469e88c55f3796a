"""Real worker processes beside a stand-in tenant in this process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import tenacity
from sqlalchemy import select, text

from free_ports import free_port
from liaison.calendar.mailbox_switch import representative_switched
from liaison.calendar.model import NoteSource
from liaison.calendar.stores import mailboxes, noted
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.stores.tables import NotedItemRow, RunRow
from liaison.calendar.tools import Tools
from liaison.people import representatives, sync_user
from liaison.policy.store import read_policy, save_policy
from liaison.worker.heartbeats import list_live_workers
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from log_watch import CANARIES

PATIENCE = timedelta(seconds=60)
T = TypeVar("T")


@dataclass
class Office:
    """Ann's mailbox is followed, and the sync user is ready. Changes are only told by `note`: nothing is pushed."""

    sandbox: Sandbox
    tools: Tools
    folder: Path
    ann: Person
    mailbox_id: UUID
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    web_servers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @classmethod
    def open(cls, sandbox: Sandbox, tools: Tools, folder: Path) -> Office:
        ann = sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")
        found = tools.outlook.directory.find_person(ann.oid)
        with tools.database.transaction() as session:
            representatives.import_people(session, sandbox.tenant_id, [found], actor="test")
            known = representatives.find_by_oid(session, sandbox.tenant_id, ann.oid)
            active = representatives.change_representative(
                session, known.id, if_version=known.version, actor="test", sync_active=True
            )
            representative_switched(session, active, tools.clock.now())
            sync_user.unlock(session, "test")
            sync_user.activate(session, "test")
            version = read_policy(session).version
            save_policy(session, {"push": False}, if_version=version, actor="test")
        return cls(sandbox, tools, folder, ann, known.id)

    # Workers

    def start_worker(self, *options: str) -> subprocess.Popen[bytes]:
        """One that lives by now."""
        before = len(self.live_pids())
        worker = self._start(f"worker-{len(self.workers)}", "worker", *options)
        self.workers.append(worker)
        wait_for(lambda: len(self.live_pids()) > before or worker.poll() is not None)
        assert worker.poll() is None, (
            self.folder / f"worker-{len(self.workers) - 1}.log"
        ).read_text()
        return worker

    def start_web(self) -> str:
        """The address of a web server of its own, which answers by now."""
        port = free_port()
        name = f"web-{len(self.web_servers)}"
        server = self._start(name, "serve", LIAISON_PORT=str(port))
        self.web_servers.append(server)
        log = self.folder / f"{name}.log"
        wait_for(lambda: "what=serving" in log.read_text() or server.poll() is not None)
        assert server.poll() is None, log.read_text()
        return f"http://127.0.0.1:{port}"

    def _start(self, name: str, *command: str, **settings: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            **self.sandbox.environment(),
            "LIAISON_DATABASE_URL": self.tools.database.url,
            **settings,
        }
        with (self.folder / f"{name}.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "liaison", *command],
                cwd=self.folder, env=environment, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def end(self, worker: subprocess.Popen[bytes]) -> int:
        worker.send_signal(signal.SIGTERM)
        return worker.wait(PATIENCE.total_seconds())

    def end_all(self) -> None:
        for server in self.web_servers:
            # Gunicorn ends its own child only when it is asked to end.
            self.end(server)
        for worker in self.workers:
            if worker.poll() is None:
                worker.kill()
                worker.wait()
        assert self.leaks() == []

    def leaks(self) -> list[str]:
        """Lines of what the programs logged that tell what people wrote, or who they are."""
        lines = [line for log in self.folder.glob("*.log") for line in log.read_text().splitlines()]
        return [line for line in lines if CANARIES.search(line)]

    def live_pids(self) -> set[int]:
        with self.tools.database.transaction() as session:
            return {one.pid for one in list_live_workers(session, self.tools.clock.now())}

    # The mailbox

    def row(self) -> FollowedMailbox:
        with self.tools.database.transaction() as session:
            return mailboxes.get_mailbox(session, self.mailbox_id)

    def note(self, event_id: str) -> None:
        """What a notification does."""
        with self.tools.database.transaction() as session:
            source = NoteSource.NOTIFICATION
            noted.note_events(session, self.mailbox_id, [event_id], source, self.tools.clock.now())
            self.tools.wake_after_commit(session, self.mailbox_id)

    def waiting(self) -> int:
        with self.tools.database.transaction() as session:
            return len(session.scalars(select(NotedItemRow.id)).all())

    def runs(self) -> list[tuple]:
        """Begin, end and outcome of each run, in order."""
        with self.tools.database.transaction() as session:
            columns = (RunRow.started_at, RunRow.finished_at, RunRow.outcome)
            return [
                tuple(row) for row in session.execute(select(*columns).order_by(RunRow.started_at))
            ]

    # The queue

    def jobs(self) -> list[str]:
        with self.tools.database.transaction() as session:
            rows = session.scalars(
                text("SELECT status::text FROM procrastinate_jobs WHERE task_name = 'sync-mailbox'")
            )
            return list(rows)

    def cut_off_the_queue(self) -> None:
        """As a restart of the database server does."""
        with self.tools.database.transaction() as session:
            session.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE application_name = 'liaison queue' AND datname = current_database()"
                )
            )


def wait_for(condition: Callable[[], T]) -> T:
    """Until it holds."""
    retrying = tenacity.Retrying(
        stop=tenacity.stop_after_delay(PATIENCE),
        wait=tenacity.wait_fixed(0.05),
        retry=tenacity.retry_if_result(lambda held: not held),
    )
    return retrying(condition)
