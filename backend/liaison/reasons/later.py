"""Reasons of series, tasks and contacts: named already, decided by later versions."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_series = partial(Reason, group=Group.SERIES)
_task = partial(Reason, group=Group.TASKS, carried_out=False)
_contact = partial(Reason, group=Group.CONTACTS, carried_out=False)

SERIES_REASONS = (
    _series(
        code="occurrence-changed",
        outcome=Outcome.APPLIED,
        sentence="{occurrence} was {occurrence_changes} in Outlook.",
        means="One occurrence of a series differs from the rule.",
        to_do="Nothing.",
    ),
    _series(
        code="occurrence-cancelled",
        outcome=Outcome.APPLIED,
        sentence="{occurrence} was cancelled in Outlook.",
        means="One occurrence of a series does not take place.",
        to_do="Nothing.",
    ),
    _series(
        code="occurrence-orphaned",
        outcome=Outcome.HELD,
        sentence="The series was shifted, and it is not clear what became of {occurrence} to which this activity belongs.",
        means="The pattern changed so that a linked occurrence could not be found again.",
        to_do="Link the activity to the right occurrence.",
    ),
    _series(
        code="kind-changed",
        outcome=Outcome.APPLIED,
        sentence="The meeting turned from a single one into a series or back; the link stays.",
        means="Outlook changed the meeting in place.",
        to_do="Nothing.",
    ),
    _series(
        code="exceptions-dropped",
        outcome=Outcome.APPLIED,
        sentence="{actor} changed how the series repeats; {exceptions_were} dropped, because the series has no such dates any more.",
        means="A series that is not in Outlook was given another rhythm or end, or became one activity. Of a series in Outlook event-updated tells it.",
        to_do="Nothing. What the occurrences had of their own is in the log.",
    ),
)

TASKS_REASONS = (
    _task(
        code="task-created",
        outcome=Outcome.APPLIED,
        sentence="The task was created in To Do.",
        means="A CRM task was brought to the representative's default list.",
        to_do="Nothing.",
    ),
    _task(
        code="task-updated",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because the task was changed in the CRM.",
        means="A change of the CRM task was carried to To Do.",
        to_do="Nothing.",
    ),
    _task(
        code="task-status-returned",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because the task's status was changed in To Do.",
        means="Status and completion date came back from To Do.",
        to_do="Nothing.",
    ),
    _task(
        code="task-edit-ignored",
        outcome=Outcome.SKIPPED,
        sentence="The edit in To Do was not carried over, because only the status comes back.",
        means="Other fields than the status were changed in To Do; they are overwritten at the next change.",
        to_do="Change the task in the CRM.",
    ),
    _task(
        code="task-delegated",
        outcome=Outcome.SKIPPED,
        sentence="The task is not followed, because its list is shared by somebody else.",
        means="Tasks in lists of other people are ignored.",
        to_do="Nothing.",
    ),
    _task(
        code="task-reassigned",
        outcome=Outcome.APPLIED,
        sentence="A new task was made for the new representative; the old one stays.",
        means="The task has another representative in the CRM.",
        to_do="Nothing.",
    ),
    _task(
        code="task-outside-window",
        outcome=Outcome.SKIPPED,
        sentence="The task is not followed, because its date lies outside the window.",
        means="The scheduled date is outside the window of tasks.",
        to_do="Widen the window of tasks.",
    ),
)

CONTACTS_REASONS = (
    _contact(
        code="contact-created",
        outcome=Outcome.APPLIED,
        sentence="The contact was created in Outlook.",
        means="A contact to be synchronised was brought to the folder of its own.",
        to_do="Nothing.",
    ),
    _contact(
        code="contact-updated",
        outcome=Outcome.APPLIED,
        sentence="{changes}, because the contact was changed in the CRM.",
        means="A change of the CRM contact was carried to Outlook.",
        to_do="Nothing.",
    ),
    _contact(
        code="contact-removed",
        outcome=Outcome.APPLIED,
        sentence="The contact was removed from Outlook, because it is not to be synchronised any more.",
        means="The contact was unticked or deleted in the CRM.",
        to_do="Nothing.",
    ),
    _contact(
        code="contact-edit-ignored",
        outcome=Outcome.SKIPPED,
        sentence="The edit in Outlook was not carried over, because contacts are kept in the CRM.",
        means="Contacts go from the CRM to Outlook only.",
        to_do="Change the contact in the CRM.",
    ),
)
