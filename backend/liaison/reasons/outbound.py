"""Reasons for what the CRM's side brings to Outlook, and for edits on both sides."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.OUTBOUND)

_WRITES = (
    _reason(
        code="event-created",
        outcome=Outcome.APPLIED,
        sentence="The meeting was created in the calendar of {organizer_name}, because the activity was transferred{invited}.",
        means="An activity is brought to Outlook, as one event in the organizer's mailbox.",
        to_do="Nothing. Outlook sends the invitations.",
    ),
    _reason(
        code="organizer-not-active",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was written to Outlook, because {organizer} is not active in Liaison.",
        means="Only the organizer's own calendar is written, and the organizer is not active.",
        to_do="Activate the organizer, or name another one.",
    ),
    _reason(
        code="past-never-written",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was written to Outlook, because the meeting is over.",
        means="Meetings that have ended are never written.",
        to_do="Nothing.",
    ),
    _reason(
        code="event-updated",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because {actor} changed the activity in the CRM.",
        means="Only the fields that differ were written to the organizer's copy.",
        to_do="Nothing.",
    ),
    _reason(
        code="event-cancelled-by-crm",
        outcome=Outcome.APPLIED,
        sentence="The link ended, because the activity {ended_in_crm} in the CRM; {meeting_left}.",
        means="The activity was cancelled or deleted, or completed or not wanted in Outlook any more before its meeting was made. Under onCrmDelete cancel the organizer's meeting is cancelled, or deleted where nobody was invited; under leave, and where an invitee's copy is followed, Outlook is not touched.",
        to_do="Restore the activity and link the meeting again, if both belong together.",
    ),
    _reason(
        code="owned-by-outlook",
        outcome=Outcome.SKIPPED,
        sentence="The change was refused, because these fields are changed in Outlook: {fields}.",
        means="Fields that Outlook owns cannot be edited in the CRM while the activity is linked.",
        to_do="Change the meeting in Outlook.",
    ),
    _reason(
        code="mail-held",
        outcome=Outcome.HELD,
        sentence="The change {waits}, because it would send mail to {outsiders}{mail_settled}.",
        means="One action would mail more outside people than mailBudgetPerAction allows.",
        to_do="An administrator approves or discards it.",
    ),
    _reason(
        code="marked",
        outcome=Outcome.APPLIED,
        sentence="The meeting {labelled}; that mails nobody.",
        means="A copy of a linked meeting shows a category, In CRM or CRM failed, which only its owner sees; an appointment without guests also has lines about its activity.",
        to_do="Nothing. Taking away CRM failed has the meeting looked at again.",
    ),
)

_CONFLICTS = (
    _reason(
        code="conflict-outlook-won",
        outcome=Outcome.APPLIED,
        sentence="Both sides changed {fields}; Outlook's value was taken{decided_by}.",
        means="The same field was changed on both sides. Both values are kept in the log.",
        to_do="Restore the other value, if it was the right one.",
    ),
    _reason(
        code="conflict-crm-won",
        outcome=Outcome.APPLIED,
        sentence="Both sides changed {fields}; the CRM's value was taken{decided_by}.",
        means="The same field was changed on both sides. Both values are kept in the log.",
        to_do="Restore the other value, if it was the right one.",
    ),
    _reason(
        code="conflict-held",
        outcome=Outcome.HELD,
        sentence="Both sides changed {fields}; a person decides which value stays.",
        means="The same field was changed on both sides and the policy asks a person.",
        to_do="Choose one of the values in the pane.",
    ),
)

OUTBOUND_REASONS = _WRITES + _CONFLICTS
