"""`liaison policy`: what the sync does."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Any

import click

from liaison.calendar.mailbox_switch import policy_changed
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.errors import LiaisonError
from liaison.people import service_switch
from liaison.people.representatives import count_active
from liaison.policy.changes import not_yet_in, preset_wishes
from liaison.policy.keys import NOT_YET, policy_as_json, written
from liaison.policy.presets import PRESETS
from liaison.policy.store import StoredPolicy, read_policy, save_policy, wished_policy

LOOK = "See what it would do, before it does it: liaison initial-sync --all --dry-run."


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
    may_look = _change(preset_wishes(name), f"preset {name}", f"--preset {name}")
    left_out = not_yet_in(PRESETS[name])
    if left_out:
        click.echo(f"Left as they are, because this version lacks them: {', '.join(left_out)}.")
    if may_look:
        click.echo(LOOK)


@policy.command("set")
@click.argument("assignments", metavar="KEY=VALUE...", nargs=-1, required=True)
def set_keys(assignments: tuple[str, ...]) -> None:
    """Change keys; a member of owners as in owners.subject=outlook. Says first whom that concerns at once."""
    wishes, given = wishes_of(assignments), shlex.join(assignments)
    tried = shlex.join(f"--set={one}" for one in assignments)
    try:
        may_look = _change(wishes, f"set {given}", tried)
    except LiaisonError as refusal:
        refusal.sentence += " Nothing was changed."
        raise
    if may_look:
        click.echo(LOOK)


def wishes_of(assignments: Sequence[str]) -> dict[str, Any]:
    """The keys and values of KEY=VALUE, as the policy takes them."""
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


def _change(wishes: dict[str, Any], command: str, tried: str) -> bool:
    """Whether what it does can still be looked at first. What cannot be is refused before anything is said or asked."""
    with transaction() as session:
        differs = wished_policy(session, wishes) != read_policy(session).policy
        active, is_running = count_active(session), service_switch.read_service(session).running
    if differs and active:
        _warn(active, command, tried, is_running=is_running)
    _say(*_saved(wishes))
    return not (active and is_running)


def _warn(active: int, command: str, tried: str, *, is_running: bool) -> None:
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
        f"To see first what it would do: liaison initial-sync --all --dry-run {tried}. "
        f"To do exactly that then: liaison service stop; liaison policy {command}; "
        "liaison initial-sync --apply RUN; liaison service start."
    )
    if sys.stdin.isatty():
        click.confirm("Take it now?", abort=True)


def _saved(wishes: dict[str, Any]) -> tuple[StoredPolicy, StoredPolicy]:
    with transaction() as session:
        now = read_policy(session)
        saved = save_policy(session, wishes, if_version=now.version, actor=ACTOR)
        if saved.version != now.version:
            wake(session, policy_changed(session, now.policy, saved.policy, SystemClock().now()))
    return now, saved


def _say(before: StoredPolicy, saved: StoredPolicy) -> None:
    if saved.version == before.version:
        click.echo(f"Nothing differs: version {saved.version} stays in force.")
    else:
        click.echo(f"Version {saved.version} is in force.")
