"""Series and their occurrences, as links see them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_builders import INES_INVITED, an_event
from liaison.calendar.rules import log_values, synced
from liaison.calendar.rules.series import (
    fresh_exceptions,
    key_of,
    occurrence_at,
    occurrence_shown,
    original_day_of,
    repeats,
    told_of,
    was_taken_out,
)
from liaison.crm.model import OccurrenceKind
from liaison.outlook.model import Attendee, EventKind, Sensitivity
from liaison.policy.values import Private
from liaison.recurrence.occurrences import original_starts
from series_builders import MON, an_hour, daily, local, monthly, series, weekly, whole_day

FIRST = an_hour("2026-11-23T09:00")
SECOND = local("2026-11-30T09:00")
THIRD = local("2026-12-07T09:00")
JON = Attendee("Jon Okafor", "jon@contoso.example")


def a_master(recurrence=None, when=FIRST, **members):
    recurrence = recurrence or series(weekly(MON), date(2026, 11, 23))
    given = {"kind": EventKind.SERIES_MASTER, "recurrence": recurrence, "when": when}
    return an_event(**given | {"knows_exceptions": True} | members)


def an_exception(start, **members):
    event = an_event(
        event_id="AAMk-exception",
        kind=EventKind.EXCEPTION,
        series_master_id="AAMk-ann",
        original_start=start,
        when=replace(FIRST, start=start, end=start + timedelta(hours=1)),
    )
    return replace(event, **members)


def told(master, left_out=()):
    found = repeats(master, left_out).exceptions
    return [(one.original_start, one.kind, dict(one.fields)) for one in found]


def test_only_what_differs_is_told_of_a_changed_occurrence():
    master = a_master(exceptions=(an_exception(SECOND, subject="With Ines"),))

    assert told(master) == [(SECOND, OccurrenceKind.CHANGED, {"subject": "With Ines"})]


def test_an_occurrence_with_other_people_tells_all_of_them_as_json():
    master = a_master(exceptions=(an_exception(SECOND, attendees=(JON,)),))

    [(_, _, fields)] = told(master)

    assert [one["address"] for one in fields["participants"]] == [
        "ann@nordwind.example",
        "jon@contoso.example",
    ]


def test_cancelled_and_left_out_occurrences_are_told_without_contents_and_in_order():
    master = a_master(
        cancelled=(date(2026, 12, 7),), exceptions=(an_exception(SECOND, subject="Mine"),)
    )

    cancelled = OccurrenceKind.CANCELLED
    assert told(master, [SECOND]) == [(SECOND, cancelled, {}), (THIRD, cancelled, {})]


def test_an_occurrence_cancelled_by_the_organizer_is_cancelled_though_it_still_stands_there():
    master = a_master(exceptions=(an_exception(SECOND, is_cancelled=True, subject="Canceled: x"),))

    assert told(master) == [(SECOND, OccurrenceKind.CANCELLED, {})]


def test_a_private_occurrence_is_left_out_of_an_open_series_only():
    private = an_exception(SECOND, subject="Surgery", sensitivity=Sensitivity.PRIVATE)

    open_series = a_master(exceptions=(private,))
    private_series = replace(open_series, sensitivity=Sensitivity.PRIVATE)

    assert told(open_series) == [(SECOND, OccurrenceKind.CANCELLED, {})]
    assert told(private_series)[0][2] == {"subject": "Surgery"}


def test_there_is_no_occurrence_where_none_was_meant_to_begin():
    assert occurrence_at(a_master(), SECOND + timedelta(minutes=1)) is None
    assert occurrence_at(a_master(), FIRST.start - timedelta(weeks=1)) is None
    assert occurrence_at(an_event(), FIRST.start) is None


def test_an_occurrence_keeps_the_ids_of_its_series():
    occurrence = occurrence_at(a_master(exceptions=(an_exception(SECOND),)), SECOND)

    assert (occurrence.event_id, occurrence.series_master_id) == ("AAMk-ann", "AAMk-ann")
    assert (occurrence.kind, occurrence.original_start) == (EventKind.EXCEPTION, SECOND)
    assert occurrence.recurrence is None


def test_a_moved_occurrence_is_found_where_it_was_meant_and_where_it_is():
    now = SECOND + timedelta(days=1)
    moved = an_exception(SECOND, when=replace(FIRST, start=now, end=now + timedelta(hours=1)))
    master = a_master(exceptions=(moved,))

    assert occurrence_at(master, SECOND).when.start == now
    assert occurrence_shown(master, now).original_start == SECOND


def test_whole_days_are_known_by_midnight_of_utc_wherever_they_are():
    zone = "Pacific/Auckland"
    days = series(daily(), date(2026, 11, 23), count=3, zone=zone)
    master = a_master(days, whole_day("2026-11-23", zone=zone))

    second = occurrence_at(master, key_of(date(2026, 11, 24)))

    assert second.original_start == datetime(2026, 11, 24, tzinfo=UTC)
    assert second.when.start == date(2026, 11, 24)


def test_what_an_invitee_took_out_of_his_own_calendar_is_no_cancellation():
    day = date(2026, 11, 30)
    own = a_master(cancelled=(day,))
    marked = (an_exception(SECOND, is_cancelled=True),)
    invitees = replace(own, is_organizer=False)

    assert was_taken_out(invitees, occurrence_at(invitees, SECOND))
    assert not was_taken_out(own, occurrence_at(own, SECOND))
    called_off = replace(invitees, exceptions=marked)
    assert not was_taken_out(called_off, occurrence_at(called_off, SECOND))


def as_told(*attendees, **fields):
    """What is told of an occurrence with these people, beside a series with Ines."""
    series_itself = synced.from_event(a_master())
    people = synced.from_event(an_event(attendees=attendees)).participants
    return told_of(log_values.to_log({**fields, "participants": people}), series_itself)


def test_that_nobody_has_answered_anew_is_told_only_where_it_is_all_that_differs():
    """Outlook resets the answers of an occurrence that moves."""
    asked_again = replace(INES_INVITED, response="none")

    assert as_told(asked_again, place="Room 2") == {"location": "Room 2"}
    assert as_told(asked_again) == {"answers": True}


@pytest.mark.parametrize(
    "people", [(JON,), (INES_INVITED, JON), (replace(INES_INVITED, role="optional"),)]
)
def test_other_people_or_parts_of_an_occurrence_are_told(people):
    assert as_told(*people).keys() == {"participants"}


@pytest.mark.parametrize("people", [synced.from_event(a_master()).participants, ()])
def test_what_says_nothing_of_people_tells_nothing_of_answers(people):
    series_itself = replace(synced.from_event(a_master()), participants=people)

    assert told_of({"location": "x"}, series_itself) == {"location": "x"}


def test_only_what_is_new_among_exceptions_is_told():
    before = repeats(a_master(exceptions=(an_exception(SECOND, subject="One"),)))
    after = repeats(
        a_master(
            exceptions=(an_exception(SECOND, subject="One"), an_exception(THIRD, subject="Two"))
        )
    )

    fresh = fresh_exceptions(before, after)

    assert [one.original_start for one in fresh[OccurrenceKind.CHANGED]] == [THIRD]
    assert fresh[OccurrenceKind.CANCELLED] == []


@given(
    st.sampled_from(["Europe/Berlin", "Pacific/Auckland", "America/Sao_Paulo", "Asia/Kathmandu"]),
    st.integers(0, 23),
    st.integers(0, 40),
    st.sampled_from([daily(2), weekly(MON, interval=2), monthly(31)]),
)
def test_every_original_start_is_that_of_its_occurrence(zone, hour, number, pattern):
    when = an_hour(f"2026-11-30T{hour:02}:30", zone)
    master = a_master(series(pattern, date(2026, 11, 30), zone=zone), when)
    starts = list(original_starts(master.recurrence, when, limit=number + 1))

    occurrence = occurrence_at(master, starts[-1])

    assert occurrence.original_start == starts[-1] == occurrence.when.start
    assert not occurrence.is_cancelled


@pytest.mark.parametrize(
    ("private", "kind"),
    [
        (Private.SKIP, OccurrenceKind.CANCELLED),
        (Private.OWNER_ONLY, OccurrenceKind.CANCELLED),
        (Private.BUSY_ONLY, OccurrenceKind.CHANGED),
        (Private.INCLUDE, OccurrenceKind.CHANGED),
    ],
)
def test_the_policy_says_whether_a_private_occurrence_of_an_open_series_is_told(private, kind):
    hidden = an_exception(SECOND, subject="Surgery", sensitivity=Sensitivity.PRIVATE)

    [found] = repeats(a_master(exceptions=(hidden,)), private=private).exceptions

    assert found.kind is kind


def test_what_is_no_series_has_no_days_on_which_it_was_meant_to_be():
    assert original_day_of(an_event(), SECOND) is None
    assert original_day_of(a_master(), SECOND) == date(2026, 11, 30)
