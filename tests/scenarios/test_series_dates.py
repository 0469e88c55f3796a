"""The next dates of a linked series: as written by hand from Outlook's rules, and as the tenant lists them.

The tenant has code of its own for that.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from liaison.calendar.model import Scope
from liaison.crm.recurring import next_dates

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
FAR = datetime(2040, 1, 1, tzinfo=UTC)
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday"]


def pattern(kind, interval=1, **more):
    return {"type": kind, "interval": interval, **more}


def every_week(*days, interval=1, starts="monday"):
    more = {"daysOfWeek": list(days), "firstDayOfWeek": starts}
    return pattern("weekly", interval, **more)


# What repeats, the wall clock of its first start, its zone, and the starts in UTC.
BY_HAND = {
    "the 31st is the last day of a shorter month": (
        pattern("absoluteMonthly", dayOfMonth=31),
        "2027-01-31T09:00",
        "Europe/Berlin",
        ["2027-01-31T08:00", "2027-02-28T08:00", "2027-03-31T07:00", "2027-04-30T07:00"],
    ),
    "the last weekday of a month": (
        pattern("relativeMonthly", daysOfWeek=WEEKDAYS, index="last"),
        "2027-01-29T09:00",
        "Europe/Berlin",
        ["2027-01-29T08:00", "2027-02-26T08:00", "2027-03-31T07:00", "2027-04-30T07:00"],
    ),
    "every other week, where weeks begin on Monday": (
        every_week("tuesday", "sunday", interval=2, starts="monday"),
        "2027-01-05T09:00",
        "Europe/Berlin",
        ["2027-01-05T08:00", "2027-01-10T08:00", "2027-01-19T08:00", "2027-01-24T08:00"],
    ),
    "every other week, where weeks begin on Sunday": (
        every_week("tuesday", "sunday", interval=2, starts="sunday"),
        "2027-01-05T09:00",
        "Europe/Berlin",
        ["2027-01-05T08:00", "2027-01-17T08:00", "2027-01-19T08:00", "2027-01-31T08:00"],
    ),
    "29 February is the 28th of other years": (
        pattern("absoluteYearly", month=2, dayOfMonth=29),
        "2028-02-29T09:00",
        "Europe/Berlin",
        ["2028-02-29T08:00", "2029-02-28T08:00", "2030-02-28T08:00"],
    ),
    "the clock stays when summer begins": (
        every_week("monday"),
        "2027-03-22T09:00",
        "Europe/Berlin",
        ["2027-03-22T08:00", "2027-03-29T07:00"],
    ),
    "the clock stays when summer ends": (
        every_week("monday"),
        "2027-10-25T09:00",
        "Europe/Berlin",
        ["2027-10-25T07:00", "2027-11-01T08:00"],
    ),
    "half past two on the night without it is half past three": (
        pattern("daily"),
        "2027-03-27T02:30",
        "Europe/Berlin",
        ["2027-03-27T01:30", "2027-03-28T01:30", "2027-03-29T00:30"],
    ),
    "half past two on the night with two of it is the first": (
        pattern("daily"),
        "2027-10-30T02:30",
        "Europe/Berlin",
        ["2027-10-30T00:30", "2027-10-31T00:30", "2027-11-01T01:30"],
    ),
    "Auckland, where winter begins in April": (
        every_week("monday"),
        "2027-03-29T09:00",
        "Pacific/Auckland",
        ["2027-03-28T20:00", "2027-04-04T21:00"],
    ),
    "Sao Paulo, late in the evening": (
        pattern("daily"),
        "2027-01-05T22:00",
        "America/Sao_Paulo",
        ["2027-01-06T01:00", "2027-01-07T01:00"],
    ),
    "Kolkata, the first Monday": (
        pattern("relativeMonthly", daysOfWeek=["monday"], index="first"),
        "2027-02-01T09:15",
        "Asia/Kolkata",
        ["2027-02-01T03:45", "2027-03-01T03:45", "2027-04-05T03:45"],
    ),
    "Kathmandu, right after midnight": (
        every_week("sunday"),
        "2027-01-10T00:10",
        "Asia/Kathmandu",
        ["2027-01-09T18:25", "2027-01-16T18:25"],
    ),
    "the fourth Thursday of November": (
        pattern("relativeYearly", month=11, daysOfWeek=["thursday"], index="fourth"),
        "2027-11-25T12:00",
        "America/New_York",
        ["2027-11-25T17:00", "2028-11-23T17:00", "2029-11-22T17:00"],
    ),
}


def create(person, repeats, start, span, **more):
    day = start.date() if isinstance(start, datetime) else start
    recurrence = {"pattern": repeats, "range": span | {"startDate": day.isoformat()}}
    return person.create_event(subject="Team", start=start, recurrence=recurrence, **more)


def shown(world, linked, limit=20):
    activity = world.activity_now(linked.activity)
    dates = [when.start for when in next_dates(activity, LONG_AGO, limit)]
    return [one for one in dates if not isinstance(one, datetime) or one < FAR]


@pytest.mark.parametrize("name", BY_HAND)
def test_a_linked_series_takes_place_when_outlook_says(world, ann, name):
    repeats, first, zone, expected = BY_HAND[name]
    start = datetime.fromisoformat(first)
    span = {"type": "numbered", "numberOfOccurrences": len(expected)}
    series = create(ann, repeats, start, span, time_zone=zone)

    linked = world.create(ann, series, scope=Scope.SERIES)

    by_hand = [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in expected]
    assert shown(world, linked) == by_hand
    assert [one.start for one in ann.occurrences(series, LONG_AGO, FAR)] == by_hand
    wall = ZoneInfo(linked.activity.when.time_zone)
    assert linked.activity.when.start.astimezone(wall).replace(tzinfo=None) == start


def test_a_series_of_whole_days_keeps_its_days(world, ann):
    span = {"type": "numbered", "numberOfOccurrences": 3}
    first = date(2027, 3, 26)
    series = create(
        ann, every_week("friday"), first, span, all_day=True, time_zone="Pacific/Auckland"
    )
    linked = world.create(ann, series, scope=Scope.SERIES)
    part = world.create(ann, ann.occurrence(series, date(2027, 4, 2)).id, scope=Scope.OCCURRENCE)

    ann.change_occurrence(series, date(2027, 4, 9), subject="Off")
    world.run(ann)

    days = [date(2027, 3, 26), date(2027, 4, 9)]
    assert shown(world, linked) == days
    assert world.activity_now(part.activity).when.start == date(2027, 4, 2)
    assert [
        one.original_start for one in world.activity_now(linked.activity).recurrence.exceptions
    ] == [
        date(2027, 4, 2),
        date(2027, 4, 9),
    ]


PATTERNS = [
    pattern("daily", 3),
    every_week("monday", "thursday", interval=2, starts="sunday"),
    pattern("absoluteMonthly", 2, dayOfMonth=30),
    pattern("relativeMonthly", daysOfWeek=["saturday", "sunday"], index="second"),
    pattern("absoluteYearly", month=2, dayOfMonth=28),
    pattern("relativeYearly", month=10, daysOfWeek=WEEKDAYS, index="third"),
]
RANGES = [
    {"type": "endDate", "endDate": "2032-06-30"},
    {"type": "numbered", "numberOfOccurrences": 7},
    {"type": "noEnd"},
]


@pytest.mark.parametrize("repeats", PATTERNS, ids=[one["type"] for one in PATTERNS])
def test_every_pattern_and_range_takes_place_as_the_tenant_lists_it(world, ann, repeats):
    for span in RANGES:
        begin = datetime(2027, 1, 4, 9, 30)  # noqa: DTZ001 - the wall clock of the series
        series = create(ann, repeats, begin, span, time_zone="America/New_York")
        linked = world.create(ann, series, scope=Scope.SERIES)

        listed = [one.start for one in ann.occurrences(series, LONG_AGO, FAR)][:20]

        assert listed
        assert shown(world, linked) == listed
        ann.delete_occurrence(series, listed[1])
        ann.change_occurrence(series, listed[2], start=listed[2] + timedelta(hours=2))
        world.run(ann)
        again = [one.start for one in ann.occurrences(series, LONG_AGO, FAR)][:20]
        assert shown(world, linked) == again
