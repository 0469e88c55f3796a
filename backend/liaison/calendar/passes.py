"""What the decisions of one run, or of one request, have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from liaison.calendar.model import LoggedDecision
from liaison.calendar.rules.decision import Decision
from liaison.calendar.rules.situation import Situation
from liaison.crm.model import Actor
from liaison.reasons import registry
from liaison.reasons.model import Outcome

Decided = tuple[Situation, Decision]


@dataclass(frozen=True, slots=True)
class Pass:
    """What the decisions of one run, or of one request, have in common.

    `epoch`: the full round that returned the events, None outside of one. `was_pushed`: a notification or a person
    drew attention to the events, not a round of changes. `permits`: of what is decided only this is carried out.
    `chosen`: by event without a link, the activity that somebody chose for it.
    """

    actor: Actor
    policy_version: int
    now: datetime
    run_id: UUID | None = None
    trace_id: str | None = None
    epoch: datetime | None = None
    was_pushed: bool = True
    permits: Callable[[Decided], bool] | None = None
    chosen: Mapping[str, UUID] = field(default_factory=dict)

    def entry(
        self,
        reason: str,
        action: str,
        *,
        outcome: Outcome | None = None,
        **members: Any,
    ) -> LoggedDecision:
        """A line of the log, with the usual outcome of its reason unless another is given."""
        return LoggedDecision(
            reason=reason,
            action=action,
            outcome=outcome or registry.get_reason(reason).outcome,
            actor=self.actor.name,
            policy_version=self.policy_version,
            at=self.now,
            run_id=self.run_id,
            trace_id=self.trace_id,
            **members,
        )
