"""Tables that a rehearsal writes in a copy of its own, so that it holds nobody up who notes something meanwhile.

Within the transaction a temporary table stands before the real one of the same name.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session

from liaison.calendar.stores.tables import MailboxRow, NotedItemRow, UnlinkedCopyRow

# What webhooks and the CRM's edits write at any moment, and what refers to mailboxes that were never followed.
SHADOWED = [table.__tablename__ for table in (MailboxRow, NotedItemRow, UnlinkedCopyRow)]


def cast_shadows(session: Session) -> None:
    """From here on the transaction sees and writes the copies; they go with it."""
    for name in SHADOWED:
        copy = f"rehearsed_{name}"
        session.execute(
            text(f"CREATE TEMPORARY TABLE {copy} (LIKE {name} INCLUDING ALL) ON COMMIT DROP")
        )
        session.execute(text(f"INSERT INTO {copy} SELECT * FROM {name}"))  # noqa: S608 - our own names
        session.execute(text(f"ALTER TABLE {copy} RENAME TO {name}"))
    # Statements that this connection prepared before mean the real tables.
    session.execute(text("DISCARD PLANS"))
