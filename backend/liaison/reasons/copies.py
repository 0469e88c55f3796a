"""Reasons about whose copy of a meeting counts."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.COPIES)

COPIES_REASONS = (
    _reason(
        code="organizer-copy",
        outcome=Outcome.APPLIED,
        sentence="The activity follows the organizer's own copy of the meeting.",
        means="The owner of this mailbox organizes the meeting, so this copy governs.",
        to_do="Nothing.",
    ),
    _reason(
        code="invitee-copy",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was carried over from an invitee's copy, because the copy of {organizer} counts.",
        means="The organizer is active in Liaison. Changes that an invitee makes to the own copy are ignored.",
        to_do="Nothing. What the organizer changes arrives from the organizer's mailbox.",
    ),
    _reason(
        code="stub-created",
        outcome=Outcome.APPLIED,
        sentence="A stub was made, because {organizer} is not active in Liaison.",
        means="The policy captures an invitee's copy whose organizer's copy cannot be read.",
        to_do="Nothing. When the organizer becomes active, the stub becomes an ordinary activity.",
    ),
    _reason(
        code="stub-updated",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because {cause}.",
        means="The invitee's copy that a stub follows was changed.",
        to_do="Nothing.",
    ),
    _reason(
        code="stub-adopted",
        outcome=Outcome.APPLIED,
        sentence="The stub became an ordinary activity, because {organizer} is active now.",
        means="The organizer's copy governs from now on; it stays the same activity.",
        to_do="Nothing.",
    ),
    _reason(
        code="organizer-changed",
        outcome=Outcome.APPLIED,
        sentence="The meeting has a new organizer{new_organizer}; the link stays.",
        means="The link is governed by the new organizer's copy if active, else by one of the invitees' copies.",
        to_do="Nothing.",
    ),
    _reason(
        code="followed-copy",
        outcome=Outcome.APPLIED,
        sentence="The activity follows a participant's copy, because {organizer} is not active in Liaison.",
        means="The organizer is outside or not active. Of the participants' copies one governs; Outlook owns all its fields.",
        to_do="Nothing. When the organizer becomes active, the organizer's copy governs.",
    ),
)
