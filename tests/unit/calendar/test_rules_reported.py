"""What a round says is gone may only have left what the round covers (pains 16, 22)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from builders import a_time
from calendar_builders import an_event
from liaison.calendar.rules.reported import as_reported
from liaison.calendar.rules.situation import NotFound, Seen
from liaison.outlook.model import CalendarPlace, EventKind

START, END = a_time().starts_at, a_time().ends_at
LONG = timedelta(days=30)


@pytest.mark.parametrize(
    ("window", "left"),
    [
        ((START - LONG, START - timedelta(minutes=1)), True),
        ((END + timedelta(minutes=1), END + LONG), True),
        ((START - LONG, START), False),
        ((END, END + LONG), False),
        ((START - LONG, END + LONG), False),
        ((None, None), False),
        ((END + timedelta(minutes=1), None), False),
        ((None, START - timedelta(minutes=1)), False),
    ],
)
def test_left_window_is_what_lies_outside_of_what_the_round_covers(window, left):
    assert as_reported(Seen(an_event()), window).reported_removed is left


@pytest.mark.parametrize(
    "observation",
    [
        NotFound("AAMk"),
        Seen(an_event(), place=CalendarPlace.OTHER),
        Seen(replace(an_event(), kind=EventKind.SERIES_MASTER)),
    ],
)
def test_what_is_gone_elsewhere_or_a_series_has_other_reasons(observation):
    assert as_reported(observation, (END + LONG, END + 2 * LONG)) == observation
