"""How each mailbox is doing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from liaison.api.paging import page_of
from liaison.api.routes import Routes
from liaison.api.schemas.admin import MailboxesAnswer
from liaison.api.schemas.lists import ListQuery
from liaison.api.services import services
from liaison.calendar.reconcile import statement_of
from liaison.calendar.stores.mailboxes import MailboxStatus, list_mailboxes
from liaison.calendar.stores.reconciles import Reconcile, list_reconciles
from liaison.people.model import Representative
from liaison.people.representatives import list_representatives
from liaison.reasons.error_document import sentence_of

mailboxes = Routes("Mailboxes", __name__, "How each mailbox is doing.")


@mailboxes.get("/api/admin/mailboxes")
@mailboxes.asks(ListQuery)
@mailboxes.answers(MailboxesAnswer)
def read(query: dict[str, Any]) -> dict[str, Any]:
    """Last success, links, what waits and what failed, per mailbox."""
    with services().database.transaction() as session:
        owners = {one.id: one for one in list_representatives(session)}
        statuses = list_mailboxes(session)
        proofs = list_reconciles(session)
    shown = [
        _shown(one, owners[one.mailbox.id]) | _proof(proofs.get(one.mailbox.id), owners)
        for one in statuses
    ]
    return page_of(sorted(shown, key=lambda one: one["representative"].name), query)


def _shown(status: MailboxStatus, owner: Representative) -> dict[str, Any]:
    mailbox = status.mailbox
    now = services().clock.now()
    last = mailbox.last_success_at
    return {
        "id": mailbox.id,
        "representative": owner,
        "followed": mailbox.is_followed,
        "last_success_at": last,
        "lag_seconds": max(0, round((now - last).total_seconds())) if last else None,
        "live_links": status.live_links,
        "waiting": status.waiting,
        "failed": status.failed,
        "subscription_expires_at": mailbox.subscription_expires_at,
        "next_attempt_at": mailbox.due_at,
        "unavailable_since": mailbox.unavailable_since,
        "last_error": mailbox.last_error,
        "last_error_sentence": sentence_of(mailbox.last_error),
    }


def _proof(known: Reconcile | None, owners: Mapping[UUID, Representative]) -> dict[str, Any]:
    """What the last reconcile stated; the time is told in the owner's zone."""
    if known is None:
        return {
            "differences": None,
            "unsettled_differences": None,
            "named_differences": [],
            "fields_apart": None,
            "named_apart": [],
            "reconciled_at": None,
            "next_reconcile_at": None,
            "completeness": None,
        }
    zone = owners[known.mailbox_id].time_zone
    return {
        "differences": known.different,
        "unsettled_differences": known.unsettled,
        "named_differences": [_named(one) for one in known.differences],
        "fields_apart": known.apart,
        "named_apart": [_named(one) for one in known.named_apart],
        "reconciled_at": known.ended_at,
        "next_reconcile_at": known.next_at,
        "completeness": statement_of(known, services().clock.now(), zone),
    }


def _named(one: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "link_id": UUID(one["linkId"]),
        "activity_id": UUID(one["activityId"]),
        "field": one["field"],
        "settled": one["settled"],
    }
