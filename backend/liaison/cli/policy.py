"""`liaison policy`: what the sync does."""

from __future__ import annotations

import sys
from typing import Any

import click

from liaison.calendar.mailbox_switch import policy_changed
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.errors import LiaisonError
from liaison.people import service_switch
from liaison.people.representatives import count_active
from liaison.policy.changes import not_yet_in
from liaison.policy.keys import NOT_YET, policy_as_json, written
from liaison.policy.presets import PRESETS
from liaison.policy.store import StoredPolicy, read_policy, save_policy, save_preset


@click.group()
def policy() -> None:
    """Show and change the policy."""


@policy.command()
def show() -> None:
    """Show every key with its value."""
    with transaction() as session:
        stored = read_policy(session)
    values = policy_as_json(stored.policy)
    width = max(map(len, values))
    for name, value in values.items():
        note = "  (not every value can be set in this version)" if name in NOT_YET else ""
        click.echo(f"{name:{width}}  {written(value)}{note}")
    click.echo(f"Version {stored.version}.")


@policy.command()
@click.argument("name", type=click.Choice(list(PRESETS)))
def preset(name: str) -> None:
    """Take all values of a preset that this version carries out. Says first whom that concerns at once."""
    with transaction() as session:
        active, is_running = count_active(session), service_switch.read_service(session).running
    if active:
        _warn(active, name, is_running=is_running)
    with transaction() as session:
        now = read_policy(session)
        saved = save_preset(session, name, if_version=now.version, actor=ACTOR)
        if saved.version != now.version:
            wake(session, policy_changed(session, now.policy, saved.policy, SystemClock().now()))
    _say(now, saved)
    left_out = not_yet_in(PRESETS[name])
    if left_out:
        click.echo(f"Left as they are, because this version lacks them: {', '.join(left_out)}.")
    if not active or not is_running:
        click.echo("See what it would do, before it does it: liaison initial-sync --all --dry-run.")


def _warn(active: int, name: str, *, is_running: bool) -> None:
    """A person at a terminal may still leave it; a script has decided."""
    concerned = "1 active person" if active == 1 else f"{active} active people"
    if not is_running:
        click.echo(
            f"This concerns {concerned}. The service is stopped: nothing happens until it is started."
        )
        return
    click.echo(
        f"This concerns {concerned}, and acts on their calendars at once, since the service runs."
    )
    click.echo(
        "To see first what it would do: liaison service stop; "
        f"liaison policy preset {name}; liaison initial-sync --all --dry-run; "
        "apply the plan; liaison service start."
    )
    if sys.stdin.isatty():
        click.confirm("Take it now?", abort=True)


@policy.command("set")
@click.argument("assignments", metavar="KEY=VALUE...", nargs=-1, required=True)
def set_keys(assignments: tuple[str, ...]) -> None:
    """Change keys; a member of owners as in owners.subject=outlook."""
    wishes = _wishes(assignments)
    try:
        _say(*_saved(wishes))
    except LiaisonError as refusal:
        refusal.sentence += " Nothing was changed."
        raise


def _saved(wishes: dict[str, Any]) -> tuple[StoredPolicy, StoredPolicy]:
    with transaction() as session:
        now = read_policy(session)
        saved = save_policy(session, wishes, if_version=now.version, actor=ACTOR)
        if saved.version != now.version:
            wake(session, policy_changed(session, now.policy, saved.policy, SystemClock().now()))
    return now, saved


def _wishes(assignments: tuple[str, ...]) -> dict[str, Any]:
    wishes: dict[str, Any] = {}
    for assignment in assignments:
        name, sign, value = assignment.partition("=")
        if not sign:
            raise click.UsageError(f'"{assignment}" is not KEY=VALUE.')
        key, dot, member = name.strip().partition(".")
        if dot:
            wishes.setdefault(key, {})[member] = value.strip()
        else:
            wishes[key] = value.strip()
    return wishes


def _say(before: StoredPolicy, saved: StoredPolicy) -> None:
    if saved.version == before.version:
        click.echo(f"Nothing differs: version {saved.version} stays in force.")
    else:
        click.echo(f"Version {saved.version} is in force.")
