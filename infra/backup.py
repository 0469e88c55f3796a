"""Writes the whole database into one file, while everything runs: .venv/bin/python infra/backup.py FILE.

The file holds what the CRM knows and what the log says about people's meetings: keep it as safe as
the database.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from postgres_programs import Programs

from liaison.errors import LiaisonError


def main() -> None:
    """A half-written file never carries the name that was asked for."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and the file
        sys.exit("Usage: infra/backup.py FILE")
    file = Path(sys.argv[1])
    aside = file.with_name(f"{file.name}.part")
    os.umask(0o077)
    dump = Programs().start(
        "pg_dump",
        "--format=plain",
        "--compress=6",
        "--no-owner",
        "--no-privileges",
        "--file",
        aside,
    )
    if dump.wait() != 0:
        aside.unlink(missing_ok=True)
        sys.exit("No backup was made.")
    aside.replace(file)
    sys.stdout.write(f"The database is in {file} ({file.stat().st_size // 1024} kB).\n")


if __name__ == "__main__":
    try:
        main()
    except LiaisonError as error:
        sys.exit(error.sentence)
