"""Which database: the one that is configured, or the embedded one, started on demand."""

from __future__ import annotations

from liaison.config import Settings
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.session import Database


def database_url(settings: Settings) -> str:
    """The configured address, or that of the embedded server, which runs afterwards."""
    if settings.database_url:
        return settings.database_url
    server = EmbeddedPostgres(settings.data_dir)
    server.start()
    return server.url


def open_database(settings: Settings, *, pool_size: int = 10) -> Database:
    """The database that the settings name."""
    return Database(database_url(settings), pool_size=pool_size)
