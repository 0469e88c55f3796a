"""What a sentence says where its facts are rare: of labels, of what was not carried over, of people without a name."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons import people
from liaison.reasons.changes import phrase_changes
from liaison.reasons.explain import explain
from liaison.reasons.registry import get_reason

TOKYO = ZoneInfo("Asia/Tokyo")
# Ten in the evening in London, the next day in Tokyo.
LATE, LATER = "2026-11-23T22:00:00+00:00", "2026-11-24T00:30:00+00:00"
WEEKLY = {"rule": "FREQ=WEEKLY", "exceptions": []}


def said(reason, **facts):
    decision = LoggedDecision(
        reason=reason,
        action="none",
        outcome=get_reason(reason).outcome,
        actor="Ada",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, 2, tzinfo=UTC),
        facts=facts,
    )
    return explain(decision, "Asia/Tokyo")


def in_series(before, after):
    now, was = (WEEKLY | {"exceptions": exceptions} for exceptions in (after, before))
    return phrase_changes({"recurrence": was}, {"recurrence": now}, TOKYO, 2026)


def changed(**fields):
    return {"originalStart": LATE, "kind": "changed", "fields": fields}


CANCELLED = {"originalStart": LATE, "kind": "cancelled", "fields": {}}


def test_what_was_carried_over_in_part_is_not_said_to_be_nothing():
    assert said("unsupported", partly=True).startswith("Not everything was carried over")
    assert said("unsupported").startswith("Nothing was carried over")


def test_what_the_copy_went_through_is_said():
    told = said("marked", what="lost our category")

    assert told == "The meeting lost our category; that mails nobody."


def test_an_activity_that_is_not_wanted_in_outlook_any_more_was_not_deleted():
    told = said("event-cancelled-by-crm", unwanted=True)

    assert "because the activity was completed, or is not wanted in Outlook any more, in" in told


def test_a_removal_that_was_discarded_waited_and_nothing_more_is_said():
    told = said("held-removal", settled="discarded")

    assert told == "The removal waited, because unusually many meetings vanished at once."


def test_a_series_that_was_renamed_too_says_both():
    renamed = {"subject": "New", "recurrence": {"rule": "FREQ=DAILY"}}

    assert phrase_changes({"subject": "Old", "recurrence": WEEKLY}, renamed, TOKYO, 2026) == [
        'renamed from "Old" to "New"',
        "it repeats on other days",
    ]


def test_of_a_series_only_the_occurrences_that_are_news_are_named():
    known, fresh = changed(subject="Old"), changed(subject="New")

    assert in_series([known], [known, fresh]) == ['the occurrence of Tue 24 Nov renamed to "New"']
    assert in_series([], [CANCELLED] * 3) == ["the occurrence of Tue 24 Nov cancelled"] * 3


def test_an_occurrence_that_only_lasts_longer_was_not_moved():
    longer, moved = changed(start=LATE, end=LATER), changed(start=LATER)

    assert in_series([], [longer]) == [
        "the occurrence of Tue 24 Nov changed to Tue 24 Nov 07:00-09:30"
    ]
    assert in_series([], [moved]) == ["the occurrence of Tue 24 Nov moved to Tue 24 Nov 09:30"]


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ({"name": "Ines", "address": "ines@contoso.example"}, "Ines"),
        ({"name": "", "address": "ines@contoso.example"}, "ines@contoso.example"),
        ({"name": ""}, "somebody"),
    ],
)
def test_people_are_named_as_well_as_they_are_known(person, name):
    assert people.name_of(person) == name


@pytest.mark.parametrize(
    ("count", "words"), [(4, "A, B, C and D"), (5, "A, B, C, D and E"), (6, "A, B, C, D and 2 more")]
)  # fmt: skip
def test_nobody_is_hidden_behind_one_more(count, words):
    told = people.invited_words({"invited": [*"ABCDEF"][:count]})

    assert told == f"; an invitation by mail went to {words}"


def test_a_night_that_is_as_long_on_the_clocks_has_only_moved():
    """Of the two nights one is an hour longer, since clocks are set back in it."""
    longer = {"start": "2026-10-24T21:00:00+00:00", "end": "2026-10-25T06:00:00+00:00"}
    shorter = {"start": "2026-10-31T22:00:00+00:00", "end": "2026-11-01T06:00:00+00:00"}
    berlin = ZoneInfo("Europe/Berlin")

    [there] = phrase_changes(longer, shorter, berlin, 2026)
    [back] = phrase_changes(shorter, longer, berlin, 2026)

    assert there == "moved from Sat 24 Oct 23:00 to Sat 31 Oct 23:00"
    assert back == "moved from Sat 31 Oct 23:00 to Sat 24 Oct 23:00"
