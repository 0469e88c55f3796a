"""When a failed item or mailbox is tried again, and when it is given up. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from liaison.errors import ConsentMissing, GatewayError, MailboxUnavailable, Throttled
from liaison.policy.settings import Policy

FIRST_DELAY = timedelta(seconds=30)
GROWTH = 4


@dataclass(frozen=True, slots=True)
class Failure:
    """What follows from a failure.

    `next_at`: when to try again, None when it is given up (dead). `counts`: whether it uses up an attempt.
    `is_of_mailbox`: the whole mailbox waits, not only the item. `facts` fill the sentence of the reason.
    """

    reason: str
    next_at: datetime | None
    counts: bool = True
    is_of_mailbox: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_dead(self) -> bool:
        """Whether it is given up and listed as failed."""
        return self.next_at is None


def judge_failure(
    error: Exception, attempts: int, policy: Policy, now: datetime, jitter: float
) -> Failure:
    """What to do after this error. `attempts` counts this one; `jitter` from 0 to 1 spreads the retries of many items."""
    later = now + back_off(attempts, policy, jitter)
    match error:
        case Throttled(retry_after=seconds):
            named = later if seconds is None else now + timedelta(seconds=seconds)
            return _waiting("throttled", named, is_of_mailbox=True)
        case MailboxUnavailable():
            return _waiting("mailbox-unavailable", later, is_of_mailbox=True)
        case ConsentMissing():
            # Perhaps only what is written lacks it; it is granted one day without anybody telling us.
            facts = {**_why(error), "nextAt": later.isoformat()}
            return Failure("retry-later", later, counts=False, facts=facts)
        case GatewayError(permanent=True):
            return _given_up(error)
    if attempts >= policy.max_attempts:
        return _given_up(error)
    return Failure("retry-later", later, facts={**_why(error), "nextAt": later.isoformat()})


def back_off(attempts: int, policy: Policy, jitter: float) -> timedelta:
    """How long to wait after this many attempts: growing up to `retryMax`, of that at least the half."""
    longest = policy.retry_max.span
    steps = min(max(attempts, 1) - 1, 20)
    growing: timedelta = FIRST_DELAY * GROWTH**steps
    return min(growing, longest) * (0.5 + jitter / 2)


def _waiting(reason: str, next_at: datetime, *, is_of_mailbox: bool) -> Failure:
    facts = {"nextAt": next_at.isoformat()}
    return Failure(reason, next_at, counts=False, is_of_mailbox=is_of_mailbox, facts=facts)


def _given_up(error: Exception) -> Failure:
    return Failure("failed-permanent", None, facts=_why(error))


def _why(error: Exception) -> dict[str, str]:
    """The class's own sentence, never the text of the answer, which may carry content."""
    return {"why": (type(error).__doc__ or "").strip().split("\n")[0].rstrip(".")}
