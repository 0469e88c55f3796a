"""Figures of the whole installation for Prometheus, read from the database: whichever web server is asked tells them.

Workers have no port of their own; what they did stands in the mailboxes, the noted items and their heartbeats.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from uuid import UUID

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from liaison.api.services import Services
from liaison.calendar.stores.change_ages import BEYOND, read_ages
from liaison.calendar.stores.mailboxes import MailboxStatus, list_mailboxes
from liaison.calendar.stores.reconciles import Reconcile, list_reconciles
from liaison.people.service_switch import read_service
from liaison.people.sync_user import read_sync_user
from liaison.worker.heartbeats import list_live_workers


def render_figures(services: Services) -> bytes:
    """In Prometheus' text format. Names nobody: only counts and ages."""
    with services.database.transaction() as session:
        now, found = services.clock.now(), list_mailboxes(session)
        figures: list[Metric] = [
            *_of_mailboxes(found, now),
            *_of_reconciles(found, list_reconciles(session), now),
            _of_changes(*read_ages(session)),
            _one(
                "workers",
                "Workers that were heard of lately.",
                len(list_live_workers(session, now)),
            ),
            _one(
                "service_running", "1 while the sync service runs.", read_service(session).running
            ),
            _one(
                "sync_user_ready",
                "1 while SYNC_MASTER may write.",
                read_sync_user(session).is_ready,
            ),
        ]
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Figures(figures))
    return generate_latest(registry)


class _Figures(Collector):
    def __init__(self, figures: list[Metric]) -> None:
        self._figures = figures

    def collect(self) -> Iterator[Metric]:
        yield from self._figures


def _of_mailboxes(found: list[MailboxStatus], now: datetime) -> Iterator[GaugeMetricFamily]:
    followed = [one for one in found if one.mailbox.is_followed]
    overdue = [(now - one.mailbox.due_at).total_seconds() for one in followed if one.mailbox.due_at]
    ages = [
        (now - one.mailbox.last_success_at).total_seconds()
        for one in followed
        if one.mailbox.last_success_at
    ]
    unavailable = sum(one.mailbox.unavailable_since is not None for one in found)
    yield _one("mailboxes_followed", "Mailboxes that are followed.", len(followed))
    yield _one("mailboxes_unavailable", "Mailboxes that cannot be read.", unavailable)
    yield _one("links_live", "Links that are followed.", sum(one.live_links for one in found))
    yield _one("items_waiting", "Items that wait.", sum(one.waiting for one in found))
    yield _one("items_failed", "Items that failed for good.", sum(one.failed for one in found))
    yield _one("oldest_success_seconds", "Age of the oldest last good run.", max(ages, default=0))
    yield _one("most_overdue_seconds", "How late the latest mailbox is.", max([0, *overdue]))


def _of_reconciles(
    found: list[MailboxStatus], proofs: Mapping[UUID, Reconcile], now: datetime
) -> Iterator[GaugeMetricFamily]:
    followed = [one.mailbox.id for one in found if one.mailbox.is_followed]
    stated = [
        (proof, proof.ended_at)
        for mailbox_id in followed
        if (proof := proofs.get(mailbox_id)) and proof.ended_at
    ]
    different = sum(proof.different or 0 for proof, _ in stated)
    unsettled = sum(proof.unsettled or 0 for proof, _ in stated)
    oldest = max(((now - ended_at).total_seconds() for _, ended_at in stated), default=0)
    yield _one("reconcile_differences", "Differences at the last reconciles.", different)
    yield _one("reconcile_unsettled", "Those of them that could not be settled.", unsettled)
    yield _one("reconcile_age_seconds", "Age of the oldest last reconcile.", oldest)
    yield _one(
        "mailboxes_unreconciled",
        "Followed mailboxes that no reconcile has stated anything about yet.",
        len(followed) - len(stated),
    )


def _of_changes(reached: list[tuple[float, int]], seconds: float) -> HistogramMetricFamily:
    """The median and the other percentiles are quantiles of it."""
    buckets = [("+Inf" if bound == BEYOND else str(bound), count) for bound, count in reached]
    meaning = "From a change in Outlook to the activity that holds it."
    return HistogramMetricFamily(
        "liaison_change_age_seconds", meaning, buckets=buckets, sum_value=seconds
    )


def _one(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"liaison_{name}", meaning, value=value)
