"""What an administrator asks for: begin an initial sync or the dry run of one, apply its plan. A worker does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync import undoing
from liaison.calendar.initial_sync.model import InitialRun, Phase, RunStatus, Trial, Undone
from liaison.calendar.initial_sync.people import activate_people, choose_owners
from liaison.calendar.initial_sync.trial import policy_to_try
from liaison.calendar.initial_sync.undoing import Foreseen
from liaison.calendar.passes import Pass
from liaison.calendar.stores import initial_runs, plan_items, runs
from liaison.crm.port import Crm
from liaison.db.audit import record_act
from liaison.db.tables import new_id
from liaison.errors import NotFound, PlanStale, RunNotReady, ServiceStopped, SyncUserLocked
from liaison.people import service_switch, sync_user
from liaison.policy.store import read_policy

# Of these a plan may still be carried out, or its rest.
OPEN = {RunStatus.PLANNED, RunStatus.FAILED}


def start_run(
    session: Session,
    representative_ids: Sequence[UUID] | None,
    *,
    dry_run: bool,
    actor: str,
    now: datetime,
    active_only: bool = False,
    trial: Trial | None = None,
) -> InitialRun:
    """Make the run; the caller wakes a worker for it. None: everybody who is active.

    A dry run is made also while the service is stopped or the sync user locked, and of people who are not active yet,
    unless `active_only`. `trial`: a policy that is not in force, which is only looked at.
    Raises `NotFound`, `InvalidRequest`, `NotAvailableYet`, `RunActive`, `ServiceStopped`, `SyncUserLocked`.
    """
    if not dry_run:
        _refuse_while_stopped(session)
        _refuse_while_locked(session)
    policy, looked_at = policy_to_try(session, trial, dry_run=dry_run)
    owners = choose_owners(session, representative_ids, dry_run=dry_run, active_only=active_only)
    run = InitialRun(
        id=new_id(),
        dry_run=dry_run,
        status=RunStatus.RUNNING,
        phase=Phase.PLAN if dry_run else Phase.CARRY_OUT,
        created_at=now,
        created_by=actor,
        total=len(owners),
        policy=policy,
        trial=looked_at,
    )
    initial_runs.add_run(session, run, [one.id for one in owners])
    details = {"dryRun": dry_run, "mailboxes": len(owners)}
    record_act(session, actor, "initial-sync-started", str(run.id), details)
    return run


def apply(session: Session, run_id: UUID, *, actor: str, now: datetime) -> InitialRun:
    """Activate whom the plan took for active, and have a worker carry it out, or go on where it stopped.

    Also while the service is stopped, since a person asks for it. One that is done stays as it is. The caller wakes a
    worker. Raises `NotFound`, `RunNotReady`, `RunActive`, `PlanStale`, `SyncUserLocked`, `VersionMismatch`.
    """
    run = get_run(session, run_id, lock=True)
    if run.status is RunStatus.DONE or run.phase is Phase.APPLY:
        return run
    is_planned = run.window_start is not None
    if not run.dry_run or not is_planned or run.status is RunStatus.UNDONE:
        raise RunNotReady
    if is_stale(session, run):
        raise _stale(run)
    _refuse_while_locked(session)
    initial_runs.take_up(session, run_id)
    activated = activate_people(session, run_id, actor=actor, now=now)
    initial_runs.save_run(
        session, run_id, status=RunStatus.RUNNING, phase=Phase.APPLY, error=None, done=0
    )
    record_act(session, actor, "initial-sync-applied", str(run_id), {"activated": activated})
    return get_run(session, run_id)


def is_stale(session: Session, run: InitialRun) -> bool:
    """Whether another policy is in force than the plan was made with. What is carried out already stays so."""
    is_open = run.window_start is not None and run.status in OPEN
    return is_open and read_policy(session).policy != run.policy


def undo(session: Session, crm: Crm, run_id: UUID, this: Pass) -> Foreseen:
    """Take back what an initial sync, or one run over one mailbox, wrote to the CRM. May be repeated.

    Raises `NotFound`, `RunNotReady`.
    """
    run = initial_runs.find_run(session, run_id, lock=True)
    if run and run.phase is not None:
        raise RunNotReady
    came = undoing.undo(session, crm, runs_to_undo(session, run_id), this)
    if run:
        before = run.undone or Undone(0, 0)
        plan_items.save_undone(session, run_id, [one.link for one in came.steps])
        undone = Undone(before.possible + len(came.steps), len(came.newer))
        changes = {"status": RunStatus.UNDONE, "undone": undone}
        initial_runs.save_run(session, run_id, **changes)
    else:
        runs.mark_undone(session, run_id)
    details = {"undone": len(came.steps), "newer": len(came.newer)}
    record_act(session, this.actor.name, "run-undone", str(run_id), details)
    return came


def foresee_undo(session: Session, crm: Crm, run_id: UUID) -> Foreseen:
    """What undoing would do. Raises `NotFound`."""
    return undoing.foresee(session, crm, runs_to_undo(session, run_id))


def runs_to_undo(session: Session, run_id: UUID) -> list[UUID]:
    """The runs over single mailboxes that this means. Raises `NotFound`."""
    if initial_runs.find_run(session, run_id):
        return runs.list_runs_of(session, run_id)
    if not runs.find_past_run(session, run_id):
        raise NotFound
    return [run_id]


def get_run(session: Session, run_id: UUID, *, lock: bool = False) -> InitialRun:
    """The run with this id. Raises `NotFound`."""
    run = initial_runs.find_run(session, run_id, lock=lock)
    if run is None:
        raise NotFound
    return run


def _stale(run: InitialRun) -> PlanStale:
    if run.trial is None:
        return PlanStale()
    what = f"the preset {run.trial.preset}" if run.trial.preset else ", ".join(run.trial.keys)
    return PlanStale(
        f"This plan looks at a policy that is not in force ({what}). Take that first, then apply the plan."
    )


def _refuse_while_stopped(session: Session) -> None:
    if not service_switch.read_service(session).running:
        raise ServiceStopped


def _refuse_while_locked(session: Session) -> None:
    if not sync_user.read_sync_user(session).is_ready:
        raise SyncUserLocked
