"""Which exceptions and which occurrence ids belong to the series of one mailbox."""

from collections import defaultdict
from datetime import date

from liaison_sandbox.model import Event


class SeriesIndex:
    def __init__(self) -> None:
        self.masters: set[int] = set()
        self._exceptions: defaultdict[int, dict[date, int]] = defaultdict(dict)
        self._place_by_id: dict[str, tuple[int, date]] = {}

    def add(self, event: Event, master: Event | None) -> None:
        if event.is_master:
            self.masters.add(event.key)
        if master is not None and event.original_day is not None:
            self._exceptions[master.key][event.original_day] = event.key

    def remove(self, event: Event) -> None:
        self.masters.discard(event.key)
        if event.master_key is not None:
            days = self._exceptions[event.master_key]
            for day in [day for day, key in days.items() if key == event.key]:
                del days[day]

    def exceptions_of(self, master_key: int) -> dict[date, int]:
        return dict(self._exceptions.get(master_key, {}))

    def learn(self, master: Event, day: date, ids: tuple[str, str]) -> None:
        for one in ids:
            self._place_by_id[one] = (master.key, day)

    def place_of(self, rest_id: str) -> tuple[int, date] | None:
        return self._place_by_id.get(rest_id)
