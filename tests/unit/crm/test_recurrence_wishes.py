"""What a person may ask of a series: its rule, its time, its single occurrences."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_builders import an_activity
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.crm.recurrence_wishes import read_recurrence
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from series_builders import MON, an_hour, local, series, weekly, whole_day

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23))
SECOND = local("2026-11-30T10:00")
MOVED = OccurrenceException(SECOND, OccurrenceKind.CHANGED, {"start": "2026-11-30T10:00:00+00:00"})


def repeating(*exceptions, recurrence=WEEKLY, when=FIRST):
    repeats = ActivityRecurrence(rule_text(recurrence, when), to_json(recurrence), exceptions)
    return an_activity(when=when, recurrence=repeats)


def wished(wish, current=None, when=None):
    errors = {}
    found = read_recurrence({"recurrence": wish} if wish else {}, when, current, errors)
    return found.get("recurrence"), errors.get("recurrence")


def test_a_new_series_has_the_pattern_that_outlook_knows():
    found, problem = wished({"rule": "FREQ=WEEKLY;BYDAY=MO"}, when=FIRST)

    assert problem is None
    assert found.pattern == to_json(WEEKLY)


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"rule": "FREQ=HOURLY"}, "knows no series"),
        ({"rule": "FREQ=WEEKLY;BYDAY=TU"}, "does not take place on the day"),
        ({"rule": 5}, "Give the rule"),
        ({"rule": "FREQ=DAILY", "colour": "red"}, "no colour"),
        ({"rule": "FREQ=DAILY", "exceptions": "none"}, "a list"),
        ({"rule": "FREQ=DAILY", "exceptions": [5]}, "has originalStart"),
        ({"rule": "FREQ=DAILY", "exceptions": [{"originalStart": "x"}]}, "with their offset"),
        (
            {"rule": "FREQ=DAILY", "exceptions": [{"originalStart": "2026-11-24T10:00"}]},
            "with their offset",
        ),
        (
            {"rule": "FREQ=DAILY", "exceptions": [{"originalStart": "2026-11-20T10:00Z"}]},
            "no occurrence",
        ),
        (
            {
                "rule": "FREQ=DAILY",
                "exceptions": [{"originalStart": "2026-11-24T09:00Z", "kind": "lost"}],
            },
            "kind of an exception",
        ),
    ],
)
def test_what_is_no_series_of_outlooks_is_refused_with_a_sentence(wish, told):
    found, problem = wished(wish, when=FIRST)

    assert found is None
    assert told in problem[0]


@pytest.mark.parametrize(
    "rule",
    [
        f"FREQ=DAILY;INTERVAL={2**31}",
        f"FREQ=WEEKLY;INTERVAL={10**40}",
        f"FREQ=DAILY;COUNT={10**30}",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
    ],
)
def test_a_rule_with_numbers_that_outlook_cannot_hold_is_refused(rule):
    found, problem = wished({"rule": rule}, when=FIRST)

    assert (found, problem) == (None, ["Outlook knows no series with this rule."])


def test_what_get_gave_sent_back_changes_nothing():
    current = repeating(MOVED)
    shown = {
        "rule": current.recurrence.rule,
        "nextDates": [],
        "lastDate": None,
        "exceptions": [
            {
                "originalStart": "2026-11-30T10:00:00+01:00",
                "kind": "changed",
                "fields": dict(MOVED.fields),
                "apart": False,
                "activityId": None,
            }
        ],
    }

    assert wished(shown, current) == (None, None)


def test_one_occurrence_is_moved_and_another_cancelled():
    exceptions = [
        {
            "originalStart": "2026-11-30T10:00:00+01:00",
            "kind": "changed",
            "fields": {
                "start": "2026-11-30T12:00:00+01:00",
                "end": "2026-11-30T13:00:00+01:00",
                "location": "Room 2",
            },
        },
        {"originalStart": "2026-12-07T09:00:00Z", "kind": "cancelled"},
    ]

    found, _ = wished({"exceptions": exceptions}, repeating())

    assert [one.kind for one in found.exceptions] == ["changed", "cancelled"]
    assert found.exceptions[0].original_start == SECOND
    assert found.exceptions[0].fields == {
        "start": "2026-11-30T11:00:00+00:00",
        "end": "2026-11-30T12:00:00+00:00",
        "location": "Room 2",
    }
    assert found.pattern == to_json(WEEKLY)


def test_a_changed_occurrence_that_is_left_out_is_as_the_series_has_it_again():
    """Said by an exception without fields, so that Outlook is told."""
    found, _ = wished({"exceptions": []}, repeating(MOVED))

    assert found.exceptions == (replace(MOVED, fields={}),)


def test_a_cancelled_occurrence_that_is_left_out_takes_place_again():
    """What Outlook can do of that is asked elsewhere."""
    found, _ = wished({"exceptions": []}, repeating(replace(MOVED, kind=OccurrenceKind.CANCELLED)))

    assert found.exceptions == ()


def test_a_series_becomes_a_single_activity_again():
    errors = {}

    assert read_recurrence({"recurrence": None}, None, repeating(MOVED), errors) == {
        "recurrence": None
    }
    assert read_recurrence({"recurrence": None}, None, an_activity(), errors) == {}
    assert read_recurrence({"recurrence": None}, FIRST, None, errors) == {}
    assert errors == {}


def test_what_falls_out_of_a_shorter_series_goes_though_it_was_sent_back():
    sent_back = {"originalStart": "2026-11-30T09:00Z", "kind": "changed", "fields": MOVED.fields}

    found, problem = wished(
        {"rule": "FREQ=WEEKLY;COUNT=1", "exceptions": [sent_back]}, repeating(MOVED)
    )

    assert (found.exceptions, problem) == ((), None)


def test_what_the_series_never_knew_is_refused_beside_a_shorter_rule():
    sent = {"originalStart": "2026-12-07T09:00Z", "kind": "cancelled"}

    found, problem = wished({"rule": "FREQ=WEEKLY;COUNT=1", "exceptions": [sent]}, repeating(MOVED))

    assert found is None
    assert "no occurrence" in problem[0]


def test_notes_of_one_occurrence_are_outlooks():
    wish = {"originalStart": "2026-11-30T09:00Z", "kind": "changed", "fields": {"notes": "New"}}

    assert "cannot be changed here" in wished({"exceptions": [wish]}, repeating())[1][0]


def test_at_another_hour_the_exceptions_stay_on_their_days():
    later = an_hour("2026-11-23T15:00")

    found, _ = wished(None, repeating(MOVED), later)

    assert [one.original_start for one in found.exceptions] == [local("2026-11-30T15:00")]


def test_to_a_day_of_which_the_rule_knows_nothing_a_series_is_not_moved():
    assert wished(None, repeating(), an_hour("2026-11-24T10:00"))[1] is not None


def test_whole_days_have_dates_as_original_starts():
    days = series(weekly(MON), date(2026, 11, 23))
    gone = {"originalStart": "2026-11-30", "kind": "cancelled"}

    found, _ = wished(
        {"exceptions": [gone]}, repeating(recurrence=days, when=whole_day("2026-11-23"))
    )

    assert [one.original_start for one in found.exceptions] == [date(2026, 11, 30)]


def test_an_activity_that_does_not_repeat_stays_so():
    assert wished(None, an_activity(), an_hour("2026-11-24T10:00")) == (None, None)
    assert wished(None, None, FIRST) == (None, None)


def test_another_rule_takes_the_place_of_the_old_one():
    found, _ = wished({"rule": "FREQ=DAILY;COUNT=9"}, repeating(MOVED))

    assert found.rule == "FREQ=DAILY;COUNT=9"
    assert found.exceptions == (replace(MOVED),)
