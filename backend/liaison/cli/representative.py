"""`liaison representative`: our people."""

from __future__ import annotations

from collections.abc import Sequence

import click
from sqlalchemy.orm import Session
from tzlocal import get_localzone_name

from liaison.calendar.mailbox_switch import people_imported, representative_switched
from liaison.cli.database import ACTOR, transaction, wake
from liaison.clock import SystemClock
from liaison.config import Settings, read_settings
from liaison.errors import NotFound
from liaison.outlook.model import DirectoryPerson
from liaison.people.model import Representative
from liaison.people.representatives import (
    change_representative,
    find_by_addresses,
    import_people,
    list_representatives,
)


@click.group()
def representative() -> None:
    """Import our people, and switch their mailboxes on and off."""


@representative.command("import")
@click.argument("addresses", nargs=-1)
def import_command(addresses: tuple[str, ...]) -> None:
    """Take people over from the tenant: those with these ADDRESSES, or everybody. May be repeated."""
    settings = read_settings()
    settings.require_tenant()
    people = _look_up(settings, addresses)
    with transaction() as session:
        counts = import_people(
            session,
            str(settings.tenant_id),
            people,
            actor=ACTOR,
            time_zone=get_localzone_name() or "UTC",
        )
        wake(session, people_imported(session, SystemClock().now()))
    click.echo(f"{counts.added} added, {counts.updated} updated, {counts.unchanged} unchanged.")


@representative.command("list")
def list_command() -> None:
    """Show everybody who was imported."""
    with transaction() as session:
        everybody = list_representatives(session)
    for one in everybody:
        state = "active" if one.is_synced else "not active"
        mailbox = "" if one.is_complete else ", without a mailbox"
        click.echo(f"{one.name} <{one.address}>: {state}{mailbox}")
    if not everybody:
        click.echo("Nobody was imported yet: liaison representative import.")


@representative.command()
@click.argument("addresses", nargs=-1, required=True)
def activate(addresses: tuple[str, ...]) -> None:
    """Follow the mailboxes of these people."""
    _switch(addresses, active=True)


@representative.command()
@click.argument("addresses", nargs=-1, required=True)
def deactivate(addresses: tuple[str, ...]) -> None:
    """Stop following the mailboxes of these people; their links are frozen, nothing is removed."""
    _switch(addresses, active=False)


def _look_up(settings: Settings, addresses: Sequence[str]) -> Sequence[DirectoryPerson]:
    # The SDK takes a while to load, and no other command of this noun needs it.
    from liaison.bootstrap import worker_tools  # noqa: PLC0415 - see above

    with worker_tools(settings) as tools:
        directory = tools.outlook.directory
        if not addresses:
            return directory.list_people()
        found = {address: directory.find_person(address) for address in addresses}
    unknown = [address for address, person in found.items() if person is None]
    if unknown:
        raise NotFound(f"Nobody of the tenant has the address {', '.join(unknown)}.")
    return [person for person in found.values() if person is not None]


def _switch(addresses: Sequence[str], *, active: bool) -> None:
    with transaction() as session:
        changed = [_change(session, one, active=active) for one in _find(session, addresses)]
    for one in changed:
        click.echo(f"{one.name} is {'active' if one.is_synced else 'not active'}.")


def _find(session: Session, addresses: Sequence[str]) -> list[Representative]:
    found = find_by_addresses(session, addresses)
    unknown = [address for address in addresses if address.lower() not in found]
    if unknown:
        raise NotFound(f"No representative has the address {', '.join(unknown)}.")
    return list({one.id: one for one in found.values()}.values())


def _change(session: Session, one: Representative, *, active: bool) -> Representative:
    changed = change_representative(
        session, one.id, if_version=one.version, actor=ACTOR, sync_active=active
    )
    if changed.version != one.version:
        wake(session, representative_switched(session, changed, SystemClock().now()))
    return changed
