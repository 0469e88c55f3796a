"""Whether the occurrences of a series keep their order once single ones are moved. Pure.

Outlook lets none of them begin on the day of the one before or after it, overlap it or pass it. Sources differ on
whether one that was cancelled still keeps its place; here it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from liaison.recurrence.days import longest_gap
from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import (
    Start,
    instant_of,
    local_date_of,
    original_starts,
    start_on,
    when_of,
)
from liaison.times import When


def out_of_order(
    recurrence: Recurrence, first: When, moved: Mapping[date, When]
) -> frozenset[date]:
    """Which of the moved occurrences come too near to a neighbour.

    `moved`: by the days of the series' zone on which they were meant to be, when they take place.
    """
    found: set[date] = set()
    for earlier, later in pairwise(_starts(recurrence, first, moved)):
        days = [local_date_of(recurrence, first, start) for start in (earlier, later)]
        if moved.keys() & days:
            held = [
                moved.get(day) or when_of(recurrence, first, start)
                for day, start in zip(days, (earlier, later), strict=True)
            ]
            found |= {*days} if _is_too_near(recurrence, first, *held) else set()
        if days[0] >= max(moved):
            break
    return frozenset(found & moved.keys())


def _starts(recurrence: Recurrence, first: When, moved: Iterable[date]) -> Iterator[Start]:
    """From the one before the first that is moved on."""
    earliest = min(moved, default=None)
    if earliest is None:
        return iter(())
    begin = instant_of(recurrence, start_on(recurrence, first, earliest))
    before = timedelta(days=longest_gap(recurrence.pattern))
    return original_starts(recurrence, first, after=begin - before)


def _is_too_near(recurrence: Recurrence, first: When, earlier: When, later: When) -> bool:
    def day_of(start: Start) -> date:
        return local_date_of(recurrence, first, start)

    return day_of(later.start) <= day_of(earlier.start) or later.starts_at < earlier.ends_at
