"""The programs of the demo: started, watched, and ended together."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import click

PATIENCE_SECONDS = 120
LOOK_EVERY_SECONDS = 0.1
# The worker may end its runs for 30 seconds, the web server its requests for 20.
LONGEST_FAREWELL_SECONDS = 40
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Child:
    """A program that was started. `again`: killed from outside it is started anew, as a service manager does."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes]
    log: Path
    again: bool


@contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """Set by SIGTERM and Ctrl-C, which interrupt nothing by themselves."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    yield ended


class Children:
    """Ends them all at the end of the block, the last one started first."""

    def __init__(self, folder: Path, ended: threading.Event) -> None:
        """Their output goes into files of this folder. `ended`: when it is set, waiting ends."""
        self._folder = folder
        self._children: list[Child] = []
        self._told_to_end = ended

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        for child in reversed(self._children):
            _end(child.process)

    def start(self, name: str, command: Sequence[str], *, again: bool = False) -> None:
        """In a session of its own, so that the terminal's Ctrl-C reaches only us, who end them in order."""
        log = self._folder / f"{name.replace(' ', '-')}.log"
        log.unlink(missing_ok=True)
        process = _begin(command, log)
        self._children.append(Child(name, command, process, log, again))

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Until it holds. Raises where a program ends meanwhile, or nothing comes of it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            self._look()
            if time.monotonic() > deadline:
                raise click.ClickException(f"The {self._children[-1].name} does not start.")

    def watch(self) -> None:
        """Until told to end. Raises where a program ends by itself."""
        while not self._told_to_end.is_set():
            try:
                self._look()
            except click.Abort:
                return

    def _look(self) -> None:
        if self._told_to_end.wait(LOOK_EVERY_SECONDS):
            raise click.Abort
        for place, child in enumerate(self._children):
            code = child.process.poll()
            if child.again and code == -signal.SIGKILL:
                self._children[place] = replace(child, process=_begin(child.command, child.log))
            elif code is not None:
                raise click.ClickException(
                    f"The {child.name} ended (exit code {code}), so the demo ends too. "
                    f"What it said: {child.log}"
                )


def _begin(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("ab") as output:
        return subprocess.Popen(  # noqa: S603 - our own programs
            command, stdin=subprocess.DEVNULL, stdout=output, start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no other thread runs yet
        )  # fmt: skip


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(LONGEST_FAREWELL_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _end_with_parent() -> None:
    """Where the demo itself is killed, the kernel ends its programs."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
