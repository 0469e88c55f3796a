"""Finds the items of a window without looking at all of a mailbox.

A change in a mailbox of ten thousand meetings must cost here what it costs in one of a hundred;
else a benchmark would measure the stand-in.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from liaison_sandbox.model import Event

# Longer items are few; they are looked at every time.
LONG = timedelta(days=7)


class WindowIndex:
    def __init__(self) -> None:
        self._by_day: defaultdict[int, set[int]] = defaultdict(set)
        self._long: set[int] = set()

    def add(self, event: Event) -> None:
        self._place_of(event).add(event.key)

    def remove(self, event: Event) -> None:
        self._place_of(event).discard(event.key)

    def candidates(self, start: datetime, end: datetime) -> Iterator[int]:
        """Keys of all items that may overlap, and of some that do not."""
        yield from self._long
        for day in range((start - LONG).toordinal(), end.toordinal() + 1):
            yield from self._by_day.get(day, ())

    def _place_of(self, event: Event) -> set[int]:
        if event.end - event.start > LONG:
            return self._long
        return self._by_day[event.start.toordinal()]
