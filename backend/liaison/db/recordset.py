"""Many rows as one value: a statement over them is the same for any number of them, built and prepared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import orjson
from sqlalchemy import Text, bindparam, column, func, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.dialects.postgresql import JSONB, Insert, insert
from sqlalchemy.sql.selectable import TableValuedAlias
from sqlalchemy.types import TypeEngine

from liaison.db.tables import Table, plain

ROWS = "rows"


def given(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """What a statement over rows is executed with."""
    return {ROWS: orjson.dumps(list(rows)).decode()}


def recordset(kinds: Mapping[str, TypeEngine[Any]]) -> TableValuedAlias:
    """The rows that are given when the statement is executed, as a table with these columns."""
    return (
        func.jsonb_to_recordset(sql_cast(bindparam(ROWS, type_=Text), JSONB))
        .table_valued(*(column(name, kind) for name, kind in kinds.items()))
        .render_derived("record", with_types=True)
    )


@cache
def rows_of(table: type[Table], names: Sequence[str]) -> TableValuedAlias:
    """Likewise, with these columns of a table."""
    return recordset({name: plain(table).c[name].type for name in names})


@cache
def insert_rows(table: type[Table], names: Sequence[str]) -> Insert:
    """Adds the rows that are given, each with these columns."""
    record = rows_of(table, names)
    return insert(plain(table)).from_select(names, select(*(record.c[name] for name in names)))
