"""Which installation this is: an id that stays as long as its database does, backups of it included."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from liaison.db.tables import Table


class InstallationRow(Table):
    """The one row, made with the table. `has_marked`: events in Outlook may carry a marker with this key."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[UUID]
    has_marked: Mapped[bool]


def installation_key(session: Session) -> UUID:
    """What tells this installation from others that use the same mailboxes."""
    return session.execute(select(InstallationRow.key)).scalar_one()


def has_marked(session: Session) -> bool:
    """Whether looking for our markers in Outlook can find anything."""
    return session.execute(select(InstallationRow.has_marked)).scalar_one()


def will_mark(session: Session) -> UUID:
    """The key, which is going to be written into an event."""
    unmarked = update(InstallationRow).where(InstallationRow.has_marked.is_(False))
    session.execute(unmarked.values(has_marked=True))
    return installation_key(session)
