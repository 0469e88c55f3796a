"""Linked occurrences are found again after their whole series was shifted."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from calendar_builders import an_event
from liaison.calendar.rules import synced
from liaison.calendar.rules.series import occurrence_at
from liaison.calendar.rules.shifting import origin_of, shifted_starts
from liaison.outlook.model import EventKind
from liaison.recurrence.occurrences import original_starts
from series_builders import MON, TUE, WED, an_hour, daily, local, monthly, series, weekly

ONE, TWO = UUID(int=1), UUID(int=2)
FIRST = an_hour("2026-11-23T09:00")


def a_master(pattern, when=FIRST, **more):
    recurrence = series(pattern, when.start, **more)
    return an_event(kind=EventKind.SERIES_MASTER, recurrence=recurrence, when=when)


MONDAYS = a_master(weekly(MON))


def remembered(master, start):
    occurrence = occurrence_at(master, start)
    return replace(synced.from_event(occurrence), origin=origin_of(master)), start


def found(old, new, *starts, taken=()):
    lost = {UUID(int=n): remembered(old, start) for n, start in enumerate(starts, 1)}
    return shifted_starts(new, lost, taken)


def test_another_time_keeps_the_day():
    later = a_master(weekly(MON), an_hour("2026-11-23T14:00"))

    assert found(MONDAYS, later, local("2026-12-07T09:00")) == {ONE: local("2026-12-07T14:00")}


def test_another_weekday_keeps_the_number():
    tuesdays = a_master(weekly(TUE), an_hour("2026-11-24T09:00"))

    assert found(MONDAYS, tuesdays, local("2026-12-07T09:00")) == {ONE: local("2026-12-08T09:00")}


def test_another_zone_keeps_the_day_on_the_clocks_of_the_series():
    auckland = a_master(
        weekly(MON), an_hour("2026-11-23T09:00", "Pacific/Auckland"), zone="Pacific/Auckland"
    )

    assert found(MONDAYS, auckland, local("2026-12-07T09:00")) == {
        ONE: local("2026-12-07T09:00", "Pacific/Auckland")
    }


def test_a_day_of_its_own_counts_before_the_number_of_another():
    every_other = a_master(weekly(MON, interval=2), an_hour("2026-11-23T14:00"))

    shifted = found(MONDAYS, every_other, local("2026-11-30T09:00"), local("2026-12-07T09:00"))

    assert shifted == {TWO: local("2026-12-07T14:00")}


def test_what_another_link_has_is_not_taken():
    later = a_master(weekly(MON), an_hour("2026-11-23T14:00"))
    taken = [local("2026-12-07T14:00")]

    assert found(MONDAYS, later, local("2026-12-07T09:00"), taken=taken) == {}


def test_nothing_is_guessed_where_the_series_is_shorter_or_nothing_is_remembered():
    shortened = a_master(weekly(MON), count=2)
    start = local("2026-12-07T09:00")
    forgotten = replace(remembered(MONDAYS, start)[0], origin=None)
    damaged = replace(forgotten, origin={"recurrence": {"pattern": {}}, "first": {}})

    assert found(MONDAYS, shortened, start) == {}
    assert shifted_starts(MONDAYS, {ONE: (forgotten, start), TWO: (None, start)}, ()) == {}
    assert shifted_starts(MONDAYS, {ONE: (damaged, start)}, ()) == {}


def test_a_single_meeting_has_none():
    assert found(MONDAYS, an_event(), local("2026-12-07T09:00")) == {}


@given(
    st.sampled_from([weekly(TUE), weekly(MON, WED), weekly(MON, interval=3), daily(), monthly(24)]),
    st.integers(-6, 6),
    st.sets(st.integers(0, 12), min_size=1, max_size=5),
    st.sets(st.integers(0, 12), max_size=3),
)
def test_no_two_links_ever_share_an_occurrence_and_each_is_one(pattern, hours, linked, held):
    old = list(original_starts(MONDAYS.recurrence, MONDAYS.when, limit=13))
    when = replace(
        FIRST,
        start=FIRST.start + timedelta(hours=hours),
        end=FIRST.end + timedelta(hours=hours),
    )
    new = a_master(pattern, when)
    taken = [
        one for n, one in enumerate(original_starts(new.recurrence, when, limit=13)) if n in held
    ]

    shifted = found(MONDAYS, new, *(old[n] for n in sorted(linked)), taken=taken)

    starts = list(shifted.values())
    assert len(set(starts)) == len(starts)
    assert not set(starts) & set(taken)
    assert all(occurrence_at(new, one) for one in starts)
    assert date(2026, 11, 23) <= min((one.date() for one in starts), default=date.max)
