"""The embedded PostgreSQL: for a demo, for tests, for a small office on one machine."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from liaison.db.server_home import SOCKET_NAME, ServerHome, find_home, make_home
from liaison.errors import ConfigurationError

ROLE = DATABASE = "liaison"
PATIENCE_SECONDS = 90

SETTINGS = {
    "listen_addresses": "",  # the socket only: its folder is closed to everybody else
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "jit": "off",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # Rejected statements carry subjects and addresses; the client is told them anyway.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
# For databases that nobody misses after a power cut.
THROW_AWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class EmbeddedPostgres:
    """One PostgreSQL per data folder, started on demand and shared by all who use the folder."""

    def __init__(self, data_dir: Path, *, durable: bool = True) -> None:
        """`durable=False` trades safety after a power cut for speed: for tests."""
        self._data_dir = data_dir
        self._durable = durable
        self._settings = SETTINGS if durable else SETTINGS | THROW_AWAY

    @property
    def url(self) -> str:
        """Where the running server is found."""
        home = find_home(self._data_dir)
        if home is None:
            raise ConfigurationError([f"There is no embedded database in {self._data_dir} yet."])
        return _url(home, DATABASE)

    def start(self) -> bool:
        """Start the server or attach to the running one; True where this call started it."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        with self._alone():
            home = find_home(self._data_dir) or make_home(self._data_dir)
            if not (home.cluster / "PG_VERSION").exists():
                _initialise(home, durable=self._durable)
            started = self._bring_up(home)
            _create_database(home)
            return started

    def stop(self) -> bool:
        """Stop the server; False where none ran."""
        if not self._data_dir.exists():
            return False
        with self._alone():
            home = find_home(self._data_dir)
            if home is None or not _processes(home):
                return False
            home.run("pg_ctl", "stop", "-D", home.cluster, "-m", "fast", "-w", "-t", "60")
            _wait_for_its_end(home)
            return True

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops the server of a data folder."""
        with (self._data_dir / "postgres.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _bring_up(self, home: ServerHome) -> bool:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if _accepts(home):
                return False
            if not _processes(home):
                return self._launch(home)
            # It is starting, recovering or stopping, or a killed server's children still are there.
            time.sleep(0.1)
        raise ConfigurationError(
            [f"The embedded database in {home.folder} runs but does not answer."]
        )

    def _launch(self, home: ServerHome) -> bool:
        _forget_foreign_process(home)
        options = self._settings | {"unix_socket_directories": str(home.sockets)}
        result = home.run(
            "pg_ctl", "start", "-D", home.cluster, "-w", "-t", "60", "-l", home.folder / "server.log",
            "-o", " ".join(f"-c {name}={_quoted(value)}" for name, value in options.items()),
        )  # fmt: skip
        if result.returncode:
            log = home.folder / "server.log"
            raise ConfigurationError([f"The embedded database did not start; its log is {log}."])
        return True


def _wait_for_its_end(home: ServerHome) -> None:
    # pg_ctl looks for the lock file, which goes a moment before the last process does.
    deadline = time.monotonic() + PATIENCE_SECONDS
    while _processes(home):
        if time.monotonic() > deadline:
            raise ConfigurationError([f"The embedded database in {home.folder} does not stop."])
        time.sleep(0.1)


def _initialise(home: ServerHome, *, durable: bool) -> None:
    """Made under another name first, so that an interrupted start leaves no half cluster."""
    aside = home.folder / "cluster.new"
    home.run("rm", "-rf", aside)
    result = home.run(
        "initdb", "-D", aside, "-U", ROLE, "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8",
        "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        *(() if durable else ("--no-sync",)),
    )  # fmt: skip
    if result.returncode:
        reason = result.stderr.decode(errors="replace").strip().splitlines()[-1:]
        raise ConfigurationError(
            [f"No database could be made in {home.folder}: {' '.join(reason)}"]
        )
    aside.rename(home.cluster)


def _create_database(home: ServerHome) -> None:
    with psycopg.connect(_url(home, "postgres"), autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _accepts(home: ServerHome) -> bool:
    try:
        psycopg.connect(_url(home, "postgres"), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _processes(home: ServerHome) -> list[psutil.Process]:
    """The server's processes: PostgreSQL works in its cluster's folder, and nobody else does."""
    cluster = str(home.cluster)
    return [
        process
        for process in psutil.process_iter(["cwd", "name"])
        if process.info["cwd"] == cluster and process.info["name"] == "postgres"
    ]


def _forget_foreign_process(home: ServerHome) -> None:
    """Drop lock files left by a crash whose process number is a stranger's (or a zombie's) by now.

    PostgreSQL would take the stranger for its own server and refuse to start. Called only when no
    process of this cluster is left; other stale lock files PostgreSQL clears up by itself.
    """
    for lock in (home.cluster / "postmaster.pid", home.sockets / f"{SOCKET_NAME}.lock"):
        number = _number_in(lock)
        if number and psutil.pid_exists(number):
            home.run("rm", "-f", lock)


def _number_in(lock: Path) -> int | None:
    try:
        return int(lock.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def _url(home: ServerHome, database: str) -> str:
    return f"postgresql://{ROLE}@/{database}?host={quote(str(home.sockets), safe='')}"


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "'\\''") + "'"
