"""What Exchange does with series and their occurrences: ids, exceptions, shifts."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from liaison_sandbox.problems import GraphProblem
from sandbox_series import (
    FIRST,
    FOURTH,
    KIM,
    NOVEMBER,
    SECOND,
    THIRD,
    WEEKLY,
    copy_of,
    mails_since,
    starts,
)


def test_a_series_is_one_item_with_the_times_of_its_first_occurrence(ann, team):
    master = ann.event(team)

    assert (master.type, master.start) == ("seriesMaster", FIRST)
    assert [one.id for one in ann.events()] == [team]
    assert starts(ann, team) == [FIRST, SECOND, THIRD, FOURTH, FOURTH + timedelta(weeks=1)]


def test_an_occurrence_keeps_its_ids_and_names_its_master(ann, team):
    one, again = (ann.occurrence(team, SECOND) for _ in range(2))

    assert (one.id, one.immutable_id) == (again.id, again.immutable_id)
    assert one.series_master_id == team
    assert ann.event(one.id).start == ann.event(one.immutable_id).start == SECOND


def test_a_changed_occurrence_is_an_exception_with_ids_of_its_own(ann, team):
    before = ann.occurrence(team, SECOND)

    after = ann.change_occurrence(team, SECOND, start=SECOND + timedelta(hours=3), subject="Late")

    assert (after.type, after.original_start, after.subject) == ("exception", SECOND, "Late")
    assert after.id != before.id
    assert starts(ann, team)[:3] == [FIRST, SECOND + timedelta(hours=3), THIRD]
    assert ann.event(before.id).id == after.id


def test_an_exception_follows_its_master_in_what_it_has_not_of_its_own(ann, team):
    exception = ann.change_occurrence(team, SECOND, subject="Late")

    ann.change_series(team, subject="Sales team", location="Room Elbe")

    assert ann.event(exception.id).subject == "Late"
    assert ann.event(exception.id).location == "Room Elbe"


def test_a_cancelled_occurrence_is_a_day_the_series_leaves_out(ann, team):
    before = ann.occurrence(team, THIRD)

    ann.cancel_occurrence(team, THIRD)

    assert ann.event(team).cancelled_days == {date(2026, 11, 16)}
    assert THIRD not in starts(ann, team)
    with pytest.raises(KeyError):
        ann.event(before.id)


def test_shifting_the_whole_pattern_drops_exceptions_and_renews_ids(ann, bo, team):
    exception = ann.change_occurrence(team, SECOND, subject="Late")
    ann.cancel_occurrence(team, THIRD)
    old = ann.occurrence(team, FOURTH)

    ann.change_series(team, start=FIRST + timedelta(days=1))

    assert starts(ann, team) == [one + timedelta(days=1) for one in (FIRST, SECOND, THIRD, FOURTH)]
    assert ann.exceptions(team) == []
    for gone in (old.id, old.immutable_id, exception.id):
        with pytest.raises(KeyError):
            ann.event(gone)
    copy = copy_of(bo, ann.event(team))
    assert starts(bo, copy.id) == starts(ann, team)


def test_another_end_of_the_range_keeps_what_is_before_it(ann, team):
    exception = ann.change_occurrence(team, SECOND, subject="Late")
    ann.change_occurrence(team, FOURTH, subject="Last")

    ann.change_series(
        team,
        recurrence=WEEKLY | {"range": {"type": "endDate", "endDate": "2026-11-16"}},
    )

    assert starts(ann, team) == [FIRST, SECOND, THIRD]
    assert [one.id for one in ann.exceptions(team)] == [exception.id]


def test_this_and_following_ends_the_old_series_and_begins_a_new_meeting(tenant, ann, bo, team):
    told = len(tenant.mails)

    following = ann.change_from(team, THIRD, subject="Team, new", start=THIRD + timedelta(hours=1))

    assert starts(ann, team) == [FIRST, SECOND]
    assert starts(ann, following)[:2] == [THIRD + timedelta(hours=1), FOURTH + timedelta(hours=1)]
    assert ann.event(following).ical_uid != ann.event(team).ical_uid
    assert mails_since(tenant, told) == [(bo.address, "invitation"), (KIM, "invitation")]
    assert starts(bo, copy_of(bo, ann.event(team)).id) == [FIRST, SECOND]


def test_the_rest_of_a_numbered_series_has_the_rest_of_its_number(ann):
    span = {"type": "numbered", "numberOfOccurrences": 4}
    series = ann.create_event(subject="Course", start=FIRST, recurrence=WEEKLY | {"range": span})

    following = ann.change_from(series, SECOND, subject="Course, part 2")

    assert starts(ann, following) == [SECOND, THIRD, FOURTH]


def test_this_and_following_from_the_first_one_changes_the_series(ann, team):
    assert ann.change_from(team, FIRST, subject="All") == team
    assert ann.event(team).subject == "All"


def test_a_single_meeting_becomes_a_series_in_place_and_back(ann, bo):
    event_id = ann.create_event(subject="Offer", start=FIRST, attendees=[bo.address])
    before = ann.event(event_id)

    series = ann.make_series(event_id, WEEKLY)
    assert (series.id, series.ical_uid, series.type) == (event_id, before.ical_uid, "seriesMaster")
    assert len(starts(bo, copy_of(bo, series).id)) == 5

    single = ann.make_single(event_id)
    assert (single.id, single.type, single.start) == (event_id, "singleInstance", FIRST)
    assert copy_of(bo, single).type == "singleInstance"


@pytest.mark.parametrize("start", [FIRST, THIRD, THIRD + timedelta(days=1)])
def test_an_occurrence_cannot_pass_its_neighbours(ann, team, start):
    with pytest.raises(GraphProblem, match="ErrorOccurrenceCrossingBoundary"):
        ann.change_occurrence(team, SECOND, start=start + timedelta(hours=2))


@pytest.mark.parametrize(
    ("start", "length"),
    [(SECOND, timedelta(days=8)), (SECOND - timedelta(days=7) + timedelta(hours=1), None)],
    ids=["into the next", "into the one before"],
)
def test_an_occurrence_cannot_overlap_its_neighbours(ann, team, start, length):
    end = start + (length or timedelta(hours=1))

    with pytest.raises(GraphProblem, match="ErrorOccurrenceCrossingBoundary"):
        ann.change_occurrence(team, SECOND, start=start, end=end)


def test_an_occurrence_that_is_gone_is_no_neighbour(ann, team):
    ann.cancel_occurrence(team, THIRD)

    ann.change_occurrence(team, SECOND, start=THIRD + timedelta(days=1))

    assert len(starts(ann, team)) == 4


def test_neighbours_are_where_they_were_moved_to(ann, team):
    ann.change_occurrence(team, THIRD, start=THIRD - timedelta(days=3))

    with pytest.raises(GraphProblem, match="ErrorOccurrenceCrossingBoundary"):
        ann.change_occurrence(team, SECOND, start=THIRD - timedelta(days=2))


def test_a_whole_day_series_floats(ann):
    series = ann.create_event(
        subject="Inventory",
        start=date(2026, 10, 20),
        all_day=True,
        recurrence={"pattern": {"type": "absoluteMonthly"}},
    )

    found = ann.occurrences(
        series, datetime(2026, 10, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
    )

    assert [one.start for one in found] == [datetime(2026, n, 20, tzinfo=UTC) for n in (10, 11, 12)]


def test_a_moved_series_takes_its_exceptions_along(ann, team):
    ann.change_occurrence(team, SECOND, subject="Late")

    moved = ann.move_event(team, "Customers")

    assert {one.calendar for one in ann.occurrences(moved.id, *NOVEMBER)} == {"Customers"}
    with pytest.raises(GraphProblem, match="ErrorCalendarCannotMoveOrCopyOccurrence"):
        ann.move_event(ann.occurrence(moved.id, FIRST).id, "Calendar")


@pytest.mark.parametrize(
    ("pattern", "moved_to", "expected"),
    [
        ({"type": "absoluteMonthly"}, "2026-11-05", ["2026-11-05", "2026-12-05"]),
        (
            {"type": "relativeMonthly", "index": "first", "daysOfWeek": ["monday"]},
            "2026-11-10",
            ["2026-11-10", "2026-12-08"],
        ),
    ],
)
def test_a_series_dragged_to_another_day_has_the_pattern_of_that_day(
    ann, pattern: dict[str, Any], moved_to, expected
):
    series = ann.create_event(subject="Review", start=FIRST, recurrence={"pattern": pattern})

    ann.change_series(series, start=datetime.fromisoformat(f"{moved_to}T08:00Z"))

    found = ann.occurrences(series, NOVEMBER[0], datetime(2027, 1, 1, tzinfo=UTC))
    assert [f"{one.start:%Y-%m-%d}" for one in found] == expected


def test_watchers_hear_of_the_exception_and_of_its_master(tenant, ann, team):
    heard: list[tuple[str, str]] = []
    tenant.exchange.watchers.append(
        lambda change: heard.append((change.kind, change.id)) if change.mailbox == ann.oid else None
    )

    exception = ann.change_occurrence(team, SECOND, subject="Late")
    ann.cancel_occurrence(team, SECOND)

    assert heard == [
        ("created", exception.id),
        ("updated", team),
        ("deleted", exception.id),
        ("updated", team),
    ]
