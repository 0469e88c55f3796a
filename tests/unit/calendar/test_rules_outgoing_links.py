"""The link of an activity whose meeting is still to be made, and where the window of what goes out ends."""

from datetime import timedelta
from uuid import UUID

import pytest

from calendar_builders import NOW, an_activity
from liaison.calendar.model import TO_BE_MADE, Link, LinkState, Scope
from liaison.calendar.rules.outgoing import awaiting_link, is_in_window
from liaison.crm.model import ActivityRecurrence
from liaison.policy.settings import Policy
from liaison.times import When
from people import ANN

DAILY = ActivityRecurrence("FREQ=DAILY;COUNT=3")
START, END = Policy().window(NOW)
A_MOMENT, A_DAY = timedelta(seconds=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("recurrence", "scope"), [(None, Scope.SINGLE), (DAILY, Scope.SERIES)], ids=["one", "series"]
)
def test_the_link_of_a_meeting_that_is_still_to_be_made_has_nothing_of_it_yet(recurrence, scope):
    activity = an_activity(recurrence=recurrence)

    link = awaiting_link(activity, UUID(int=7), "SYNC_MASTER")

    assert link == Link(
        id=UUID(int=7),
        scope=scope,
        state=LinkState.RESERVED,
        ical_uid=f"{TO_BE_MADE}{UUID(int=7)}",
        original_start=None,
        activity_id=activity.id,
        organizer_address=ANN.address,
        copies=(),
        baseline=None,
        created_by="SYNC_MASTER",
        version=1,
    )
    assert link.awaits_event


@pytest.mark.parametrize("recurrence", [None, DAILY], ids=["one", "series"])
@pytest.mark.parametrize(("end", "inside"), [(END, True), (END + A_MOMENT, False)])
def test_the_window_ends_with_the_last_moment_of_it(end, inside, recurrence):
    """Of a series the first occurrence counts: it is the earliest that may be in it."""
    when = When(end - timedelta(hours=1), end, "Europe/Berlin")

    assert is_in_window(an_activity(when=when, recurrence=recurrence), Policy(), NOW) is inside


@pytest.mark.parametrize(("recurrence", "days"), [(None, 0), (DAILY, 2)], ids=["one", "series"])
@pytest.mark.parametrize(("end", "inside"), [(START, True), (START - A_MOMENT, False)])
def test_the_window_begins_with_its_first_moment(end, inside, recurrence, days):
    """Of a series the last occurrence counts."""
    first_end = end - days * A_DAY
    when = When(first_end - timedelta(hours=1), first_end, "UTC")

    assert is_in_window(an_activity(when=when, recurrence=recurrence), Policy(), NOW) is inside
