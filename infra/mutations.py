"""Changes the rules in small ways, and lists the changes that no test notices: a part of `make soak`.

All of it happens on copies in build/mutation/, where verdicts stay: a run goes on where the last one stopped. After a
change of tests only what survived is tried again; `rm -r build/mutation` begins anew. See docs/adr/mutation-run.md.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import monotonic

from mutants_told import list_mutants, tell

PROJECT = Path(__file__).parent.parent
PLACE = PROJECT / "build" / "mutation"
LOG = PLACE / "run.log"
# There while the tests have changed since what survived was tried.
TESTS_CHANGED = PLACE / "tests-changed"
COPIED_TESTS = ("fakes", "snapshots", "unit/calendar", "unit/reasons")
UNNOTICED = {"survived", "no tests"}
PATIENCE = 30


def main(minutes: float) -> int:
    """Try as much as there is time for, then tell what is known by now."""
    until = monotonic() + 60 * minutes
    _lay_out()
    os.chdir(PLACE)
    is_whole = (not TESTS_CHANGED.exists() or _try_survivors(until)) and _mutate((), until)
    tell(list_mutants(PLACE), is_whole=is_whole)
    return 0


def _lay_out() -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(PROJECT / "infra" / "mutation.toml", PLACE / "pyproject.toml")
    _mirror(PROJECT / "backend" / "liaison", PLACE / "liaison", _list_sources)
    changes = [
        _mirror(PROJECT / "docs", PLACE / "docs", lambda folder: folder.rglob("*.md")),
        _mirror(PROJECT / "tests", PLACE / "tests", _list_tests),
    ]
    if any(changes):
        TESTS_CHANGED.touch()
        shutil.rmtree(PLACE / "mutants" / "tests", ignore_errors=True)


def _list_sources(folder: Path) -> Iterable[Path]:
    return (path for path in folder.rglob("*") if "__pycache__" not in path.parts)


def _list_tests(folder: Path) -> Iterable[Path]:
    yield from (path for path in folder.glob("*.py") if path.name != "conftest.py")
    for part in COPIED_TESTS:
        yield from _list_sources(folder / part)


def _mirror(source: Path, target: Path, listed: Callable[[Path], Iterable[Path]]) -> bool:
    """Make the same files there; what is the same already keeps its time, by which mutmut knows it."""
    wanted = {path.relative_to(source): path for path in listed(source) if path.is_file()}
    present = {path.relative_to(target) for path in _list_sources(target) if path.is_file()}
    changed = {name for name, path in wanted.items() if not _is_same(path, target / name)}
    for name in changed:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(wanted[name], target / name)
    for name in present - wanted.keys():
        (target / name).unlink()
    return bool(changed or present - wanted.keys())


def _is_same(one: Path, other: Path) -> bool:
    return other.exists() and one.read_bytes() == other.read_bytes()


def _try_survivors(until: float) -> bool:
    """What survived other tests. Which test covers what is found out anew."""
    names = [one.name for one in list_mutants(PLACE) if one.verdict in UNNOTICED]
    if names:
        (PLACE / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
        if not _mutate(names, until):
            return False
    TESTS_CHANGED.unlink()
    return True


def _mutate(names: Sequence[str], until: float) -> bool:
    """Whether it came to its end in time."""
    mutmut = str(Path(sys.executable).parent / "mutmut")
    with (
        LOG.open("w") as log,
        subprocess.Popen([mutmut, "run", *names], stdout=log, stderr=log) as run,  # noqa: S603 - our own tool
    ):
        try:
            run.wait(max(1, until - monotonic()))
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            _stop(run)
            return False
    if run.returncode:
        raise SystemExit(f"The tests fail without any change, or mutmut does: see {LOG}")
    return True


def _stop(run: subprocess.Popen[bytes]) -> None:
    run.send_signal(signal.SIGINT)
    try:
        run.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        run.kill()


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1])))
