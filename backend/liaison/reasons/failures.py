"""Reasons why something did not succeed."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.FAILURES, outcome=Outcome.FAILED)

FAILURES_REASONS = (
    _reason(
        code="throttled",
        sentence="Microsoft 365 asked to slow down; Liaison tries again {next_time}.",
        means="Too many calls to this mailbox. The time that Microsoft names is kept.",
        to_do="Nothing.",
    ),
    _reason(
        code="retry-later",
        sentence="Nothing was changed yet{why}; Liaison looks again {next_time}.",
        means="Something did not answer, or what was seen cannot be believed yet. It stays noted.",
        to_do="Nothing; or retry it at once from the list of failed items.",
    ),
    _reason(
        code="failed-permanent",
        sentence="This failed for good and is listed as failed{why}.",
        means="The same attempt would never succeed, or all attempts are used up.",
        to_do="Remove the cause and retry it from the list of failed items.",
    ),
    _reason(
        code="unsupported",
        sentence="{not_all} was carried over, because Liaison cannot hold this meeting{why}.",
        means="Liaison cannot hold this kind of meeting or one of its fields, or the item cannot be read. Nothing is lost in Outlook.",
        to_do="Nothing; other meetings are not affected.",
    ),
    _reason(
        code="plan-stale",
        outcome=Outcome.SKIPPED,
        sentence="This part of the plan was left out, because it changed after the plan was made.",
        means="A plan is carried out exactly as it was shown; what changed meanwhile is left out.",
        to_do="Make a new plan.",
    ),
)
