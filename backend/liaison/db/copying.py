"""Rows by COPY, where nothing is asked back of them: the server takes half of what a statement over the same rows takes.

It stores the first rows while the last are still written out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import orjson
import psycopg
from psycopg.types.json import Jsonb
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.orm import Session

from liaison.db.tables import Table, plain

_ROWS = "rows"


def copy_rows(
    session: Session, table: type[Table], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows, each with the values of these columns in this order. Raises what a statement raises."""
    are_json = [isinstance(plain(table).c[name].type, JSONB) for name in names]
    given = (
        [
            _as_json(value) if is_json else value
            for value, is_json in zip(row, are_json, strict=True)
        ]
        for row in rows
    )
    statement = sql(f"COPY {table.__tablename__} ({', '.join(names)}) FROM STDIN")
    session.execute(statement, execution_options={_ROWS: given})


def copy_given(
    cursor: psycopg.Cursor[Any], statement: str, _parameters: object, context: ExecutionContext
) -> bool:
    """How the engine executes it, so that it is counted and fails like any other statement; whether it was one."""
    rows: Iterable[Sequence[Any]] | None = context.execution_options.get(_ROWS)
    if rows is None:
        return False
    with cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
    return True


def _as_json(value: Any) -> Jsonb | None:
    return None if value is None else Jsonb(value, _dumps)


def _dumps(value: Any) -> bytes:
    return orjson.dumps(value, default=dict)
