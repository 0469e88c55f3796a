"""Tells subscribers of changes as Graph does: late, doubled, out of order, sometimes never."""

import heapq
import itertools
import time
from dataclasses import dataclass
from threading import Condition, Thread
from typing import Any, Literal

import httpx

from liaison_sandbox.model import Change
from liaison_sandbox.settings import Settings
from liaison_sandbox.subscriptions import Subscription, Subscriptions
from liaison_sandbox.zones import write_instant

LifecycleEvent = Literal["reauthorizationRequired", "subscriptionRemoved", "missed"]
SECONDS_PER_DELIVERY = 10.0


@dataclass(frozen=True, slots=True)
class _Letter:
    url: str
    body: dict[str, Any]
    attempts: int = 0


class Notifier:
    """Owns one thread. `notice` only takes note, so it may be called under the tenant's lock."""

    def __init__(self, subscriptions: Subscriptions, settings: Settings, tenant_id: str) -> None:
        self.delivered = 0
        self.abandoned = 0
        self._subscriptions = subscriptions
        self._settings = settings
        self._tenant_id = tenant_id
        self._waiting: list[tuple[float, int, _Letter]] = []
        self._order = itertools.count()
        self._changed = Condition()
        self._busy = False
        self._closed = False
        self._thread = Thread(target=self._run, name="sandbox-notifier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(SECONDS_PER_DELIVERY)

    def notice(self, change: Change) -> None:
        if self._settings.drop_notifications:
            return
        kinds = [change.kind]
        if change.kind == "created" and self._settings.created_comes_with_updated:
            kinds.append("updated")
        for subscription in self._subscriptions.of_mailbox(change.mailbox):
            for kind in kinds:
                if kind in subscription.change_types:
                    letter = _Letter(
                        subscription.notification_url, self._written(subscription, change, kind)
                    )
                    self._post(letter, self._settings.notification_delay_ms)
                    if self._settings.double_notifications:
                        self._post(letter, self._settings.notification_delay_ms)

    def send_lifecycle(self, subscription: Subscription, event: LifecycleEvent) -> None:
        """A removed subscription is gone before its subscriber hears of it."""
        if event == "subscriptionRemoved":
            self._subscriptions.remove(subscription.id)
        if subscription.lifecycle_url is None:
            return
        body = self._about(subscription) | {"lifecycleEvent": event}
        self._post(_Letter(subscription.lifecycle_url, body), 0)

    def drain(self, timeout: float = 20.0) -> None:
        """Waits until nothing waits to be sent; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: not self._waiting and not self._busy, timeout):
                raise TimeoutError("Notifications are still waiting to be sent.")

    def _post(self, letter: _Letter, delay_ms: float) -> None:
        with self._changed:
            due = time.monotonic() + delay_ms / 1000
            if self._settings.reorder_notifications and self._waiting:
                # The last comes first, as long as others still wait.
                due = min(due, self._waiting[0][0] - 0.001)
            heapq.heappush(self._waiting, (due, next(self._order), letter))
            self._changed.notify_all()

    def _run(self) -> None:
        with httpx.Client(timeout=SECONDS_PER_DELIVERY, trust_env=False) as client:
            while (letter := self._next()) is not None:
                self._deliver(client, letter)
                with self._changed:
                    self._busy = False
                    self._changed.notify_all()

    def _next(self) -> _Letter | None:
        with self._changed:
            while not self._closed:
                wait = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if wait is not None and wait <= 0:
                    self._busy = True
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(wait)
        return None

    def _deliver(self, client: httpx.Client, letter: _Letter) -> None:
        try:
            accepted = client.post(letter.url, json={"value": [letter.body]}).is_success
        except httpx.HTTPError:
            accepted = False
        if accepted:
            self.delivered += 1
        elif letter.attempts + 1 < self._settings.notification_attempts:
            later = self._settings.notification_retry_ms * 2**letter.attempts
            self._post(_Letter(letter.url, letter.body, letter.attempts + 1), later)
        else:
            self.abandoned += 1

    def _written(self, subscription: Subscription, change: Change, kind: str) -> dict[str, Any]:
        event_id = change.immutable_id if subscription.immutable_ids else change.id
        path = f"Users/{change.mailbox}/Events/{event_id}"
        return self._about(subscription) | {
            "changeType": kind,
            "resource": path,
            "resourceData": {
                "@odata.type": "#Microsoft.Graph.Event",
                "@odata.id": path,
                "@odata.etag": f'W/"{change.change_key}"',
                "id": event_id,
            },
        }

    def _about(self, subscription: Subscription) -> dict[str, Any]:
        return {
            "subscriptionId": subscription.id,
            "subscriptionExpirationDateTime": write_instant(subscription.expires_at),
            "clientState": subscription.client_state,
            "tenantId": self._tenant_id,
        }
