"""`liaison demo` as somebody starts it, with everything real."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.request import urlopen

import psutil
import pytest

from free_ports import free_port

LIAISON = str(Path(sys.executable).with_name("liaison"))
PATIENCE_SECONDS = 120
BROKEN_CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Somebody//EN
BEGIN:VEVENT
UID:one
DTSTART:20261124T090000Z
DTEND:20261124T100000Z
SUMMARY:From the file
END:VEVENT
BEGIN:VEVENT
UID:two
SUMMARY:Without a time
END:VEVENT
END:VCALENDAR
"""


class Demo:
    def __init__(self, folder, *options):
        self.port, self.tenant_port = free_port(), free_port()
        environment = {**os.environ, "LIAISON_PORT": str(self.port)}
        self.process = subprocess.Popen(
            [LIAISON, "demo", f"--tenant-port={self.tenant_port}", *options],
            cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.family = []

    def first_line(self):
        """What it says once all is there."""
        line = self.process.stdout.readline()
        self.family = psutil.Process(self.process.pid).children(recursive=True)
        return line

    def end(self):
        """Its exit code and what it said beside the address."""
        self.process.send_signal(signal.SIGTERM)
        return self.end_by_itself()

    def end_by_itself(self):
        """The same without being told to end."""
        _, said = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said

    def survivors(self):
        return [one for one in self.family if one.is_running() and one.status() != "zombie"]

    def read(self, port, path):
        with urlopen(f"http://localhost:{port}{path}", timeout=PATIENCE_SECONDS) as answer:
            return answer.read().decode()


@pytest.fixture
def folder():
    """One that the database's account can enter."""
    folder = Path(tempfile.mkdtemp(prefix="liaison-demo-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def start(folder):
    started = []

    def start(*options):
        started.append(Demo(folder, *options))
        return started[-1]

    yield start
    for demo in started:
        if demo.process.returncode is None:
            demo.end()


def test_the_demo_starts_names_one_address_and_leaves_nobody_behind(start):
    demo = start()

    said = demo.first_line()

    assert (
        said == f"Open http://localhost:{demo.tenant_port}/ in a browser. Ctrl-C ends the demo.\n"
    )
    assert demo.read(demo.port, "/healthz") == "ok\n"
    assert json.loads(demo.read(demo.port, "/readyz"))["ready"] is True
    assert "<html" in demo.read(demo.tenant_port, "/")
    assert len(demo.family) >= 4
    assert demo.end() == (0, "")
    assert demo.survivors() == []


def test_the_demo_says_how_commands_are_given_beside_it(start, folder):
    demo = start()
    demo.first_line()

    beside = demo.process.stdout.readline().partition(": ")[2]
    told = subprocess.run(
        ["sh", "-c", beside], check=False, cwd=folder, capture_output=True, text=True
    )

    assert "\nwindowPastDays " in told.stdout, told.stderr
    assert demo.end() == (0, "")


def test_the_demo_begins_anew_each_time(start):
    for _ in range(2):
        demo = start()
        demo.first_line()
        assert demo.end() == (0, "")


def test_a_second_demo_in_the_same_folder_is_refused(start):
    first = start()
    first.first_line()

    code, said = start().end_by_itself()

    assert said.startswith("A demo runs already in ")
    assert code == 2


def test_when_a_program_of_the_demo_ends_the_demo_says_which_and_ends_too(start):
    demo = start()
    demo.first_line()
    tenant = next(one for one in demo.family if "liaison-sandbox" in " ".join(one.cmdline()))

    tenant.terminate()

    code, said = demo.end_by_itself()
    assert code == 1
    assert said.startswith("Error: The stand-in tenant ended (exit code 0), so the demo ends too.")
    assert demo.survivors() == []


def test_an_exported_calendar_is_loaded_and_its_problems_are_told(start, tmp_path):
    calendar = tmp_path / "mine.ics"
    calendar.write_text(BROKEN_CALENDAR.replace("\n", "\r\n"))
    demo = start(f"--calendar={calendar}")
    demo.first_line()

    people = json.loads(demo.read(demo.tenant_port, "/api/tenant"))["people"]
    span = "from=2026-11-23T00:00:00Z&to=2026-11-28T00:00:00Z"
    events = demo.read(demo.tenant_port, f"/api/people/{people[0]['oid']}/events?{span}")

    assert "From the file" in events
    code, said = demo.end()
    assert code == 0, said
    [problem, summary] = said.splitlines()
    assert problem.startswith('Event 2 ("Without a time")')
    assert summary == "Meetings of mine.ics in the calendar of Ann Berg: 1."
