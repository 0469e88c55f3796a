"""Rows by COPY, where nothing is asked back of them: it takes half of what a statement over the same rows takes.

The server stores the first rows while the last are still written out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import orjson
import psycopg
from sqlalchemy import DateTime, Integer, Text
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.engine import ExecutionContext
from sqlalchemy.orm import Session

from liaison.db.tables import Table, plain

AT_ONCE = 100

_PARTS = "parts"
_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def copy_rows(
    session: Session, table: type[Table], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> None:
    """Add rows, each with the values of these columns in this order. Raises what a statement raises."""
    kinds = [type(plain(table).c[name].type) for name in names]
    some = iter(rows)
    parts = (_written(part, kinds) for part in iter(lambda: list(islice(some, AT_ONCE)), []))
    statement = sql(f"COPY {table.__tablename__} ({', '.join(names)}) FROM STDIN")
    session.execute(statement, execution_options={_PARTS: parts})


def copy_given(
    cursor: psycopg.Cursor[Any], statement: str, _parameters: object, context: ExecutionContext
) -> bool:
    """How the engine executes it, so that it is counted and fails like any other statement; whether it was one."""
    parts: Iterator[str] | None = context.execution_options.get(_PARTS)
    if parts is None:
        return False
    with cursor.copy(statement) as copy:
        for part in parts:
            copy.write(part)
    return True


def _written(rows: Sequence[Sequence[Any]], kinds: Sequence[type]) -> str:
    columns = zip(*rows, strict=True)
    written = [_WRITERS[kind](values) for kind, values in zip(kinds, columns, strict=True)]
    return "".join("\t".join(row) + "\n" for row in zip(*written, strict=True))


def _plain(values: Sequence[Any]) -> list[str]:
    """What has neither quotes nor commas, by way of JSON, which writes all of it at once."""
    listed = orjson.dumps(values).decode().removeprefix("[").removesuffix("]")
    return listed.replace('"', "").replace("null", _NULL).split(",")


def _texts(values: Sequence[str | None]) -> list[str]:
    """Most columns of text repeat the same few."""
    known = {one: _NULL if one is None else _escaped(one) for one in set(values)}
    return [known[one] for one in values]


def _escaped(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(_ESCAPES)


def _json(values: Sequence[Any]) -> list[str]:
    """JSON itself writes no tab and no end of a line."""
    return [
        _NULL if one is None else orjson.dumps(one, default=dict).decode().replace("\\", "\\\\")
        for one in values
    ]


_WRITERS: Mapping[type, Callable[[Sequence[Any]], list[str]]] = {
    UUID: _plain,
    DateTime: _plain,
    Integer: _plain,
    Text: _texts,
    JSONB: _json,
}
