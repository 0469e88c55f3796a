"""Databases of tests: copies of a template, which cost little."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import psycopg

from liaison.db.embedded import EmbeddedPostgres


@contextmanager
def new_database(postgres: EmbeddedPostgres, template: str) -> Iterator[str]:
    """The address of a copy of the template, gone afterwards."""
    name = f"test_{uuid4().hex}"
    maintenance = postgres.url.replace("/liaison?", "/postgres?")
    _tell(maintenance, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield postgres.url.replace("/liaison?", f"/{name}?")
    # Over a connection of its own: a test may have restarted the server.
    _tell(maintenance, f"DROP DATABASE {name} WITH (FORCE)")


def _tell(maintenance: str, statement: str) -> None:
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(statement)
