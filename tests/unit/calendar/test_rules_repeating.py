"""Single occurrences of a series merged, each for itself: what either side holds afterwards, and what is agreed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import an_activity, an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.repeating import merge_time, same_series, still_apart
from liaison.calendar.rules.series import repeats
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import EventKind
from liaison.policy.values import Conflict, Owner
from series_builders import MON, an_hour, local, series, weekly, whole_day

FIRST = an_hour("2026-11-23T10:00")
RECURRENCE = series(weekly(MON), date(2026, 11, 23), count=6)
STARTS = [local(f"{date(2026, 11, 23) + timedelta(weeks=n)}T10:00") for n in range(6)]
MASTER = an_event(kind=EventKind.SERIES_MASTER, when=FIRST, recurrence=RECURRENCE)
PLAIN = synced.from_event(MASTER, repeats(MASTER))


def in_room(number, room):
    return OccurrenceException(STARTS[number], OccurrenceKind.CHANGED, {"location": room})


def as_the_series(number):
    return OccurrenceException(STARTS[number], OccurrenceKind.CHANGED)


def gone(number):
    return OccurrenceException(STARTS[number], OccurrenceKind.CANCELLED)


def having(*exceptions):
    return replace(PLAIN, recurrence=replace(PLAIN.recurrence, exceptions=exceptions))


def merged(before, there, here, owner=Owner.BOTH, conflict=Conflict.OUTLOOK_WINS):
    """What becomes of these exceptions of either side; `before` is None when the two have just been linked."""
    agreed = None if before is None else having(*before)
    return merge_time(owner, conflict, agreed, having(*there), having(*here))


def told(found):
    """The exceptions of the activity, of the meeting, and of the baseline on either side."""
    sides = (found.activity, found.wanted, found.agreed, found.agreed_here)
    return tuple(one.recurrence.exceptions for one in sides)


OURS, THEIRS = in_room(1, "Ours"), in_room(1, "Theirs")
OTHER = in_room(3, "Other")


def test_what_the_crm_changed_goes_out_and_is_agreed_once_it_arrived():
    found = merged((OTHER,), (OTHER,), (OURS, OTHER))

    assert found.occurrences == (OURS,)
    assert told(found) == ((OURS, OTHER), (OURS, OTHER), (OTHER,), (OTHER,))
    assert found.conflict is None


def test_what_outlook_changed_comes_in_and_is_agreed():
    found = merged((OTHER,), (THEIRS, OTHER), (OTHER,))

    assert found.occurrences == ()
    assert told(found) == ((THEIRS, OTHER),) * 4


def test_each_side_changes_occurrences_of_its_own():
    """Told in the order of the calendar."""
    found = merged((), (OTHER,), (gone(5), OURS, in_room(2, "Ours")))

    assert found.occurrences == (OURS, in_room(2, "Ours"), gone(5))
    everything = (OURS, in_room(2, "Ours"), OTHER, gone(5))
    assert told(found) == (everything, everything, (OTHER,), (OTHER,))


@pytest.mark.parametrize(
    ("conflict", "sides"),
    [
        (Conflict.OUTLOOK_WINS, ((THEIRS,), (THEIRS,), (THEIRS,), (THEIRS,))),
        (Conflict.CRM_WINS, ((OURS,), (OURS,), (), ())),
        (Conflict.HOLD, ((OURS,), (THEIRS,), (), ())),
    ],
)
def test_an_occurrence_that_both_changed_is_as_the_policy_says(conflict, sides):
    found = merged((), (THEIRS,), (OURS,), conflict=conflict)

    assert (told(found), found.conflict) == (sides, conflict)
    assert found.occurrences == ((OURS,) if conflict is Conflict.CRM_WINS else ())


def test_what_both_changed_alike_is_no_conflict():
    found = merged((), (OURS,), (OURS,), conflict=Conflict.HOLD)

    assert (told(found), found.conflict) == (((OURS,),) * 4, None)


@pytest.mark.parametrize("conflict", list(Conflict))
def test_a_change_that_the_crm_takes_back_goes_out_unless_outlook_did_so(conflict):
    plain = as_the_series(1)

    taken_back = merged((OURS,), (OURS,), (plain,), conflict=conflict)
    by_both = merged((OURS,), (), (plain,), conflict=conflict)

    assert taken_back.occurrences == (plain,)
    assert told(by_both) == ((),) * 4
    assert (by_both.occurrences, by_both.conflict) == ((), None)


def test_what_outlook_cancelled_is_not_as_the_series_whatever_the_crm_wants():
    found = merged((), (gone(1),), (as_the_series(1),), conflict=Conflict.HOLD)

    assert found.conflict is Conflict.HOLD


def test_of_what_is_the_crms_a_change_in_outlook_stays_there():
    found = merged((OURS,), (THEIRS,), (OURS,), owner=Owner.CRM)

    assert told(found) == ((OURS,), (THEIRS,), (OURS,), (OURS,))
    assert found.occurrences == ()


@pytest.mark.parametrize("owner", [Owner.CRM, Owner.BOTH])
def test_what_only_the_crm_has_when_the_two_are_linked_stays_apart(owner):
    found = merged(None, (), (OURS,), owner=owner)

    assert told(found) == ((OURS,), (), (), (OURS,))
    assert found.occurrences == ()


@pytest.mark.parametrize(("owner", "kept"), [(Owner.CRM, OURS), (Owner.BOTH, THEIRS)])
def test_what_both_have_when_the_two_are_linked_is_outlooks_unless_it_is_the_crms(owner, kept):
    found = merged(None, (THEIRS,), (OURS,), owner=owner)

    assert (told(found), found.conflict) == (((kept,), (THEIRS,), (THEIRS,), (kept,)), None)


def test_two_series_are_the_same_whatever_the_order_of_their_exceptions():
    one, other = (having(*some).recurrence for some in ((OURS, OTHER), (OTHER, OURS)))

    assert same_series(one, other)
    assert not same_series(one, having(OURS).recurrence)
    assert not same_series(one, replace(one, rule="FREQ=DAILY"))
    assert same_series(None, None)
    assert not same_series(one, None)


def apart(*exceptions):
    """A baseline in which the CRM has these besides."""
    return synced.leaving_apart(PLAIN, having(*exceptions))


@pytest.mark.parametrize(
    ("agreed", "here", "exceptions"),
    [
        ((), (), (OURS,)),
        ((OTHER,), (OTHER,), (OURS, OTHER)),
        ((THEIRS,), (THEIRS,), (THEIRS,)),
        ((), (OTHER,), (OURS, OTHER)),
    ],
    ids=["nothing else", "another one", "this one", "another one of the CRM"],
)
def test_an_occurrence_that_was_left_apart_stays_so_until_the_two_agree_about_it(
    agreed, here, exceptions
):
    found = still_apart(apart(OURS), having(*agreed), having(*here))

    assert found.recurrence.exceptions == exceptions
    assert found.time == FIRST


@pytest.mark.parametrize(("agreed", "exceptions"), [((THEIRS,), (OURS,)), ((), ())])
def test_where_each_side_had_its_own_the_crms_stays_as_long_as_outlooks_does(agreed, exceptions):
    before = synced.leaving_apart(having(THEIRS), having(OURS))

    found = still_apart(before, having(*agreed), having(*agreed))

    assert found.recurrence.exceptions == exceptions


def test_occurrences_stay_apart_in_order_where_a_series_becomes_one_of_whole_days():
    """What was meant at a time of day stands among what is meant on a day."""
    day = OccurrenceException(date(2026, 12, 14), OccurrenceKind.CANCELLED)
    days = ActivityRecurrence("FREQ=WEEKLY;BYDAY=MO", None, (day,))
    now = synced.from_activity(an_activity(when=whole_day("2026-11-23"), recurrence=days))

    found = still_apart(apart(OURS), now, now)

    assert found.recurrence.exceptions == (OURS, day)
