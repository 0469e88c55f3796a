"""When the occurrences of a series were meant to begin, before anybody moved or cancelled one. Pure.

Their time of day stays the same on the clocks of the series' zone. A time that a clock change leaves out moves
forward by what was left out; of a time that comes twice the first is meant. Starts are instants in UTC for timed
series and dates for those of whole days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from liaison.recurrence.days import days_of, last_day_of
from liaison.recurrence.model import Recurrence
from liaison.times import When

Start = datetime | date
_A_DAY = timedelta(days=1)
_EARLIEST = datetime(1, 1, 3, tzinfo=UTC)


def original_starts(
    recurrence: Recurrence,
    first: When,
    *,
    after: datetime | None = None,
    before: datetime | None = None,
    limit: int | None = None,
) -> Iterator[Start]:
    """The original starts in their order, those from `after` on and earlier than `before`, `limit` at most.

    `first` is when the first occurrence takes place. Days begin at midnight of the series' zone.
    """
    return islice(_starts(recurrence, first, after, before), limit)


def is_original_start(recurrence: Recurrence, first: When, start: Start) -> bool:
    """Whether an occurrence was meant to begin exactly then."""
    day = local_date_of(recurrence, first, start)
    return any(found == _as_start(first, start, day) for found in _around(recurrence, first, day))


def index_of(recurrence: Recurrence, first: When, start: Start) -> int | None:
    """The number of the occurrence that was meant to begin then, the first one being 0; None for no such one."""
    wanted = _as_start(first, start, local_date_of(recurrence, first, start))
    for number, found in enumerate(_starts(recurrence, first, None, None)):
        if found == wanted:
            return number
        if instant_of(recurrence, found) > instant_of(recurrence, wanted):
            return None
    return None


def local_date_of(recurrence: Recurrence, first: When, start: Start) -> date:
    """On which day of the series' zone it begins.

    The start of a whole day may be given as a date, as midnight in UTC or as midnight of the zone.
    """
    if not isinstance(start, datetime):
        return start
    in_utc = start.astimezone(UTC)
    if first.is_all_day and in_utc.time() == time():
        return in_utc.date()
    return in_utc.astimezone(_zone(recurrence)).date()


def start_on(recurrence: Recurrence, first: When, day: date) -> Start:
    """When an occurrence of that day of the series' zone begins."""
    if not isinstance(first.start, datetime):
        return day
    return _at(_zone(recurrence), day, first.start)


def when_of(recurrence: Recurrence, first: When, start: Start) -> When:
    """When the occurrence takes place that was meant to begin then: it lasts as long as the first one."""
    begin = _as_start(first, start, local_date_of(recurrence, first, start))
    return When(begin, begin + _length(first), first.time_zone)


def ends_at(recurrence: Recurrence, first: When) -> datetime | None:
    """The instant at which the last occurrence is over; None where there is no end."""
    if recurrence.is_endless:
        return None
    last = last_day_of(recurrence, _first_day(recurrence, first))
    if last is None:
        return first.ends_at
    return when_of(recurrence, first, start_on(recurrence, first, last)).ends_at


def instant_of(recurrence: Recurrence, start: Start) -> datetime:
    """The instant of a start; midnight of the series' zone for whole days."""
    if isinstance(start, datetime):
        return start
    return datetime.combine(start, time(), _zone(recurrence)).astimezone(UTC)


def _starts(
    recurrence: Recurrence, first: When, after: datetime | None, before: datetime | None
) -> Iterator[Start]:
    # Clock changes and odd zones move a start by hours, never by days.
    since = None if after is None else (max(after, _EARLIEST) - 2 * _A_DAY).date()
    for day in days_of(recurrence, _first_day(recurrence, first), since):
        start = start_on(recurrence, first, day)
        begins_at = instant_of(recurrence, start)
        if before is not None and begins_at >= before:
            return
        if after is None or begins_at >= after:
            yield start


def _around(recurrence: Recurrence, first: When, day: date) -> Iterator[Start]:
    begin = _first_day(recurrence, first)
    for found in days_of(recurrence, begin, day - _A_DAY):
        if found > day + _A_DAY:
            return
        yield start_on(recurrence, first, found)


def _first_day(recurrence: Recurrence, first: When) -> date:
    return local_date_of(recurrence, first, first.start)


def _as_start(first: When, start: Start, day: date) -> Start:
    """In the form that the series' starts have."""
    if first.is_all_day or not isinstance(start, datetime):
        return day if first.is_all_day else start
    return start.astimezone(UTC)


def _length(first: When) -> timedelta:
    if isinstance(first.start, datetime) or isinstance(first.end, datetime):
        return first.ends_at - first.starts_at
    return first.end - first.start


def _at(zone: ZoneInfo, day: date, first_start: datetime) -> datetime:
    # fold=0 is the first of two; and in a gap it counts with the clock of before, which moves it forward.
    local_time = first_start.astimezone(zone).time()
    return datetime.combine(day, local_time, zone).astimezone(UTC)


def _zone(recurrence: Recurrence) -> ZoneInfo:
    return ZoneInfo(recurrence.range.time_zone)
