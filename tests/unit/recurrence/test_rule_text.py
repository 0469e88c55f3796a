"""Series as the rules of RFC 5545."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.recurrence.model import Pattern
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.rrule_reading import recurrence_of
from series_builders import (
    FRI,
    MON,
    SUN,
    THU,
    TUE,
    WEEK,
    WEEKDAYS,
    WEEKEND,
    an_hour,
    daily,
    monthly,
    monthly_on,
    series,
    weekly,
    whole_day,
    yearly,
    yearly_on,
)

TABLE: list[tuple[Pattern, str]] = [
    (daily(), "FREQ=DAILY"),
    (daily(3), "FREQ=DAILY;INTERVAL=3"),
    (weekly(FRI, MON), "FREQ=WEEKLY;BYDAY=MO,FR;WKST=MO"),
    (weekly(MON, SUN, interval=2, starts=SUN), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU"),
    (monthly(15), "FREQ=MONTHLY;BYMONTHDAY=15"),
    (monthly(31), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
    (monthly(29, 2), "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
    (monthly_on("second", TUE), "FREQ=MONTHLY;BYDAY=2TU"),
    (monthly_on("last", *WEEKDAYS), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"),
    (monthly_on("last", *WEEK), "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=-1"),
    (monthly_on("first", *WEEKEND), "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1"),
    (yearly(3, 9), "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=9"),
    (yearly(2, 29), "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"),
    (yearly_on(11, "fourth", THU), "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"),
    (yearly_on(3, "last", *WEEKEND), "FREQ=YEARLY;BYMONTH=3;BYDAY=SA,SU;BYSETPOS=-1"),
]
FIRST = an_hour("2026-11-23T09:00")


@pytest.mark.parametrize(("pattern", "rule"), TABLE)
def test_a_pattern_is_written_and_read_as_this_rule(pattern: Pattern, rule: str) -> None:
    recurrence = series(pattern, date(2026, 11, 23))

    assert rule_text(recurrence, FIRST) == rule
    assert recurrence_of(rule, FIRST) == recurrence


@pytest.mark.parametrize(
    ("options", "zone", "end"),
    [
        ({"count": 5}, "Europe/Berlin", "COUNT=5"),
        ({"until": date(2026, 12, 11)}, "Europe/Berlin", "UNTIL=20261211T080000Z"),
        ({"until": date(2027, 6, 1)}, "Europe/Berlin", "UNTIL=20270601T070000Z"),
        ({"until": date(2026, 12, 11)}, "Pacific/Auckland", "UNTIL=20261210T200000Z"),
    ],
)
def test_the_end_of_a_timed_series_is_an_instant(
    options: dict[str, Any], zone: str, end: str
) -> None:
    first = an_hour("2026-11-23T09:00", zone)
    recurrence = series(daily(), date(2026, 11, 23), zone=zone, **options)

    assert rule_text(recurrence, first) == f"FREQ=DAILY;{end}"
    assert recurrence_of(f"FREQ=DAILY;{end}", first) == recurrence


def test_the_end_of_a_series_of_whole_days_is_a_day() -> None:
    first = whole_day("2026-11-23")
    recurrence = series(daily(), date(2026, 11, 23), until=date(2026, 12, 11))

    assert rule_text(recurrence, first) == "FREQ=DAILY;UNTIL=20261211"
    assert recurrence_of("FREQ=DAILY;UNTIL=20261211", first) == recurrence


@pytest.mark.parametrize(
    ("rule", "pattern"),
    [
        ("FREQ=WEEKLY", weekly(MON)),
        ("FREQ=MONTHLY", monthly(23)),
        ("FREQ=YEARLY", yearly(11, 23)),
        ("FREQ=YEARLY;BYMONTH=11", yearly(11, 23)),
        ("freq=monthly;bymonthday=-1", monthly(31)),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2", monthly_on("second", TUE)),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", weekly(*WEEKDAYS)),
        ("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31", yearly(1, 31)),
    ],
)
def test_other_words_for_a_pattern_are_understood(rule: str, pattern: Pattern) -> None:
    assert recurrence_of(rule, FIRST) == series(pattern, date(2026, 11, 23))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYDAY=MO",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "FREQ=MONTHLY;BYDAY=MO;BYMONTHDAY=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYMONTHDAY=15",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTH=1,7",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=HOURLY",
        "BYDAY=MO",
        "FREQ=WEEKLY;UNTIL=soon",
        "",
    ],
)
def test_a_rule_for_which_outlook_has_no_pattern_is_none(rule: str) -> None:
    assert recurrence_of(rule, FIRST) is None


@pytest.mark.parametrize(
    ("until", "last"),
    [
        ("20261211T080000Z", date(2026, 12, 11)),
        ("20261211T075959Z", date(2026, 12, 10)),
        ("20261211T085900", date(2026, 12, 10)),
        ("20261211T090000", date(2026, 12, 11)),
        ("20261211T235959Z", date(2026, 12, 11)),
        ("20261211", date(2026, 12, 11)),
    ],
)
def test_an_end_before_the_time_of_day_leaves_that_day_out(until: str, last: date) -> None:
    found = recurrence_of(f"FREQ=DAILY;UNTIL={until}", FIRST)

    assert found == series(daily(), date(2026, 11, 23), until=last)
