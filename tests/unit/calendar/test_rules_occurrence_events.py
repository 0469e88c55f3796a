"""An occurrence as an event of its own, and what a series' activity keeps of its series."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from builders import a_stranger
from calendar_builders import a_link, a_situation, an_activity, an_event, matched
from liaison.calendar.model import Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.decide import decide
from liaison.calendar.rules.people import wanted_participants, wanted_review
from liaison.calendar.rules.series import (
    fresh_exceptions,
    occurrence_at,
    occurrence_shown,
    repeats,
    was_taken_out,
)
from liaison.crm.matching import Matches
from liaison.crm.model import (
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
    ReviewNote,
)
from liaison.outlook.model import Attendee, EventKind, Organizer
from liaison.recurrence.stored import to_json
from people import ANN
from series_builders import MON, an_hour, local, series, weekly, whole_day

FIRST, SECOND, THIRD, FOURTH = (
    local(f"{day}T10:00") for day in ("2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14")
)
WEEKLY = series(weekly(MON), date(2026, 11, 23), count=4)
MOVED = an_event(
    event_id="AAMk-moved",
    kind=EventKind.EXCEPTION,
    when=an_hour("2026-12-01T15:00"),
    original_start=SECOND,
    place="Room 2",
)
MASTER = an_event(
    event_id="AAMk-series",
    kind=EventKind.SERIES_MASTER,
    when=an_hour("2026-11-23T10:00"),
    recurrence=WEEKLY,
    exceptions=(MOVED,),
    cancelled=(date(2026, 12, 7),),
    knows_exceptions=True,
)


@pytest.mark.parametrize(
    ("start", "kind", "is_cancelled", "when"),
    [
        (FIRST, EventKind.OCCURRENCE, False, MASTER.when),
        (SECOND, EventKind.EXCEPTION, False, MOVED.when),
        (THIRD, EventKind.OCCURRENCE, True, an_hour("2026-12-07T10:00")),
    ],
)
def test_an_occurrence_is_an_event_under_the_ids_of_its_series(start, kind, is_cancelled, when):
    occurrence = occurrence_at(MASTER, start)

    own = MOVED if kind is EventKind.EXCEPTION else MASTER
    assert occurrence == replace(
        own,
        event_id="AAMk-series",
        ical_uid=MASTER.ical_uid,
        kind=kind,
        when=when,
        series_master_id="AAMk-series",
        original_start=start,
        is_cancelled=is_cancelled,
        recurrence=None,
        exceptions=(),
        cancelled=(),
    )


def test_an_exception_that_its_organizer_cancelled_is_cancelled():
    master = replace(MASTER, exceptions=(replace(MOVED, ical_uid="other", is_cancelled=True),))

    occurrence = occurrence_at(master, SECOND)

    assert occurrence.is_cancelled
    assert occurrence.ical_uid == MASTER.ical_uid


def test_an_occurrence_is_found_by_when_it_takes_place():
    assert occurrence_shown(MASTER, MOVED.when.starts_at).original_start == SECOND
    assert occurrence_shown(MASTER, FOURTH).original_start == FOURTH
    assert occurrence_shown(MASTER, FIRST).kind is EventKind.OCCURRENCE
    assert occurrence_shown(MASTER, FIRST + timedelta(hours=1)) is None


def test_an_invitee_took_out_what_is_gone_and_not_marked():
    series_of_another = replace(MASTER, is_organizer=False)
    marked = replace(MOVED, is_cancelled=True, original_start=THIRD)
    gone, other = occurrence_at(MASTER, THIRD), occurrence_at(MASTER, FIRST)

    assert was_taken_out(series_of_another, gone)
    assert not was_taken_out(series_of_another, other)
    assert not was_taken_out(MASTER, gone)
    assert not was_taken_out(replace(series_of_another, exceptions=(marked,)), gone)
    elsewhere = replace(series_of_another, exceptions=(replace(MOVED, is_cancelled=True),))
    assert was_taken_out(elsewhere, gone)


def test_the_activity_of_a_series_keeps_its_rule_its_pattern_and_what_differs_in_order():
    kept = repeats(MASTER, left_out=(FIRST,))

    assert kept.rule.startswith("FREQ=WEEKLY")
    assert kept.pattern == to_json(WEEKLY)
    assert [(one.original_start, one.kind.value) for one in kept.exceptions] == [
        (FIRST, "cancelled"),
        (SECOND, "changed"),
        (THIRD, "cancelled"),
    ]
    changed = kept.exceptions[1].fields
    assert changed.keys() == {"start", "end", "timeZone", "allDay", "location"}
    assert changed["location"] == "Room 2"


@pytest.mark.parametrize(
    ("when", "rule"),
    [
        (MASTER.when, "FREQ=WEEKLY;BYDAY=MO;WKST=MO;UNTIL=20261214T090000Z"),
        (whole_day("2026-11-23"), "FREQ=WEEKLY;BYDAY=MO;WKST=MO;UNTIL=20261214"),
    ],
)
def test_the_rule_ends_as_its_meetings_begin(when, rule):
    recurrence = series(weekly(MON), date(2026, 11, 23), until=date(2026, 12, 14))
    days = (date(2026, 12, 7), date(2026, 11, 30))

    kept = repeats(replace(MASTER, when=when, recurrence=recurrence, exceptions=(), cancelled=days))

    assert kept.rule == rule
    assert [one.kind.value for one in kept.exceptions] == ["cancelled"] * 2
    starts = [one.original_start for one in kept.exceptions]
    assert starts == sorted(starts)


def test_what_does_not_repeat_has_no_fresh_exceptions():
    one = OccurrenceException(FIRST, OccurrenceKind.CANCELLED)
    some = ActivityRecurrence("FREQ=WEEKLY", None, (one,))

    assert fresh_exceptions(None, some)[OccurrenceKind.CANCELLED] == [one]
    assert fresh_exceptions(some, None) == {kind: [] for kind in OccurrenceKind}


def test_how_a_series_repeats_is_put_beside_what_its_event_shows():
    kept = repeats(MASTER)

    assert synced.from_event(MASTER, kept).recurrence == kept
    assert synced.from_event(MASTER).recurrence is None


def test_a_single_meeting_that_became_a_series_says_so_beside_its_occurrences():
    cancelled = repeats(replace(MASTER, exceptions=()))
    baseline = synced.from_event(MASTER, replace(cancelled, exceptions=()))
    situation = a_situation(
        replace(MASTER, event_id="AAMk-ann"),
        link=a_link(scope=Scope.SINGLE, baseline=baseline),
        offered=synced.from_event(MASTER, cancelled),
    )

    reasons = [remark.reason for remark in decide(situation).remarks]

    assert reasons == ["kind-changed", "occurrence-cancelled"]


def test_whoever_the_crm_was_not_asked_about_is_kept_by_address():
    people = (Attendee("Mia", "mia@unknown.example", response="accepted"),)
    offered = synced.from_event(an_event(attendees=people))

    wanted = wanted_participants(offered, Matches(()), an_activity())

    assert wanted[1] == a_stranger(response="accepted", invite=True)
    assert wanted[0].address == ANN.address


def test_the_mark_of_somebody_who_is_still_doubtful_stays_where_he_stands_by_address():
    mark = ReviewNote("participants-unknown", "mia@unknown.example")
    event = an_event(attendees=(Attendee("Mia", "mia@unknown.example"),))
    people = (an_activity().organizer, a_stranger())
    doubtful = matched(synced.from_event(event).participants)

    activity = an_activity(participants=people, review=(mark,))

    assert wanted_review(doubtful, activity, is_first=False, mark_unknown=True) == (mark,)


def test_a_mark_without_an_address_is_of_nobody():
    note = ReviewNote("participants-ambiguous")

    assert wanted_review(Matches(()), an_activity(review=(note,)), is_first=False, mark_unknown=True) == ()  # fmt: skip


def test_words_that_outlook_may_invent_count_least():
    odd = Attendee("Odd", "odd@x.example", role="usher", response="perhaps")
    plain = replace(odd, role="optional", response="none")

    shown = synced.from_event(an_event(attendees=(odd, plain), organizer=Organizer("", "")))

    assert [(one.role, one.response) for one in shown.participants] == [("optional", "none")]


def test_spaces_within_a_subject_and_letters_at_an_end_stay():
    shown = synced.from_event(an_event(subject="A  B", notes="To the MAX"))

    assert (shown.subject, shown.notes) == ("A  B", "To the MAX")
