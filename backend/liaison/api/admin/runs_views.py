"""Initial syncs and their plans as administrators read them: content only of activities they may read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_read_values
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import (
    InitialRun,
    ItemState,
    Phase,
    RunMailbox,
    RunStatus,
)
from liaison.calendar.initial_sync.people import list_to_activate
from liaison.calendar.initial_sync.showing import show, show_table
from liaison.calendar.stores import initial_runs, plan_items
from liaison.calendar.stores.plan_items import StoredItem
from liaison.calendar.stores.runs import PastRun
from liaison.crm.model import Activity
from liaison.people.representatives import find_representatives
from liaison.policy.settings import Policy
from liaison.policy.store import read_policy
from liaison.reasons.error_document import list_errors
from liaison.reasons.registry import find_reason

# Named one by one up to here; the number says how many there are.
MOST_NAMED = 100
UNEXPECTED = "Liaison made a mistake; its log says more."


def show_run(run: InitialRun, policy: Policy) -> dict[str, Any]:
    """As `RunAnswer` writes it. `policy`: the one in force."""
    return {
        "id": run.id,
        "kind": "initial",
        "dry_run": run.dry_run,
        "status": run.status,
        "phase": run.phase,
        "progress": {"done": run.done, "total": run.total},
        "counts": run.counts,
        "mails": {"people": run.people, "outsiders": run.outsiders},
        "trial": {"preset": run.trial.preset, "keys": run.trial.keys} if run.trial else None,
        "policy_in_force": run.policy == policy,
        "created_at": run.created_at,
        "created_by": run.created_by,
        "finished_at": run.finished_at,
        "error": run.error,
    }


def show_whole_run(session: Session, run: InitialRun) -> dict[str, Any]:
    """As `WholeRunAnswer` writes it, without its plan."""
    mailboxes = initial_runs.list_mailboxes(session, run.id)
    states = plan_items.count_states(session, run.id)
    linkable, linked = plan_items.count_choices(session, run.id)
    return show_run(run, read_policy(session).policy) | {
        "means": _means(run.counts),
        "mailboxes": _shown_mailboxes(session, mailboxes),
        "activates": len(list_to_activate(session, run.id)),
        "stale": acts.is_stale(session, run),
        "changing": sum(states.values()),
        "twins": plan_items.count_twins(session, run.id),
        "linkable": linkable,
        "linked": linked,
        "applied": {one.value: states.get(one, 0) for one in ItemState} if run.dry_run else None,
        "undo": show_undo(session, run.id),
        "items": [],
        "next": None,
    }


def show_past_run(session: Session, run: PastRun) -> dict[str, Any]:
    """One pass over one mailbox, as `WholeRunAnswer` writes it."""
    is_over = run.finished_at is not None
    failed = None if run.outcome in {"done", RunStatus.UNDONE} else run.outcome
    ended = RunStatus.UNDONE if run.outcome == RunStatus.UNDONE else RunStatus.DONE
    return {
        "id": run.id,
        "kind": "sync",
        "dry_run": False,
        "status": (RunStatus.FAILED if failed else ended) if is_over else RunStatus.RUNNING,
        "phase": None if is_over else Phase.CARRY_OUT,
        "means": _means(run.counts),
        "progress": {"done": int(is_over), "total": 1},
        "counts": run.counts,
        "mails": {"people": 0, "outsiders": 0},
        "trial": None,
        "policy_in_force": False,
        "created_at": run.started_at,
        "created_by": None,
        "finished_at": run.finished_at,
        "error": failed,
        "mailboxes": _shown_mailboxes(session, [RunMailbox(run.mailbox_id, is_over, failed)]),
        "activates": 0,
        "stale": False,
        "changing": 0,
        "twins": 0,
        "linkable": 0,
        "linked": 0,
        "applied": None,
        "undo": show_undo(session, run.id),
        "items": [],
        "next": None,
    }


def show_undo(session: Session, run_id: UUID) -> dict[str, Any]:
    """What undoing would do now."""
    foreseen = acts.foresee_undo(session, services().crm, run_id)
    newer, stay = foreseen.newer[:MOST_NAMED], foreseen.meetings[:MOST_NAMED]
    activities = services().crm.find_activities(session, sorted({*newer, *stay}))
    return {
        "possible": len(foreseen.steps),
        "created": foreseen.created,
        "newer": len(foreseen.newer),
        "meetings": len(foreseen.meetings),
        "mails": 0,
        "left": [_named(one, activities) for one in newer],
        "stay": [_named(one, activities) for one in stay],
    }


def show_items(session: Session, found: Sequence[StoredItem]) -> list[dict[str, Any]]:
    """As `PlanItemAnswer` writes them."""
    who = viewer()
    return show(session, services().crm, found, lambda activity: may_read_values(activity, who))


def show_plan_table(session: Session, run_id: UUID) -> Iterator[str]:
    """The whole plan, line by line."""
    who = viewer()
    return show_table(
        session, services().crm, run_id, lambda activity: may_read_values(activity, who)
    )


def _means(counts: Iterable[str]) -> dict[str, str]:
    return {code: reason.means for code in counts if (reason := find_reason(code))}


def _named(activity_id: UUID, activities: Mapping[UUID, Activity]) -> dict[str, Any]:
    activity = activities.get(activity_id)
    is_shown = activity is not None and may_read_values(activity, viewer())
    return {
        "activity_id": activity_id,
        "subject": activity.subject if activity and is_shown else None,
    }


def _shown_mailboxes(session: Session, found: Sequence[RunMailbox]) -> list[dict[str, Any]]:
    owners = find_representatives(session, {one.mailbox_id for one in found})
    return [
        {
            "id": one.mailbox_id,
            "mailbox": owners[one.mailbox_id].address,
            "name": owners[one.mailbox_id].name,
            "done": one.is_done,
            "activates": one.activates is not None,
            "error": one.error,
            "sentence": _sentence(one.error),
        }
        for one in found
    ]


def _sentence(error: str | None) -> str | None:
    if error is None:
        return None
    reason = find_reason(error)
    if reason:
        return reason.means
    meanings = {kind.code: kind.__doc__ or "" for kind in list_errors()}
    return meanings.get(error, UNEXPECTED).split("\n\n")[0]
