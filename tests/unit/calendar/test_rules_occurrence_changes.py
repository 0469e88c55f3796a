"""What is written to one occurrence that the CRM changed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from calendar_builders import INES_INVITED, an_event
from liaison.calendar.rules.occurrence_changes import (
    in_writing_order,
    occurrence_changes,
    unreachable,
)
from liaison.calendar.rules.series import occurrence_at
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, EventChanges, EventKind, Response, Role
from people import ANN, JON
from series_builders import MON, an_hour, local, series, weekly

FIRST, SECOND = local("2026-11-23T10:00"), local("2026-11-30T10:00")
MASTER = an_event(
    kind=EventKind.SERIES_MASTER,
    when=an_hour("2026-11-23T10:00"),
    recurrence=series(weekly(MON), date(2026, 11, 23)),
)
INSTANCE = occurrence_at(MASTER, SECOND)
LATER = an_hour("2026-11-30T15:00")
JON_INVITED = Attendee(JON.name, JON.addresses[0], Role.OPTIONAL, Response.TENTATIVE)
ANN_ORGANIZES = {
    "name": ANN.name, "address": ANN.address, "role": "required", "response": "organizer",
}  # fmt: skip


def exception(**fields):
    return OccurrenceException(SECOND, OccurrenceKind.CHANGED, fields)


def moved_to(when):
    return {"start": when.start.isoformat(), "end": when.end.isoformat()}


def person(one):
    return {
        "name": one.name,
        "address": one.address,
        "role": one.role.value,
        "response": one.response.value,
    }


def with_people(*people):
    return exception(participants=[ANN_ORGANIZES, *map(person, people)])


def written(one, **shown):
    return occurrence_changes(MASTER, replace(INSTANCE, **shown), one)


@pytest.mark.parametrize(
    ("fields", "changes"),
    [
        ({"subject": "With Jon"}, EventChanges(subject="With Jon")),
        ({"location": "Room 2"}, EventChanges(place="Room 2")),
        (moved_to(LATER), EventChanges(when=LATER)),
    ],
)
def test_only_what_the_crm_changed_is_written(fields, changes):
    assert written(exception(**fields)) == changes


def test_the_people_of_an_occurrence_are_written_with_their_parts_and_answers():
    changes = written(with_people(INES_INVITED, JON_INVITED))

    assert changes == EventChanges(attendees=(INES_INVITED, JON_INVITED))


def test_an_address_is_written_as_it_is():
    """Another spelling of it may be somebody else's."""
    guest = replace(JON_INVITED, address="jürgen@straße.example")

    assert written(with_people(guest)) == EventChanges(attendees=(guest,))


@pytest.mark.parametrize(
    ("shown", "back"),
    [
        ({"subject": "Odd"}, EventChanges(subject=MASTER.subject)),
        ({"place": "Room 9"}, EventChanges(place=MASTER.place)),
        ({"when": LATER}, EventChanges(when=an_hour("2026-11-30T10:00"))),
        ({"attendees": (JON_INVITED,)}, EventChanges(attendees=MASTER.attendees)),
        (
            {"attendees": (replace(INES_INVITED, role=Role.OPTIONAL),)},
            EventChanges(attendees=MASTER.attendees),
        ),
        ({}, None),
    ],
)
def test_what_the_exception_does_not_name_becomes_as_the_series_has_it(shown, back):
    assert written(exception(), **shown) == back


def test_what_another_exception_of_the_series_says_is_not_how_the_series_has_it():
    own = replace(INSTANCE, original_start=SECOND, place="Room 9")

    changes = occurrence_changes(replace(MASTER, exceptions=(own,)), own, exception())

    assert changes == EventChanges(place=MASTER.place)


def test_another_answer_is_no_reason_to_write():
    """Outlook would send the invitation again."""
    declined = replace(INES_INVITED, response=Response.DECLINED)

    assert written(with_people(declined)) is None


def test_the_list_is_not_written_where_it_would_take_somebody_out():
    """Written as a whole, it leaves out who is there without an address."""
    nameless = Attendee("Some Guest", "")

    assert written(with_people(JON_INVITED), attendees=(INES_INVITED, nameless)) is None


def test_who_has_no_address_is_told_and_not_written():
    guest, other = Attendee("Some Guest", ""), Attendee("A Guest", "")
    one = with_people(guest, JON_INVITED, other)

    assert written(one) == EventChanges(attendees=(JON_INVITED,))
    assert unreachable([one, exception(subject="x")]) == ["A Guest", "Some Guest"]


def test_nothing_is_written_where_the_series_has_no_occurrence():
    beside = replace(exception(subject="x"), original_start=SECOND + timedelta(days=1))

    assert occurrence_changes(MASTER, INSTANCE, beside) is None
    assert occurrence_changes(an_event(), INSTANCE, exception(subject="x")) is None


def test_what_stays_where_it_is_is_written_in_the_order_of_the_calendar():
    """Only who moves later may meet a neighbour who has not moved yet."""
    stays = [replace(exception(location="x"), original_start=one) for one in (FIRST, SECOND)]

    assert in_writing_order(MASTER, reversed(stays)) == stays


def test_what_the_series_has_no_occurrence_for_stops_no_other():
    beside = replace(exception(**moved_to(LATER)), original_start=SECOND - timedelta(days=1))
    later = exception(**moved_to(LATER))

    assert later in in_writing_order(MASTER, [beside, later])
