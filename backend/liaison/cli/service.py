"""`liaison service`: the switch of the background sync."""

from __future__ import annotations

import click

from liaison.calendar.stores.mailboxes import make_all_due
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.people import service_switch
from liaison.people.model import Service


@click.group()
def service() -> None:
    """Start and stop the background sync; each act may be repeated."""


@service.command()
def status() -> None:
    """Say whether it runs."""
    with transaction() as session:
        _say(service_switch.read_service(session))


@service.command()
def start() -> None:
    """Switch it on; every mailbox is due then."""
    with transaction() as session:
        was = service_switch.read_service(session)
        now = service_switch.start(session, ACTOR)
        if now != was:
            wake(session, make_all_due(session, SystemClock().now()))
    _say(now)


@service.command()
def stop() -> None:
    """Switch it off; notifications are noted all the same."""
    with transaction() as session:
        now = service_switch.stop(session, ACTOR)
    _say(now)


@service.command()
def restart() -> None:
    """Switch it on anew; every mailbox is due then."""
    with transaction() as session:
        now = service_switch.restart(session, ACTOR)
        wake(session, make_all_due(session, SystemClock().now()))
    _say(now)


def _say(now: Service) -> None:
    click.echo("The sync service is running." if now.running else "The sync service is stopped.")
