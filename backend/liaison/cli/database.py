"""One transaction for a command, and the waking of workers after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

import click
from sqlalchemy.orm import Session

from liaison.config import Settings, read_settings
from liaison.db.location import database_url
from liaison.db.migrate import require_current_schema
from liaison.db.session import Database, after_commit
from liaison.worker.waking import Waker

ACTOR = "command line"
WAKER = "waker"
# It stays, since somebody else may use it from now on: who started it cannot know.
STARTED = (
    "The embedded PostgreSQL was started for this and goes on running; liaison db stop ends it."
)


def url_for_command(settings: Settings) -> str:
    """The database that the settings name; whoever gave a command hears of a server that it leaves behind."""
    return database_url(settings, on_start=lambda: click.echo(STARTED, err=True))


@contextmanager
def transaction() -> Iterator[Session]:
    """On the database that the settings name, if its schema is that of this version."""
    url = url_for_command(read_settings())
    require_current_schema(url)
    database = Database(url, pool_size=1)
    waker = Waker(database.conninfo)
    try:
        with database.transaction() as session:
            session.info[WAKER] = waker
            yield session
    finally:
        waker.close()
        database.close()


def wake(session: Session, mailbox_ids: Iterable[UUID]) -> None:
    """Wake a worker for each of these mailboxes, once this transaction is committed."""
    ids, waker = list(mailbox_ids), session.info[WAKER]
    after_commit(session, lambda: waker.wake(*ids))
