"""What the database says: whether it answers and fits, the switches, and the workers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import version

from liaison.cli.checks.model import Finding, fail, warn, well
from liaison.db.migrate import list_missing
from liaison.db.session import Database
from liaison.people.service_switch import read_service
from liaison.people.sync_user import read_sync_user
from liaison.worker.heartbeats import list_live_workers


def check_database(database: Database) -> Finding:
    """Raises SQLAlchemyError where it cannot be reached."""
    with database.own_connection() as connection:
        missing = list_missing(connection)
    if missing:
        lacks = f"It answers, but lacks {len(missing)} migrations of this version."
        return fail("database", lacks, "Run liaison db upgrade.")
    return well("database", "It answers and fits this version.")


def check_switches(database: Database) -> Iterator[Finding]:
    """The service and the sync user."""
    with database.transaction() as session:
        service, sync_user = read_service(session), read_sync_user(session)
    if service.running:
        yield well("service", "It is running.")
    else:
        yield warn("service", "It is stopped.", "Start it with liaison service start.")
    steps = [
        *(["liaison sync-user unlock"] if sync_user.locked else []),
        *([] if sync_user.active else ["liaison sync-user activate"]),
    ]
    if steps:
        said = "It may not write to the CRM, so that nothing is synchronized."
        yield fail("sync user", said, f"Run {' and '.join(steps)}.")
    else:
        yield well("sync user", "It is unlocked and active.")


def check_workers(database: Database, now: datetime) -> Finding:
    """By their heartbeats."""
    with database.transaction() as session:
        workers = list_live_workers(session, now)
    if not workers:
        return fail(
            "workers", "None runs: no meeting is looked at.", "Start one with liaison worker."
        )
    others = {one.version for one in workers} - {version("liaison")}
    if others:
        said = f"{len(workers)} run, some of version {', '.join(sorted(others))}."
        return warn("workers", said, "Restart them with this version.")
    return well("workers", f"{len(workers)} {'runs' if len(workers) == 1 else 'run'}.")
