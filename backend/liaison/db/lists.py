"""Conditions over many values at once."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, any_
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import InstrumentedAttribute


def among(column: InstrumentedAttribute[Any], values: Collection[Any]) -> ColumnElement[bool]:
    """Whether the column has one of the values, which travel as one array: thousands cost what one costs."""
    return column == any_(sql_cast(list(values), ARRAY(column.type)))
