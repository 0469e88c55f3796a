"""When something takes place: a span of instants in a zone, or of whole days. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class When:
    """From start to end.

    Timed: `start` and `end` are aware instants in UTC. All day: both are dates, the end inclusive.
    `time_zone` is the IANA name of the zone in which the meeting was made.
    """

    start: datetime | date
    end: datetime | date
    time_zone: str = "UTC"

    @property
    def is_all_day(self) -> bool:
        """Whether it covers whole days and has no time of day."""
        return not isinstance(self.start, datetime)

    @property
    def starts_at(self) -> datetime:
        """The instant at which it begins, in UTC; midnight of the zone for whole days."""
        return self._instant(self.start, extra_days=0)

    @property
    def ends_at(self) -> datetime:
        """The instant at which it is over, in UTC; midnight after the last day for whole days."""
        return self._instant(self.end, extra_days=1)

    def _instant(self, moment: datetime | date, *, extra_days: int) -> datetime:
        if isinstance(moment, datetime):
            return moment
        midnight = datetime.combine(
            moment + timedelta(days=extra_days), time(), ZoneInfo(self.time_zone)
        )
        return midnight.astimezone(UTC)

    def is_over(self, now: datetime) -> bool:
        """Whether its end is past."""
        return self.ends_at <= now

    def same_span(self, other: When) -> bool:
        """Whether both cover the same time, whatever the zones are called."""
        return (self.start, self.end) == (other.start, other.end)
