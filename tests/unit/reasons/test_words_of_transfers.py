"""What the log says of meetings that the CRM takes away, and of mail that waits."""

from datetime import UTC, datetime

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons.explain import explain
from liaison.reasons.registry import get_reason


def sentence(reason, actor="SYNC_MASTER", **facts):
    decision = LoggedDecision(
        reason=reason,
        action="cancel-event",
        outcome=get_reason(reason).outcome,
        actor=actor,
        policy_version=1,
        at=datetime(2026, 11, 20, 9, 2, tzinfo=UTC),
        facts=facts,
    )
    return explain(decision, "Europe/Berlin")


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ({}, "the meeting stays in Outlook."),
        ({"pending": True}, "no meeting is left in Outlook."),
        (
            {"taken": True},
            "the meeting was taken out of the calendar, and Outlook tells those who were invited.",
        ),
    ],
)
def test_a_cancellation_in_the_crm_says_what_became_of_the_meeting(facts, left):
    told = sentence("event-cancelled-by-crm", **facts)

    assert told == (
        f"The link ended, because the activity was cancelled or deleted in the CRM; {left}"
    )


@pytest.mark.parametrize(
    ("settled", "waits", "end"),
    [
        (None, "waits for an administrator", "."),
        ("approved", "waited", "; Ada approved it, and it is sent as far as it is still wanted."),
        ("discarded", "waited", "; Ada discarded it, and nobody is mailed."),
    ],
)
def test_mail_that_waits_says_how_many_people_and_what_was_decided(settled, waits, end):
    told = sentence("mail-held", "Ada", count=30, settled=settled)

    assert told == (f"The change {waits}, because it would send mail to 30 people outside{end}")


def test_mail_that_waits_may_be_to_one_person_only():
    assert sentence("mail-held", count=1) == (
        "The change waits for an administrator, because it would send mail to one person outside."
    )
