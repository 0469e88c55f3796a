"""The files of the checkout that are ours, found without git: a released archive has none."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).parents[2]
NOT_OURS = {"node_modules", "vendor", "build", "dist", "screenshots", "__pycache__"}
TEXT = {".py", ".js", ".mjs", ".css", ".html", ".md", ".sh", ".toml", ".yaml", ".yml", ".json", ".xml", ".lock", ".mako", ".svg", ".ics", ".sql"}  # fmt: skip
TEXT_WITHOUT_ENDING = {"Makefile", "run", "Dockerfile", ".env.example", ".gitignore"}


@cache
def list_files(*endings: str) -> tuple[Path, ...]:
    """Our text files with these endings; all of them without any."""
    found = []
    for folder, folders, names in os.walk(PROJECT):
        folders[:] = [name for name in folders if not _is_foreign(name)]
        found += [Path(folder, name) for name in names if _is_text(name)]
    return tuple(sorted(path for path in found if not endings or path.suffix in endings))


def name_of(path: Path) -> str:
    """How a failing test names a file."""
    return path.relative_to(PROJECT).as_posix()


def _is_foreign(folder: str) -> bool:
    hidden = folder.startswith(".") and folder != ".ci"
    return hidden or folder in NOT_OURS or folder.endswith(".egg-info")


def _is_text(name: str) -> bool:
    return Path(name).suffix in TEXT or name in TEXT_WITHOUT_ENDING
