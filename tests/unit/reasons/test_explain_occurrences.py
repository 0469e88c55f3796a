"""Sentences about single occurrences say which one is meant and what became of it."""

from datetime import UTC, datetime

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons.explain import explain
from liaison.reasons.registry import get_reason

MEANT = "2026-11-24T09:00:00+00:00"
MOVED = {"start": "2026-11-25T09:00:00+00:00", "end": "2026-11-25T10:00:00+00:00"}


def told(reason, **facts):
    decision = LoggedDecision(
        reason=reason,
        action="update-activity",
        outcome=get_reason(reason).outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        facts=facts,
    )
    return explain(decision, "Europe/Berlin")


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (MOVED, "moved to Wed 25 Nov 10:00-11:00"),
        ({"start": MOVED["start"]}, "moved to Wed 25 Nov 10:00"),
        (
            {"start": MEANT, "end": "2026-11-24T11:30:00+00:00"},
            "changed to Tue 24 Nov 10:00-12:30",
        ),
        (
            {"subject": "With Ines", "location": ""},
            'renamed to "With Ines" and left without a place',
        ),
        ({"location": "Lounge"}, 'given the place "Lounge"'),
        ({"notes": "x", "participants": []}, "given other notes and given other people or answers"),
        ({}, "changed"),
    ],
)
def test_a_changed_occurrence_is_named_by_its_day(facts, sentence):
    assert told("occurrence-changed", originalStart=MEANT, **facts) == (
        f"The occurrence of Tue 24 Nov was {sentence} in Outlook."
    )


def test_an_occurrence_of_whole_days_is_named_by_that_day_everywhere():
    assert told("occurrence-cancelled", originalStart="2027-01-04") == (
        "The occurrence of Mon 4 Jan 2027 was cancelled in Outlook."
    )


def test_a_lost_occurrence_is_named_too():
    assert told("occurrence-orphaned", originalStart=MEANT) == (
        "The series was shifted, and it is not clear what became of"
        " the occurrence of Tue 24 Nov to which this activity belongs."
    )


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (None, {"rule": "FREQ=DAILY"}, "Made a series"),
        ({"rule": "FREQ=DAILY"}, None, "Made a single meeting"),
        ({"rule": "FREQ=DAILY"}, {"rule": "FREQ=WEEKLY"}, "It repeats on other days"),
        ({"rule": "FREQ=DAILY"}, {"rule": "FREQ=DAILY"}, "Single occurrences changed"),
    ],
)
def test_how_a_series_repeats_is_told_in_words(before, after, words):
    decision = LoggedDecision(
        reason="activity-updated",
        action="update-activity",
        outcome=get_reason("activity-updated").outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        before={"recurrence": before},
        after={"recurrence": after},
    )

    assert explain(decision, "Europe/Berlin").startswith(words)
