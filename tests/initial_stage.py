"""What stories of initial syncs arrange and look at: runs, plans, and everything that must not change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text

from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import InitialRun, Trial
from liaison.calendar.initial_sync.undoing import Foreseen
from liaison.calendar.passes import Pass
from liaison.calendar.stores import initial_runs, plan_items
from liaison.calendar.stores.plan_items import ItemFilter, StoredItem
from liaison.crm.model import Actor
from liaison.crm.port import Crm
from liaison.db.tables import Table
from liaison.policy.store import read_policy
from liaison.worker.initial_runs import work_on
from liaison_sandbox.person import Person
from scenario_world import ADMIN, World

# What a dry run is for, and what says that somebody asked for it.
OF_RUNS = {"initial_runs", "initial_run_mailboxes", "plan_items", "audit"}


def dry_run(world: World, *people: Person, trial: Trial | None = None) -> InitialRun:
    """The plan for these people, or for everybody who is active, or not active yet."""
    return work(world, begin(world, *people, dry_run=True, trial=trial))


def begin(
    world: World, *people: Person, dry_run: bool = False, trial: Trial | None = None
) -> InitialRun:
    """What an administrator asks for; no worker has begun yet."""
    ids = [world.own(one).id for one in people] or None
    now = world.clock.now()
    with world.database.transaction() as session:
        return acts.start_run(session, ids, dry_run=dry_run, actor=ADMIN, now=now, trial=trial)


def apply(world: World, run: InitialRun) -> InitialRun:
    """The plan is carried out."""
    approve(world, run)
    return work(world, run)


def approve(world: World, run: InitialRun) -> InitialRun:
    """An administrator wants the plan carried out; no worker has begun yet."""
    with world.database.transaction() as session:
        return acts.apply(session, run.id, actor=ADMIN, now=world.clock.now())


def mailbox_errors(world: World, run: InitialRun) -> Mapping[UUID, str]:
    """What stopped which mailboxes."""
    with world.database.transaction() as session:
        found = initial_runs.list_mailboxes(session, run.id)
    return {one.mailbox_id: one.error for one in found if one.error}


def work(world: World, run: InitialRun) -> InitialRun:
    """What a worker does for it."""
    work_on(world.tools, run.id)
    return run_now(world, run)


def run_now(world: World, run: InitialRun) -> InitialRun:
    with world.database.transaction() as session:
        return acts.get_run(session, run.id)


def items_of(world: World, run: InitialRun, **wanted: Any) -> list[StoredItem]:
    """The items of a plan in its order."""
    with world.database.transaction() as session:
        return plan_items.list_items(session, run.id, ItemFilter(**wanted), limit=1000)


def everything(world: World) -> Mapping[str, Sequence[Any]]:
    """All rows of all tables but those of the runs themselves, and of the queue."""
    names = sorted(set(Table.metadata.tables) - OF_RUNS)
    with world.database.transaction() as session:
        return {
            name: sorted(repr(row) for row in session.execute(text(f'SELECT * FROM "{name}"')))
            for name in names
        }


def written(world: World) -> tuple[Sequence[Any], int]:
    """What is there in the CRM, and how often something was applied."""
    statement = text("SELECT count(*) FROM decisions WHERE outcome = 'applied'")
    with world.database.transaction() as session:
        applied = session.scalar(statement) or 0
    return everything(world)["activities"], applied


def reasons(world: World, run: InitialRun, person: Person) -> list[str]:
    """The codes planned for one mailbox."""
    mailbox_id: UUID = world.own(person).id
    return sorted(one.item.reason for one in items_of(world, run, mailbox_id=mailbox_id))


def undo(world: World, run: InitialRun | UUID) -> InitialRun | None:
    """An administrator takes back what it did."""
    run_id = run if isinstance(run, UUID) else run.id
    with world.database.transaction() as session:
        this = Pass(Actor(ADMIN, "sync"), read_policy(session).version, world.clock.now())
        acts.undo(session, world.tools.crm, run_id, this)
        return initial_runs.find_run(session, run_id)


def undo_foreseen(world: World, run: InitialRun) -> Foreseen:
    """What undoing would do."""
    with world.database.transaction() as session:
        return acts.foresee_undo(session, world.tools.crm, run.id)


class MortalCrm:
    """A CRM of a process that dies when it writes like this the second time."""

    def __init__(self, crm: Crm, writing: str) -> None:
        self._crm = crm
        self._writing = writing
        self._left = 1

    def __getattr__(self, name: str) -> Any:
        return self._write if name == self._writing else getattr(self._crm, name)

    def _write(self, *given: object) -> object:
        if not self._left:
            raise SystemExit
        self._left -= 1
        return getattr(self._crm, self._writing)(*given)
