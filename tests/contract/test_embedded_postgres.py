import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from liaison.db.embedded import EmbeddedPostgres
from liaison.db.server_home import find_home
from liaison.errors import ConfigurationError

START = "import sys, pathlib; from liaison.db.embedded import EmbeddedPostgres as E; print(E(pathlib.Path(sys.argv[1])).start())"


@pytest.fixture
def reachable():
    """A folder that the database's account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-pg-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def server(reachable):
    yield from _stopped_afterwards(reachable / "data")


def _stopped_afterwards(data_dir):
    server = EmbeddedPostgres(data_dir, durable=False)
    yield server
    server.stop()
    home = find_home(data_dir)
    if home:
        shutil.rmtree(home.folder)
        shutil.rmtree(home.sockets, ignore_errors=True)


def _ask(server, question):
    with psycopg.connect(server.url) as connection:
        return connection.execute(question).fetchone()[0]


def _postmaster(server):
    lines = (find_home(server._data_dir).cluster / "postmaster.pid").read_text().splitlines()
    return int(lines[0])


def test_it_starts_once_and_is_attached_to_afterwards(server):
    assert server.start() is True

    assert server.start() is False
    assert _ask(server, "SELECT current_database()") == "liaison"


def test_it_keeps_what_was_stored_over_stop_and_start(server):
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    assert server.stop() is True
    assert server.stop() is False

    server.start()

    assert _ask(server, "SELECT n FROM kept") == 7


def test_it_speaks_utf8_and_knows_letters_beyond_ascii(server):
    server.start()

    assert _ask(server, "SHOW server_encoding") == "UTF8"
    assert _ask(server, "SELECT lower('ÄØŁ')") == "äøł"


def test_nobody_reaches_it_over_the_network_or_from_another_account(server):
    server.start()

    assert _ask(server, "SHOW listen_addresses") == ""
    assert stat.S_IMODE(find_home(server._data_dir).sockets.stat().st_mode) == 0o700


def test_rejected_statements_do_not_reach_its_log(server):
    server.start()
    with psycopg.connect(server.url) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 'ann@nordwind.example'::int")

    log = (find_home(server._data_dir).folder / "server.log").read_text()
    assert "ready to accept connections" in log
    assert "nordwind" not in log


def test_it_comes_back_after_being_killed(server):
    server.start()
    os.kill(_postmaster(server), signal.SIGKILL)

    assert server.start() is True
    assert _ask(server, "SELECT 1") == 1


def test_a_process_that_ends_a_moment_after_the_server_said_so_is_waited_for(server, tmp_path):
    """The server's own last process ends after its lock file is gone, and on a busy machine long after it."""
    server.start()
    home = find_home(server._data_dir)
    slow = tmp_path / "postgres"
    slow.symlink_to(shutil.which("sh"))
    ends_late = "while [ -e postmaster.pid ]; do sleep 0.05; done; sleep 1"
    straggler = subprocess.Popen([slow, "-c", ends_late], cwd=home.cluster)

    try:
        assert server.stop() is True
        assert straggler.poll() == 0
    finally:
        straggler.kill()
        straggler.wait()


def test_a_stranger_who_got_the_number_of_the_dead_server_is_left_alone(server):
    server.start()
    home = find_home(server._data_dir)
    number = _postmaster(server)
    left_behind = {
        name: name.read_text()
        for name in (home.cluster / "postmaster.pid", home.sockets / ".s.PGSQL.5432.lock")
    }
    server.stop()
    stranger = subprocess.Popen(["sleep", "60"], user=home.uid, group=home.gid)
    for name, text in left_behind.items():
        name.write_text(text.replace(str(number), str(stranger.pid), 1))

    try:
        assert server.stop() is False
        assert server.start() is True
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_an_interrupted_first_start_is_begun_anew(server):
    server.start()
    home = find_home(server._data_dir)
    server.stop()
    (home.cluster / "PG_VERSION").rename(home.folder / "gone")
    home.cluster.rename(home.folder / "cluster.new")

    assert server.start() is True


def test_programs_that_start_it_at_the_same_moment_share_one(server):
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", START, str(server._data_dir)], stdout=subprocess.PIPE
        )
        for _ in range(3)
    ]

    said = sorted(start.communicate(timeout=60)[0].decode().strip() for start in starts)

    assert said == ["False", "False", "True"]


def test_a_path_too_long_for_a_socket_does_not_matter(reachable):
    long = reachable / ("d" * 60) / ("e" * 60)
    for server in _stopped_afterwards(long):
        server.start()

        assert _ask(server, "SELECT 1") == 1


def test_a_folder_nobody_else_may_enter_is_served_without_opening_it(reachable):
    closed = reachable / "closed"
    closed.mkdir(mode=0o700)
    for server in _stopped_afterwards(closed / "data"):
        server.start()

        assert _ask(server, "SELECT 1") == 1
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_database_that_was_moved_away_is_not_silently_replaced(reachable):
    (reachable / "data").mkdir()
    (reachable / "data" / "postgres").symlink_to(reachable / "gone")

    with pytest.raises(ConfigurationError, match="which is gone"):
        EmbeddedPostgres(reachable / "data").start()


def test_a_first_start_that_ended_with_an_empty_folder_is_begun_anew(server):
    (server._data_dir / "postgres").mkdir(parents=True, mode=0o700)

    assert server.start() is True
