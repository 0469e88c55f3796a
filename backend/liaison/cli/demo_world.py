"""The demo's database: empty at each start, then filled with people and the CRM of the story."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import psycopg
from sqlalchemy.orm import Session

from liaison.bootstrap import worker_tools
from liaison.calendar.mailbox_switch import representative_switched
from liaison.cli.demo_story import ANN, BO, CARLA, TIME_ZONE, seed
from liaison.config import Settings
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import upgrade
from liaison.outlook.model import DirectoryPerson
from liaison.people import sync_user
from liaison.people.representatives import (
    change_representative,
    find_by_addresses,
    import_people,
)

ACTOR = "demo"
ACTIVE = (ANN, BO, CARLA)
# Imported but not active, so that the pane has something to say about him.
INACTIVE = "dev@nordwind.example"


@contextmanager
def open_empty_database(folder: Path) -> Iterator[str]:
    """A server in this folder, without any content but our tables; stopped at the end."""
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        with psycopg.connect(server.url, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        upgrade(server.url)
        yield server.url
    finally:
        server.stop()


def tell_story(settings: Settings) -> None:
    """Import the team, follow its mailboxes, make the sync user ready, fill the CRM."""
    with worker_tools(settings) as tools:
        found = [tools.outlook.directory.find_person(one) for one in (*ACTIVE, INACTIVE)]
        people = [person for person in found if person is not None]
        with tools.database.transaction() as session:
            _follow_team(session, str(settings.tenant_id), people, tools.clock.now())
            sync_user.unlock(session, ACTOR)
            sync_user.activate(session, ACTOR)
            seed(session, tools.clock.now())


def _follow_team(
    session: Session, tenant_id: str, people: Sequence[DirectoryPerson], now: datetime
) -> None:
    import_people(session, tenant_id, people, actor=ACTOR, time_zone=TIME_ZONE)
    known = find_by_addresses(session, ACTIVE)
    for one in [known[address] for address in ACTIVE if address in known]:
        active = change_representative(
            session, one.id, if_version=one.version, actor=ACTOR, sync_active=True
        )
        # No worker runs yet: the first one looks at whatever is due.
        representative_switched(session, active, now)
