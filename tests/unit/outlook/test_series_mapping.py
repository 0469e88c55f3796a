"""Series as Graph writes them, in our words."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from liaison.outlook.event_mapping import read_event
from liaison.outlook.model import CalendarEvent, EventKind, UnreadableEvent
from liaison.outlook.series import held_between, original_date
from liaison.recurrence.model import Pattern, Range, RangeKind
from series_builders import (
    FRI,
    MON,
    SUN,
    THU,
    WEEKDAYS,
    daily,
    local,
    monthly,
    monthly_on,
    weekly,
    yearly,
    yearly_on,
)

SERIES: dict[str, Any] = json.loads((Path(__file__).parent / "graph" / "series.json").read_text())
NEVER = "0001-01-01"
# As Graph fills in what does not matter.
UNUSED = {"interval": 1, "month": 0, "dayOfMonth": 0, "daysOfWeek": [], "index": "first"} | {
    "firstDayOfWeek": "sunday"
}


def series_json(
    pattern: dict[str, Any] | None = None, span: dict[str, Any] | None = None, **changes: Any
) -> dict[str, Any]:
    recurrence = {
        "pattern": UNUSED | pattern if pattern else SERIES["recurrence"]["pattern"],
        "range": SERIES["recurrence"]["range"] | (span or {}),
    }
    return SERIES | {"recurrence": recurrence} | changes


def master(fields: dict[str, Any]) -> CalendarEvent:
    event = read_event(fields)
    assert isinstance(event, CalendarEvent), event
    return event


def why_unreadable(fields: dict[str, Any]) -> str:
    event = read_event(fields)
    assert isinstance(event, UnreadableEvent), event
    return event.why


def test_a_master_is_read_with_its_recurrence() -> None:
    event = master(SERIES)

    assert event.kind is EventKind.SERIES_MASTER
    assert event.recurrence is not None
    assert event.recurrence.pattern == weekly(MON, THU, starts=SUN)
    assert event.recurrence.range == Range(
        RangeKind.END_DATE, date(2026, 11, 23), "Europe/Berlin", end_date=date(2027, 1, 31)
    )


def test_a_master_is_read_with_its_exceptions_in_their_order() -> None:
    event = master(SERIES)

    assert event.knows_exceptions
    assert [one.event_id for one in event.exceptions] == ["AAkAmaster_sooner", "AAkAmaster_later"]
    assert {one.kind for one in event.exceptions} == {EventKind.EXCEPTION}
    assert {one.series_master_id for one in event.exceptions} == {"AAkAmaster"}
    assert [original_date(event, one) for one in event.exceptions] == [
        date(2026, 11, 26),
        date(2026, 12, 10),
    ]
    assert event.exceptions[0].ical_uid == event.ical_uid
    assert event.exceptions[1].when.start == datetime(2026, 12, 11, 8, tzinfo=UTC)


def test_cancelled_occurrences_are_days_of_the_series_zone() -> None:
    assert master(SERIES).cancelled == (date(2026, 11, 30), date(2026, 12, 24))


@pytest.mark.parametrize(
    "changes",
    [
        {"exceptionOccurrences": None},
        {"cancelledOccurrences": None},
        {"exceptionOccurrences@odata.nextLink": "https://graph.microsoft.com/v1.0/next"},
    ],
)
def test_what_a_service_does_not_tell_is_not_known(changes: dict[str, Any]) -> None:
    assert not master(SERIES | changes).knows_exceptions


def test_a_series_without_exceptions_is_known_to_have_none() -> None:
    event = master(SERIES | {"exceptionOccurrences": [], "cancelledOccurrences": []})

    assert (event.exceptions, event.cancelled, event.knows_exceptions) == ((), (), True)


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ({"type": "daily", "interval": 3}, daily(3)),
        ({"type": "weekly", "daysOfWeek": ["friday", "Monday"], "firstDayOfWeek": None},
         weekly(MON, FRI, starts=SUN)),
        ({"type": "AbsoluteMonthly", "dayOfMonth": 31, "interval": 2}, monthly(31, 2)),
        ({"type": "relativeMonthly", "index": "last",
          "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"]},
         monthly_on("last", *WEEKDAYS)),
        ({"type": "relativeMonthly", "index": None, "daysOfWeek": ["monday"]},
         monthly_on("first", MON)),
        ({"type": "absoluteYearly", "month": 2, "dayOfMonth": 29}, yearly(2, 29)),
        ({"type": "relativeYearly", "month": 11, "index": "fourth", "daysOfWeek": ["thursday"]},
         yearly_on(11, "fourth", THU)),
    ],
)  # fmt: skip
def test_every_pattern_is_read(written: dict[str, Any], pattern: Pattern) -> None:
    recurrence = master(series_json(written)).recurrence

    assert recurrence is not None
    assert recurrence.pattern == pattern


@pytest.mark.parametrize(
    ("written", "kind", "end", "count"),
    [
        ({"type": "noEnd", "endDate": NEVER}, RangeKind.NO_END, None, None),
        ({"type": "numbered", "endDate": NEVER, "numberOfOccurrences": 12},
         RangeKind.NUMBERED, None, 12),
        ({"type": "EndDate", "endDate": "2028-02-29"},
         RangeKind.END_DATE, date(2028, 2, 29), None),
    ],
)  # fmt: skip
def test_every_range_is_read(
    written: dict[str, Any], kind: RangeKind, end: date | None, count: int | None
) -> None:
    recurrence = master(series_json(span=written)).recurrence

    assert recurrence is not None
    assert recurrence.range == Range(kind, date(2026, 11, 23), "Europe/Berlin", end, count)


@pytest.mark.parametrize(
    ("named", "of_the_event", "zone"),
    [
        ("New Zealand Standard Time", "W. Europe Standard Time", "Pacific/Auckland"),
        ("Asia/Kathmandu", "W. Europe Standard Time", "Asia/Kathmandu"),
        ("", "India Standard Time", "Asia/Calcutta"),
        (None, "India Standard Time", "Asia/Calcutta"),
        ("tzone://Microsoft/Custom", "W. Europe Standard Time", "Europe/Berlin"),
        (None, None, "UTC"),
    ],
)
def test_the_zone_is_that_of_the_range_else_that_of_the_event(
    named: str | None, of_the_event: str | None, zone: str
) -> None:
    fields = series_json(span={"recurrenceTimeZone": named}, originalStartTimeZone=of_the_event)

    recurrence = master(fields).recurrence

    assert recurrence is not None
    assert recurrence.range.time_zone == zone


@pytest.mark.parametrize("of_the_event", ["tzone://Microsoft/Custom", "Tokyo Standard Time", None])
def test_a_series_is_told_in_the_zone_in_which_its_pattern_means_days(
    of_the_event: str | None,
) -> None:
    zone = {"recurrenceTimeZone": "Pacific Standard Time"}

    event = master(series_json(span=zone, originalStartTimeZone=of_the_event))

    assert event.when.time_zone == "America/Los_Angeles"


def test_an_exception_whose_zone_is_not_known_has_that_of_its_series() -> None:
    exceptions = [
        one | {"originalStartTimeZone": "tzone://Microsoft/Custom"}
        for one in SERIES["exceptionOccurrences"]
    ]

    event = master(series_json(exceptionOccurrences=exceptions))

    assert {one.when.time_zone for one in event.exceptions} == {event.when.time_zone} != {"UTC"}


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (SERIES | {"recurrence": None}, "It is a series, but how it repeats is not told."),
        (series_json({"type": "lunar"}), "It repeats in a way that is unknown."),
        (series_json(span={"type": "until tired"}), "It ends in a way that is unknown."),
        (series_json(span={"startDate": None}), "Its range has no first day."),
        (series_json(span={"endDate": "soon"}), "Its range has no last day."),
        (series_json({"type": "weekly", "daysOfWeek": ["someday"]}),
         "It repeats on days that are unknown."),
        (series_json({"type": "daily", "interval": 0}),
         "A series of this kind lacks an interval, or has one it cannot have."),
        (series_json({"type": "absoluteMonthly"}),
         "A series of this kind lacks a day of the month, or has one it cannot have."),
        (series_json(span={"recurrenceTimeZone": "tzone://Microsoft/Custom"},
                     originalStartTimeZone="Customized Time Zone"),
         "It repeats in an unknown time zone."),
        (SERIES | {"cancelledOccurrences": ["OID.x"]},
         "One of its cancelled occurrences cannot be read."),
        (SERIES | {"exceptionOccurrences": [{"id": "x"}]},
         "One of its changed occurrences cannot be read."),
        (SERIES | {"exceptionOccurrences": [SERIES["exceptionOccurrences"][0] | {"originalStart": None}]},
         "One of its changed occurrences cannot be read."),
    ],
)  # fmt: skip
def test_a_series_that_cannot_be_held_says_why(fields: dict[str, Any], why: str) -> None:
    assert why_unreadable(fields) == why


def test_a_series_takes_place_as_its_exceptions_and_cancellations_say() -> None:
    held = held_between(master(SERIES), local("2026-11-23T09:30"), local("2026-12-12T00:00"))

    assert [when.start for when in held] == [
        local("2026-11-23T09:00"),
        local("2026-11-26T09:00"),
        local("2026-12-03T09:00"),
        local("2026-12-07T09:00"),
        local("2026-12-11T09:00"),
    ]
