"""Reasons for which a meeting is not followed at all."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.SCOPE, outcome=Outcome.SKIPPED)

SCOPE_REASONS = (
    _reason(
        code="unlinked-by-person",
        sentence="The meeting is not followed, because {actor} ended its link{ended_by}.",
        means="A person unlinked, discarded, undid or retracted it. It is never captured again by itself.",
        to_do="Link the meeting again, to the same or another activity.",
    ),
    _reason(
        code="private",
        sentence="{private_form}, because the meeting is private.",
        means="The governing copy is private or confidential: the policy skips it (a link is frozen), keeps its times"
        " only, or shows the activity to its people only.",
        to_do="Make the meeting normal in Outlook, or retract what the CRM holds.",
    ),
    _reason(
        code="not-linked",
        sentence="The meeting is not followed, because nobody linked it to an activity.",
        means="The policy captures linked meetings only, and this one has no link.",
        to_do="Open the meeting and link it, if the CRM should know it.",
    ),
    _reason(
        code="not-categorised",
        sentence="The meeting is not followed, because it does not carry the category.",
        means="The policy captures meetings with a category, and this one does not carry it.",
        to_do="Give the meeting the category, or link it.",
    ),
    _reason(
        code="internal-only",
        sentence="The meeting is not followed, because only colleagues take part.",
        means="No outside address and no known contact takes part, and the policy does not capture such meetings.",
        to_do="Link the meeting, if the CRM should know it.",
    ),
    _reason(
        code="outside-window",
        sentence="Nothing was carried over, because the meeting lies outside the time that is followed.",
        means="A meeting without a link ends outside the window, or a linked one is past and the policy does not follow past ones.",
        to_do="Widen the window or change followPast, or link the meeting.",
    ),
    _reason(
        code="copied",
        sentence="The meeting is not followed, because it is a copy of a linked one.",
        means="It carries the marker of an activity that is linked to another meeting: somebody copied it in Outlook.",
        to_do="Link the copy to an activity of its own, if the CRM should know it.",
    ),
    _reason(
        code="link-rebuilt",
        outcome=Outcome.APPLIED,
        sentence="The link was made again from the marker that the meeting carries.",
        means="The meeting carries the marker of an activity that had lost its link.",
        to_do="Nothing.",
    ),
    _reason(
        code="retracted",
        outcome=Outcome.APPLIED,
        sentence="{actor} retracted the meeting: the link ended and its content was erased from the CRM.",
        means="Content, baseline and values in the log were erased together; the codes stay, Outlook was not touched.",
        to_do="Nothing. It cannot be taken back.",
    ),
)
