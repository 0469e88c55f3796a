"""Replaces the whole database by a backup: .venv/bin/python infra/restore.py FILE --replace.

Stop web servers and workers before. All or nothing: a file that cannot be read to its end changes
nothing. Afterwards `liaison db upgrade` brings an older backup to this version.
"""

from __future__ import annotations

import gzip
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from postgres_programs import Programs

from liaison.errors import LiaisonError

EMPTY = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public;"


def main() -> None:
    """Asks for the word --replace, since what is there now is gone afterwards."""
    if len(sys.argv) != 3 or sys.argv[2] != "--replace":  # noqa: PLR2004 - program, file, the word
        sys.exit("Usage: infra/restore.py FILE --replace   (the present database is replaced)")
    file = Path(sys.argv[1])
    try:
        _check(file)
    except (OSError, EOFError) as error:
        sys.exit(f"{file} is no whole backup: {error}. Nothing was changed.")
    if _replay(file) != 0:
        sys.exit("Nothing was changed.")
    sys.stdout.write(f"The database is as {file} has it. Run liaison db upgrade, then start.\n")


def _check(file: Path) -> None:
    """Read it to its end, so that a cut-off file is refused before anything is touched."""
    with gzip.open(file) as content:
        while content.read(1 << 20):
            pass


def _replay(file: Path) -> int:
    psql = Programs().start(
        "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1",
        "--output=/dev/null", "--command", EMPTY, "--file=-", stdin=subprocess.PIPE,
    )  # fmt: skip
    if psql.stdin is not None:
        # psql stops reading at the first error, and says itself what it was.
        with gzip.open(file) as content, suppress(BrokenPipeError), psql.stdin:
            shutil.copyfileobj(content, psql.stdin)
    return psql.wait()


if __name__ == "__main__":
    try:
        main()
    except LiaisonError as error:
        sys.exit(error.sentence)
