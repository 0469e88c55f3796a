"""Where Microsoft Graph tells us of changes. Notes what to look at and answers; nothing is read here."""

from __future__ import annotations

import hmac
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

import structlog
from flask import Blueprint, Response, request
from prometheus_client import Counter
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from liaison.api.bodies import read_body
from liaison.api.services import Services, services
from liaison.calendar.model import NoteSource
from liaison.calendar.stores.mailboxes import (
    Subscriber,
    find_by_subscriptions,
    save_mailbox,
)
from liaison.calendar.stores.noted import make_due, note_events
from liaison.db.session import after_commit
from liaison.outlook.notifications import Notice, read_notices
from liaison.telemetry import REGISTRY

LARGEST_POST = 1_000_000
LONGEST_TOKEN = 4_000
# As long as any id of Exchange; what is longer would not fit into the index either.
LONGEST_EVENT_ID = 2_048
RECEIVED = Counter(
    "liaison_notifications", "Notifications of Microsoft Graph.", ["result"], registry=REGISTRY
)

log = structlog.get_logger(__name__)
webhooks = Blueprint("webhooks", __name__)


def receive() -> Response:
    """Both kinds arrive in the same form. 202 means that nothing will be lost any more."""
    if (token := request.args.get("validationToken")) is not None:
        return _echo(token)
    found = read_notices(_body())
    RECEIVED.labels("unreadable").inc(len(found.problems))
    for problem in found.problems:
        log.warning("notification-dropped", why=problem)
    accept(services(), found.notices)
    return Response(status=202)


def accept(with_services: Services, notices: Iterable[Notice]) -> None:
    """Note what sound notices name; unknown or wrong ones are dropped and counted."""
    by_subscription: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_subscription[notice.subscription_id].append(notice)
    if not by_subscription:
        return
    with with_services.database.transaction() as session:
        mailboxes = find_by_subscriptions(session, by_subscription)
        # Sorted, so that two posts that name the same mailboxes never wait for each other.
        for subscription_id, told in sorted(by_subscription.items()):
            mailbox = mailboxes.get(subscription_id)
            genuine = [one for one in told if mailbox and _is_genuine(one, mailbox)]
            RECEIVED.labels("dropped").inc(len(told) - len(genuine))
            RECEIVED.labels("accepted").inc(len(genuine))
            if mailbox and genuine:
                _note(session, with_services, mailbox, genuine)


def _is_genuine(notice: Notice, mailbox: Subscriber) -> bool:
    """Only Microsoft and we know the client state; the comparison takes the same time whatever is sent."""
    known = mailbox.client_state.encode()
    return bool(known) and hmac.compare_digest(notice.client_state.encode(), known)


def _note(
    session: Session, with_services: Services, mailbox: Subscriber, told: list[Notice]
) -> None:
    now = with_services.clock.now()
    lifecycle = {one.lifecycle_event for one in told if one.lifecycle_event}
    changed = {_event_of(one) for one in told if not one.lifecycle_event}
    note_events(session, mailbox.id, changed - {""}, NoteSource.NOTIFICATION, now)
    if lifecycle or "" in changed:
        # Something was missed, or is not told: read the changes.
        save_mailbox(session, mailbox.id, {"wants_delta": True, **_renewal(lifecycle, now)})
        make_due(session, mailbox.id, now)
    after_commit(session, lambda: with_services.wake(mailbox.id))


def _event_of(change: Notice) -> str:
    """The id of what changed; empty where none is told that could be kept."""
    event_id = change.event_id or ""
    return event_id if len(event_id) <= LONGEST_EVENT_ID else ""


def _renewal(lifecycle: set[str], now: datetime) -> dict[str, object]:
    """A subscription that wants attention is renewed at once, one that was removed is made anew."""
    renewed: dict[str, object] = {"subscription_renew_at": now} if lifecycle else {}
    if "subscriptionremoved" in lifecycle:
        renewed |= {"subscription_id": None, "client_state": None}
    return renewed


def _echo(token: str) -> Response:
    """Microsoft asks whether this address is ours; plain text, so that no browser takes it for a page."""
    if len(token) > LONGEST_TOKEN:
        raise RequestEntityTooLarge
    return Response(token, content_type="text/plain; charset=utf-8")


def _body() -> bytes:
    request.max_content_length = LARGEST_POST
    return read_body(request)


webhooks.add_url_rule("/graph/notifications", view_func=receive, methods=["POST"])
webhooks.add_url_rule("/graph/lifecycle", view_func=receive, methods=["POST"])
