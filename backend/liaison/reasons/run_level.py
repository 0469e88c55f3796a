"""Reasons that stop a whole run over one mailbox."""

from __future__ import annotations

from functools import partial

from liaison.reasons.model import Group, Outcome, Reason

_reason = partial(Reason, group=Group.RUN)

RUN_REASONS = (
    _reason(
        code="service-stopped",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was looked at, because the sync service is stopped.",
        means="The service was stopped. Notifications are still noted; the pane keeps working, except for sync now.",
        to_do="An administrator starts the service; every mailbox is then looked at.",
    ),
    _reason(
        code="sync-user-locked",
        outcome=Outcome.FAILED,
        sentence="Nothing was written, because the sync user SYNC_MASTER is locked or not activated.",
        means="The sync writes to the CRM as SYNC_MASTER, which is delivered locked.",
        to_do="An administrator unlocks and activates the sync user.",
    ),
    _reason(
        code="representative-inactive",
        outcome=Outcome.SKIPPED,
        sentence="The mailbox is not followed, because its owner is not active in Liaison.",
        means="Sync Active is off for this person, or the permission EXCHANGE_SYNC_USER is missing.",
        to_do="An administrator activates the representative; links continue where they stopped.",
    ),
    _reason(
        code="representative-incomplete",
        outcome=Outcome.SKIPPED,
        sentence="The mailbox is not followed, because its owner has no mailbox or no address.",
        means="The person was imported, but Microsoft 365 names no mailbox or address for them.",
        to_do="Give the person a mailbox in Microsoft 365 and import them again.",
    ),
    _reason(
        code="mailbox-unavailable",
        outcome=Outcome.FAILED,
        sentence="The mailbox could not be read: it has no licence, was moved, or access was denied.",
        means="Microsoft 365 refuses this mailbox. Nothing is removed; its links are frozen until it answers.",
        to_do="Check licence and mailbox scoping of the application; Liaison tries again by itself.",
    ),
    _reason(
        code="link-frozen",
        outcome=Outcome.SKIPPED,
        sentence="Nothing was carried over, because the link is frozen{frozen_because}.",
        means="A frozen link follows nothing and loses nothing until the cause of the freeze is gone.",
        to_do="Remove the cause (see the decision that froze it); an undone link is resumed by a person.",
    ),
    _reason(
        code="link-resumed",
        outcome=Outcome.APPLIED,
        sentence="The link follows the meeting again, because the cause of its freeze is gone.",
        means="The link is live again. Fields that Outlook owns take Outlook's value; the CRM's stay in the log.",
        to_do="Nothing.",
    ),
)
