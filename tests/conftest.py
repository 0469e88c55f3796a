"""What most tests need: a clean environment, a clock, and a PostgreSQL with a fresh database each."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from databases import new_database
from fakes.clock import FakeClock
from liaison.config import Settings
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import upgrade
from liaison.db.session import Database
from log_watch import LogWatch

ROOM_NEEDED = 4 << 30

for name in [name for name in os.environ if name.startswith("LIAISON_")]:
    del os.environ[name]


@pytest.fixture(scope="session")
def watched_log() -> Iterator[LogWatch]:
    """All that the product logs in this run; at its end nothing of anybody was in it."""
    watch = LogWatch()
    watch.begin()
    yield watch
    watch.read_metrics()
    assert watch.leaks == [], "\n".join(watch.leaks)


@pytest.fixture(autouse=True)
def _read_along(watched_log: LogWatch) -> None:
    if not watched_log.is_reading():
        watched_log.begin()


@pytest.fixture
def clock() -> FakeClock:
    """A clock that the test moves."""
    return FakeClock()


def _memory() -> str | None:
    """Where there is room in memory: a database for each test is a thousand files, which take ten times as long on a disk."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or shutil.disk_usage(memory).free < ROOM_NEEDED:
        return None
    return str(memory)


@pytest.fixture(scope="session")
def postgres_folder() -> Iterator[Path]:
    """A data folder that the database's account can enter, gone after the tests."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-tests-", dir=_memory()))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgres(postgres_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A real server for all tests of this run."""
    server = EmbeddedPostgres(postgres_folder, durable=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def template_database(postgres: EmbeddedPostgres) -> str:
    """The name of a migrated database, copied for each test."""
    upgrade(postgres.url)
    return "liaison"


@pytest.fixture
def empty_database_url(postgres: EmbeddedPostgres) -> Iterator[str]:
    """The address of a database without tables."""
    with new_database(postgres, "template0") as url:
        yield url


@pytest.fixture
def database_url(postgres: EmbeddedPostgres, template_database: str) -> Iterator[str]:
    """The address of a migrated, empty database."""
    with new_database(postgres, template_database) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated, empty database."""
    database = Database(database_url)
    yield database
    database.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of an installation on this machine, without a tenant."""
    return Settings(
        database_url=database_url, data_dir=tmp_path, public_url="http://localhost:8080"
    )
