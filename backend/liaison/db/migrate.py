"""Brings a database to the schema of this version: ours through Alembic, and the queue's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, text

from liaison.db import queue_schema
from liaison.db.connections import create_database_engine
from liaison.errors import ConfigurationError

# Any number, the same in every version: whoever upgrades holds it.
UPGRADE_LOCK = 7_254_883_001


def upgrade(database_url: str, revision: str = "head") -> None:
    """Apply what is missing. Two that upgrade at once follow one another."""
    with _alone(database_url) as connection:
        command.upgrade(alembic_config(connection), revision)
        queue_schema.upgrade(connection)


def downgrade(database_url: str, revision: str) -> None:
    """Take migrations of ours back down to this revision; the queue's schema stays."""
    with _alone(database_url) as connection:
        command.downgrade(alembic_config(connection), revision)


def make_revision(database_url: str, message: str, metadata: MetaData) -> Path:
    """Write the migration that leads from the database's tables to the models; where it is."""
    with _alone(database_url) as connection:
        config = alembic_config(connection, metadata)
        number = 1 + len(list(ScriptDirectory.from_config(config).walk_revisions()))
        made = command.revision(config, message=message, autogenerate=True, rev_id=f"{number:04}")
    return Path(made.path)  # type: ignore[union-attr]  # a list only where several are asked for


def list_missing(connection: Connection) -> list[str]:
    """What `upgrade` would apply, by name; empty where the database fits this version."""
    script = ScriptDirectory.from_config(alembic_config(connection))
    applied = MigrationContext.configure(connection).get_current_heads()
    missing = [
        each.revision for each in script.iterate_revisions("heads", applied, inclusive=False)
    ]
    return missing + queue_schema.list_missing(connection)


def require_current_schema(database_url: str) -> None:
    """Refuse to work on a database whose schema is not that of this version."""
    engine = create_database_engine(database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            missing = list_missing(connection)
    finally:
        engine.dispose()
    if missing:
        raise ConfigurationError(
            [
                f"The database lacks {len(missing)} migrations of this version: run liaison db upgrade."
            ]
        )


def alembic_config(
    connection: Connection | None = None, metadata: MetaData | None = None
) -> Config:
    """Alembic's settings, without a file."""
    config = Config()
    config.set_main_option("path_separator", "os")
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes.update(connection=connection, metadata=metadata, include_name=is_ours)
    return config


def is_ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table of the database belongs to Liaison and not to the queue."""
    return kind != "table" or not (name or "").startswith(queue_schema.PREFIX)


@contextmanager
def _alone(database_url: str) -> Iterator[Connection]:
    engine = create_database_engine(database_url, pool_size=1)
    try:
        with engine.connect() as connection:
            # A large table may take its time, and so may another upgrade.
            connection.execute(text("SET statement_timeout = 0"))
            connection.execute(text("SET lock_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": UPGRADE_LOCK})
            connection.commit()
            yield connection
    finally:
        engine.dispose()
