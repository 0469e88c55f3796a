"""When a mailbox is due again, and what a full round covers. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from liaison.policy.settings import Policy

EPOCH = timedelta(days=7)
SUBSCRIPTION_LIFETIME = timedelta(days=6)
SOONEST_RENEWAL = timedelta(minutes=1)
# When no subscription could be made, the changes are read at every interval meanwhile.
PUSH_RETRY = timedelta(minutes=10)


def next_round_at(policy: Policy, now: datetime) -> datetime:
    """One interval from now; aligned to the clock: the next multiple of the interval since midnight (UTC)."""
    span = policy.calendar_interval.span
    if not policy.align_to_clock:
        return now + span
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((now - midnight) // span + 1) * span


def needs_new_epoch(epoch_at: datetime | None, now: datetime) -> bool:
    """Whether the window has to be laid anew: a delta link is tied to the window it began with."""
    return epoch_at is None or now - epoch_at >= EPOCH


def renewal_at(now: datetime, expires_at: datetime, jitter: float) -> datetime:
    """At half of the subscription's life, up to a tenth of it earlier, so that renewals do not come all at once.

    Not at once, however short it is: a mailbox that is always due keeps the others waiting.
    """
    life = expires_at - now
    return now + max(life / 2 - life * jitter / 10, SOONEST_RENEWAL)
