"""PostgreSQL's programs for the database that the settings name, which they get without a password on the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import psycopg
from psycopg import pq

from liaison.config import read_settings
from liaison.db.location import open_database
from liaison.db.server_programs import programs_for

# Those of the wheel are of version 18; what they write, a server before 17 does not take back.
OLDEST_FOR_OURS = 170_000


class Programs:
    """`pg_dump` and `psql`, set up for this database."""

    def __init__(self) -> None:
        """Starts the embedded server where that one is used."""
        database = open_database(read_settings(), pool_size=1)
        conninfo = database.conninfo
        database.close()
        with psycopg.connect(conninfo) as connection:
            version = connection.info.server_version
        ours = programs_for(os.geteuid(), os.getegid())
        self._folder = ours if version >= OLDEST_FOR_OURS else None
        self._environment = os.environ | _environment(conninfo)

    def start(
        self, name: str, *options: str | Path, stdin: IO[bytes] | int | None = None
    ) -> subprocess.Popen[bytes]:
        """Start one of them, in our own input and output."""
        program = str(self._folder / name) if self._folder else shutil.which(name)
        if program is None:
            sys.exit(f"{name} of PostgreSQL's client programs is not installed.")
        return subprocess.Popen([program, *options], env=self._environment, stdin=stdin)  # noqa: S603 - PostgreSQL's own


def _environment(conninfo: str) -> dict[str, str]:
    """The address as libpq's variables: the command line of a program can be read by everybody."""
    options = pq.Conninfo.parse(conninfo.encode())
    return {each.envvar.decode(): each.val.decode() for each in options if each.envvar and each.val}
