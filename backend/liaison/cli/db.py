"""`liaison db`: the schema, and the embedded server."""

from __future__ import annotations

import click

from liaison.cli.database import url_for_command
from liaison.config import read_settings
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import upgrade


@click.group()
def db() -> None:
    """Look after the database."""


@db.command("upgrade")
def upgrade_command() -> None:
    """Bring the database to the schema of this version."""
    upgrade(url_for_command(read_settings()))
    click.echo("The database has the schema of this version.")


@db.command("stop")
def stop_command() -> None:
    """Stop the embedded PostgreSQL of LIAISON_DATA_DIR."""
    stopped = EmbeddedPostgres(read_settings().data_dir).stop()
    click.echo("The embedded PostgreSQL is stopped." if stopped else "No embedded PostgreSQL runs.")
