"""What is kept as JSON: baselines, which come back as they were, and values of the log."""

from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import orjson
import pytest

from builders import a_contact_participant, a_time
from calendar_builders import a_link, an_activity, an_event
from liaison.calendar.model import SyncedPerson
from liaison.calendar.rules import log_values, synced
from liaison.crm.model import (
    ActivityRecurrence,
    ActivityStatus,
    OccurrenceException,
    OccurrenceKind,
    ReviewNote,
)
from liaison.outlook.model import Attendee, Role
from liaison.recurrence.stored import to_json as recurrence_to_json
from liaison.times import When
from people import INES
from series_builders import MON, series, weekly

START = datetime(2026, 11, 23, 9, tzinfo=UTC)
WEEKLY = series(weekly(MON), date(2026, 11, 23), count=3)
REPEATS = ActivityRecurrence(
    "FREQ=WEEKLY;BYDAY=MO;COUNT=3",
    recurrence_to_json(WEEKLY),
    (
        OccurrenceException(START, OccurrenceKind.CANCELLED),
        OccurrenceException(date(2026, 11, 30), OccurrenceKind.CHANGED, {"location": "Room 2"}),
    ),
)
WHOLE_DAY = When(date(2026, 11, 23), date(2026, 11, 24), "Europe/Berlin")
AGREED = a_link().baseline


@pytest.mark.parametrize(
    "value",
    [
        AGREED,
        replace(AGREED, recurrence=REPEATS),
        replace(AGREED, time=WHOLE_DAY),
        replace(AGREED, origin={"first": {"start": "x"}}),
    ],
    ids=["timed", "repeating", "whole day", "occurrence"],
)
def test_a_baseline_comes_back_as_it_was_stored(value):
    back = synced.from_json(synced.to_json(value))

    assert back == value
    assert back.origin == value.origin
    # Values that hold mappings leave them out of their comparison with others' hashes, not out of this.
    assert asdict(back) == asdict(value)


def test_a_baseline_of_before_there_were_series_can_be_read():
    stored = synced.to_json(AGREED)
    del stored["recurrence"]

    assert synced.from_json(stored) == AGREED


def test_a_moment_of_another_zone_is_read_in_utc():
    stored = synced.when_to_json(a_time()) | {"start": "2026-11-23T10:00:00+01:00"}

    start = synced.when_from_json(stored).start

    assert start == START
    assert start.tzinfo is UTC


def test_what_repeats_is_stored_under_these_names():
    stored = synced.field_to_json(replace(AGREED, recurrence=REPEATS), "recurrence")

    assert stored == {
        "rule": REPEATS.rule,
        "pattern": recurrence_to_json(WEEKLY),
        "exceptions": [
            {"originalStart": START.isoformat(), "kind": "cancelled", "fields": {}},
            {"originalStart": "2026-11-30", "kind": "changed", "fields": {"location": "Room 2"}},
        ],
    }


def test_an_activity_is_over_with_its_last_occurrence():
    repeating = replace(AGREED, recurrence=replace(REPEATS, exceptions=()))
    last_end = a_time().ends_at + timedelta(weeks=2)

    assert synced.ends_at(repeating) == last_end
    assert not synced.is_over(repeating, last_end - timedelta(seconds=1))
    assert synced.is_over(repeating, last_end)


def test_the_log_keeps_a_time_under_the_names_of_the_api():
    found = log_values.to_log({"subject": "New", "when": WHOLE_DAY, "place": "Room 2"})

    assert found == {
        "subject": "New",
        "start": "2026-11-23",
        "end": "2026-11-24",
        "timeZone": "Europe/Berlin",
        "allDay": True,
        "location": "Room 2",
    }


def test_the_log_keeps_people_and_marks_in_words():
    person = UUID(int=7)
    shown = synced.from_event(an_event(attendees=())).participants

    found = log_values.to_log(
        {
            "participants": (a_contact_participant(INES, role="optional"),),
            "people": [*shown],
            "review": (ReviewNote("participants-unknown", "mia@unknown.example"),),
            "status": ActivityStatus.CANCELLED,
            "deleted_at": START,
            "owner_id": person,
            "next_step": None,
        }
    )

    assert found == {
        "participants": [
            {
                "name": "Ines Moreau",
                "address": "ines@contoso.example",
                "role": "optional",
                "response": "none",
                "kind": "contact",
            }
        ],
        "people": [asdict(one) for one in shown],
        "review": [{"reason": "participants-unknown", "address": "mia@unknown.example"}],
        "status": "cancelled",
        "deletedAt": START.isoformat(),
        "owner_id": str(person),
        "nextStep": None,
    }
    assert type(found["status"]) is str


def test_of_nothing_the_log_keeps_nothing():
    assert log_values.values_of(None, {"subject": "New"}) == {}
    assert log_values.values_of(an_activity(), {"place": "New"}) == {"location": "Room 1"}


def test_the_log_keeps_only_what_changed():
    before, after = {"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}

    assert log_values.only_changes(before, after) == ({"b": 2, "c": None}, {"b": 3, "c": 4})


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("a\0b", "ab"),
        ("a\r\nb", "a\nb"),
        ("a\rb", "a\nb"),
        ("a  \nb\n\n", "a\nb"),
        (" a", " a"),
        ("two  words\r\nb", "two  words\nb"),
    ],
)
def test_notes_are_compared_with_lines_ended_alike(text, kept):
    event = an_event(notes=text, subject=text)

    assert synced.from_event(event).notes == kept
    assert synced.from_event(event).subject == kept.replace("\n", " ").strip()


@pytest.mark.parametrize("others", [("Ines", ""), ("", "Ines")])
def test_of_two_entries_for_one_person_the_one_who_answered_counts(others):
    address = INES.addresses[0].upper()
    answered = Attendee("Ines", address, response="declined")
    silent = Attendee(others[0], address, response="none")

    people = [synced.from_event(an_event(attendees=pair)).participants for pair in ((answered, silent), (silent, answered))]  # fmt: skip

    assert people[0] == people[1]
    assert [one.response for one in people[0]] == ["organizer", "declined"]


def test_somebody_without_name_and_address_is_nobody():
    event = an_event(attendees=(Attendee("", ""),))

    assert len(synced.from_event(event).participants) == 1


def test_the_log_keeps_how_something_repeats_as_it_is_stored():
    assert log_values.to_log({"recurrence": REPEATS}) == {
        "recurrence": synced.recurrence_to_json(REPEATS)
    }


def test_what_stayed_apart_and_what_is_private_come_back_as_they_were_stored():
    here = replace(AGREED, place="Room 9", time=WHOLE_DAY, recurrence=REPEATS)
    apart = replace(synced.leaving_apart(AGREED, here), is_private=True)

    back = synced.from_json(orjson.loads(orjson.dumps(synced.to_json(apart))))

    assert (back.crm_side, back.is_private) == (replace(here, is_private=True, apart=apart.apart), True)  # fmt: skip
    assert synced.from_json(synced.to_json(AGREED)).is_private is False


def test_people_never_stay_apart_as_a_whole():
    assert synced.leaving_apart(AGREED, replace(AGREED, participants=())) == AGREED


def test_of_two_entries_that_answered_alike_the_more_important_role_counts():
    roles = (Role.OPTIONAL, Role.REQUIRED, Role.RESOURCE)
    entries = tuple(Attendee("Ines", INES.addresses[0], role) for role in roles)

    _, ines = synced.from_event(an_event(attendees=entries)).participants

    assert ines.role == "required"


def test_the_organizer_of_an_activity_is_one_of_its_people_by_his_address():
    leads = replace(an_activity().organizer, address="Ann@Nordwind.example", name=" Ann\nBerg ")
    activity = an_activity(organizer=leads, participants=())

    assert synced.from_activity(activity).participants == (
        SyncedPerson("ann@nordwind.example", "Ann Berg", "required", "organizer"),
    )
