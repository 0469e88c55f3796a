import os
import shutil
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest

from free_ports import free_port
from liaison.cli import liaison
from liaison.cli.program import run
from liaison.db.server_home import find_home


@pytest.fixture
def port():
    return free_port()


@pytest.fixture
def serving(database_url, port, tmp_path):
    """A web server of its own that listens by now."""
    environment = {
        **os.environ,
        "LIAISON_DATABASE_URL": database_url,
        "LIAISON_PORT": str(port),
    }
    with subprocess.Popen(
        [sys.executable, "-m", "liaison", "serve"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as process:  # fmt: skip
        next(line for line in process.stdout if "what=serving" in line)
        yield process
        if process.poll() is None:
            process.kill()


def test_serve_answers_and_ends_cleanly_when_told_to(serving, port):
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=60) as answer:
        assert answer.status == 200
    serving.send_signal(signal.SIGTERM)

    assert serving.wait(timeout=60) == 0


def test_serve_writes_no_access_lines(serving, port):
    urlopen(f"http://127.0.0.1:{port}/healthz?subject=Secret", timeout=60).close()
    serving.send_signal(signal.SIGTERM)

    assert "healthz" not in serving.stdout.read()


def test_without_a_database_address_an_embedded_one_is_started_and_stopped(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)

    assert run(liaison, ["db", "upgrade"]) == 0
    assert run(liaison, ["db", "stop"]) == 0

    assert "The embedded PostgreSQL is stopped." in capsys.readouterr().out
    shutil.rmtree(find_home(tmp_path / ".data").folder)
