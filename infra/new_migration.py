"""Writes the migration that leads from the last one to the models, to be read and mended by hand.

make migration NAME="links remember the organizer"
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys
import tempfile
from pathlib import Path

import liaison
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import make_revision, upgrade
from liaison.db.tables import Table


def main() -> None:
    """Migrate a throw-away database to the head and compare it with the models."""
    import_all_models()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        server = EmbeddedPostgres(Path(folder), durable=False)
        server.start()
        try:
            upgrade(server.url)
            path = make_revision(server.url, sys.argv[1], Table.metadata)
        finally:
            server.stop()
    ruff = Path(sys.executable).with_name("ruff")
    for command in ("check", "--fix", "--quiet"), ("format", "--quiet"):
        subprocess.run([ruff, *command, path], check=False)  # noqa: S603 - a tool of this environment
    print(path)  # noqa: T201 - a program of the checkout


def import_all_models() -> None:
    """A table is known once its module is imported."""
    for module in pkgutil.walk_packages(liaison.__path__, "liaison."):
        if not module.name.endswith("__main__") and ".migrations" not in module.name:
            importlib.import_module(module.name)


if __name__ == "__main__":
    main()
