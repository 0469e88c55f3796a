"""What Outlook changes in the later part of a series, written into the activity that holds all of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import NOW, an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.outward import inward, outward
from liaison.calendar.rules.series import repeats
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import EventKind
from series_builders import MON, TUE, an_hour, local, series, weekly, whole_day

BEGUN, SHOWN_FIRST = an_hour("2026-11-09T10:00"), an_hour("2026-11-23T10:00")
MONDAYS = "FREQ=WEEKLY;BYDAY=MO"


def cancelled(start):
    return OccurrenceException(start, OccurrenceKind.CANCELLED)


PASSED = cancelled(local("2026-11-16T10:00"))
AHEAD, LATER = cancelled(local("2026-11-30T10:00")), cancelled(local("2026-12-07T10:00"))


def shown(*exceptions, when=SHOWN_FIRST, day=MON, begins=date(2026, 11, 23)):
    """What an event offers that begins after the activity did."""
    recurrence = series(weekly(day), begins)
    master = an_event(kind=EventKind.SERIES_MASTER, when=when, recurrence=recurrence)
    return synced.from_event(master, replace(repeats(master), exceptions=exceptions))


def holding(*exceptions, when=BEGUN):
    return an_activity(when=when, recurrence=ActivityRecurrence(MONDAYS, None, exceptions))


def fields_for(activity, wanted, *names):
    """What is written of `names` where the meeting is as `wanted` now."""
    crm = outward(synced.from_activity(activity), shown(when=wanted.time), NOW)
    members = {"when": wanted.time, "recurrence": wanted.recurrence, "subject": "New"}
    return inward({name: members[name] for name in names}, activity, crm, wanted)


def test_an_occurrence_cancelled_in_outlook_is_added_to_all_that_the_activity_holds():
    activity = holding(PASSED, LATER)

    fields = fields_for(activity, shown(AHEAD, LATER), "recurrence", "subject")

    kept = replace(activity.recurrence, exceptions=(PASSED, AHEAD, LATER))
    assert fields == {"recurrence": kept, "subject": "New"}


def test_an_exception_that_outlook_has_no_more_goes():
    fields = fields_for(holding(PASSED, AHEAD), shown(), "recurrence")

    assert fields["recurrence"].exceptions == (PASSED,)


def test_of_whole_days_those_before_the_event_begins_stay():
    passed, ahead = (cancelled(date(2026, 11, day)) for day in (16, 30))
    activity = holding(passed, when=whole_day("2026-11-09"))

    fields = fields_for(activity, shown(ahead, when=whole_day("2026-11-23")), "recurrence")

    assert fields["recurrence"].exceptions == (passed, ahead)


@pytest.mark.parametrize("names", [("recurrence",), ("when",), ("when", "recurrence")])
@pytest.mark.parametrize(
    "wanted",
    [
        shown(when=an_hour("2026-11-24T10:00"), day=TUE, begins=date(2026, 11, 24)),
        shown(when=an_hour("2026-11-23T14:00")),
        replace(shown(), recurrence=replace(shown().recurrence, rule=f"{MONDAYS};COUNT=3")),
    ],
    ids=["another rule and time", "another time", "another rule"],
)
def test_another_rule_or_time_takes_the_place_of_the_whole(wanted, names):
    activity = holding(PASSED)
    crm = outward(synced.from_activity(activity), shown(), NOW)
    given = {"when": wanted.time, "recurrence": wanted.recurrence}

    fields = inward({name: given[name] for name in names}, activity, crm, wanted)

    assert fields == given


def test_other_fields_leave_the_series_as_it_is():
    assert fields_for(holding(PASSED), shown(AHEAD), "subject") == {"subject": "New"}


def test_a_series_that_is_one_meeting_now_is_written_as_it_is():
    wanted = replace(shown(), recurrence=None)

    fields = fields_for(holding(PASSED), wanted, "when", "recurrence")

    assert fields == {"when": SHOWN_FIRST, "recurrence": None}


@pytest.mark.parametrize(
    "activity", [an_activity(), holding(when=SHOWN_FIRST)], ids=["one meeting", "all of it shown"]
)
def test_where_the_event_shows_all_of_it_what_it_shows_is_written(activity):
    wanted = shown(AHEAD)

    assert fields_for(activity, wanted, "recurrence") == {"recurrence": wanted.recurrence}


def test_what_the_activity_held_from_where_the_event_begins_is_the_events():
    first = cancelled(SHOWN_FIRST.start)
    just_before = cancelled(SHOWN_FIRST.start - timedelta(weeks=1))

    fields = fields_for(holding(just_before, first, AHEAD), shown(LATER), "recurrence")

    assert fields["recurrence"].exceptions == (just_before, LATER)
