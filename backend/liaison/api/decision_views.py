"""Decisions of the log as people read them: in sentences, with values only for those who may see the activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_read_values
from liaison.api.services import services
from liaison.api.viewer import time_zone, viewer
from liaison.calendar.model import LoggedDecision
from liaison.calendar.stores.decisions import StoredDecision
from liaison.crm.model import Activity
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.reasons.explain import explain


def show_decisions(session: Session, stored: Sequence[StoredDecision]) -> list[dict[str, Any]]:
    """As `DecisionAnswer` writes them."""
    ids = {one.decision.activity_id for one in stored} - {None}
    activities = services().crm.find_activities(session, [one for one in ids if one])
    owners = find_representatives(
        session, {one.decision.mailbox_id for one in stored if one.decision.mailbox_id}
    )
    who = viewer()
    shown = []
    for one in stored:
        activity = _followed(one.decision, activities)
        may_read = may_read_values(activity, who)
        shown.append(_shown(one, activity if may_read else None, owners))
    return shown


def _followed(decision: LoggedDecision, activities: Mapping[UUID, Activity]) -> Activity | None:
    """The activity whose rights hold; what was logged while it was confidential stays confidential."""
    activity = activities.get(decision.activity_id) if decision.activity_id else None
    if activity and decision.facts.get("confidential"):
        return replace(activity, confidential=True)
    return activity


def _shown(
    stored: StoredDecision, readable: Activity | None, owners: Mapping[Any, Representative]
) -> dict[str, Any]:
    """`readable`: the activity, where its values may be read."""
    decision = stored.decision
    if readable is None:
        # The sentence is told all the same, but without what it would quote.
        decision = replace(decision, before={}, after={}, facts={})
    owner = owners.get(decision.mailbox_id)
    return {
        "id": stored.id,
        "at": decision.at,
        "reason": decision.reason,
        "action": decision.action,
        "outcome": decision.outcome,
        "sentence": explain(decision, time_zone()),
        "before": dict(decision.before) if readable else None,
        "after": dict(decision.after) if readable else None,
        "actor": decision.actor,
        "run_id": decision.run_id,
        "trace_id": decision.trace_id,
        "policy_version": decision.policy_version,
        "activity_id": decision.activity_id,
        "subject": readable.subject if readable else None,
        "event_id": decision.event_id,
        "mailbox": owner.address if owner else None,
    }
