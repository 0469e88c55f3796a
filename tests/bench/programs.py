"""The programs of the bench: started, asked, ended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import tenacity

PATIENCE_SECONDS = 120
HERE = Path(__file__).parent


def wait_for(condition: Any, every: float = 0.05) -> Any:
    """Until it holds; what it gave."""
    return tenacity.Retrying(
        stop=tenacity.stop_after_delay(PATIENCE_SECONDS),
        wait=tenacity.wait_fixed(every),
        retry=tenacity.retry_if_result(lambda held: not held),
    )(condition)


class Asked:
    """A program that answers each line of JSON with one."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self.greeting = self._read()

    def ask(self, **order: Any) -> Any:
        stdin = self._process.stdin
        assert stdin is not None
        stdin.write(json.dumps(order) + "\n")
        stdin.flush()
        return self._read()

    def _read(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("A program of the bench ended. Its log says why.")
        return json.loads(line)


@contextmanager
def asked(
    name: str, arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[Asked]:
    """One of the bench's own programs."""
    command = [sys.executable, str(HERE / f"{name}.py"), *arguments]
    with (folder / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
            cwd=folder, env=os.environ | environment,
        )  # fmt: skip
    try:
        yield Asked(process)
    finally:
        _end(process)


@contextmanager
def started(
    arguments: Sequence[str], environment: Mapping[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """One of Liaison's programs."""
    with (folder / f"{arguments[0]}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "liaison", *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            cwd=folder, env=os.environ | environment,
        )  # fmt: skip
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[Any]) -> None:
    if process.stdin is not None:
        process.stdin.close()
    process.terminate()
    try:
        process.wait(40)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()


def seconds_of(act: Any) -> float:
    """How long it takes."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began
