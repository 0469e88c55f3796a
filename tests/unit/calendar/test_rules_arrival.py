"""What a write of ours brought to the meeting is agreed: by Outlook's answer, or by a later look where that was lost."""

from dataclasses import replace

import pytest

from builders import a_contact_participant, a_time
from calendar_builders import INES_INVITED, a_link, an_activity, an_event
from liaison.calendar.model import HeldPerson
from liaison.calendar.rules import synced
from liaison.calendar.rules.arrival import agreed_since, to_send, what_arrived
from liaison.calendar.rules.decision import ChangeEvent
from liaison.calendar.rules.identities import held_now
from liaison.crm.model import OccurrenceException, OccurrenceKind
from liaison.outlook.model import Attendee, Role
from merging import a_pair, offer_of
from people import INES, JON, KIM

JONS, INESS = JON.addresses[0], INES.addresses[0]
GUESTS = [f"guest{number}@contoso.example" for number in range(8)]
ANSWERS = pytest.mark.parametrize("answers", [True, False], ids=["answered", "answer lost"])
GONE = OccurrenceException(a_time().start, OccurrenceKind.CANCELLED)
LATER = a_time(start=a_time().start.replace(day=24))


def attended(*addresses, **roles):
    """The meeting with these guests; `roles`: of some by the name before the @."""
    guests = (
        Attendee(one, one, Role(roles.get(one.split("@")[0], "required"))) for one in addresses
    )
    return an_event(attendees=tuple(guests))


def after_writing(sent, found, *, before=None, held=(), answers=True, fields="participants"):
    """The baseline after the meeting `before` was written as `sent`, and looks as `found`."""
    before = before or an_event()
    change = ChangeEvent("AAMk-ann", "1", frozenset({fields}), offer_of(sent), offer_of(before))
    baseline = replace(offer_of(before), held=held)
    link = a_link(baseline=baseline, sent={} if answers else to_send(change))
    pair = a_pair(found, link=link, activity=activity_of(sent))
    pair = replace(pair, written=change if answers else None)
    crm = synced.from_activity(pair.activity)
    return agreed_since(pair, link, pair.offered, crm), what_arrived(pair, link, pair.offered)


def activity_of(event):
    return an_activity(subject=event.subject, when=event.when, place=event.place)


def guests_of(baseline):
    return [one.address for one in baseline.participants if one.response != "organizer"]


@ANSWERS
def test_whoever_arrived_is_agreed_and_remembered_by_who_he_is_to_the_crm(answers):
    meeting = attended(INESS, JONS, jon="optional")

    agreed, _ = after_writing(meeting, meeting, answers=answers)

    assert guests_of(agreed) == [INESS, JONS]
    assert HeldPerson(f"contact:{JON.id}", JONS, "optional") in agreed.held


@ANSWERS
def test_whoever_was_taken_out_is_agreed_to_be_gone_and_the_others_stay(answers):
    held = held_now(an_activity(participants=[a_contact_participant(one) for one in (INES, KIM)]))
    without = attended(KIM.addresses[0])

    agreed, _ = after_writing(
        without, without, before=attended(INESS, KIM.addresses[0]), held=held, answers=answers
    )

    assert guests_of(agreed) == [KIM.addresses[0]]
    assert agreed.held == (HeldPerson(f"contact:{KIM.id}", KIM.addresses[0], "required"),)


@ANSWERS
def test_whom_outlook_has_otherwise_than_he_was_sent_is_not_agreed_and_keeps_nobody_back(answers):
    arrived, missing = GUESTS[:3], GUESTS[3:]

    agreed, _ = after_writing(
        attended(*arrived, *missing), attended(*arrived), before=attended(), answers=answers
    )

    assert guests_of(agreed) == arrived
    assert [one.address for one in agreed.held] == arrived


@ANSWERS
def test_whom_the_write_did_not_change_is_left_as_he_was_agreed(answers):
    """Jon came meanwhile, Ines left: neither is of our making."""
    before, sent = attended(INESS), attended(INESS, *GUESTS[:1])

    agreed, _ = after_writing(sent, attended(JONS, *GUESTS[:1]), before=before, answers=answers)

    assert guests_of(agreed) == [GUESTS[0], INESS]


def test_where_the_people_were_outlooks_nobody_is_remembered_for_the_crm():
    meeting = attended(INESS, JONS)

    agreed, _ = after_writing(meeting, meeting, held=None)

    assert agreed.held is None


def test_without_a_baseline_nothing_is_agreed_yet():
    pair = a_pair(link=a_link(baseline=None))

    assert agreed_since(pair, pair.link, pair.offered, pair.offered) is None
    assert what_arrived(pair, pair.link, pair.offered) == ({}, {})


@pytest.mark.parametrize(
    ("found", "now", "answers", "agreed"),
    [
        ("Room 3", "Room 3", True, "Room 3"),
        ("Room 3", "Room 3", False, "Room 3"),
        ("Room 3", "Room 4", True, "Room 3"),
        ("Room 3", "Room 4", False, "Room 3"),
        ("Room 3 (upstairs)", "Room 3", True, "Room 3"),
        ("Room 3 (upstairs)", "Room 4", True, "Room 3 (upstairs)"),
        ("Room 3 (upstairs)", "Room 3", False, "Room 1"),
        ("Room 1", "Room 3", False, "Room 1"),
    ],
)
def test_what_was_answered_is_agreed_else_only_the_very_value_that_was_sent(
    found, now, answers, agreed
):
    """What Outlook made of a value comes in; without the answer nobody knows whose another value is."""
    change = ChangeEvent("e", "1", frozenset({"place"}), offer_of(an_event(place="Room 3")))
    link = a_link(sent={} if answers else to_send(change))
    pair = a_pair(an_event(place=found), link=link)
    crm = replace(pair.offered, place=now)

    known = replace(pair, written=change if answers else None)

    assert agreed_since(known, link, pair.offered, crm).place == agreed


@pytest.mark.parametrize(
    ("found", "answers", "told"),
    [
        ("Room 3", True, "Room 3"),
        ("Room 3", False, "Room 3"),
        ("Room 3 (upstairs)", True, "Room 3 (upstairs)"),
        ("Room 3 (upstairs)", False, None),
    ],
)
def test_what_arrived_is_told_as_outlook_shows_it(found, answers, told):
    sent = an_event(place="Room 3")

    _, (before, after) = after_writing(sent, an_event(place=found), answers=answers, fields="place")

    assert before == ({"location": "Room 1"} if told else {})
    assert after == ({"location": told} if told else {})


@ANSWERS
def test_a_time_that_arrived_is_told_before_and_after(answers):
    moved = an_event(when=LATER)

    baseline, (before, after) = after_writing(moved, moved, answers=answers, fields="time")

    assert baseline.time == LATER
    assert before == {"start": "2026-11-23T09:00:00+00:00", "end": "2026-11-23T10:00:00+00:00"}
    assert after == {"start": "2026-11-24T09:00:00+00:00", "end": "2026-11-24T10:00:00+00:00"}


def test_people_are_sent_beside_those_whom_they_replace():
    meeting = an_event(attendees=(INES_INVITED,))
    change = ChangeEvent("e", "1", frozenset({"participants"}), offer_of(meeting), offer_of(attended()))  # fmt: skip

    sent = to_send(change)

    assert [one["address"] for one in sent["participants"]["participants"]] == ["ann@nordwind.example", INESS]  # fmt: skip
    assert [one["address"] for one in sent["participants"]["replaced"]] == ["ann@nordwind.example"]


def test_what_stood_in_the_meeting_is_told_before_it_and_not_what_was_agreed():
    """A place that both sides changed: Outlook's was never agreed on, and is what the write replaced."""
    replaced, sent = offer_of(an_event(place="Lobby")), an_event(place="Room 3")
    change = ChangeEvent("e", "1", frozenset({"place"}), offer_of(sent), replaced)
    pair = replace(a_pair(sent), written=change)

    assert what_arrived(pair, pair.link, pair.offered) == ({"location": "Lobby"}, {"location": "Room 3"})  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "occurrences", "sent"),
    [
        ({"place"}, (), {"place"}),
        ({"recurrence"}, (), {"time"}),
        ({"place"}, (GONE,), {"place", "time"}),
    ],
)
def test_how_something_repeats_is_sent_as_its_time(fields, occurrences, sent):
    wanted = offer_of(an_event())
    change = ChangeEvent("e", "1", frozenset(fields), wanted, occurrences=occurrences)

    assert set(to_send(change)) == sent
    assert to_send(None) == {}
