"""For any series: its rule means the same dates to other readers, and nothing is lost on the way."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as some

from liaison.recurrence.model import (
    WEEK,
    Pattern,
    PatternKind,
    Range,
    RangeKind,
    Recurrence,
    WeekIndex,
)
from liaison.recurrence.occurrences import Start, index_of, original_starts
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.rrule_reading import recurrence_of
from liaison.recurrence.stored import from_json, to_json
from liaison.times import When

ZONES = ["Europe/Berlin", "Pacific/Auckland", "America/New_York", "Asia/Kathmandu", "UTC"]
COMPARED = 25
DAYS = some.dates(date(2020, 1, 1), date(2040, 1, 1))
SOME_WEEKDAYS = some.lists(some.sampled_from(WEEK), min_size=1, max_size=7).map(tuple)


@some.composite
def patterns(draw: Any) -> Pattern:
    kind = draw(some.sampled_from(PatternKind))
    shape = Pattern.__dataclass_fields__.keys() - {"kind"}
    members = {
        "interval": some.integers(1, 5),
        "days_of_week": SOME_WEEKDAYS,
        "day_of_month": some.integers(1, 31),
        "month": some.integers(1, 12),
        "index": some.sampled_from(WeekIndex),
        "first_day_of_week": some.sampled_from(WEEK),
    }
    used = {
        PatternKind.DAILY: set(),
        PatternKind.WEEKLY: {"days_of_week", "first_day_of_week"},
        PatternKind.ABSOLUTE_MONTHLY: {"day_of_month"},
        PatternKind.RELATIVE_MONTHLY: {"days_of_week", "index"},
        PatternKind.ABSOLUTE_YEARLY: {"day_of_month", "month"},
        PatternKind.RELATIVE_YEARLY: {"days_of_week", "index", "month"},
    }[kind] | {"interval"}
    return Pattern(kind, **{name: draw(members[name]) for name in sorted(shape & used)})


@some.composite
def all_series(draw: Any) -> tuple[Recurrence, When]:
    """A series whose first occurrence is one of its pattern."""
    zone, pattern, begin = draw(some.sampled_from(ZONES)), draw(patterns()), draw(DAYS)
    endless = Recurrence(pattern, Range(RangeKind.NO_END, begin, zone))
    day = next(original_starts(endless, When(begin, begin, zone)))
    assert isinstance(day, date)
    span = draw(
        some.one_of(
            some.just(Range(RangeKind.NO_END, day, zone)),
            some.integers(1, 40).map(lambda n: Range(RangeKind.NUMBERED, day, zone, count=n)),
            some.dates(day, date(2045, 1, 1)).map(
                lambda end: Range(RangeKind.END_DATE, day, zone, end_date=end)
            ),
        )
    )
    recurrence = Recurrence(pattern, span)
    if draw(some.booleans()):
        return recurrence, When(day, day, zone)
    at = time(draw(some.integers(0, 23)), draw(some.sampled_from([0, 15, 30])))
    local = datetime.combine(day, at, ZoneInfo(zone))
    start = local.astimezone(UTC)
    # A first occurrence at a time that its clocks leave out would be at another time of day.
    assume(start.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local.replace(tzinfo=None))
    return recurrence, When(start, start, zone)


def as_others_read(rule: str, first: When) -> list[Start]:
    if not isinstance(first.start, datetime):
        begin = datetime.combine(first.start, time())
        return [moment.date() for moment in islice(rrulestr(rule, dtstart=begin), COMPARED)]
    begin = first.start.astimezone(ZoneInfo(first.time_zone)).replace(fold=0)
    found = islice(rrulestr(rule, dtstart=begin), COMPARED)
    return [moment.astimezone(UTC) for moment in found]


@settings(deadline=None, max_examples=200)
@given(all_series())
def test_the_rule_means_the_same_dates_to_readers_of_rfc_5545(
    made: tuple[Recurrence, When],
) -> None:
    recurrence, first = made

    ours = list(original_starts(recurrence, first, limit=COMPARED))

    assert ours == as_others_read(rule_text(recurrence, first), first)


@settings(deadline=None, max_examples=200)
@given(all_series())
def test_nothing_is_lost_in_json(made: tuple[Recurrence, When]) -> None:
    recurrence, _ = made

    assert from_json(to_json(recurrence)) == recurrence


@settings(deadline=None, max_examples=200)
@given(all_series())
def test_the_rule_is_read_back_as_the_same_series(made: tuple[Recurrence, When]) -> None:
    recurrence, first = made

    assert recurrence_of(rule_text(recurrence, first), first) == recurrence


@settings(deadline=None, max_examples=200)
@given(all_series(), some.integers(0, 12))
def test_a_series_that_is_entered_late_goes_on_as_from_its_beginning(
    made: tuple[Recurrence, When], number: int
) -> None:
    recurrence, first = made
    starts = list(original_starts(recurrence, first, limit=COMPARED))
    assume(number < len(starts))
    late = starts[number] if isinstance(starts[number], datetime) else None
    assume(late is not None)

    found = list(original_starts(recurrence, first, after=late, limit=COMPARED - number))

    assert found == starts[number:]
    assert index_of(recurrence, first, starts[number]) == number
