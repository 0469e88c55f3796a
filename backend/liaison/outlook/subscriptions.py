"""Asking Microsoft 365 to tell us of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from msgraph.generated.models.subscription import Subscription as SubscriptionBody

from liaison.errors import RequestRejected, UnreadableAnswer
from liaison.outlook.answers import Answer
from liaison.outlook.client import GraphClient
from liaison.outlook.graph_values import clean, records, word
from liaison.outlook.model import Mailbox, Subscription

NOTIFICATION_PATH = "/graph/notifications"
LIFECYCLE_PATH = "/graph/lifecycle"
CHANGE_TYPES = "created,updated,deleted"
_MOST_PAGES = 100


class GraphSubscriptions:
    """The port `Subscriptions` on Microsoft Graph, always in the application's name."""

    def __init__(self, client: GraphClient, public_url: str) -> None:
        """`public_url`: where Microsoft reaches us."""
        self._client = client
        self._public_url = public_url.rstrip("/")

    def create(self, mailbox: Mailbox, *, client_state: str, expires_at: datetime) -> Subscription:
        """Subscribe. One that exists already has a client state we do not know: it is replaced."""
        body = self._body(mailbox, client_state, expires_at)
        answer = self._post(body)
        if answer.status == HTTPStatus.CONFLICT:
            for subscription_id in self._existing(mailbox):
                self.delete(subscription_id)
            answer = self._post(body)
        return _subscription(answer.content())

    def renew(self, subscription_id: str, expires_at: datetime) -> Subscription | None:
        """Prolong, which also reauthorizes; None when it is gone."""
        body = SubscriptionBody(expiration_date_time=expires_at.astimezone(UTC))
        answer = self._client.call(
            lambda graph, config: graph.subscriptions.by_subscription_id(subscription_id).patch(
                body, config
            ),
            method="PATCH",
        )
        if _is_gone(answer):
            return None
        return _subscription(answer.content())

    def delete(self, subscription_id: str) -> None:
        """End it, if it is still there."""
        answer = self._client.call(
            lambda graph, config: graph.subscriptions.by_subscription_id(subscription_id).delete(
                config
            ),
            method="DELETE",
        )
        if not _is_gone(answer):
            answer.confirm()

    def _body(self, mailbox: Mailbox, client_state: str, expires_at: datetime) -> SubscriptionBody:
        return SubscriptionBody(
            change_type=CHANGE_TYPES,
            notification_url=self._public_url + NOTIFICATION_PATH,
            lifecycle_notification_url=self._public_url + LIFECYCLE_PATH,
            resource=_resource(mailbox),
            expiration_date_time=expires_at.astimezone(UTC),
            client_state=client_state,
        )

    def _post(self, body: SubscriptionBody) -> Answer:
        return self._client.call(
            lambda graph, config: graph.subscriptions.post(body, config), method="POST"
        )

    def _existing(self, mailbox: Mailbox) -> list[str]:
        return [
            clean(item.get("id"))
            for item in self._all()
            if _is_of_events(word(item.get("resource")), mailbox)
        ]

    def _all(self) -> Iterator[Mapping[str, Any]]:
        answer = self._client.call(lambda graph, config: graph.subscriptions.get(config))
        for _ in range(_MOST_PAGES):
            content = answer.content()
            yield from records(content.get("value"))
            link = clean(content.get("@odata.nextLink"))
            if not link:
                return
            answer = self._next(link)
        raise RequestRejected("Microsoft 365 returned more subscriptions than we can have.")

    def _next(self, link: str) -> Answer:
        return self._client.follow(
            link,
            lambda graph, config: graph.subscriptions.with_url(link).get(config),
            mailbox=None,
        )


def _resource(mailbox: Mailbox) -> str:
    return f"users/{mailbox.oid}/events"


def _is_of_events(resource: str, mailbox: Mailbox) -> bool:
    """Microsoft writes them in several ways: `Users('…')/events`, `users/…@tenant/events`."""
    return mailbox.oid.casefold() in resource and resource.rstrip("/").endswith("/events")


def _is_gone(answer: Answer) -> bool:
    is_known = answer.status not in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
    return not is_known and bool(answer.failure.code)


def _subscription(fields: Mapping[str, Any]) -> Subscription:
    try:
        expires_at = datetime.fromisoformat(clean(fields.get("expirationDateTime")))
    except ValueError as failure:
        raise UnreadableAnswer from failure
    subscription_id = clean(fields.get("id"))
    if not subscription_id:
        raise UnreadableAnswer
    if expires_at.tzinfo is None:
        expires_at = expires_at.replace(tzinfo=UTC)
    return Subscription(subscription_id, expires_at.astimezone(UTC))
