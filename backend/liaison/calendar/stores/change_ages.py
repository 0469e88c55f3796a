"""How old changes were when they reached their activities: a histogram that all workers fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from liaison.calendar.stores.reconcile_tables import ChangeAgeRow

BOUNDS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 86400.0)
BEYOND = float("inf")


def count_ages(session: Session, ages: Sequence[float]) -> None:
    """Add these ages, in seconds. The rows are written in one order, so that no two workers wait for each other."""
    sums: dict[float, float] = {}
    counts: Counter[float] = Counter()
    for age in ages:
        bound = next((bound for bound in BOUNDS if age <= bound), BEYOND)
        counts[bound] += 1
        sums[bound] = sums.get(bound, 0.0) + age
    for bound in sorted(counts):
        new = {"changes": counts[bound], "seconds": sums[bound]}
        statement = insert(ChangeAgeRow).values(upto_seconds=bound, **new)
        given = {name: getattr(ChangeAgeRow, name) + value for name, value in new.items()}
        session.execute(
            statement.on_conflict_do_update(index_elements=[ChangeAgeRow.upto_seconds], set_=given)
        )


def read_ages(session: Session) -> tuple[list[tuple[float, int]], float]:
    """How many took up to each bound in all, the last bound being infinite; and the sum of all ages."""
    rows = {row.upto_seconds: row for row in session.scalars(select(ChangeAgeRow))}
    reached, total = [], 0
    for bound in (*BOUNDS, BEYOND):
        total += rows[bound].changes if bound in rows else 0
        reached.append((bound, total))
    return reached, sum(row.seconds for row in rows.values())
