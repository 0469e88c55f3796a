"""The tables of our people, the sync user and the service switch."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table


class RepresentativeRow(Table):
    """One of our people."""

    __tablename__ = "representatives"
    __table_args__ = (
        UniqueConstraint("tenant_id", "oid"),
        Index(None, "aliases", postgresql_using="gin"),
    )

    id: Mapped[Id]
    tenant_id: Mapped[str]
    oid: Mapped[str]
    name: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)
    aliases: Mapped[list[str]] = mapped_column(ARRAY(Text))
    sync_active: Mapped[bool] = mapped_column(default=False)
    permissions: Mapped[list[str]] = mapped_column(ARRAY(Text))
    has_mailbox: Mapped[bool]
    time_zone: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)


class SyncUserRow(Table):
    """The sync user; without a row it is as delivered: locked and not active."""

    __tablename__ = "sync_user"

    name: Mapped[str] = mapped_column(primary_key=True)
    locked: Mapped[bool]
    active: Mapped[bool]


class ServiceRow(Table):
    """The one service switch; without a row the service is running."""

    __tablename__ = "service"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    running: Mapped[bool]
    generation: Mapped[int]
