"""Makes the plan of a dry run: reads, rehearses, stores. Begun anew after a kill, since nothing is stored before its end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync import reading as readings
from liaison.calendar.initial_sync.model import InitialRun, Phase, RunStatus
from liaison.calendar.initial_sync.play import Play
from liaison.calendar.initial_sync.reading import Reading, Window
from liaison.calendar.initial_sync.rehearsal import rehearse
from liaison.calendar.mail_guard import internal_domains
from liaison.calendar.rules.mail_budget import mailing
from liaison.calendar.rules.plan import PlannedItem
from liaison.calendar.rules.twins import mark_twins
from liaison.calendar.stores import initial_runs, plan_items
from liaison.calendar.tools import Tools
from liaison.db.installation import installation_key
from liaison.errors import GatewayError
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.policy.store import StoredPolicy, read_policy

AT_ONCE = 500
INCOMPLETE = "representative-incomplete"
INACTIVE = "representative-inactive"


@dataclass(frozen=True, slots=True)
class _Basis:
    """What the plan is made with."""

    owners: Sequence[Representative]
    policy: StoredPolicy
    window: Window
    internal_domains: Collection[str]


def make_plan(tools: Tools, run: InitialRun, tell: Callable[[UUID], None]) -> None:
    """Plan the whole run. A mailbox that cannot be read is named and stops no other.

    `tell`: hears of each mailbox that was read.
    """
    basis = _basis(tools, run)
    found, errors = _read(tools, run, basis, tell)
    play = rehearse(tools, found, basis.window, run.created_by)
    with tools.database.transaction() as session:
        present = initial_runs.find_run(session, run.id, lock=True)
        if present and present.phase is Phase.PLAN:
            _store(session, tools, run, basis, play, errors)


def _basis(tools: Tools, run: InitialRun) -> _Basis:
    with tools.database.transaction() as session:
        policy = _policy_of(session, run)
        ids = [one.mailbox_id for one in initial_runs.list_mailboxes(session, run.id)]
        owners = find_representatives(session, ids)
        domains = internal_domains(session, policy)
    window = policy.policy.window(tools.clock.now())
    return _Basis([owners[one] for one in ids], policy, window, domains)


def _policy_of(session: Session, run: InitialRun) -> StoredPolicy:
    now = read_policy(session)
    return replace(now, policy=run.policy) if run.trial and run.policy else now


def _read(
    tools: Tools, run: InitialRun, basis: _Basis, tell: Callable[[UUID], None]
) -> tuple[list[Reading], Mapping[UUID, str]]:
    found: list[Reading] = []
    errors: dict[UUID, str] = {}
    for number, owner in enumerate(basis.owners, start=1):
        reading = readings.open_reading(tools, run.id, owner, basis.policy)
        error = _read_one(reading, basis.window)
        if error:
            errors[owner.id] = error
        else:
            found.append(reading)
        with tools.database.transaction() as session:
            initial_runs.save_run(session, run.id, done=number)
        tell(owner.id)
    return found, errors


def _read_one(reading: Reading, window: Window) -> str | None:
    owner = reading.run.representative
    if not owner.is_complete:
        return INCOMPLETE
    if not owner.may_be_synced:
        return INACTIVE
    try:
        for page in readings.pages_of(reading, window):
            reading.keep(page)
    except GatewayError as error:
        return error.code
    return None


def _store(
    session: Session,
    tools: Tools,
    run: InitialRun,
    basis: _Basis,
    play: Play,
    errors: Mapping[UUID, str],
) -> None:
    items = mark_twins(_with_real_activities(session, tools, play.items))
    key = installation_key(session)
    plan_items.add_items(
        session,
        run.id,
        items,
        lambda item: mailing(item.mailed, basis.internal_domains).disguised(key),
    )
    mailed = mailing((one for item in items for one in item.mailed), basis.internal_domains)
    is_failed = len(errors) == len(basis.owners) > 0
    start, end = basis.window
    initial_runs.save_run(
        session,
        run.id,
        status=RunStatus.FAILED if is_failed else RunStatus.PLANNED,
        phase=None,
        error=next(iter(errors.values())) if is_failed else None,
        finished_at=tools.clock.now(),
        window_start=start,
        window_end=end,
        policy=basis.policy.policy,
        counts=dict(+play.counts),
        people=len(mailed.people),
        outsiders=len(mailed.outsiders),
    )
    initial_runs.save_activations(session, run.id, play.activates)
    initial_runs.release(session, run.id, errors)


def _with_real_activities(
    session: Session, tools: Tools, items: Sequence[PlannedItem]
) -> list[PlannedItem]:
    """Activities that were made in the rehearsal only have no id."""
    ids = sorted({item.activity_id for item in items if item.activity_id})
    real: set[UUID] = set()
    for start in range(0, len(ids), AT_ONCE):
        real |= tools.crm.find_activities(session, ids[start : start + AT_ONCE]).keys()
    return [item if item.activity_id in real else replace(item, activity_id=None) for item in items]
