"""`liaison demo` as a person starts it: real processes, nothing imported."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from free_ports import free_port


@dataclass(frozen=True)
class Demo:
    """`address`: the one that it says to open."""

    address: str
    pid: int

    def worker(self) -> psutil.Process:
        """The sync worker that runs at present."""
        [found] = [
            one for one in psutil.Process(self.pid).children() if one.cmdline()[-1:] == ["worker"]
        ]
        return found


@contextmanager
def running_demo(folder: Path, *arguments: str) -> Iterator[Demo]:
    """A demo that is ready."""
    environment = os.environ | {
        "LIAISON_DATA_DIR": str(folder),
        "LIAISON_PORT": str(free_port()),
        "PYTHONUNBUFFERED": "1",
    }
    program = Path(sys.executable).with_name("liaison")
    command = [str(program), "demo", "--tenant-port", str(free_port()), *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        try:
            yield Demo(_address(demo), demo.pid)
        finally:
            demo.send_signal(signal.SIGTERM)
            demo.communicate(timeout=60)


def _address(demo: subprocess.Popen[str]) -> str:
    """From the line that names it; the demo ends by itself where it cannot start."""
    lines = []
    for line in demo.stdout or ():
        lines.append(line)
        if "http://" in line:
            return next(word for word in line.split() if word.startswith("http://"))
    raise AssertionError("The demo did not start: " + "".join(lines))
