"""What a person may ask of one occurrence of a series alone."""

from datetime import date

import pytest

from calendar_builders import an_activity
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.crm.recurrence_wishes import read_recurrence
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from series_builders import MON, an_hour, local, series, weekly

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23))


def wished(exception, *there):
    repeats = ActivityRecurrence(rule_text(WEEKLY, FIRST), to_json(WEEKLY), there)
    errors = {}
    wish = {"recurrence": {"exceptions": [exception]}}
    found = read_recurrence(wish, None, an_activity(when=FIRST, recurrence=repeats), errors)
    return found.get("recurrence"), errors.get("recurrence")


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (5, "names of an activity's"),
        ({"subject": None}, "subject of an exception is a text"),
        ({"subject": ["x"]}, "subject of an exception is a text"),
        ({"subject": "a\0b"}, "subject of an exception is a text"),
        ({"subject": "x" * 501}, "at most 500"),
        ({"subject": " "}, "has a subject"),
        ({"location": 7}, "location of an exception is a text"),
        ({"location": "x" * 501}, "at most 500"),
        ({"timeZone": "Mars/Base"}, "such as Europe/Berlin"),
        ({"timeZone": None}, "such as Europe/Berlin"),
        ({"timeZone": []}, "such as Europe/Berlin"),
        ({"allDay": "yes"}, "true or false"),
        ({"allDay": True}, "or dates"),
        ({"start": "2026-11-30"}, "or dates"),
        ({"start": "2026-11-30", "end": "2026-11-30", "allDay": False}, "or dates"),
        ({"start": "2026-11-30T10:00Z", "end": "2026-11-30"}, "or dates"),
        ({"start": "2026-11-30T12:00Z"}, "ends before it starts"),
        ({"start": "2026-11-30T12:00Z", "end": "2026-11-30T11:00Z"}, "ends before it starts"),
        ({"start": "9999-12-31T23:59:59Z", "end": "9999-12-31T23:59:59Z"}, "1900 to 2200"),
        ({"start": "0001-01-01T00:00+14:00"}, "1900 to 2200"),
        ({"start": 5}, "with their offset"),
    ],
)
def test_one_occurrence_takes_no_more_than_an_activity_does(fields, told):
    changed = {"originalStart": "2026-11-30T10:00:00+01:00", "kind": "changed", "fields": fields}

    found, [problem] = wished(changed)

    assert found is None
    assert told in problem


def test_an_occurrence_that_began_when_nothing_can_begin_is_none():
    cancelled = {"originalStart": "0001-01-01T00:00:00+14:00", "kind": "cancelled"}

    found, [problem] = wished(cancelled)

    assert found is None
    assert "1900 to 2200" in problem


def test_what_outlook_says_of_an_occurrence_may_be_sent_back_beside_something_new():
    """Also what no request could bring."""
    start, brought = local("2026-11-30T10:00"), {"subject": "", "location": "x" * 900}
    there = OccurrenceException(start, OccurrenceKind.CHANGED, brought)
    fields = brought | {"timeZone": "Europe/Paris"}
    changed = {"originalStart": start.isoformat(), "kind": "changed", "fields": fields}

    found, problem = wished(changed, there)

    assert problem is None
    assert found.exceptions[0].fields == fields
