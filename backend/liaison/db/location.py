"""Which database: the one that is configured, or the embedded one, started on demand."""

from __future__ import annotations

from collections.abc import Callable

from liaison.config import Settings
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.session import Database


def database_url(settings: Settings, *, on_start: Callable[[], None] = lambda: None) -> str:
    """The configured address, or that of the embedded server, which runs afterwards.

    `on_start` is called where that server did not run before.
    """
    if settings.database_url:
        return settings.database_url
    server = EmbeddedPostgres(settings.data_dir)
    if server.start():
        on_start()
    return server.url


def open_database(settings: Settings, *, pool_size: int = 10) -> Database:
    """The database that the settings name."""
    return Database(database_url(settings), pool_size=pool_size)
