"""What of a series lies ahead: from which occurrence on it can still be brought to Outlook."""

from datetime import date, timedelta

import pytest

from calendar_builders import NOW
from liaison.calendar.rules.series_ahead import series_ahead, series_from
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from series_builders import an_hour, local, whole_day

MONDAYS = "FREQ=WEEKLY;BYDAY=MO"
BEGUN, NEXT = an_hour("2026-11-02T10:00"), local("2026-11-23T10:00")
DAYS = whole_day("2026-11-02")


def moved(start, to):
    begin = local(to)
    fields = {"start": begin.isoformat(), "end": (begin + timedelta(hours=1)).isoformat()}
    return OccurrenceException(start, OccurrenceKind.CHANGED, fields)


def cancelled(start):
    return OccurrenceException(start, OccurrenceKind.CANCELLED)


def ahead(*exceptions, first=BEGUN, rule=MONDAYS):
    return series_ahead(ActivityRecurrence(rule, None, exceptions), first, NOW)


@pytest.mark.parametrize(
    ("exception", "begins"),
    [
        (moved(NEXT, "2026-11-24T10:00"), "2026-11-23T10:00"),
        (moved(NEXT, "2026-11-21T10:00"), "2026-11-23T10:00"),
        (moved(NEXT, "2026-11-19T10:00"), "2026-11-30T10:00"),
        (OccurrenceException(NEXT, OccurrenceKind.CHANGED, {"location": "x"}), "2026-11-23T10:00"),
        (cancelled(NEXT), "2026-11-30T10:00"),
    ],
    ids=["later", "earlier", "it took place", "stays", "cancelled"],
)
def test_a_series_goes_on_with_the_next_occurrence_that_still_takes_place(exception, begins):
    assert ahead(exception).when == an_hour(begins)


def test_a_series_goes_on_with_the_occurrence_that_was_meant_next_wherever_it_is_now():
    """The exception is written afterwards: a series begins where its pattern says."""
    later = moved(NEXT, "2026-11-24T10:00")

    assert ahead(later).exceptions == (later,)


@pytest.mark.parametrize("gone", ["2026-11-16", "2026-11-23", "2026-11-30"])
def test_of_whole_days_the_exceptions_of_what_lies_ahead_go_along(gone):
    exception = cancelled(date.fromisoformat(gone))

    found = ahead(exception, first=DAYS)

    begins = "2026-11-30" if gone == "2026-11-23" else "2026-11-23"
    assert found.when == whole_day(begins)
    assert found.exceptions == ((exception,) if gone == "2026-11-30" else ())


def test_nothing_lies_ahead_where_all_that_is_left_is_cancelled():
    assert ahead(cancelled(NEXT), rule=f"{MONDAYS};COUNT=4") is None


@pytest.mark.parametrize(
    ("rule", "count", "end"),
    [
        (MONDAYS, None, None),
        (f"{MONDAYS};COUNT=6", 3, None),
        (f"{MONDAYS};UNTIL=20261214T090000Z", None, date(2026, 12, 14)),
    ],
)
def test_what_has_passed_is_counted_off_and_the_end_stays(rule, count, end):
    span = ahead(rule=rule).recurrence.range

    assert (span.start_date, span.count, span.end_date) == (date(2026, 11, 23), count, end)


def test_a_series_has_no_part_that_begins_between_two_occurrences():
    mondays = ActivityRecurrence(MONDAYS)

    assert series_from(mondays, BEGUN, NEXT + timedelta(days=1)) is None
    assert series_from(mondays, BEGUN, NEXT).when == an_hour("2026-11-23T10:00")
