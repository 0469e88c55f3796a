"""What is wrong beside this web server, in sentences: sync user, service, workers, subscriptions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from liaison.api.services import Services
from liaison.calendar.stores.mailboxes import MailboxStatus, list_mailboxes
from liaison.people.service_switch import read_service
from liaison.people.sync_user import read_sync_user
from liaison.policy.store import read_policy
from liaison.worker.heartbeats import list_live_workers


def list_problems(services: Services) -> list[str]:
    """All that an operator should look at."""
    with services.database.transaction() as session:
        service, sync_user = read_service(session), read_sync_user(session)
        mailboxes = list_mailboxes(session)
        wants_push = read_policy(session).policy.push
        has_workers = bool(list_live_workers(session, services.clock.now()))
    problems = []
    if not services.settings.has_tenant:
        problems.append("Liaison is not connected to a Microsoft 365 tenant.")
    if not service.running:
        problems.append("The sync service is stopped.")
    if not sync_user.is_ready:
        problems.append("The sync user SYNC_MASTER is locked or not activated.")
    if not has_workers:
        problems.append(
            "No worker runs: meetings are not looked at. Start one with liaison worker."
        )
    return problems + _of_mailboxes(mailboxes, services.clock.now(), wants_push=wants_push)


def _of_mailboxes(
    mailboxes: Sequence[MailboxStatus], now: datetime, *, wants_push: bool
) -> list[str]:
    followed = [one for one in mailboxes if one.mailbox.is_followed]
    # As long as it cannot be read it is not followed either.
    unavailable = [one for one in mailboxes if one.mailbox.unavailable_since]
    unheard = [one for one in followed if wants_push and not _is_subscribed(one, now)]
    failed = sum(one.failed for one in followed)
    counted = {
        "Mailboxes that cannot be read": len(unavailable),
        "Mailboxes without a subscription to notifications": len(unheard),
        "Items that failed and wait for somebody to look": failed,
    }
    return [f"{words}: {count}." for words, count in counted.items() if count]


def _is_subscribed(status: MailboxStatus, now: datetime) -> bool:
    expires_at = status.mailbox.subscription_expires_at
    return bool(status.mailbox.subscription_id and expires_at and expires_at > now)
