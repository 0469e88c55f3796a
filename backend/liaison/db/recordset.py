"""Many rows as one value: a statement over them is the same for any number of them, and prepared once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import JSON, Text, column, func, literal
from sqlalchemy import cast as sql_cast
from sqlalchemy.sql.selectable import TableValuedAlias

from liaison.db.tables import Table


def recordset(table: type[Table], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    """The rows as a table with columns of that table; each row names the same ones."""
    types = {each.name: each.type for each in table.__table__.columns if each.name in rows[0]}
    return (
        func.json_to_recordset(sql_cast(literal(orjson.dumps(list(rows)).decode(), Text), JSON))
        .table_valued(*(column(name, kind) for name, kind in types.items()))
        .render_derived("record", with_types=True)
    )
