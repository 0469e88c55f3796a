"""The program liaison-sandbox, as people and `liaison demo` start it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

PROGRAM = [sys.executable, "-m", "liaison_sandbox"]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIAISON_")}
    return kept | more


def test_it_says_where_it_serves_and_ends_when_told(tmp_path: Path):
    state_file = tmp_path / "state.json"
    options = ["--port", "0", "--state-file", str(state_file), "--story", "week"]
    with subprocess.Popen(
        [*PROGRAM, *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tmp_path,
        env=environment(),
    ) as program:
        assert program.stdout is not None
        line = program.stdout.readline()
        state = json.loads(state_file.read_text("utf-8"))
        page = httpx.get(f"{state['pages_url']}/api/tenant", trust_env=False)
        program.send_signal(signal.SIGTERM)
        program.wait(60)

    assert state["pages_url"] in line
    assert {one["name"] for one in page.json()["people"]} >= {"Ann Berg", "Bo Lind"}
    assert state["LIAISON_GRAPH_URL"].startswith("https://localhost:")
    assert program.returncode == 0


@pytest.mark.parametrize(
    "real", [{"LIAISON_GRAPH_URL": "https://graph.microsoft.com/v1.0"}, {"LIAISON_TENANT_ID": "t"}]
)
def test_it_refuses_to_start_beside_a_real_tenant(tmp_path: Path, real: dict[str, str]):
    options = ["--port", "0", "--state-file", str(tmp_path / "state.json")]

    ended = subprocess.run(
        [*PROGRAM, *options],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env=environment(**real),
    )

    assert ended.returncode == 2
    assert next(iter(real)) in ended.stderr
    assert list(tmp_path.iterdir()) == []
