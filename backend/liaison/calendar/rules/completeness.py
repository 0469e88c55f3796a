"""When a reconcile is due, and what it states in the end. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from liaison.policy.settings import Policy
from liaison.reasons.moments import later_words

# One that broke off longer ago says nothing about now.
FRESH = timedelta(hours=6)
# What could not be settled is looked at again sooner.
AFTER_DIFFERENCES = timedelta(hours=1)


def first_at(policy: Policy, now: datetime, jitter: float) -> datetime:
    """The first ones of many mailboxes are spread over one interval."""
    return now + policy.reconcile_interval.span * jitter


def next_at(policy: Policy, now: datetime, jitter: float, *, is_settled: bool) -> datetime:
    """An interval from now, up to a tenth of it earlier, so that those that were due together do not stay together."""
    span: timedelta = policy.reconcile_interval.span
    at = now + span - span * jitter / 10
    return at if is_settled else min(at, now + AFTER_DIFFERENCES)


def is_too_late(policy: Policy, at: datetime, now: datetime) -> bool:
    """Whether it was scheduled under a longer interval than the present one."""
    return at > now + policy.reconcile_interval.span


def still_counts(began_at: datetime, now: datetime) -> bool:
    """Whether a reconcile that broke off may go on."""
    return now - began_at < FRESH


def statement(
    links: int,
    different: int,
    unsettled: int,
    apart: int,
    *,
    at: datetime,
    now: datetime,
    zone: str,
) -> str:
    """412 links, 0 differences at 10:05. `apart`: the fields in which each side keeps its own, as the rules say."""
    settled = different - unsettled
    mended = f" ({settled} settled)" if different else ""
    moment = later_words(at.isoformat(), now, ZoneInfo(zone))
    left = f"; in {_count(apart, 'field')} each side keeps its own" if apart else ""
    return f"{_count(links, 'link')}, {_count(different, 'difference')}{mended} {moment}{left}"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
