"""What the log says of edits that went to Outlook, and of fields that both sides changed."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons.explain import explain
from liaison.reasons.registry import get_reason

BERLIN = "Europe/Berlin"
MOVED = (
    {"start": "2026-11-23T09:00:00+00:00", "end": "2026-11-23T10:00:00+00:00"},
    {"start": "2026-11-24T09:00:00+00:00", "end": "2026-11-24T10:00:00+00:00"},
)
RENAMED = ({"subject": "Review"}, {"subject": "Ours"})


def a_decision(reason, before=None, after=None, **facts):
    return LoggedDecision(
        reason=reason,
        action="agree",
        outcome=get_reason(reason).outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, 2, tzinfo=UTC),
        before=before or {},
        after=after or {},
        facts=facts,
    )


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        (
            a_decision("event-updated", *RENAMED, actor="Ann Berg"),
            'Renamed from "Review" to "Ours", because Ann Berg changed the activity in the CRM.',
        ),
        (
            a_decision("event-updated", *MOVED, actor="SYNC_MASTER"),
            "Moved from Mon 23 Nov 10:00 to Tue 24 Nov 10:00, because a person changed the activity in the CRM.",
        ),
        (
            a_decision("already-agreed", apart=["place"]),
            "Nothing was written, because meeting and activity say the same except in place, where each side keeps its own.",
        ),
        (
            a_decision("conflict-outlook-won", *RENAMED, fields=["subject"]),
            "Both sides changed subject; Outlook's value was taken.",
        ),
        (
            a_decision("conflict-held", *RENAMED, fields=["time"]),
            "Both sides changed time; a person decides which value stays.",
        ),
    ],
)
def test_both_sides_are_told_in_plain_words(decision, sentence):
    assert explain(decision, BERLIN) == sentence


def test_who_settled_a_conflict_is_named():
    line = a_decision("conflict-crm-won", *RENAMED, fields=["subject"], settled="crm")

    assert explain(replace(line, actor="Ann Berg"), BERLIN) == (
        "Both sides changed subject; the CRM's value was taken, as Ann Berg decided."
    )
