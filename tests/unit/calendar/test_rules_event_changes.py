"""What a change of an event writes, and what it leaves as it is."""

from dataclasses import replace
from datetime import date

import pytest

from calendar_builders import INES_INVITED, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import ChangeEvent
from liaison.calendar.rules.event_changes import event_changes
from liaison.crm.model import ActivityRecurrence
from liaison.outlook.model import Attendee, EventChanges, Response, Role
from liaison.recurrence.rrule import rule_text
from people import JON
from series_builders import MON, an_hour, series, weekly

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23))
JON_OPTIONAL = Attendee(JON.name, JON.addresses[0], Role.OPTIONAL, Response.TENTATIVE)
WANTED = synced.from_event(
    an_event(
        subject="New",
        notes="Other",
        when=FIRST,
        place="Room 2",
        attendees=(INES_INVITED, JON_OPTIONAL),
    )
)
REPEATED = replace(WANTED, recurrence=ActivityRecurrence(rule_text(WEEKLY, FIRST)))


def written(*fields, wanted=WANTED):
    return event_changes(ChangeEvent("AAMk-ann", 'W/"1"', frozenset(fields), wanted))


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("subject", EventChanges(subject="New")),
        ("notes", EventChanges(notes="Other")),
        ("time", EventChanges(when=FIRST)),
        ("place", EventChanges(place="Room 2")),
        ("participants", EventChanges(attendees=(INES_INVITED, JON_OPTIONAL))),
    ],
)
def test_what_the_change_does_not_name_is_left_as_it_is(field, changes):
    assert written(field) == changes


def test_the_organizer_is_nobody_whom_a_list_of_guests_names():
    invited = {one.address for one in written("participants").attendees}

    assert an_event().organizer.address not in invited


@pytest.mark.parametrize("field", ["time", "recurrence"])
def test_time_and_repetition_of_a_series_are_written_together(field):
    """A series begins on the day that its range names."""
    changes = written(field, wanted=REPEATED)

    assert changes.recurrence == WEEKLY
    assert not changes.ends_series


def test_a_series_whose_time_stays_is_not_told_how_it_repeats():
    assert written("subject", wanted=REPEATED) == EventChanges(subject="New")


def test_a_series_that_repeats_no_more_becomes_one_meeting():
    assert written("time", "recurrence") == EventChanges(when=FIRST, ends_series=True)
