"""Conditions over many values at once, which travel as one array: thousands cost what one costs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import Column, ColumnElement, Dialect, any_, bindparam, literal
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine, UserDefinedType

_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


def among(
    column: InstrumentedAttribute[Any] | Column[Any], values: Collection[Any]
) -> ColumnElement[bool]:
    """Whether the column has one of the values."""
    return column == any_(literal(values, _Array(column.type)))


def among_given(column: Column[Any], name: str) -> ColumnElement[bool]:
    """Likewise, in a statement that is put together once: the values are its parameter `name`."""
    return column == any_(bindparam(name, type_=_Array(column.type)))


class _Array(UserDefinedType[Collection[Any]]):
    """Values as PostgreSQL writes an array. The driver would make a text of each by itself, which takes ten times as long.

    It is told the type beside the value: a cast within the statement would be made anew for each row.
    """

    cache_ok = True
    render_bind_cast = True

    def __init__(self, kind: TypeEngine[Any]) -> None:
        """`kind`: the type of each value."""
        self.kind = kind

    def get_col_spec(self, **_: Any) -> str:
        """As in text[]."""
        return f"{self.kind.compile(_POSTGRESQL)}[]"

    def bind_processor(self, _dialect: Dialect) -> Callable[[Any], str]:
        """From values to their text."""
        return _array_text


def _array_text(values: Iterable[Any]) -> str:
    return "{" + ",".join(map(_element, values)) + "}"


def _element(value: Any) -> str:
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
