"""`liaison initial-sync`: reads whole mailboxes anew, in this process; or plans it, applies a plan, undoes a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import InitialRun, RunStatus, Trial
from liaison.calendar.initial_sync.people import list_everybody
from liaison.calendar.initial_sync.twins import choose_twins
from liaison.calendar.passes import Pass
from liaison.calendar.tools import Tools
from liaison.cli.database import ACTOR
from liaison.cli.initial_words import (
    say_activations,
    say_applied,
    say_plan,
    say_run,
    say_undo,
    say_undone,
    write_csv,
)
from liaison.cli.owner import get_owner
from liaison.cli.policy import wishes_of
from liaison.cli.run_bar import RunBar
from liaison.cli.running import open_tools, require_known
from liaison.crm.model import Actor
from liaison.people.model import Representative
from liaison.policy.store import read_policy
from liaison.worker.initial_runs import work_on

FAILED_EXIT = 1
ONE_WAY = "Give addresses, or --all, and not both."
NOBODY_ACTIVE = "Nobody is active: liaison representative activate ADDRESS."
NOBODY_IMPORTED = "Nobody was imported yet: liaison representative import."


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the command was asked for. `table`: a file to write the plan to."""

    addresses: tuple[str, ...]
    everybody: bool
    active_only: bool
    dry_run: bool
    preset: str | None
    assignments: tuple[str, ...]
    table: Path | None
    plan: UUID | None
    links_alike: bool
    undone: UUID | None

    @property
    def trial(self) -> Trial | None:
        """A policy that is only looked at."""
        if not self.preset and not self.assignments:
            return None
        return Trial(self.preset, wishes_of(self.assignments))


@click.command("initial-sync")
@click.argument("addresses", nargs=-1)
@click.option("--all", "everybody", is_flag=True,
              help="The mailboxes of all active people; in a dry run also of those not active yet.")  # fmt: skip
@click.option(
    "--active-only", is_flag=True, help="With --all --dry-run: only who is active by now."
)
@click.option("--dry-run", is_flag=True, help="Only show the plan; nothing is written.")
@click.option("--preset", metavar="NAME",
              help="With --dry-run: as if this preset were in force; the policy stays as it is.")  # fmt: skip
@click.option("--set", "assignments", metavar="KEY=VALUE", multiple=True,
              help="With --dry-run: as if this key of the policy had this value.")  # fmt: skip
@click.option("--csv", "table", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the plan to this file, as a table.")  # fmt: skip
@click.option(
    "--apply", "plan", type=click.UUID, metavar="RUN", help="Carry out exactly this plan."
)
@click.option("--link-alike", "links_alike", is_flag=True,
              help="With --apply: link activities to the meetings that they resemble.")  # fmt: skip
@click.option("--undo", "undone", type=click.UUID, metavar="RUN",
              help="Take back what this run wrote to the CRM.")  # fmt: skip
def initial_sync(addresses: tuple[str, ...], **options: Any) -> int:
    """Read the mailboxes with these ADDRESSES, or --all, from the beginning, and look at every live link.

    May be repeated. One mailbox that cannot be read stops no other; the exit code is 1 then. With --dry-run nothing
    is written; the plan is shown and kept, to be applied by its id. One of a policy that is not in force is applied
    once that is. Applying activates whom the plan took for active; it works while the service is stopped, so that no
    ordinary run is faster.
    """
    asked = _Asked(addresses, **options)
    _refuse_contradictions(asked)
    with open_tools() as tools:
        if asked.undone:
            return _undo(tools, asked.undone)
        if asked.plan:
            return _apply(tools, asked.plan, links_alike=asked.links_alike)
        owners = _owners(tools, asked)
        if not owners:
            is_wide = asked.dry_run and not asked.active_only
            click.echo(NOBODY_IMPORTED if is_wide else NOBODY_ACTIVE)
            return 0
        return _plan(tools, owners, asked) if asked.dry_run else _read_all(tools, owners)


def _refuse_contradictions(asked: _Asked) -> None:
    if sum(map(bool, (asked.addresses, asked.everybody, asked.plan, asked.undone))) != 1:
        raise click.UsageError(ONE_WAY)
    of_plans = {"--csv": asked.table, "--preset": asked.preset, "--set": asked.assignments}
    for option, value in of_plans.items():
        if value and not asked.dry_run:
            raise click.UsageError(f"{option} is for --dry-run.")
    if asked.table and not os.access(asked.table.parent, os.W_OK):
        raise click.UsageError(f"--csv: {asked.table.parent} is no folder that can be written.")
    if asked.links_alike and not asked.plan:
        raise click.UsageError("--link-alike is for --apply.")


def _owners(tools: Tools, asked: _Asked) -> list[Representative]:
    if not asked.everybody:
        return _named(tools, asked.addresses, dry_run=asked.dry_run)
    with tools.database.transaction() as session:
        return list_everybody(session, dry_run=asked.dry_run, active_only=asked.active_only)


def _named(tools: Tools, addresses: Sequence[str], *, dry_run: bool) -> list[Representative]:
    found = {one.id: one for one in (get_owner(tools, each) for each in addresses)}
    for owner in found.values() if not dry_run else ():
        require_known(tools, owner)
    return list(found.values())


def _begin(
    tools: Tools, owners: Sequence[Representative], *, dry_run: bool, trial: Trial | None = None
) -> InitialRun:
    ids, now = [one.id for one in owners], tools.clock.now()
    with tools.database.transaction() as session:
        return acts.start_run(session, ids, dry_run=dry_run, actor=ACTOR, now=now, trial=trial)


def _read_all(tools: Tools, owners: Sequence[Representative]) -> int:
    run = _begin(tools, owners, dry_run=False)
    with RunBar(tools, owners) as bar:
        work_on(tools, run.id, bar.listener())
    say_run(run)
    return FAILED_EXIT if bar.failed else 0


def _plan(tools: Tools, owners: Sequence[Representative], asked: _Asked) -> int:
    run = _begin(tools, owners, dry_run=True, trial=asked.trial)
    with RunBar(tools, owners, says=False) as bar:
        work_on(tools, run.id, bar.listener())
    failed = say_plan(tools, run.id)
    if asked.table:
        write_csv(tools, run.id, asked.table)
    return FAILED_EXIT if failed else 0


def _apply(tools: Tools, run_id: UUID, *, links_alike: bool) -> int:
    if links_alike:
        with tools.database.transaction() as session:
            run = acts.get_run(session, run_id, lock=True)
            choose_twins(session, run, None, link=True, actor=ACTOR)
    say_activations(tools, run_id)
    with tools.database.transaction() as session:
        acts.apply(session, run_id, actor=ACTOR, now=tools.clock.now())
    work_on(tools, run_id)
    return 0 if say_applied(tools, run_id) is RunStatus.DONE else FAILED_EXIT


def _undo(tools: Tools, run_id: UUID) -> int:
    say_undo(tools, run_id)
    if sys.stdin.isatty():
        click.confirm("Undo it now?", abort=True)
    with tools.database.transaction() as session:
        this = Pass(Actor(ACTOR, "sync"), read_policy(session).version, tools.clock.now())
        came = acts.undo(session, tools.crm, run_id, this)
    say_undone(came)
    return 0
