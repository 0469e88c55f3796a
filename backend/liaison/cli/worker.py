"""`liaison worker`: looks at the mailboxes."""

from __future__ import annotations

import click

from liaison.bootstrap import worker_tools
from liaison.config import read_settings
from liaison.db.location import database_url
from liaison.db.migrate import require_current_schema
from liaison.telemetry import start_logging
from liaison.worker.process import work


@click.command()
@click.option(
    "--concurrency",
    type=click.IntRange(1, 64),
    default=4,
    show_default=True,
    help="How many mailboxes are looked at at a time.",
)
def worker(concurrency: int) -> None:
    """Look at mailboxes when they are due. As many workers as wanted, on as many machines."""
    settings = read_settings()
    settings.require_tenant()
    require_current_schema(database_url(settings))
    start_logging(settings.log_level, settings.log_file)
    with worker_tools(settings) as tools:
        work(tools, concurrency=concurrency)
