"""What Outlook cannot do with a series, in what order single occurrences are written, and what a write leaves of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import NOW, an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.occurrence_changes import in_writing_order
from liaison.calendar.rules.repeating import merge_time
from liaison.calendar.rules.series import repeats
from liaison.calendar.rules.series_edits import check_order, check_series_edit, dropped_exceptions
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.errors import InvalidRequest, OccurrenceStaysCancelled
from liaison.outlook.model import EventKind
from liaison.policy.values import Conflict, Owner
from liaison.recurrence.rrule import rule_text
from liaison.recurrence.stored import to_json
from series_builders import MON, an_hour, local, series, weekly

FIRST = an_hour("2026-11-23T10:00")
WEEKLY = series(weekly(MON), date(2026, 11, 23), count=6)
SHORTER = series(weekly(MON), date(2026, 11, 23), count=2)
FORTNIGHTLY = series(weekly(MON, interval=2), date(2026, 11, 23), count=6)
STARTS = [local(f"{date(2026, 11, 23) + timedelta(weeks=n)}T10:00") for n in range(6)]
MASTER = an_event(kind=EventKind.SERIES_MASTER, when=FIRST, recurrence=WEEKLY)


def moved(number, days):
    start = STARTS[number] + timedelta(days=days)
    fields = {"start": start.isoformat(), "end": (start + timedelta(hours=1)).isoformat()}
    return OccurrenceException(STARTS[number], OccurrenceKind.CHANGED, fields)


def gone(number):
    return OccurrenceException(STARTS[number], OccurrenceKind.CANCELLED)


def repeating(*exceptions, recurrence=WEEKLY, when=FIRST):
    rule = ActivityRecurrence(rule_text(recurrence, when), to_json(recurrence), exceptions)
    return an_activity(when=when, recurrence=rule)


@pytest.mark.parametrize(
    ("after", "numbers"),
    [
        (repeating(gone(1), recurrence=SHORTER), [4]),
        (repeating(recurrence=FORTNIGHTLY), [1]),
        (an_activity(when=FIRST), [1, 4]),
        (repeating(gone(1), moved(4, 1), when=an_hour("2026-11-23T15:00")), []),
        (repeating(gone(1)), []),
    ],
    ids=["shorter", "another rhythm", "one activity", "another time", "taken back"],
)
def test_exceptions_of_dates_that_a_series_has_no_more_are_dropped(after, numbers):
    """exceptions-dropped."""
    dropped = dropped_exceptions(repeating(gone(1), moved(4, 1)), after)

    assert [one.original_start for one in dropped] == [STARTS[number] for number in numbers]


def test_cancelled_occurrences_stay_cancelled():
    with pytest.raises(OccurrenceStaysCancelled) as refusal:
        check_series_edit(repeating(gone(1), gone(3)), repeating(gone(3)), NOW)

    assert refusal.value.facts == {"originalStarts": [STARTS[1].isoformat()]}


@pytest.mark.parametrize("recurrence", [SHORTER, FORTNIGHTLY])
def test_what_falls_out_or_begins_anew_is_not_called_back(recurrence):
    check_series_edit(repeating(gone(3)), repeating(recurrence=recurrence), NOW)


def test_what_outlook_holds_already_is_not_asked_again():
    """Outlook itself may be less strict than we are."""
    crossing, renamed = moved(1, 8), replace(moved(3, 0), fields={"subject": "Other"})

    check_series_edit(repeating(crossing), repeating(crossing, renamed), NOW)
    with pytest.raises(InvalidRequest, match="2026-11-30"):
        check_order(repeating(crossing, renamed))


def test_a_series_that_has_begun_becomes_a_meeting_that_lies_ahead():
    begun, later = an_hour("2026-11-02T10:00"), an_hour("2026-12-02T10:00")

    with pytest.raises(InvalidRequest, match="has begun") as refusal:
        check_series_edit(repeating(), an_activity(when=begun), NOW)
    assert refusal.value.facts["errors"].keys() == {"recurrence"}
    check_series_edit(repeating(), an_activity(when=later), NOW)


def test_occurrences_of_a_rule_that_somebody_wrote_by_hand_keep_their_order_too():
    crossing = repeating(moved(1, 8))
    by_hand = replace(crossing, recurrence=replace(crossing.recurrence, pattern=None))

    with pytest.raises(InvalidRequest, match="2026-11-30"):
        check_order(by_hand)


def test_of_a_rule_that_outlook_does_not_have_nothing_is_asked():
    hourly = ActivityRecurrence("FREQ=HOURLY", None, (moved(1, 8), gone(2)))
    before = an_activity(when=FIRST, recurrence=hourly)

    check_series_edit(before, replace(before, subject="New"), NOW)
    check_series_edit(before, repeating(), NOW)


def test_nobody_passes_a_neighbour_on_his_way():
    """First what is cancelled, then the latest of those that move later, then the earliest of the others."""
    exceptions = (moved(1, 9), moved(2, 4), moved(3, -2), moved(4, -2), gone(5))

    ordered = in_writing_order(MASTER, exceptions)

    assert [STARTS.index(one.original_start) for one in ordered] == [5, 2, 1, 3, 4]


def merged(baseline, outlook, crm):
    """Of the CRM's series `crm` and the meeting's, which agreed on `baseline`."""
    shown = synced.from_event(
        replace(MASTER, recurrence=outlook), repeats(replace(MASTER, recurrence=outlook))
    )
    before, here = (
        replace(shown, time=one.when, recurrence=one.recurrence) for one in (baseline, crm)
    )
    return merge_time(Owner.BOTH, Conflict.OUTLOOK_WINS, before, shown, here)


def test_what_outlook_forgot_with_another_rhythm_is_written_again():
    """A write of ours arrived, and its worker died before it brought the occurrences over."""
    before, now = repeating(gone(2)), repeating(gone(2), recurrence=FORTNIGHTLY)

    found = merged(before, FORTNIGHTLY, now)

    assert found.occurrences == (gone(2),)
    assert found.activity.recurrence.exceptions == (gone(2),)


def test_what_somebody_took_back_in_outlook_is_taken_back():
    found = merged(repeating(moved(2, 1)), WEEKLY, repeating(moved(2, 1)))

    assert found.occurrences == ()
    assert found.activity.recurrence.exceptions == ()


def test_what_is_as_the_series_has_it_again_is_no_exception_once_outlook_shows_it():
    plain = OccurrenceException(STARTS[2], OccurrenceKind.CHANGED)

    found = merged(repeating(moved(2, 1)), WEEKLY, repeating(plain))

    assert found.occurrences == ()
    assert found.activity.recurrence.exceptions == ()
