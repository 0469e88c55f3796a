"""Where series stand in the list of activities: by their next date, once they are over by their last."""

from datetime import date, timedelta

import pytest

from builders import a_new_activity, a_time
from liaison.crm.embedded.activities import apply_changes
from liaison.crm.embedded.search import ActivityQuery, Viewer, search_activities
from liaison.crm.model import (
    SYNC_MASTER,
    ActivityChange,
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
)
from liaison.times import When
from people import ANN

WEEK = timedelta(weeks=1)
WEEKLY = ActivityRecurrence("FREQ=WEEKLY;BYDAY=MO;WKST=MO")
FOUR_TIMES = ActivityRecurrence("FREQ=WEEKLY;BYDAY=MO;WKST=MO;COUNT=4")


@pytest.fixture(autouse=True)
def _friday_before(clock):
    clock.set(a_time().start - timedelta(days=3))


@pytest.fixture
def listed(database, clock):
    def listed(*, limit=20, cursor=None, **query):
        with database.transaction() as session:
            page = search_activities(
                session,
                ActivityQuery(**query),
                Viewer(ANN.id),
                now=clock.now(),
                limit=limit,
                cursor=cursor,
            )
        found = [one.subject for one in page.items]
        return found if page.next is None else found + listed(limit=limit, cursor=page.next)

    return listed


def at(weeks, **members):
    """On a Monday at ten, so many weeks after the first one of the tests."""
    monday = a_time().start + weeks * WEEK
    return a_new_activity(when=a_time(monday), **members)


def test_a_series_stands_where_its_next_date_is(clock, create, listed):
    create(
        at(-10, subject="Every Monday", recurrence=WEEKLY),
        at(-3, subject="Three weeks ago"),
        at(2, subject="In two weeks"),
    )

    assert listed() == ["In two weeks", "Every Monday", "Three weeks ago"]


def test_a_series_that_is_over_stands_where_its_last_date_was(clock, create, listed):
    create(
        at(-10, subject="Four Mondays", recurrence=FOUR_TIMES),
        at(-8, subject="Before the last"),
        at(-6, subject="After the last"),
    )

    assert listed() == ["After the last", "Four Mondays", "Before the last"]


def test_a_series_moves_on_when_its_date_is_over(clock, create, listed):
    create(
        at(0, subject="Every Monday", recurrence=WEEKLY),
        at(1, subject="In between"),
    )
    before = listed()

    clock.advance(weeks=2)

    assert (before, listed()) == (
        ["In between", "Every Monday"],
        ["Every Monday", "In between"],
    )


def test_an_edit_puts_a_series_where_it_is_now(database, clock, create, listed):
    series, _ = create(
        at(0, subject="Every Monday", recurrence=WEEKLY),
        at(1, subject="In between"),
    )
    gone = tuple(
        OccurrenceException(series.when.start + weeks * WEEK, OccurrenceKind.CANCELLED)
        for weeks in (0, 1)
    )
    skipping = ActivityRecurrence(WEEKLY.rule, None, gone)
    change = ActivityChange(series.id, series.version, {"recurrence": skipping})

    with database.transaction() as session:
        apply_changes(session, [change], SYNC_MASTER, clock.now())

    assert listed() == ["Every Monday", "In between"]


def test_pages_hold_each_series_once(clock, create, listed):
    create(
        *(at(-weeks, subject=f"Series {weeks}", recurrence=WEEKLY) for weeks in range(3)),
        at(-2, subject="Single"),
    )

    assert sorted(listed(limit=1)) == ["Series 0", "Series 1", "Series 2", "Single"]


def test_a_span_of_time_finds_a_series_that_goes_on(clock, create, listed):
    create(
        at(-10, subject="Every Monday", recurrence=WEEKLY),
        at(-10, subject="Four Mondays", recurrence=FOUR_TIMES),
    )

    assert listed(ends_after=clock.now()) == ["Every Monday"]
    assert len(listed(ends_after=clock.now() - 8 * WEEK)) == 2
    assert listed(starts_before=clock.now() - 20 * WEEK) == []


def test_whole_days_are_listed_by_their_day(clock, create, listed):
    day = date(2026, 9, 7)
    every_week = a_new_activity(
        subject="Whole Mondays",
        when=When(day, day, "Europe/Berlin"),
        recurrence=WEEKLY,
    )
    create(every_week, at(-1, subject="Last week"))

    assert listed() == ["Whole Mondays", "Last week"]
