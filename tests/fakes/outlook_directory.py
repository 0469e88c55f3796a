"""The ports `Directory` and `Subscriptions` in memory."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import datetime

from fakes.outlook_state import FakeState
from liaison.outlook.model import DirectoryPerson, Mailbox, Subscription


class FakeDirectory:
    """The people that the test added."""

    def __init__(self, state: FakeState) -> None:
        self._state = state

    def list_people(self) -> list[DirectoryPerson]:
        self._state.enter("list_people")
        return [person for person in self._state.people.values() if person.has_mailbox]

    def find_person(self, address_or_oid: str) -> DirectoryPerson | None:
        self._state.enter("find_person")
        wanted = address_or_oid.strip().lower()
        return next(
            (
                person
                for person in self._state.people.values()
                if wanted in {person.oid, person.address, *map(str.lower, person.aliases)}
            ),
            None,
        )

    def probe_mailbox(self, mailbox: Mailbox) -> None:
        self._state.open("probe_mailbox", mailbox)


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A subscription with what it was made with."""

    mailbox: Mailbox
    client_state: str
    expires_at: datetime


@dataclass(slots=True)
class FakeSubscriptions:
    """`live` holds the subscriptions by id; one per mailbox, as Graph has it."""

    _state: FakeState
    live: dict[str, Subscribed] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=itertools.count)

    def create(self, mailbox: Mailbox, *, client_state: str, expires_at: datetime) -> Subscription:
        self._state.open("create_subscription", mailbox)
        for subscription_id, subscribed in list(self.live.items()):
            if subscribed.mailbox == mailbox:
                del self.live[subscription_id]
        subscription_id = f"subscription-{next(self._numbers)}"
        self.live[subscription_id] = Subscribed(mailbox, client_state, expires_at)
        return Subscription(subscription_id, expires_at)

    def renew(self, subscription_id: str, expires_at: datetime) -> Subscription | None:
        self._state.enter("renew_subscription")
        subscribed = self.live.get(subscription_id)
        if subscribed is None:
            return None
        self.live[subscription_id] = Subscribed(
            subscribed.mailbox, subscribed.client_state, expires_at
        )
        return Subscription(subscription_id, expires_at)

    def delete(self, subscription_id: str) -> None:
        self._state.enter("delete_subscription")
        self.live.pop(subscription_id, None)
