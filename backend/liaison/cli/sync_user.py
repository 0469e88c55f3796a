"""`liaison sync-user`: SYNC_MASTER, in whose name the sync writes to the CRM."""

from __future__ import annotations

from collections.abc import Callable

import click
from sqlalchemy.orm import Session

from liaison.calendar.stores.mailboxes import make_all_due
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.people import sync_user as switches
from liaison.people.model import SyncUser


@click.group("sync-user")
def sync_user() -> None:
    """Let the sync write to the CRM, or stop it; each act may be repeated."""


@sync_user.command()
def status() -> None:
    """Say what state it is in."""
    with transaction() as session:
        _say(switches.read_sync_user(session))


@sync_user.command()
def unlock() -> None:
    """Say that the sync may write in its name."""
    _switch(switches.unlock)


@sync_user.command()
def lock() -> None:
    """Say that the sync may not write, whatever else is switched on."""
    _switch(switches.lock)


@sync_user.command()
def activate() -> None:
    """Say that the sync shall write, as soon as it may."""
    _switch(switches.activate)


@sync_user.command()
def deactivate() -> None:
    """Say that the sync shall not write for now, though it may."""
    _switch(switches.deactivate)


def _switch(act: Callable[[Session, str], SyncUser]) -> None:
    with transaction() as session:
        was = switches.read_sync_user(session)
        now = act(session, ACTOR)
        if now.is_ready and not was.is_ready:
            wake(session, make_all_due(session, SystemClock().now()))
    _say(now)


def _say(now: SyncUser) -> None:
    lock = "locked" if now.locked else "unlocked"
    switch = "active" if now.active else "not active"
    effect = "the sync may write" if now.is_ready else "the sync writes nothing"
    click.echo(f"{switches.NAME} is {lock} and {switch}: {effect}.")
