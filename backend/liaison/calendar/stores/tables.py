"""The tables of the calendar: mailboxes, links and their copies, noted items, runs, decisions."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table
from liaison.people import tables as _people  # noqa: F401 - ours refer to theirs, and take their types from there


class MailboxRow(Table):
    """One representative's mailbox that we follow, or followed. The truth about what is due.

    `delta_link`: where the changes are read on. `window_*`: what the present epoch covers.
    `reads_window`: its full round has not come to its end. `wants_delta`: read the changes at the
    next run whatever the interval says. `resumed_at`: reactivated or available again, links not looked at yet.
    """

    __tablename__ = "mailboxes"

    id: Mapped[UUID] = mapped_column(ForeignKey("representatives.id"), primary_key=True)
    is_followed: Mapped[bool]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    delta_link: Mapped[str | None]
    window_start: Mapped[datetime | None]
    window_end: Mapped[datetime | None]
    epoch_at: Mapped[datetime | None]
    reads_window: Mapped[bool] = mapped_column(default=False)
    wants_delta: Mapped[bool] = mapped_column(default=True)
    next_delta_at: Mapped[datetime | None]
    unavailable_since: Mapped[datetime | None]
    resumed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    last_run_at: Mapped[datetime | None]
    last_success_at: Mapped[datetime | None]
    last_error: Mapped[str | None]
    subscription_id: Mapped[str | None] = mapped_column(unique=True)
    subscription_expires_at: Mapped[datetime | None]
    subscription_renew_at: Mapped[datetime | None]
    client_state: Mapped[str | None]


class LinkRow(Table):
    """The tie between a meeting and an activity. One per meeting for ever. `ends_at` is the baseline's end.

    `contested`: what became of fields that both sides changed; `going_out`: the fields that are on their way to Outlook. `web_link`:
    where an event that we made is opened.
    """

    __tablename__ = "links"
    __table_args__ = (
        Index(
            "uq_links_meeting",
            "ical_uid",
            text("coalesce(original_start, '-infinity'::timestamptz)"),
            unique=True,
        ),
        Index(
            "uq_links_activity",
            "activity_id",
            unique=True,
            postgresql_where=text("state <> 'ended'"),
        ),
        CheckConstraint("state in ('reserved','live','frozen','ended')", name="state"),
    )

    id: Mapped[Id]
    scope: Mapped[str]
    state: Mapped[str]
    ical_uid: Mapped[str]
    original_start: Mapped[datetime | None]
    activity_id: Mapped[UUID] = mapped_column(index=True)
    organizer_address: Mapped[str]
    baseline: Mapped[dict[str, Any] | None]
    ends_at: Mapped[datetime | None] = mapped_column(index=True)
    created_by: Mapped[str]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    frozen_reason: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
    ended_reason: Mapped[str | None]
    removal_version: Mapped[int | None]
    last_synced_at: Mapped[datetime | None]
    contested: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    going_out: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    sent: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    web_link: Mapped[str | None]


class CopyRow(Table):
    """The event of a linked meeting in one mailbox; of an occurrence its master. `seen_epoch`: the full round that returned it last."""

    __tablename__ = "link_copies"
    __table_args__ = (Index(None, "mailbox_id", "event_id"),)

    link_id: Mapped[UUID] = mapped_column(ForeignKey("links.id"), primary_key=True)
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("representatives.id"), primary_key=True)
    event_id: Mapped[str]
    is_organizer: Mapped[bool]
    is_present: Mapped[bool]
    seen_epoch: Mapped[datetime | None]


class UnlinkedCopyRow(Table):
    """An invitee's copy of a meeting that has no link: remembered with the link as soon as there is one."""

    __tablename__ = "unlinked_copies"

    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"), primary_key=True)
    event_id: Mapped[str] = mapped_column(primary_key=True)
    ical_uid: Mapped[str] = mapped_column(index=True)


class NotedItemRow(Table):
    """One event of a mailbox that waits for attention. `hint` tells a new hint from the one being worked on."""

    __tablename__ = "noted_items"
    __table_args__ = (
        UniqueConstraint("mailbox_id", "event_id"),
        Index("ix_noted_items_due", "mailbox_id", "next_at", postgresql_where=text("not is_dead")),
    )

    id: Mapped[Id]
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"))
    event_id: Mapped[str]
    source: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    noted_at: Mapped[datetime]
    hint: Mapped[UUID]
    last_error: Mapped[str | None]
    seen_absent_at: Mapped[datetime | None]
    is_dead: Mapped[bool] = mapped_column(default=False)


class RunRow(Table):
    """One pass over one mailbox, with how often each reason came up. `initial_run_id`: the initial sync it is part of."""

    __tablename__ = "runs"
    __table_args__ = (Index("ix_runs_mailbox_started", "mailbox_id", "started_at"),)

    id: Mapped[Id]
    mailbox_id: Mapped[UUID] = mapped_column(ForeignKey("mailboxes.id"))
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    counts: Mapped[dict[str, Any]]
    initial_run_id: Mapped[UUID | None] = mapped_column(index=True)


class DecisionRow(Table):
    """A decision that was taken, for ever, or until retention or a retraction.

    `undo`: what the activity and the link held before, whole, where something was written; `activity_version`: the
    activity's version right afterwards, by which undoing knows whether something newer happened.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_link", "link_id", "id"),
        Index("ix_decisions_activity", "activity_id", "id"),
        Index("ix_decisions_mailbox", "mailbox_id", "id"),
        Index("ix_decisions_at", "at"),
        # The guard over removals counts these.
        Index(
            "ix_decisions_removals",
            "mailbox_id",
            "at",
            postgresql_where=text("action = 'remove-activity'"),
        ),
        Index("ix_decisions_undo", "run_id", postgresql_where=text("undo IS NOT NULL")),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    outcome: Mapped[str]
    actor: Mapped[str]
    policy_version: Mapped[int]
    mailbox_id: Mapped[UUID | None]
    event_id: Mapped[str | None]
    link_id: Mapped[UUID | None]
    activity_id: Mapped[UUID | None]
    run_id: Mapped[UUID | None]
    trace_id: Mapped[str | None]
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    facts: Mapped[dict[str, Any]]
    activity_version: Mapped[int | None]
    undo: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
