"""The table of the workers' heartbeats."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table


class WorkerRow(Table):
    """One worker process that runs, or that was killed a while ago."""

    __tablename__ = "workers"

    id: Mapped[Id]
    host: Mapped[str]
    pid: Mapped[int]
    version: Mapped[str]
    started_at: Mapped[datetime]
    last_seen_at: Mapped[datetime] = mapped_column(index=True)
