"""Which workers live: each says so every ten seconds, and a stopped one takes its line away."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import Self
from uuid import UUID

import structlog
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from liaison.clock import Clock
from liaison.db.session import Database
from liaison.db.tables import new_id
from liaison.worker.tables import WorkerRow

INTERVAL = timedelta(seconds=10)
# Three missed heartbeats: it is dead, or so busy that somebody should know.
LIVES = timedelta(seconds=35)
REMEMBERED = timedelta(days=1)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class WorkerStatus:
    """A worker process as it described itself."""

    id: UUID
    host: str
    pid: int
    version: str
    started_at: datetime
    last_seen_at: datetime


def list_live_workers(session: Session, now: datetime) -> list[WorkerStatus]:
    """Those that were heard of lately, the oldest first."""
    rows = session.scalars(
        select(WorkerRow)
        .where(WorkerRow.last_seen_at > now - LIVES)
        .order_by(WorkerRow.started_at, WorkerRow.id)
    )
    return [
        WorkerStatus(row.id, row.host, row.pid, row.version, row.started_at, row.last_seen_at)
        for row in rows
    ]


def forget_dead_workers(session: Session, now: datetime) -> None:
    """Drop the lines of workers that were killed long ago."""
    session.execute(delete(WorkerRow).where(WorkerRow.last_seen_at < now - REMEMBERED))


class Heartbeat:
    """The heartbeat of this process, in a thread of its own for as long as the block lasts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Nothing is written yet."""
        self._database = database
        self._clock = clock
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._beat_on, name="heartbeat", daemon=True)
        self._self = {
            "id": new_id(),
            "host": socket.gethostname(),
            "pid": os.getpid(),
            "version": version("liaison"),
            "started_at": clock.now(),
        }

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_how: object) -> None:
        self._ended.set()
        self._thread.join()
        try:
            with self._database.transaction() as session:
                session.execute(delete(WorkerRow).where(WorkerRow.id == self._self["id"]))
        except SQLAlchemyError:
            log.warning("heartbeat-not-taken-away")

    def _beat_on(self) -> None:
        while True:
            try:
                self._beat()
            except SQLAlchemyError as problem:
                log.warning("heartbeat-failed", error=type(problem).__name__)
            if self._ended.wait(INTERVAL.total_seconds()):
                return

    def _beat(self) -> None:
        seen = {"last_seen_at": self._clock.now()}
        with self._database.transaction() as session:
            session.execute(
                insert(WorkerRow)
                .values(**self._self, **seen)
                .on_conflict_do_update(index_elements=[WorkerRow.id], set_=seen)
            )
