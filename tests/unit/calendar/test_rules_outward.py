"""What an activity holds, told as its event tells it: only real differences are left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from calendar_builders import NOW, an_activity, an_event
from liaison.calendar.model import Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.drafts import draft_of
from liaison.calendar.rules.outward import apart_outward, outward
from liaison.calendar.rules.series import repeats
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import EventKind
from liaison.policy.settings import Policy
from liaison.times import When
from series_builders import an_hour, local, whole_day

RULES = [
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;COUNT=140",
    "FREQ=WEEKLY;BYDAY=MO,WE",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU;WKST=SU;UNTIL=20270330T215959Z",
    "FREQ=MONTHLY;BYMONTHDAY=9",
    "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=MONTHLY;BYDAY=2MO;COUNT=30",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=9",
    "FREQ=YEARLY;BYMONTH=12;BYDAY=1MO",
]


def in_crm(rule: str, start: str, *exceptions: OccurrenceException, zone: str = "") -> Synced:
    return in_crm_on(rule, an_hour(start, zone) if zone else an_hour(start), *exceptions)


def in_crm_on(rule: str, when: When, *exceptions: OccurrenceException) -> Synced:
    activity = an_activity(when=when, recurrence=ActivityRecurrence(rule, None, exceptions))
    return synced.from_activity(activity)


def in_outlook(crm: Synced, now: datetime = NOW) -> Synced:
    """As the event shows it that was made of this activity."""
    activity = an_activity(when=crm.time, recurrence=crm.recurrence)
    made = draft_of(
        activity, Policy(), public_url="", transaction_id="t", marker="m", now=now
    ).event
    master = an_event(kind=EventKind.SERIES_MASTER, when=made.when, recurrence=made.recurrence)
    return synced.from_event(master, repeats(master))


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("start", ["2026-11-09T10:00", "2026-12-07T10:00", "2025-12-01T10:00"])
def test_what_went_out_differs_in_nothing(rule: str, start: str) -> None:
    crm = in_crm(rule, start)
    shown = in_outlook(crm)
    told = outward(crm, shown, NOW)
    assert (told.time, told.recurrence) == (shown.time, shown.recurrence)


@pytest.mark.parametrize("rule", RULES[:3])
@pytest.mark.parametrize("start", ["2026-11-09", "2026-12-07"])
def test_nor_does_it_where_whole_days_went_out(rule: str, start: str) -> None:
    days = in_crm_on(rule, whole_day(start))
    shown = in_outlook(days)
    told = outward(days, shown, NOW)
    assert (told.time, told.recurrence) == (shown.time, shown.recurrence)


def test_whole_days_that_were_cancelled_before_they_went_out_are_nothing_that_lies_ahead() -> None:
    gone = OccurrenceException(date(2026, 11, 23), OccurrenceKind.CANCELLED)
    days = in_crm_on("FREQ=WEEKLY;BYDAY=MO", whole_day("2026-11-09"), gone)
    shown = in_outlook(days)
    assert shown.time == whole_day("2026-11-30")
    told = outward(days, shown, NOW)
    assert (told.time, told.recurrence) == (shown.time, shown.recurrence)


def test_what_takes_place_again_before_the_event_begins_differs() -> None:
    """Its exception is gone, and the event begins a week later."""
    gone = OccurrenceException(local("2026-11-23T10:00"), OccurrenceKind.CANCELLED)
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00", gone))
    told = outward(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00"), shown, NOW)
    assert told.time == an_hour("2026-11-23T10:00")


def test_a_series_that_does_not_take_place_when_it_starts_is_told_whole() -> None:
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-23T10:00"))
    gone = OccurrenceException(local("2026-12-07T10:00"), OccurrenceKind.CANCELLED)
    beside = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-26T10:00", gone)
    told = outward(beside, shown, NOW)
    assert told.time == beside.time
    assert told.recurrence
    assert told.recurrence.pattern
    assert told.recurrence.exceptions == (gone,)


def test_nor_does_it_when_its_first_occurrences_have_taken_place() -> None:
    crm = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00")
    shown = in_outlook(crm)
    assert outward(crm, shown, local("2027-03-03T10:00")).time == shown.time


def test_an_occurrence_that_is_cancelled_later_is_an_exception_even_if_it_is_the_first() -> None:
    crm = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00")
    shown = in_outlook(crm)
    gone = OccurrenceException(local("2026-11-23T10:00"), OccurrenceKind.CANCELLED)
    assert crm.recurrence
    now = replace(crm, recurrence=replace(crm.recurrence, exceptions=(gone,)))
    told = outward(now, shown, NOW)
    assert told.time == shown.time
    assert told.recurrence
    assert told.recurrence.exceptions == (gone,)


def test_a_series_that_begins_earlier_now_differs() -> None:
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-12-07T10:00"))
    told = outward(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-30T10:00"), shown, NOW)
    assert told.time == an_hour("2026-11-30T10:00")


def test_another_rule_differs_from_its_next_occurrence_on() -> None:
    crm = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00")
    shown = in_outlook(crm)
    told = outward(in_crm("FREQ=WEEKLY;BYDAY=TH", "2026-11-05T10:00"), shown, NOW)
    assert told.time == an_hour("2026-11-26T10:00")
    assert told.recurrence
    assert told.recurrence.rule != (shown.recurrence and shown.recurrence.rule)


def test_a_zone_that_outlook_keeps_under_another_name_is_the_same() -> None:
    vienna = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00", zone="Europe/Vienna")
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00"))
    told = outward(vienna, shown, NOW)
    assert (told.time, told.recurrence) == (shown.time, shown.recurrence)


def test_so_it_is_for_a_single_meeting_and_for_whole_days() -> None:
    shown = synced.from_event(an_event(when=whole_day("2026-11-23")))
    vienna = replace(shown, time=whole_day("2026-11-23", zone="Europe/Vienna"))
    assert outward(vienna, shown, NOW) == shown
    london = replace(shown, time=whole_day("2026-11-23", zone="Europe/London"))
    assert outward(london, shown, NOW) == london


def test_a_time_that_was_left_apart_is_told_like_the_one_that_the_crm_holds_now() -> None:
    """So that the same is never taken for a change."""
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=TU", "2026-12-01T10:00"))
    crm = in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-11-09T10:00")
    told = apart_outward(synced.leaving_apart(shown, crm), shown, NOW).crm_side
    now = outward(crm, shown, NOW)
    assert (told.time, told.recurrence) == (now.time, now.recurrence)
    assert told.recurrence != crm.recurrence


def test_so_is_a_rule_alone_that_was_left_apart() -> None:
    shown = in_outlook(in_crm("FREQ=WEEKLY;BYDAY=MO", "2026-12-07T10:00"))
    crm = in_crm("FREQ=DAILY", "2026-12-07T10:00")
    told = apart_outward(synced.leaving_apart(shown, crm), shown, NOW).crm_side
    assert told.recurrence == outward(crm, shown, NOW).recurrence
    assert told.recurrence != crm.recurrence


def test_so_is_a_time_alone_that_was_left_apart() -> None:
    shown = synced.from_event(an_event(when=an_hour("2026-11-23T10:00")))
    crm = replace(shown, time=an_hour("2026-11-24T10:00", "Europe/Vienna"))
    told = apart_outward(synced.leaving_apart(shown, crm), shown, NOW).crm_side
    assert told.time == an_hour("2026-11-24T10:00")


def test_where_only_a_place_was_left_apart_the_time_stays_as_it_was_agreed() -> None:
    shown = synced.from_event(an_event(when=an_hour("2026-11-23T10:00", "Europe/Vienna")))
    agreed = replace(shown, time=an_hour("2026-11-23T10:00"))
    apart = synced.leaving_apart(agreed, replace(agreed, place="Room 2"))
    assert apart_outward(apart, shown, NOW) == apart
    assert apart_outward(agreed, shown, NOW) == agreed


def test_a_series_that_outlook_cannot_have_stays_as_it_is() -> None:
    shown = in_outlook(in_crm("FREQ=DAILY", "2026-12-07T10:00"))
    hourly = in_crm("FREQ=HOURLY", "2026-12-07T10:00")
    assert outward(hourly, shown, NOW) == hourly
