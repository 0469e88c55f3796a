"""The tables of what waits for an administrator."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table

OPEN = text("state = 'open'")


class HoldRow(Table):
    """What one mailbox has waiting for an administrator; at most one is open per mailbox, reason and action.

    `action`: of mails that wait, what would have sent them; removals have one hold for all.
    """

    __tablename__ = "holds"
    __table_args__ = (
        Index(
            "uq_holds_open",
            "mailbox_id",
            "reason",
            "action",
            unique=True,
            postgresql_where=OPEN,
        ),
        Index("ix_holds_settled", "mailbox_id", "settled_at"),
        CheckConstraint("state in ('open','approved','discarded','dissolved')", name="state"),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"))
    reason: Mapped[str]
    action: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str]
    opened_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by: Mapped[str | None]


class HeldLinkRow(Table):
    """A link whose removal is held. `came_of`: what became of it, null while it waits or is to be looked up."""

    __tablename__ = "held_links"
    __table_args__ = (
        Index("ix_held_links_waiting", "link_id", postgresql_where=text("came_of is null")),
        CheckConstraint("came_of in ('removed','back','kept')", name="came_of"),
    )

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("holds.id"), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id"), primary_key=True)
    event_id: Mapped[str]
    at: Mapped[datetime]
    came_of: Mapped[str | None]


class HeldMailRow(Table):
    """An activity whose change waits, because it would mail so many people, of them so many outside.

    `outside`: who those are, without their addresses, as long as it waits. `came_of`: what became of it, null while it waits or, when it was approved, until it is carried out.
    """

    __tablename__ = "held_mails"
    __table_args__ = (
        Index("ix_held_mails_waiting", "activity_id", postgresql_where=text("came_of is null")),
        CheckConstraint("came_of in ('sent','kept','gone')", name="came_of"),
    )

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("holds.id"), primary_key=True)
    activity_id: Mapped[UUID] = mapped_column(primary_key=True)
    people: Mapped[int]
    outsiders: Mapped[int]
    outside: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    at: Mapped[datetime]
    came_of: Mapped[str | None]
