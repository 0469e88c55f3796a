"""Tables that a rehearsal writes in a copy of its own, so that it holds nobody up who writes to them meanwhile.

Within the transaction a temporary table stands before the real one of the same name.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.orm import Session

from liaison.db.tables import Table


def cast_shadows(session: Session, tables: Iterable[type[Table]]) -> None:
    """From here on the transaction sees and writes the copies; they go with it."""
    for name in [one.__tablename__ for one in tables]:
        copy = f"rehearsed_{name}"
        session.execute(
            text(f"CREATE TEMPORARY TABLE {copy} (LIKE {name} INCLUDING ALL) ON COMMIT DROP")
        )
        session.execute(text(f"INSERT INTO {copy} SELECT * FROM {name}"))  # noqa: S608 - our own names
        session.execute(text(f"ALTER TABLE {copy} RENAME TO {name}"))
        # Nobody looks after temporary tables: without figures about them every question is guessed at.
        session.execute(text(f"ANALYZE {name}"))
    # Statements that this connection prepared before mean the real tables.
    session.execute(text("DISCARD PLANS"))
