"""What all tables share: one metadata, names of constraints, types of columns."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Annotated, Any, cast

import uuid_utils
from sqlalchemy import DateTime, MetaData, Text
from sqlalchemy import Table as PlainTable
from sqlalchemy.dialects.postgresql import JSONB, UUID
from sqlalchemy.orm import DeclarativeBase, mapped_column

# Alembic can only drop constraints that have a name.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def new_id() -> uuid.UUID:
    """A UUID of version 7: unique, and in the order of creation."""
    return uuid.UUID(bytes=uuid_utils.uuid7().bytes)


class Table(DeclarativeBase):
    """A table of Liaison."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy wants it as a plain class attribute
        uuid.UUID: UUID(as_uuid=True),
        datetime: DateTime(timezone=True),
        str: Text,
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
    }


Id = Annotated[uuid.UUID, mapped_column(primary_key=True, default=new_id)]


def plain(table: type[Table]) -> PlainTable:
    """The table itself: a statement over it makes no entities, which cost several times as much."""
    return cast("PlainTable", table.__table__)
