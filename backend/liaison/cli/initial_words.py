"""What is said of initial syncs: the plan, what was applied, what was undone."""

from __future__ import annotations

import shlex
from pathlib import Path
from uuid import UUID

import click

from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import InitialRun, ItemState, RunStatus, Trial
from liaison.calendar.initial_sync.people import list_to_activate
from liaison.calendar.initial_sync.showing import show_table
from liaison.calendar.initial_sync.undoing import Foreseen
from liaison.calendar.stores import initial_runs, plan_items
from liaison.calendar.tools import Tools
from liaison.cli.running import say_counts
from liaison.people import service_switch
from liaison.people.representatives import find_representatives
from liaison.policy.keys import written


def say_run(run: InitialRun) -> None:
    """By which id it is undone."""
    click.echo(f"Take it back with: liaison initial-sync --undo {run.id}")


def say_plan(tools: Tools, run_id: UUID) -> bool:
    """Numbers by reason, who would get mail, and how to go on; whether a mailbox could not be read."""
    with tools.database.transaction() as session:
        run = acts.get_run(session, run_id)
        changing = sum(plan_items.count_states(session, run_id).values())
        twins = plan_items.count_twins(session, run_id)
        linkable, _ = plan_items.count_choices(session, run_id)
    click.echo(f"This would happen{_supposed(run.trial)}. Nothing was written.")
    say_counts(run.counts)
    total = sum(run.counts.values())
    click.echo(
        f"{changing} of {total} would change something." if changing else "Nothing would change."
    )
    if twins:
        alike = "activity resembles" if twins == 1 else "activities resemble"
        click.echo(f"{twins} {alike} a meeting that is captured too: both would be there twice.")
    if linkable:
        click.echo(f"{linkable} of them can be linked instead: apply the plan with --link-alike.")
    is_stopped = _say_stopped(tools, run_id, "not planned")
    click.echo(f"Outlook would mail {_people(run.people)}, {run.outsiders} of them outside.")
    say_activations(tools, run_id)
    if run.status is RunStatus.PLANNED:
        click.echo(
            f"Carry out exactly this with: {_taking(run.trial)}liaison initial-sync --apply {run_id}"
        )
    return is_stopped


def _supposed(trial: Trial | None) -> str:
    if trial is None:
        return ""
    what = f"the preset {trial.preset}" if trial.preset else _assigned(trial)
    return f" with {what} in force, which it is not"


def _taking(trial: Trial | None) -> str:
    """The policy comes first, and the service must not be faster than the plan."""
    if trial is None:
        return ""
    command = f"preset {trial.preset}" if trial.preset else f"set {_assigned(trial)}"
    return f"liaison service stop; liaison policy {command}; "


def _assigned(trial: Trial) -> str:
    """As `liaison policy set` takes it."""
    named = {name: value for name, value in trial.keys.items() if not isinstance(value, dict)}
    members = [
        (f"{name}.{member}", word)
        for name, value in trial.keys.items()
        if isinstance(value, dict)
        for member, word in value.items()
    ]
    return shlex.join(f"{name}={written(value)}" for name, value in [*named.items(), *members])


def say_activations(tools: Tools, run_id: UUID) -> None:
    """Whom applying the plan activates."""
    with tools.database.transaction() as session:
        people = list_to_activate(session, run_id)
    if people:
        names = ", ".join(sorted(one.name for one in people))
        click.echo(f"Applying it activates {_people(len(people))}: {names}.")


def say_applied(tools: Tools, run_id: UUID) -> RunStatus:
    """How much of the plan was carried out, what was left out, and who."""
    with tools.database.transaction() as session:
        run = acts.get_run(session, run_id)
        counted = plan_items.count_states(session, run_id)
        is_running = service_switch.read_service(session).running
    applied, stale = counted.get(ItemState.APPLIED, 0), counted.get(ItemState.STALE, 0)
    click.echo(f"{applied} applied, {stale} left out because they changed (plan-stale).")
    _say_stopped(tools, run_id, "not done")
    if run.error:
        click.echo(f"Not all mailboxes could be done ({run.error}). Apply the plan again later.")
    elif run.status is RunStatus.RUNNING:
        click.echo(
            "Not all mailboxes are done: a worker is at one, or Microsoft 365 asks to wait. A worker goes on with them."
        )
    if not is_running:
        click.echo(
            "The service is stopped. From its start on these mailboxes are followed: liaison service start."
        )
    say_run(run)
    return run.status


def _say_stopped(tools: Tools, run_id: UUID, what: str) -> bool:
    """Whom it stopped at, and why; whether there was anybody."""
    with tools.database.transaction() as session:
        stopped = [one for one in initial_runs.list_mailboxes(session, run_id) if one.error]
        owners = find_representatives(session, {one.mailbox_id for one in stopped})
    for one in stopped:
        click.echo(f"{owners[one.mailbox_id].name}: {what} ({one.error}).")
    return bool(stopped)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _activities(count: int) -> str:
    return "1 activity" if count == 1 else f"{count} activities"


def say_undo(tools: Tools, run_id: UUID) -> None:
    """What undoing will do, before it does it."""
    with tools.database.transaction() as session:
        foreseen = acts.foresee_undo(session, tools.crm, run_id)
    created, count = foreseen.created, len(foreseen.steps)
    click.echo(f"Takes back {_activities(count)}.")
    if created:
        one = "it made is deleted and can be restored; its meeting is not captured again by itself, only when somebody links it."
        many = "it made are deleted and can be restored; their meetings are not captured again by themselves, only when somebody links each of them."
        click.echo(f"  {created} that {one if created == 1 else many}")
    if count > created:
        one = "it changed holds its old values again; its link rests until somebody syncs it."
        many = "it changed hold their old values again; their links rest until somebody syncs them."
        click.echo(f"  {count - created} that {one if count - created == 1 else many}")


def say_undone(came: Foreseen) -> None:
    """What was taken back, and what was left."""
    back = f"{_activities(len(came.steps))} {'was' if len(came.steps) == 1 else 'were'}"
    click.echo(f"{back} put back, {len(came.newer)} left because something newer happened.")
    for activity_id in came.newer:
        click.echo(f"  left: {activity_id}")
    if came.meetings:
        stay = "meeting that it made in Outlook stays there"
        several = "meetings that it made in Outlook stay there"
        click.echo(f"{len(came.meetings)} {stay if len(came.meetings) == 1 else several}.")
    click.echo("Outlook was not touched, and nobody was mailed.")


def write_csv(tools: Tools, run_id: UUID, table: Path) -> None:
    """The whole plan as a table."""
    with tools.database.transaction() as session:
        # Whoever has this machine has the database; a file goes further than that.
        lines = list(show_table(session, tools.crm, run_id, lambda one: not one.confidential))
    with table.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    click.echo(f"The plan is in {table}.")
