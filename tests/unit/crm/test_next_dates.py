"""When an activity that repeats takes place next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from builders import activity_fields
from liaison.crm.activity_changes import made_activity
from liaison.crm.model import (
    SYNC_MASTER,
    Activity,
    ActivityRecurrence,
    NewActivity,
    OccurrenceException,
    OccurrenceKind,
)
from liaison.crm.recurring import last_date, listed_date, next_dates
from liaison.recurrence.model import Recurrence
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from liaison.times import When
from series_builders import MON, an_hour, daily, local, monthly, series, weekly, whole_day

FIRST = an_hour("2026-11-23T09:00")
NOW = local("2026-11-23T09:30")


def an_activity(when: When, recurrence: ActivityRecurrence | None) -> Activity:
    fields = activity_fields(when=when, recurrence=recurrence)
    return made_activity(NewActivity(uuid4(), fields), uuid4(), SYNC_MASTER, datetime.now(UTC))


def repeating(
    recurrence: Recurrence, when: When = FIRST, *exceptions: OccurrenceException
) -> Activity:
    rule = rule_text(recurrence, when)
    return an_activity(when, ActivityRecurrence(rule, to_json(recurrence), exceptions))


def changed(original_start: date, fields: Mapping[str, Any]) -> OccurrenceException:
    return OccurrenceException(original_start, OccurrenceKind.CHANGED, fields)


def starts(activity: Activity, now: datetime = NOW, limit: int = 3) -> list[date]:
    return [when.start for when in next_dates(activity, now, limit)]


def test_the_one_that_takes_place_now_is_the_first_of_the_next() -> None:
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23)))

    assert starts(weekly_call) == [
        local("2026-11-23T09:00"),
        local("2026-11-30T09:00"),
        local("2026-12-07T09:00"),
    ]
    assert starts(weekly_call, local("2026-11-23T10:00"), 1) == [local("2026-11-30T09:00")]


def test_a_series_that_ends_has_no_more_dates() -> None:
    twice = repeating(series(weekly(MON), date(2026, 11, 23), count=2))

    assert len(starts(twice)) == 2
    assert starts(twice, local("2026-12-01T00:00")) == []


def test_a_cancelled_occurrence_is_left_out() -> None:
    gone = OccurrenceException(local("2026-11-30T09:00"), OccurrenceKind.CANCELLED)
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23)), FIRST, gone)

    assert starts(weekly_call, limit=2) == [local("2026-11-23T09:00"), local("2026-12-07T09:00")]


def test_a_moved_occurrence_takes_place_when_it_was_moved_to() -> None:
    moved = changed(
        local("2026-11-30T09:00"),
        {"start": "2026-12-08T10:00:00+01:00", "end": "2026-12-08T12:00:00+01:00"},
    )
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23)), FIRST, moved)

    found = next_dates(weekly_call, NOW, 3)

    assert [when.start for when in found][1:] == [
        local("2026-12-07T09:00"),
        local("2026-12-08T10:00"),
    ]
    assert found[2].end == local("2026-12-08T12:00")


def test_an_occurrence_that_was_only_renamed_keeps_its_time() -> None:
    renamed = changed(local("2026-11-30T09:00"), {"subject": "With Jon"})
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23)), FIRST, renamed)

    assert starts(weekly_call, limit=2)[1] == local("2026-11-30T09:00")


def test_whole_days_repeat_as_days() -> None:
    moved = changed(date(2027, 2, 28), {"start": "2027-02-26", "end": "2027-02-26"})
    recurrence = series(monthly(31), date(2027, 1, 31))
    month_end = repeating(recurrence, whole_day("2027-01-31"), moved)

    assert starts(month_end) == [date(2027, 1, 31), date(2027, 2, 26), date(2027, 3, 31)]


def test_a_rule_alone_is_enough() -> None:
    by_rule = an_activity(FIRST, ActivityRecurrence("FREQ=DAILY;INTERVAL=2"))

    assert starts(by_rule, limit=2) == [local("2026-11-23T09:00"), local("2026-11-25T09:00")]


@pytest.mark.parametrize(
    "recurrence",
    [
        None,
        ActivityRecurrence("FREQ=MONTHLY;BYDAY=5MO"),
        ActivityRecurrence("FREQ=DAILY", {"pattern": "damaged"}),
    ],
)
def test_what_cannot_be_told_has_no_dates(recurrence: ActivityRecurrence | None) -> None:
    assert starts(an_activity(FIRST, recurrence)) == []


def test_an_endless_series_begun_long_ago_is_told_as_quickly() -> None:
    old = repeating(series(daily(), date(1990, 1, 1)), an_hour("1990-01-01T09:00"))

    assert starts(old, limit=1) == [local("2026-11-23T09:00")]


def cancelled(original_start: date) -> OccurrenceException:
    return OccurrenceException(original_start, OccurrenceKind.CANCELLED)


def test_the_last_date_is_the_last_that_takes_place() -> None:
    gone = [cancelled(local(f"2026-12-{day:02}T09:00")) for day in (7, 14, 21, 28)]
    six_times = repeating(series(weekly(MON), date(2026, 11, 23), count=6), FIRST, *gone)

    assert last_date(six_times).start == local("2026-11-30T09:00")


def test_the_last_date_may_be_one_that_was_moved_behind_the_others() -> None:
    later = {"start": "2026-12-09T10:00:00+01:00", "end": "2026-12-09T11:00:00+01:00"}
    moved = changed(local("2026-11-23T09:00"), later)
    twice = repeating(series(weekly(MON), date(2026, 11, 23), count=2), FIRST, moved)

    assert last_date(twice).start == local("2026-12-09T10:00")


@pytest.mark.parametrize(
    "activity",
    [
        an_activity(FIRST, None),
        repeating(series(weekly(MON), date(2026, 11, 23))),
        repeating(series(daily(), date(2026, 11, 23), count=1), FIRST, cancelled(FIRST.starts_at)),
    ],
)
def test_what_never_ends_or_never_takes_place_has_no_last_date(activity: Activity) -> None:
    assert last_date(activity) is None


def test_a_series_is_listed_by_its_next_date_until_that_is_over() -> None:
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23), count=2))

    following, until = listed_date(weekly_call, local("2026-11-23T10:00"))

    assert following.start == local("2026-11-30T09:00")
    assert until == following.ends_at


def test_a_series_that_is_over_stays_listed_by_its_last_date() -> None:
    weekly_call = repeating(series(weekly(MON), date(2026, 11, 23), count=2))

    last, until = listed_date(weekly_call, local("2027-01-01T00:00"))

    assert (last.start, until) == (local("2026-11-30T09:00"), None)


def test_what_never_repeats_is_listed_by_its_start() -> None:
    assert listed_date(an_activity(FIRST, None), NOW) == (FIRST, None)
