from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from liaison_sandbox.loading import find_owner, load_calendar
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.story import DEV, EMPLOYEES, ROOM, STRANGER, tell_week
from liaison_sandbox.tenant import Tenant

TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
INSIDE = {one.address for one in EMPLOYEES}


def staged(today: date = TUESDAY) -> Tenant:
    tenant = Tenant.create(clock=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC))
    stage_people(tenant)
    stage_week(tenant, today)
    return tenant


@pytest.mark.parametrize("days", range(4))
def test_the_week_is_that_of_the_day(days: int):
    starts = [meeting.when.start.date() for meeting in tell_week(MONDAY + timedelta(days=days))]

    assert min(starts) == MONDAY
    assert max(starts) < MONDAY + timedelta(days=12)


@pytest.mark.parametrize("days", [4, 5, 6])
def test_from_friday_on_it_is_the_coming_week(days: int):
    starts = [meeting.when.start.date() for meeting in tell_week(MONDAY + timedelta(days=days))]

    assert min(starts) == MONDAY + timedelta(days=7)


def test_meetings_keep_their_hour_on_the_wall_when_the_clock_changes():
    summer, winter = tell_week(date(2026, 10, 20)), tell_week(date(2026, 10, 27))

    hours = [
        {
            one.when.start.astimezone(ZoneInfo("Europe/Berlin")).time()
            for one in week
            if not one.all_day
        }
        for week in (summer, winter)
    ]

    assert hours[0] == hours[1]


def test_the_story_has_one_of_each_kind_that_the_rules_know():
    week = tell_week(TUESDAY)
    people = [role for meeting in week for role in meeting.people]

    assert len(week) == 20
    assert [one.subject for one in week if one.sensitivity == "private"] == ["Dentist"]
    assert [one.subject for one in week if one.all_day] == ["Trade fair"]
    assert [one.subject for one in week if one.is_cancelled] == ["Price round Fabrikam"]
    assert [one.subject for one in week if one.organizer == DEV] == ["Forecast"]
    assert [one.subject for one in week if one.organizer.address not in INSIDE] == ["Contract talk"]
    assert people.count(STRANGER) == people.count(ROOM) == 1
    assert {answer for one in week for answer in one.answers.values()} == {
        "accepted",
        "declined",
        "tentative",
    }


def test_each_subject_stands_once():
    subjects = [meeting.subject for meeting in tell_week(TUESDAY)]

    assert len(set(subjects)) == len(subjects)


def test_the_staged_week_stands_in_everybodys_calendar():
    tenant = staged()
    ann, bo = tenant.person("ann@nordwind.example"), tenant.person("bo@nordwind.example")

    [talk] = ann.events(subject="Contract talk")
    [review] = ann.events(subject="Quarterly review Contoso")
    [called_off] = bo.events(subject="Canceled: Price round Fabrikam")

    assert (talk.is_organizer, talk.organizer.address) == (False, "ines@contoso.example")
    assert [one.response for one in review.attendees] == ["accepted", "none", "accepted"]
    assert called_off.is_cancelled
    assert tenant.mails == []


def test_the_owner_of_an_export_is_who_is_in_most_of_its_meetings():
    tenant = staged()
    ann = tenant.person("ann@nordwind.example")
    content = _calendar(
        _event("Mine", "me@old.example", "ines@contoso.example"),
        _event("Theirs", "kim@fabrikam.example", "me@old.example"),
    )

    problems = load_calendar(tenant, ann, content)

    [mine], [theirs] = ann.events(subject="Mine"), ann.events(subject="Theirs")
    assert problems == []
    assert mine.is_organizer
    assert [one.address for one in mine.attendees] == ["ines@contoso.example"]
    assert theirs.organizer.address == "kim@fabrikam.example"
    assert [one.address for one in theirs.attendees] == ["ann@nordwind.example"]
    assert tenant.mails == []


def test_answers_in_an_export_are_kept_but_a_declined_meeting_is_not_taken_away():
    tenant = staged()
    ann = tenant.person("ann@nordwind.example")
    content = _calendar(
        _event("Yes", "kim@fabrikam.example", "me@old.example", "ACCEPTED"),
        _event("No", "ines@contoso.example", "me@old.example", "DECLINED"),
        _event("Theirs", "me@old.example", "kim@fabrikam.example", "TENTATIVE"),
    )

    load_calendar(tenant, ann, content)

    assert [one.response for one in ann.events(subject="Yes")] == ["accepted"]
    assert [one.response for one in ann.events(subject="No")] == ["notResponded"]
    [theirs] = ann.events(subject="Theirs")
    assert [one.response for one in theirs.attendees] == ["tentativelyAccepted"]


def test_an_export_without_people_belongs_to_nobody():
    assert find_owner([]) is None


def test_problems_of_a_file_come_back_and_the_rest_is_loaded():
    tenant = staged()
    ann = tenant.person("ann@nordwind.example")
    torn = b"BEGIN:VEVENT\r\nSUMMARY:Torn\r\n"
    content = _calendar(_event("Sound", "me@old.example", "kim@fabrikam.example"), torn)

    problems = load_calendar(tenant, ann, content)

    assert len(ann.events(subject="Sound")) == 1
    assert problems == ['Event 2 ("Torn"): the file breaks off in the middle of it; left out.']


def _event(subject: str, organizer: str, attendee: str, answer: str = "NEEDS-ACTION") -> bytes:
    return (
        f"BEGIN:VEVENT\r\nSUMMARY:{subject}\r\nDTSTART:20261124T090000Z\r\n"
        f"ORGANIZER:mailto:{organizer}\r\nATTENDEE;PARTSTAT={answer}:mailto:{attendee}\r\nEND:VEVENT\r\n"
    ).encode()


def _calendar(*events: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\n" + b"".join(events) + b"END:VCALENDAR\r\n"
