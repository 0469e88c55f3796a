"""Who asked to be told of changes, and for how long. Limits as Microsoft documents them."""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from liaison_sandbox.exchange import Exchange
from liaison_sandbox.problems import GraphProblem

LONGEST = timedelta(minutes=10_080)
SHORTEST = timedelta(minutes=45)
MOST_PER_MAILBOX = 1000


@dataclass(frozen=True, slots=True)
class Subscription:
    id: str
    mailbox: str
    resource: str
    change_types: frozenset[str]
    notification_url: str
    lifecycle_url: str | None
    client_state: str | None
    expires_at: datetime
    immutable_ids: bool
    creator: str


class Subscriptions:
    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._by_id: dict[str, Subscription] = {}

    def add(self, wanted: Subscription) -> Subscription:
        with self._exchange.lock:
            present = self.of_mailbox(wanted.mailbox)
            for one in present:
                if one.change_types == wanted.change_types:
                    raise GraphProblem(
                        409,
                        "Conflict",
                        f"Subscription Id <{one.id}> already exists for the requested combination",
                    )
            if len(present) >= MOST_PER_MAILBOX:
                raise GraphProblem(403, "Forbidden", "The mailbox has too many subscriptions.")
            self._by_id[wanted.id] = wanted
            return wanted

    def get(self, subscription_id: str) -> Subscription:
        """An expired one is gone."""
        with self._exchange.lock:
            found = self._by_id.get(subscription_id)
            if found is None or found.expires_at <= self._exchange.clock():
                raise GraphProblem(404, "ResourceNotFound", "The object was not found.")
            return found

    def renew(self, subscription_id: str, expires_at: datetime) -> Subscription:
        with self._exchange.lock:
            renewed = replace(self.get(subscription_id), expires_at=expires_at)
            self._by_id[subscription_id] = renewed
            return renewed

    def redirect(self, subscription_id: str, notification_url: str) -> Subscription:
        with self._exchange.lock:
            moved = replace(self.get(subscription_id), notification_url=notification_url)
            self._by_id[subscription_id] = moved
            return moved

    def remove(self, subscription_id: str) -> None:
        with self._exchange.lock:
            self.get(subscription_id)
            del self._by_id[subscription_id]

    def list_all(self) -> list[Subscription]:
        with self._exchange.lock:
            now = self._exchange.clock()
            return [one for one in self._by_id.values() if one.expires_at > now]

    def of_mailbox(self, mailbox: str) -> list[Subscription]:
        return [one for one in self.list_all() if one.mailbox == mailbox]

    def allowed_expiry(self, wanted: datetime) -> datetime:
        """Too long and past are refused; too short is lengthened in silence."""
        now = self._exchange.clock()
        if wanted > now + LONGEST:
            raise GraphProblem(
                400,
                "ExtensionError",
                "Subscription expiration can only be 10080 minutes in the future.",
            )
        if wanted <= now:
            raise GraphProblem(400, "ExtensionError", "Subscription expiration is in the past.")
        return max(wanted, now + SHORTEST)


def new_subscription_id() -> str:
    return str(uuid.uuid4())
