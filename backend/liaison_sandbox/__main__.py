"""The program liaison-sandbox: the stand-in tenant alone."""

import json
import os
import signal
import threading
from pathlib import Path

import click
from dotenv import dotenv_values

from liaison_sandbox.loading import load_calendar
from liaison_sandbox.server import Sandbox
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.story import day_there
from liaison_sandbox.surroundings import find_real_tenant
from liaison_sandbox.tenant import Tenant


class WrongConfigurationError(click.ClickException):
    """The stand-in would run beside a real tenant."""

    exit_code = 2


@click.command()
@click.option("--port", default=8081, show_default=True, help="Of the pages, plain http.")
@click.option("--graph-port", default=0, help="Of Graph and sign-in, TLS. 0: any free one.")
@click.option(
    "--state-file",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="Is written, with the product's settings, once the tenant serves.",
)
@click.option("--pane-url", help="The page that the pretend Outlook shows beside a meeting.")
@click.option("--story", type=click.Choice(["week", "empty"]), default="week", show_default=True)
@click.option(
    "--calendar",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An exported calendar; its meetings become the first person's.",
)
def main(
    port: int,
    graph_port: int,
    state_file: Path,
    pane_url: str | None,
    story: str,
    calendar: Path | None,
) -> None:
    """A stand-in Microsoft 365 tenant for trying Liaison and for its tests."""
    _refuse_beside_a_real_tenant()
    tenant = Tenant.create()
    stage_people(tenant)
    if story == "week":
        stage_week(tenant, day_there(tenant.exchange.clock()))
    if calendar is not None:
        _load(tenant, calendar)
    try:
        sandbox = Sandbox.start(
            tenant,
            ca_folder=state_file.parent,
            pages_port=port,
            graph_port=graph_port,
            pane_url=pane_url,
        )
    except OSError as failed:
        raise click.ClickException(f"The stand-in tenant cannot listen: {failed}.") from failed
    with sandbox:
        _write_state(sandbox, state_file)
        click.echo(f"The stand-in tenant serves at {sandbox.pages_url}")
        _wait_for_the_end()


def _load(tenant: Tenant, calendar: Path) -> None:
    person = tenant.people[0]
    before = len(person.events())
    for problem in load_calendar(tenant, person, calendar.read_bytes()):
        click.echo(problem, err=True)
    loaded = len(person.events()) - before
    click.echo(f"Meetings of {calendar.name} in the calendar of {person.name}: {loaded}.", err=True)


def _refuse_beside_a_real_tenant() -> None:
    written = {name: value or "" for name, value in dotenv_values(".env").items()}
    problem = find_real_tenant(written | dict(os.environ))
    if problem is not None:
        raise WrongConfigurationError(problem)


def _write_state(sandbox: Sandbox, state_file: Path) -> None:
    """In one step: whoever waits for the file never reads half of it."""
    state = sandbox.environment() | {"pages_url": sandbox.pages_url}
    half = state_file.with_suffix(".half")
    # It holds the app's secret.
    half.touch(mode=0o600)
    half.write_text(json.dumps(state, indent=2), encoding="utf-8")
    half.replace(state_file)


def _wait_for_the_end() -> None:
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    ended.wait()


if __name__ == "__main__":
    main()
