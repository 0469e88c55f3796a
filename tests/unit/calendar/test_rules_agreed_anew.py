"""One field of a baseline is agreed anew: on both sides, and nothing else of it."""

from dataclasses import replace

import pytest

from builders import a_time
from calendar_builders import a_link
from liaison.calendar.rules.merge import with_field
from liaison.calendar.rules.synced import leaving_apart
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind

NEXT_DAY = a_time(start=a_time().start.replace(day=24))
GONE = OccurrenceException(a_time().start, OccurrenceKind.CANCELLED)
ONCE = a_link().baseline
DAILY = replace(ONCE, recurrence=ActivityRecurrence("FREQ=DAILY"))
WITHOUT_ONE = ActivityRecurrence("FREQ=DAILY", None, (GONE,))
OTHER = replace(
    ONCE,
    subject="Other",
    notes="Other",
    place="Other",
    time=NEXT_DAY,
    recurrence=ActivityRecurrence("FREQ=WEEKLY"),
)


@pytest.mark.parametrize("field", ["subject", "notes", "place"])
def test_of_a_text_only_that_text_is_agreed(field):
    assert with_field(ONCE, field, OTHER) == replace(ONCE, **{field: "Other"})


def test_a_time_is_agreed_with_how_it_repeats():
    assert with_field(DAILY, "time", OTHER) == replace(DAILY, time=NEXT_DAY, recurrence=OTHER.recurrence)  # fmt: skip
    assert with_field(DAILY, "place", OTHER).recurrence == DAILY.recurrence


def test_what_else_was_left_apart_stays_so():
    apart = leaving_apart(DAILY, replace(DAILY, place="Here", recurrence=WITHOUT_ONE))

    agreed = with_field(apart, "subject", OTHER)

    assert (agreed.subject, agreed.crm_side.subject) == ("Other", "Other")
    assert (agreed.place, agreed.crm_side.place) == ("Room 1", "Here")
    assert (agreed.recurrence, agreed.crm_side.recurrence) == (DAILY.recurrence, WITHOUT_ONE)


def test_what_is_agreed_anew_is_apart_no_more():
    apart = leaving_apart(ONCE, replace(ONCE, place="Here", subject="Here"))

    agreed = with_field(apart, "place", OTHER)

    assert (agreed.place, agreed.crm_side.place) == ("Other", "Other")
    assert agreed.crm_side.subject == "Here"


def test_an_occurrence_that_was_left_apart_stays_so_when_the_time_is_agreed_anew():
    apart = leaving_apart(DAILY, replace(DAILY, recurrence=WITHOUT_ONE))

    agreed = with_field(apart, "time", replace(DAILY, time=NEXT_DAY))

    assert (agreed.time, agreed.crm_side.time) == (NEXT_DAY, NEXT_DAY)
    assert agreed.recurrence.exceptions == ()
    assert agreed.crm_side.recurrence.exceptions == (GONE,)
