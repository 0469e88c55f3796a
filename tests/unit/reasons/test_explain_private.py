"""What the log says when a meeting is private, and when it is no longer."""

from datetime import UTC, datetime

import pytest

from liaison.calendar.model import LoggedDecision
from liaison.reasons.explain import explain
from liaison.reasons.model import Outcome


def told(reason, outcome, after=None, **facts):
    decision = LoggedDecision(
        reason=reason,
        action="update-activity",
        outcome=outcome,
        actor="SYNC_MASTER",
        policy_version=1,
        at=datetime(2026, 11, 20, 9, tzinfo=UTC),
        after=after or {},
        facts=facts,
    )
    return explain(decision, "Europe/Berlin")


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ("busy-only", "Only its times are kept, because the meeting is private."),
        (
            "owner-only",
            "Only its owner and its participants see the activity, because the meeting is private.",
        ),
    ],
)
def test_what_is_let_in_of_a_private_meeting_is_said(form, sentence):
    assert told("private", Outcome.APPLIED, form=form) == sentence


def test_a_private_meeting_that_is_kept_out_is_said_to_be():
    sentence = "Nothing was carried over, because the meeting is private."

    assert told("private", Outcome.SKIPPED) == sentence


@pytest.mark.parametrize(
    ("confidential", "who"),
    [(True, "its owner and participants"), (False, "everybody in the CRM")],
)
def test_who_sees_the_activity_from_now_on_is_said(confidential, who):
    said = told("activity-updated", Outcome.APPLIED, {"confidential": confidential})

    assert said.startswith(f"Activity now visible to {who}")
