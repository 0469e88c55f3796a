"""`liaison sync`: one run over one mailbox, in this process."""

from __future__ import annotations

import click

from liaison.calendar.run import Extent
from liaison.cli.owner import get_owner
from liaison.cli.running import (
    completeness_of,
    hindrance_of,
    open_tools,
    require_known,
    say_counts,
)
from liaison.worker.runs import run_mailbox


@click.command()
@click.argument("address")
def sync(address: str) -> None:
    """Look at the mailbox with this ADDRESS now, at all that changed and at every link, and say what came of it."""
    with open_tools() as tools:
        owner = get_owner(tools, address)
        require_known(tools, owner)
        report = run_mailbox(tools, owner.id, whole_round=True, extent=Extent.PROOF)
        hindrance = hindrance_of(report, owner)
        if report is None or hindrance is not None:
            raise click.ClickException(str(hindrance))
        said = completeness_of(tools, owner)
    click.echo(f"The mailbox of {owner.name} was looked at.")
    say_counts(report.counts)
    if said:
        click.echo(said)
