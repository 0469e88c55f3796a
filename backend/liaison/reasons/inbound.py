"""Reasons for what Outlook's side brings to the CRM."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.INBOUND)

_CHANGES = (
    _reason(
        code="activity-created",
        outcome=Outcome.APPLIED,
        sentence="The activity was created from the meeting.",
        means="An activity is made of the meeting: a person asked for it, or the policy captures it.",
        to_do="Nothing.",
    ),
    _reason(
        code="matched-existing",
        outcome=Outcome.APPLIED,
        sentence="The meeting was linked to an activity that was there already, because both say the same.",
        means="Exactly one activity without a link had the same subject, organizer and times.",
        to_do="Unlink, if the two do not belong together.",
    ),
    _reason(
        code="activity-updated",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because {cause}.",
        means="Fields that Outlook owns differ in Outlook and were carried to the activity.",
        to_do="Nothing. The earlier values are kept in the log.",
    ),
    _reason(
        code="already-agreed",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was written, because meeting and activity say the same{apart}.",
        means="Nothing differs in the fields that are kept in step.",
        to_do="Nothing.",
    ),
    _reason(
        code="participants-matched",
        outcome=Outcome.APPLIED,
        sentence="{people_were} found in the CRM by address.",
        means="Attendees were found among representatives and contacts by an unambiguous address.",
        to_do="Nothing.",
    ),
    _reason(
        code="participants-unknown",
        outcome=Outcome.SKIPPED,
        sentence="{people_are} not known to the CRM; entered by address only.",
        means="No contact carries the address (or there is none that can be used). No contact is created unasked.",
        to_do="Match the person in the pane or in the list of reviews.",
    ),
    _reason(
        code="participants-ambiguous",
        outcome=Outcome.SKIPPED,
        sentence="{people_are} carried by several contacts; entered by address only.",
        means="Several contacts carry the address. Nothing is guessed.",
        to_do="Choose the right contact in the pane or in the list of reviews.",
    ),
)

_REMOVALS = (
    _reason(
        code="event-cancelled",
        outcome=Outcome.APPLIED,
        sentence="The meeting was cancelled in Outlook, so {consequence}.",
        means="The meeting says that it is cancelled, or the organizer's copy is gone and others were invited.",
        to_do="Restore or plan the activity anew, if it still takes place. onCancel says what happens.",
    ),
    _reason(
        code="event-deleted",
        outcome=Outcome.APPLIED,
        sentence="The meeting was deleted in Outlook, so {consequence}.",
        means="The organizer's copy is gone and nobody else was invited.",
        to_do="Restore or plan the activity anew, if it still takes place. onDelete says what happens.",
    ),
    _reason(
        code="last-copy-gone",
        outcome=Outcome.APPLIED,
        sentence="The link was frozen and the activity kept, because the last copy that could be read is gone.",
        means="The last invitee's copy left without a cancellation, so nobody knows whether the meeting takes place.",
        to_do="Settle the activity by hand. The link resumes when a copy is back.",
    ),
    _reason(
        code="event-restored",
        outcome=Outcome.APPLIED,
        sentence="The meeting is back in Outlook, so {restoration}.",
        means="A meeting whose removal was carried out is there again.",
        to_do="Nothing; where somebody changed the activity meanwhile, settle its status by hand.",
    ),
    _reason(
        code="left-calendar",
        outcome=Outcome.SKIPPED,
        sentence="The meeting was moved to another calendar of its owner; it counts as present.",
        means="The meeting lies in another calendar than the default one. It is not gone.",
        to_do="Nothing.",
    ),
    _reason(
        code="completed-kept",
        outcome=Outcome.SKIPPED,
        sentence="The meeting is gone from Outlook, but the activity stays, because it is completed.",
        means="A completed activity is not cancelled or deleted. The link ended.",
        to_do="Nothing.",
    ),
    _reason(
        code="past-removal-kept",
        outcome=Outcome.SKIPPED,
        sentence="The meeting is gone from Outlook, but the activity stays, because the meeting was over.",
        means="Past meetings vanish through retention and archiving. The link ended.",
        to_do="Nothing.",
    ),
    _reason(
        code="left-window",
        outcome=Outcome.SKIPPED,
        sentence="Outlook reported the meeting as removed, but it is there; it left the window that is read.",
        means="A meeting reported as removed still answers, so nothing is removed.",
        to_do="Nothing.",
    ),
    _reason(
        code="invitee-left",
        outcome=Outcome.SKIPPED,
        sentence="A participant's copy is gone; nothing else changed.",
        means="A participant removed the meeting from the own calendar. The activity stays.",
        to_do="Nothing.",
    ),
    _reason(
        code="held-removal",
        outcome=Outcome.HELD,
        sentence="The removal {waits}, because unusually many meetings vanished at once{settled}.",
        means="More removals than removalLimit within 24 hours, or at least 5 that are more than removalPercent of the mailbox's links.",
        to_do="An administrator approves or discards what is held, under Held and failed.",
    ),
)

INBOUND_REASONS = _CHANGES + _REMOVALS
