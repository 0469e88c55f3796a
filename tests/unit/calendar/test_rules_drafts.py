"""Which event is made of an activity."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from builders import a_contact_participant, a_representative_participant, a_stranger
from calendar_builders import NOW, an_activity
from liaison.calendar.rules.drafts import Draft, draft_of, guests_of
from liaison.crm.model import (
    Activity,
    ActivityRecurrence,
    OccurrenceException,
    OccurrenceKind,
)
from liaison.outlook.model import Attendee, Role
from liaison.policy.settings import Policy
from liaison.recurrence.model import ImpossibleRecurrence, RangeKind
from people import ANN, BO, INES, JON
from series_builders import an_hour, local

QUIET = Policy(deep_link=False, regarding_text=False)
TALKATIVE = Policy(deep_link=True, regarding_text=True)
URL = "https://crm.nordwind.example/"
LINK = f"CRM activity: https://crm.nordwind.example/crm/activities/{an_activity().id}"
ORGANIZER = a_representative_participant(response="organizer")


def draft(activity: Activity, policy: Policy = QUIET, now: datetime = NOW) -> Draft:
    return draft_of(activity, policy, public_url=URL, transaction_id="t", marker="inst/a", now=now)


def with_people(*participants: object) -> Activity:
    return an_activity(participants=(ORGANIZER, *participants))


def a_series(rule: str, *exceptions: OccurrenceException, start: str) -> Activity:
    repeats = ActivityRecurrence(rule, None, exceptions)
    return an_activity(when=an_hour(start), recurrence=repeats)


def cancelled(start: str) -> OccurrenceException:
    return OccurrenceException(local(start), OccurrenceKind.CANCELLED)


def test_a_draft_has_what_the_activity_has() -> None:
    activity = an_activity()
    made = draft(activity).event
    assert (made.subject, made.notes, made.when, made.place) == (
        activity.subject, activity.notes, activity.when, activity.place,
    )  # fmt: skip
    assert (made.transaction_id, made.marker, made.recurrence) == ("t", "inst/a", None)


def test_representatives_are_invited_and_others_only_when_somebody_wants_it() -> None:
    ines = a_contact_participant(INES, invite=True, role="optional")
    activity = with_people(
        a_representative_participant(BO), ines, a_contact_participant(JON), a_stranger()
    )
    assert [(one.address, one.role) for one in guests_of(activity)] == [
        (BO.address, Role.REQUIRED),
        (INES.addresses[0], Role.OPTIONAL),
    ]


def test_a_representative_may_be_left_out() -> None:
    assert guests_of(with_people(a_representative_participant(BO, invite=False))) == ()


def test_the_organizer_is_not_invited_to_his_own_meeting() -> None:
    again = a_representative_participant(ANN, invite=True)
    by_address = a_stranger(ANN.address, invite=True)
    assert guests_of(with_people(again, by_address)) == ()


def test_nobody_is_invited_twice() -> None:
    twice = a_stranger(INES.addresses[0], invite=True)
    assert len(guests_of(with_people(a_contact_participant(INES, invite=True), twice))) == 1


def test_who_has_no_address_is_named_and_stops_nobody_else() -> None:
    nobody = a_stranger("", name="Somebody", invite=True)
    made = draft(with_people(nobody, a_contact_participant(INES, invite=True)))
    assert made.unreachable == ("Somebody",)
    assert [one.address for one in made.event.attendees] == [INES.addresses[0]]


@pytest.mark.parametrize(
    ("policy", "text"),
    [
        (QUIET, "Agenda"),
        (Policy(deep_link=True), f"Agenda\n\n{LINK}"),
        (Policy(regarding_text=True), "Agenda\n\nCRM regarding: Renewal 2027"),
        (TALKATIVE, f"Agenda\n\nCRM regarding: Renewal 2027\n{LINK}"),
    ],
)
def test_the_policy_says_which_lines_stand_in_the_text(policy: Policy, text: str) -> None:
    activity = an_activity(regarding="Renewal\n2027")
    assert draft(activity, policy).event.notes == text


def test_what_regards_nothing_has_no_such_line() -> None:
    assert (
        draft(an_activity(notes="", regarding=" "), Policy(regarding_text=True)).event.notes == ""
    )


def test_a_series_that_lies_ahead_goes_out_whole() -> None:
    activity = a_series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", start="2026-11-23T10:00")
    made = draft(activity).event
    assert made.when == activity.when
    assert made.recurrence is not None
    assert (made.recurrence.range.kind, made.recurrence.range.count) == (RangeKind.NUMBERED, 4)


def test_a_series_that_has_begun_goes_out_from_its_next_occurrence_on() -> None:
    activity = a_series("FREQ=WEEKLY;BYDAY=MO;COUNT=4", start="2026-11-09T10:00")
    made = draft(activity).event
    assert made.when == an_hour("2026-11-23T10:00")
    assert made.recurrence is not None
    assert (made.recurrence.range.count, str(made.recurrence.range.start_date)) == (2, "2026-11-23")


def test_an_occurrence_that_takes_place_now_is_not_the_next_one() -> None:
    activity = a_series("FREQ=DAILY", start="2026-11-01T10:00")
    made = draft(activity, now=local("2026-11-20T10:30")).event
    assert made.when == an_hour("2026-11-21T10:00")


def test_every_second_week_stays_in_step() -> None:
    activity = a_series("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", start="2026-11-02T10:00")
    assert draft(activity).event.when == an_hour("2026-11-30T10:00")


def test_a_series_does_not_begin_with_an_occurrence_that_was_cancelled() -> None:
    activity = a_series(
        "FREQ=WEEKLY;BYDAY=MO", cancelled("2026-11-23T10:00"), start="2026-11-23T10:00"
    )
    made = draft(activity)
    assert made.event.when == an_hour("2026-11-30T10:00")
    assert made.exceptions == ()


def test_guests_are_invited_only_when_the_exceptions_are_written() -> None:
    gone = cancelled("2026-11-30T10:00")
    activity = replace(
        a_series("FREQ=WEEKLY;BYDAY=MO", gone, start="2026-11-23T10:00"),
        participants=(ORGANIZER, a_contact_participant(INES, invite=True)),
    )
    made = draft(activity)
    assert made.exceptions == (gone,)
    assert made.event.attendees == ()
    assert [one.address for one in made.guests] == [INES.addresses[0]]


def test_exceptions_of_the_past_are_left_behind() -> None:
    activity = a_series(
        "FREQ=WEEKLY;BYDAY=MO", cancelled("2026-11-16T10:00"), start="2026-11-09T10:00"
    )
    assert draft(activity).exceptions == ()


@pytest.mark.parametrize(
    ("rule", "now"),
    [
        ("FREQ=HOURLY", NOW),
        ("FREQ=WEEKLY;BYDAY=MO;COUNT=2", datetime(2026, 12, 1, tzinfo=UTC)),
        ("FREQ=DAILY;COUNT=1", NOW + timedelta(days=30)),
    ],
)
def test_a_series_that_cannot_go_out_says_why(rule: str, now: datetime) -> None:
    with pytest.raises(ImpossibleRecurrence, match="series"):
        draft(a_series(rule, start="2026-11-23T10:00"), now=now)


def test_a_guest_is_invited_by_name_in_the_role_that_outlook_knows() -> None:
    optional = a_contact_participant(INES, invite=True, role="optional")
    odd = a_contact_participant(JON, invite=True, role="observer")
    assert guests_of(with_people(optional, odd)) == (
        Attendee("Ines Moreau", INES.addresses[0], Role.OPTIONAL),
        Attendee("Jon Okafor", JON.addresses[0], Role.REQUIRED),
    )
