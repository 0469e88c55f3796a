"""The tables of the reconcile: what each mailbox's last one stated, how far the present one is, ages of changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, text
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Table


class ReconcileRow(Table):
    """The reconcile of one mailbox.

    `began_at` and `found` are those of one that has not come to its end; `ended_at`, `links`, `different`, `unsettled`
    and `differences` are what the last one stated, `apart` and `named_apart` in how many fields, and in which, each side
    keeps its own. A difference is named by link, activity and field, without values:
    those stand in the decision log only, where a retraction erases them.
    """

    __tablename__ = "reconciles"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    next_at: Mapped[datetime]
    began_at: Mapped[datetime | None]
    found: Mapped[list[dict[str, Any]]]
    ended_at: Mapped[datetime | None]
    links: Mapped[int | None]
    different: Mapped[int | None]
    unsettled: Mapped[int | None]
    differences: Mapped[list[dict[str, Any]]]
    apart: Mapped[int | None]
    named_apart: Mapped[list[dict[str, Any]]] = mapped_column(server_default=text("'[]'"))


class CheckedLinkRow(Table):
    """A link that the unfinished reconcile of this mailbox has looked at; an interrupted one goes on behind it."""

    __tablename__ = "reconciled_links"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id"), primary_key=True)


class ChangeAgeRow(Table):
    """How many changes took up to so many seconds from Outlook to the activity, over all workers."""

    __tablename__ = "change_ages"

    upto_seconds: Mapped[float] = mapped_column(primary_key=True)
    changes: Mapped[int] = mapped_column(BigInteger)
    seconds: Mapped[float]
