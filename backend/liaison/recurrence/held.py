"""When a series really takes place: without the occurrences that are gone, with those that were moved. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Container, Iterable, Iterator
from datetime import date, datetime
from itertools import takewhile

from liaison.recurrence.model import Recurrence
from liaison.recurrence.occurrences import local_date_of, original_starts, when_of
from liaison.times import When


def held(
    recurrence: Recurrence,
    first: When,
    *,
    gone: Container[date],
    moved: Iterable[When],
    after: datetime,
    before: datetime | None = None,
) -> Iterator[When]:
    """What is not over at `after` and begins earlier than `before`, in order.

    `gone` are the days of the series' zone whose regular occurrence does not take place, be it cancelled or changed;
    `moved` is when the changed ones take place.
    """
    regular = _regular(recurrence, first, gone, after, before)
    later = sorted((when for when in moved if when.ends_at > after), key=_start)
    merged = heapq.merge(regular, later, key=_start)
    return takewhile(lambda when: before is None or when.starts_at < before, merged)


def _regular(
    recurrence: Recurrence,
    first: When,
    gone: Container[date],
    after: datetime,
    before: datetime | None,
) -> Iterator[When]:
    since = after - (first.ends_at - first.starts_at)
    for start in original_starts(recurrence, first, after=since, before=before):
        if local_date_of(recurrence, first, start) in gone:
            continue
        when = when_of(recurrence, first, start)
        if when.ends_at > after:
            yield when


def _start(when: When) -> datetime:
    return when.starts_at
