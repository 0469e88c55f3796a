"""`liaison held`: what waits for an administrator: unusually many removals, or mail to many people outside."""

from __future__ import annotations

from uuid import UUID
from zoneinfo import ZoneInfo

import click
from sqlalchemy.orm import Session

from liaison.calendar import holding
from liaison.calendar.passes import Pass
from liaison.calendar.stores.holds import Hold, list_open_holds
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.crm.model import Actor
from liaison.people.representatives import find_representatives
from liaison.policy.store import read_policy

MANY = 1000


@click.group()
def held() -> None:
    """Decide about removals and mails that wait; each act may be repeated."""


@held.command("list")
def list_command() -> None:
    """Show what waits: one line per mailbox, with the ID that the other commands take."""
    with transaction() as session:
        waiting = list_open_holds(session, limit=MANY)
        owners = find_representatives(session, {hold.mailbox_id for hold in waiting})
    for hold in waiting:
        owner = owners[hold.mailbox_id]
        since = hold.opened_at.astimezone(ZoneInfo(owner.time_zone))
        when = f"{since:%Y-%m-%d %H:%M} ({owner.time_zone})"
        click.echo(f"{hold.id}  {owner.address}: {_held(hold)} since {when}")
    if not waiting:
        click.echo("Nothing waits.")


@held.command()
@click.argument("hold", type=click.UUID, metavar="ID")
def approve(hold: UUID) -> None:
    """Have each meeting looked up again: what is still gone is removed, what is still to be mailed is sent."""
    from liaison.bootstrap import built_in_crm  # noqa: PLC0415 - see discard

    with transaction() as session:
        settled = holding.approve(session, built_in_crm(SystemClock()), hold, _this(session))
        wake(session, [settled.mailbox_id])
    click.echo(f"{_held(settled)} approved; each meeting is looked up again.")


@held.command()
@click.argument("hold", type=click.UUID, metavar="ID")
def discard(hold: UUID) -> None:
    """Keep the activities and end their links, and take back what was removed in the 24 hours before; of mails, send none."""
    # Loading all of the adapters takes a while, and no other command of this noun needs them.
    from liaison.bootstrap import built_in_crm  # noqa: PLC0415 - see above

    with transaction() as session:
        settled = holding.discard(session, built_in_crm(SystemClock()), hold, _this(session))
    came = (
        "nothing of it is mailed" if settled.mails else "the activities stay and their links ended"
    )
    click.echo(f"{_held(settled)} discarded; {came}.")


def _held(hold: Hold) -> str:
    number = len(hold.activity_ids)
    if not hold.mails:
        return f"{number} removal{'' if number == 1 else 's'}"
    outsiders = sum(one.outsiders for one in hold.mails.values())
    return f"{number} change{'' if number == 1 else 's'} with {outsiders} mail{'' if outsiders == 1 else 's'} to people outside"


def _this(session: Session) -> Pass:
    return Pass(Actor(ACTOR, "sync"), read_policy(session).version, SystemClock().now())
