"""A series that was changed in the CRM as a whole keeps what its occurrences have of their own (pains 18)."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from liaison.crm.model import OccurrenceKind
from matrix_stage import HOUR, INES, SIX_WEEKS, cancelled, moved

SHIFT = timedelta(hours=3)


@pytest.fixture
def uneven(office, team):
    """The second occurrence takes place an hour later, the third not at all."""
    exceptions = [moved(office.at(1), HOUR), cancelled(office.at(2))]
    office.edit(office.ann, team, recurrence=SIX_WEEKS | {"exceptions": exceptions})
    office.work()
    office.mark()
    return team


def starts(office):
    [master] = office.ann.events(subject="Team")
    return [one.start for one in office.members(master.id)]


def told(office, updates, cancellations):
    """So many of each to Ines and to Bo."""
    guests = (INES, office.bo.address)
    numbers = {"update": updates, "cancellation": cancellations}
    return Counter(
        {(who, kind): count for kind, count in numbers.items() if count for who in guests}
    )


def kinds(activity):
    return {one.original_start: one.kind for one in activity.recurrence.exceptions}


def test_update_whole_series_from_the_crm_by_the_organizer_keeps_its_exceptions(office, uneven):
    """Exchange forgets them when the series moves: they are written again, each once."""
    start = office.at(0) + SHIFT

    office.edit(office.ann, uneven, start=start.isoformat(), end=(start + HOUR).isoformat())
    office.work()

    expected = [office.at(number) + SHIFT for number in (0, 1, 3, 4, 5)]
    expected[1] = office.at(1) + HOUR
    assert starts(office) == expected
    assert kinds(office.world.activity_now(uneven)) == {
        office.at(1) + SHIFT: OccurrenceKind.CHANGED,
        office.at(2) + SHIFT: OccurrenceKind.CANCELLED,
    }
    assert office.mails() == told(office, updates=2, cancellations=1)
    assert office.written() == 3
    assert office.is_quiet()


@pytest.mark.parametrize("kind", ["drop-before", "drop-after"])
def test_update_whole_series_from_the_crm_by_the_organizer_though_an_answer_is_lost(
    office, uneven, kind
):
    """Whoever gets no answer to the first write goes on with the occurrences, and tells nobody twice."""
    start = office.at(0) + SHIFT
    office.world.sandbox.faults.add(method="PATCH", path_regex="/events/", kind=kind, times=1)

    office.edit(office.ann, uneven, start=start.isoformat(), end=(start + HOUR).isoformat())
    office.work()
    office.world.clock.advance(hours=1)
    office.work()

    assert len(starts(office)) == 5
    assert office.at(1) + HOUR in starts(office)
    assert office.mails() == told(office, updates=2, cancellations=1)
    assert office.is_quiet()


def test_update_whole_series_from_the_crm_by_the_organizer_in_another_rhythm(office, uneven):
    """What was cancelled does not come back on a day that both rhythms have."""
    office.edit(office.ann, uneven, recurrence={"rule": "FREQ=WEEKLY;INTERVAL=2;COUNT=4"})
    office.work()

    assert starts(office) == [office.at(number) for number in (0, 4, 6)]
    assert kinds(office.world.activity_now(uneven)) == {office.at(2): OccurrenceKind.CANCELLED}
    assert office.mails() == told(office, updates=1, cancellations=1)
    assert office.written() == 2
    assert office.is_quiet()


def test_delete_this_and_following_from_the_crm_by_the_organizer_keeps_exceptions(office, uneven):
    """Another end alone leaves the occurrences what they are: one write, and nobody is told of them again by us."""
    office.edit(office.ann, uneven, recurrence={"rule": "FREQ=WEEKLY;COUNT=4"})
    office.work()

    assert starts(office) == [office.at(0), office.at(1) + HOUR, office.at(3)]
    assert len(kinds(office.world.activity_now(uneven))) == 2
    assert office.written() == 1
    assert office.is_quiet()


def test_update_one_occurrence_from_the_crm_by_the_organizer_with_the_end_of_its_series(
    office, team
):
    """Both in one edit: the series ends earlier, and one of what is left is moved."""
    change = moved(office.at(1), HOUR)

    office.edit(
        office.ann, team, recurrence={"rule": "FREQ=WEEKLY;COUNT=3", "exceptions": [change]}
    )
    office.work()

    assert starts(office) == [office.at(0), office.at(1) + HOUR, office.at(2)]
    assert kinds(office.world.activity_now(team)) == {office.at(1): OccurrenceKind.CHANGED}
    assert office.mails() == told(office, updates=2, cancellations=0)
    assert office.written() == 2
    assert office.is_quiet()
