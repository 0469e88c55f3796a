"""Keeps the subscription of a mailbox alive: made, renewed at half life, made anew when Microsoft dropped it."""

from __future__ import annotations

import secrets

from liaison.calendar.rules.schedule import SUBSCRIPTION_LIFETIME, renewal_at
from liaison.calendar.stores import mailboxes
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.tools import Tools
from liaison.outlook.model import Mailbox, Subscription


def keep_subscribed(tools: Tools, row: FollowedMailbox, mailbox: Mailbox) -> bool:
    """Subscribe or renew if that is due. Whether a new subscription was made: then changes may have been missed.

    Raises `GatewayError`.
    """
    now = tools.clock.now()
    if row.subscription_renew_at is not None and row.subscription_renew_at > now:
        return False
    kept = _renew(tools, row)
    client_state = row.client_state if kept else secrets.token_urlsafe(32)
    made = kept or tools.outlook.subscriptions.create(
        mailbox, client_state=client_state or "", expires_at=now + SUBSCRIPTION_LIFETIME
    )
    changes = {
        "subscription_id": made.subscription_id,
        "subscription_expires_at": made.expires_at,
        "subscription_renew_at": renewal_at(now, made.expires_at, tools.jitter()),
        "client_state": client_state,
    }
    with tools.database.transaction() as session:
        mailboxes.save_mailbox(session, row.id, changes)
    return kept is None


def _renew(tools: Tools, row: FollowedMailbox) -> Subscription | None:
    if row.subscription_id is None or row.client_state is None:
        return None
    expires_at = tools.clock.now() + SUBSCRIPTION_LIFETIME
    return tools.outlook.subscriptions.renew(row.subscription_id, expires_at)


def unsubscribe(tools: Tools, row: FollowedMailbox) -> None:
    """End the subscription of a mailbox that is not followed any more. Raises `GatewayError`."""
    if row.subscription_id is None and row.subscription_renew_at is None:
        return
    if row.subscription_id is not None:
        tools.outlook.subscriptions.delete(row.subscription_id)
    gone = dict.fromkeys(
        ("subscription_id", "subscription_expires_at", "subscription_renew_at", "client_state")
    )
    with tools.database.transaction() as session:
        mailboxes.save_mailbox(session, row.id, gone)
