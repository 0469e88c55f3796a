"""The tables of the CRM that comes with Liaison.

The people of an activity stand in its row: a page of activities is then written with one statement. The column
`people` repeats them as keys ("r:id", "c:id", "a:address"), so that one index finds the activities of anybody.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Identity, Index, Text, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from liaison.db.tables import Id, Table


class ActivityRow(Table):
    """One business activity. The days are given for whole days only, the instants always.

    A series is listed by one of its dates (`listed_at`) until that is over (`listed_until`, None where no other one
    follows); everything else by its start.
    """

    __tablename__ = "activities"
    __table_args__ = (
        Index(None, "people", postgresql_using="gin"),
        Index(None, "words", postgresql_using="gin"),
        Index(None, "starts_at", "id"),
        Index("ix_activities_listed", text("coalesce(listed_at, starts_at)"), "id"),
        Index(
            "ix_activities_listed_until",
            "listed_until",
            postgresql_where=text("listed_until IS NOT NULL"),
        ),
        # What takes place at a time is asked for each meeting that is shown.
        Index(
            "ix_activities_span",
            text("tstzrange(starts_at, ends_at, '[]')"),
            postgresql_using="gist",
        ),
        Index(
            "ix_activities_first_day", "first_day", postgresql_where=text("first_day IS NOT NULL")
        ),
        CheckConstraint("ends_at >= starts_at", name="ends_after_start"),
        CheckConstraint("(first_day IS NULL) = (last_day IS NULL)", name="whole_days"),
    )

    id: Mapped[Id]
    key: Mapped[UUID] = mapped_column(unique=True)
    type: Mapped[str]
    subject: Mapped[str]
    notes: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    first_day: Mapped[date | None]
    last_day: Mapped[date | None]
    time_zone: Mapped[str]
    place: Mapped[str]
    status: Mapped[str]
    owner_id: Mapped[UUID] = mapped_column(index=True)
    organizer: Mapped[dict[str, Any]]
    participants: Mapped[list[dict[str, Any]]]
    people: Mapped[list[str]] = mapped_column(ARRAY(Text))
    internal_notes: Mapped[str]
    outcome: Mapped[str]
    next_step: Mapped[str]
    regarding: Mapped[str]
    confidential: Mapped[bool]
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey("companies.id"), index=True)
    stub: Mapped[bool]
    review: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    transfer_to_outlook: Mapped[bool]
    deleted_at: Mapped[datetime | None]
    recurrence: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    listed_at: Mapped[datetime | None]
    listed_until: Mapped[datetime | None]
    version: Mapped[int]
    created_by: Mapped[str]
    changed_by: Mapped[str]
    changed_at: Mapped[datetime]
    words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)


class CompanyRow(Table):
    """An organisation."""

    __tablename__ = "companies"
    __table_args__ = (
        Index(None, "domains", postgresql_using="gin"),
        Index(None, "words", postgresql_using="gin"),
    )

    id: Mapped[Id]
    name: Mapped[str]
    kind: Mapped[str]
    domains: Mapped[list[str]] = mapped_column(ARRAY(Text))
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None]
    words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)


class ContactRow(Table):
    """A person at a customer, supplier or partner."""

    __tablename__ = "contacts"
    __table_args__ = (
        Index(None, "words", postgresql_using="gin"),
        Index(None, "surname", "given_name", "id"),
    )

    id: Mapped[Id]
    given_name: Mapped[str]
    surname: Mapped[str]
    phone: Mapped[str]
    mobile: Mapped[str]
    job_title: Mapped[str]
    company_id: Mapped[UUID | None] = mapped_column(ForeignKey("companies.id"), index=True)
    synchronize: Mapped[bool]
    version: Mapped[int] = mapped_column(default=1)
    deleted_at: Mapped[datetime | None]
    words: Mapped[Any] = mapped_column(TSVECTOR, deferred=True)


class ContactAddressRow(Table):
    """An address of a contact. Several contacts may carry the same one: then it identifies nobody.

    `remembered`: an alias from a review; it finds the contact but is not shown as one of his own addresses.
    `confirmed`: a person said in a review that of all who carry this address this one is meant.
    """

    __tablename__ = "contact_addresses"

    contact_id: Mapped[UUID] = mapped_column(
        ForeignKey("contacts.id", ondelete="CASCADE"), primary_key=True
    )
    address: Mapped[str] = mapped_column(primary_key=True, index=True)
    position: Mapped[int]
    remembered: Mapped[bool] = mapped_column(default=False)
    confirmed: Mapped[bool] = mapped_column(default=False)


class OutboxRow(Table):
    """A change that a person made to an activity, for those who carry it on. The order of `id` is that of writing."""

    __tablename__ = "crm_outbox"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    activity_id: Mapped[UUID]
    version: Mapped[int]
    fields: Mapped[list[str]] = mapped_column(ARRAY(Text))
    actor: Mapped[str]
    at: Mapped[datetime]
