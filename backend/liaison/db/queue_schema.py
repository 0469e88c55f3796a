"""The tables of the queue (procrastinate), kept at the version of the installed library.

The library ships its schema and a file per later change, but no record of what was applied.
"""

from __future__ import annotations

from pathlib import Path

from procrastinate.schema import SchemaManager
from sqlalchemy import Connection, text

PREFIX = "procrastinate_"
RECORD = "procrastinate_applied"


def upgrade(connection: Connection) -> None:
    """Make the queue's tables, or apply the changes that came with newer versions of the library."""
    applied = _applied(connection)
    if applied is None:
        statements = {"": SchemaManager.get_schema()}
        connection.execute(text(f"CREATE TABLE {RECORD} (name text PRIMARY KEY)"))
    else:
        statements = {
            each.name: each.read_text() for each in _changes() if each.name not in applied
        }
    for sql in statements.values():
        # The driver's cursor: a file holds many statements, and colons and percent signs of its own.
        connection.exec_driver_sql(sql.replace("%", "%%"))
    _record(connection, [each.name for each in _changes()])
    connection.commit()


def list_missing(connection: Connection) -> list[str]:
    """The files that `upgrade` would apply."""
    applied = _applied(connection)
    return [each.name for each in _changes() if applied is None or each.name not in applied]


def _changes() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))


def _applied(connection: Connection) -> set[str] | None:
    """None where the queue has no tables yet."""
    if connection.scalar(text("SELECT to_regclass(:name)"), {"name": RECORD}) is None:
        return None
    return set(connection.scalars(text(f"SELECT name FROM {RECORD}")))  # noqa: S608 - a constant


def _record(connection: Connection, names: list[str]) -> None:
    insert = text(f"INSERT INTO {RECORD} VALUES (:name) ON CONFLICT DO NOTHING")  # noqa: S608 - a constant
    for name in names:
        connection.execute(insert, {"name": name})
