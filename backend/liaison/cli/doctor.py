"""`liaison doctor`: what is right, what is not, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing

import click
from sqlalchemy.exc import SQLAlchemyError

from liaison.cli.checks.model import Finding, Verdict, fail, well
from liaison.cli.checks.storage import check_database, check_switches, check_workers
from liaison.cli.checks.tenant import check_clock, check_mailboxes, check_sign_in
from liaison.cli.checks.web import check_web
from liaison.cli.database import url_for_command
from liaison.clock import SystemClock
from liaison.config import Settings, read_settings
from liaison.db.session import Database
from liaison.errors import ConfigurationError, LiaisonError
from liaison.outlook.gateway import connect_outlook
from liaison.people.representatives import list_representatives

FAILED_EXIT = 1
Check = Callable[[], Iterable[Finding]]


@click.command()
def doctor() -> int:
    """Look at everything Liaison needs and say a line about each; exit code 1 if one of them fails."""
    failed = False
    for finding in examine():
        click.echo(str(finding))
        failed = failed or finding.verdict is Verdict.FAILED
    return FAILED_EXIT if failed else 0


def examine() -> Iterator[Finding]:
    """All findings, in the order in which one would mend them. What hinders one check hinders no other."""
    try:
        settings = read_settings()
    except ConfigurationError as error:
        for problem in error.problems:
            yield fail("configuration", problem, "Correct the environment or .env.")
        return
    yield well("configuration", "All settings can be read.")
    now = SystemClock().now()
    with ExitStack() as ends:
        yield from _of_database(settings, ends)
        yield from _guarded("clock", lambda: [check_clock(settings, SystemClock().now())])
        if settings.has_tenant:
            yield from _guarded("tenant", lambda: check_sign_in(settings, now))
        else:
            missing = ", ".join(settings.missing_tenant_settings())
            yield fail("tenant", "It is not connected.", f"Set {missing}.")
        yield from _guarded("web server", lambda: check_web(settings))


def _of_database(settings: Settings, ends: ExitStack) -> Iterator[Finding]:
    """Without a database that fits there is nothing more to ask it."""
    try:
        database = ends.enter_context(closing(Database(url_for_command(settings))))
        finding = check_database(database)
    except (SQLAlchemyError, LiaisonError, OSError) as error:
        said = f"It cannot be reached ({type(error).__name__})."
        yield fail("database", said, "Look at LIAISON_DATABASE_URL, and whether the server runs.")
        return
    yield finding
    if finding.verdict is not Verdict.OK:
        return
    yield from _guarded("switches", lambda: check_switches(database))
    yield from _guarded("workers", lambda: [check_workers(database, SystemClock().now())])
    if settings.has_tenant:
        yield from _guarded("mailboxes", lambda: _of_mailboxes(settings, database))


def _of_mailboxes(settings: Settings, database: Database) -> Iterator[Finding]:
    with database.transaction() as session:
        people = [one for one in list_representatives(session) if one.is_synced]
    outlook = connect_outlook(settings, lane="web", in_transaction=database.in_transaction)
    with closing(outlook):
        yield from check_mailboxes(outlook.directory, people)


def _guarded(subject: str, check: Check) -> Iterator[Finding]:
    """Whatever goes wrong in a check is its finding."""
    try:
        yield from check()
    except Exception as error:  # noqa: BLE001 - a doctor who falls ill helps nobody
        said = error.sentence if isinstance(error, LiaisonError) else type(error).__name__
        yield fail(subject, f"It could not be looked at: {said}", "Look at the lines above.")
