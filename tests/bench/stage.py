"""Where a measurement plays: a tenant in a process of its own, a fresh database on a durable server, linked meetings."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from bench.programs import Asked, asked, started, wait_for
from liaison.calendar.mailbox_switch import representative_switched
from liaison.calendar.model import LinkState, NoteSource, Scope, Synced
from liaison.calendar.rules import synced
from liaison.calendar.situations import match, read_acquaintances
from liaison.calendar.stores import noted
from liaison.calendar.stores.tables import CopyRow, LinkRow
from liaison.clock import SystemClock
from liaison.config import Settings
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.matching import Matches
from liaison.crm.model import SYNC_MASTER, NewActivity
from liaison.db.embedded import EmbeddedPostgres
from liaison.db.migrate import upgrade
from liaison.db.session import Database
from liaison.db.tables import new_id
from liaison.outlook.gateway import OutlookGateway, connect_outlook
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.people import representatives, sync_user
from liaison.people.model import Representative
from liaison.policy.store import read_policy, save_policy
from liaison.worker.heartbeats import list_live_workers

ACTOR = "bench"


def free_port() -> int:
    """One that is free at this moment."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str]:
    """A server as `liaison serve` starts it: nothing of its safety is traded for speed. Its template's address."""
    with tempfile.TemporaryDirectory(prefix="liaison-bench-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        server = EmbeddedPostgres(folder)
        server.start()
        try:
            upgrade(server.url)
            yield server.url
        finally:
            server.stop()


@dataclass
class Stage:
    """One tenant and one database. Opened by `open_stage`."""

    folder: Path
    database: Database
    tenant: Asked
    outlook: OutlookGateway
    settings: Settings
    people: dict[str, Representative] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What Liaison's programs are told."""
        return self.tenant.greeting | {
            "LIAISON_DATABASE_URL": self.database.url,
            "LIAISON_DATA_DIR": str(self.folder),
            "LIAISON_PORT": str(self.settings.port),
            "LIAISON_LOG_LEVEL": "warning",
        }

    def add_person(self, given: str) -> Representative:
        """A representative whose mailbox is followed."""
        oid = self.tenant.ask(order="person", given=given)["oid"]
        found = self.outlook.directory.find_person(oid)
        assert found is not None
        with self.database.transaction() as session:
            representatives.import_people(session, self._tenant_id, [found], actor=ACTOR)
            known = representatives.find_by_oid(session, self._tenant_id, oid)
            assert known is not None
            active = representatives.change_representative(
                session, known.id, if_version=known.version, actor=ACTOR, sync_active=True
            )
            representative_switched(session, active, datetime.now(UTC))
        self.people[given] = active
        return active

    def add_linked(self, given: str, count: int) -> list[str]:
        """So many meetings, each linked to an activity that agrees with it; their ids."""
        ids: list[str] = self.tenant.ask(order="create", given=given, count=count)
        one = self.people[given]
        mailbox = Mailbox(one.tenant_id, one.oid)
        now = datetime.now(UTC)
        page = self.outlook.calendars.read_window(mailbox, now, now + timedelta(days=400))
        while True:
            events = [event for event in page.items if isinstance(event, CalendarEvent)]
            with self.database.transaction() as session:
                _link_all(session, one, events)
            if page.next_link is None:
                break
            page = self.outlook.calendars.read_changes(mailbox, page.next_link)
        self.execute("ANALYZE")
        return ids

    def subscription(self, given: str) -> dict[str, str]:
        """Id and client state of the one by which the tenant tells of this mailbox; waited for."""
        mailbox = self.people[given].id
        known = (
            "SELECT subscription_id FROM mailboxes WHERE id = :id AND last_success_at IS NOT NULL"
        )
        wait_for(lambda: self.scalar(known, id=mailbox))
        state = self.scalar("SELECT client_state FROM mailboxes WHERE id = :id", id=mailbox)
        return {"id": self.scalar(known, id=mailbox), "client_state": state}

    def idle(self) -> bool:
        """Whether no mailbox waits for a run and no run is under way."""
        busy = (
            "SELECT (SELECT count(*) FROM mailboxes WHERE due_at <= now())"
            " + (SELECT count(*) FROM runs WHERE finished_at IS NULL)"
            " + (SELECT count(*) FROM noted_items WHERE next_at <= now() AND NOT is_dead)"
        )
        return bool(self.scalar(busy) == 0)

    def execute(self, statement: str, **values: Any) -> None:
        """One statement by itself."""
        with self.database.own_connection() as connection:
            connection.execute(text(statement), values)

    def scalar(self, statement: str, **values: Any) -> Any:
        """The one value that a statement gives."""
        with self.database.transaction() as session:
            return session.scalar(text(statement), values)

    def begin_anew(self, given: str) -> None:
        """The next run over this mailbox reads the whole window."""
        self.execute(
            "UPDATE mailboxes SET delta_link = NULL WHERE id = :id", id=self.people[given].id
        )

    def note(self, given: str, event_id: str) -> None:
        """What a notification does."""
        with self.database.transaction() as session:
            now, source = datetime.now(UTC), NoteSource.NOTIFICATION
            noted.note_events(session, self.people[given].id, [event_id], source, now)

    @contextmanager
    def runner(self, **more: str) -> Iterator[Asked]:
        """A worker process that runs when it is asked to."""
        with asked("run_program", [], self.environment | more, self.folder) as program:
            yield program

    @contextmanager
    def web(self) -> Iterator[str]:
        """A real web server; its address."""
        with started(["serve"], self.environment, self.folder):
            wait_for(lambda: _answers(self.settings.port))
            yield self.settings.public_url

    @contextmanager
    def workers(self, count: int, *options: str) -> Iterator[None]:
        """So many real workers, all of them alive."""
        with ExitStack() as ends:
            for _ in range(count):
                ends.enter_context(started(["worker", *options], self.environment, self.folder))
            wait_for(lambda: self._live_workers() >= count)
            yield

    def push(self, *, on: bool) -> None:
        """Whether notifications are asked for."""
        with self.database.transaction() as session:
            save_policy(session, {"push": on}, if_version=read_policy(session).version, actor=ACTOR)

    def _live_workers(self) -> int:
        with self.database.transaction() as session:
            return len(list_live_workers(session, datetime.now(UTC)))

    @property
    def _tenant_id(self) -> str:
        return str(self.tenant.greeting["LIAISON_TENANT_ID"])


@contextmanager
def open_stage(template: str) -> Iterator[Stage]:
    """A tenant without people, and an empty database whose sync user is ready."""
    with ExitStack() as ends:
        folder = Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="liaison-bench-")))
        database = Database(ends.enter_context(_copied(template)))
        ends.callback(database.close)
        tenant = ends.enter_context(asked("tenant_program", [str(folder)], {}, folder))
        settings = _settings(tenant.greeting, database.url, free_port())
        outlook = connect_outlook(settings, lane="worker", in_transaction=database.in_transaction)
        ends.callback(outlook.close)
        stage = Stage(folder, database, tenant, outlook, settings)
        with database.transaction() as session:
            sync_user.unlock(session, ACTOR)
            sync_user.activate(session, ACTOR)
            # Linked meetings of a mailbox in use have had their category long since.
            usual = {"push": False, "mark": False}
            save_policy(session, usual, if_version=read_policy(session).version, actor=ACTOR)
        yield stage


def _settings(told: dict[str, str], url: str, port: int) -> Settings:
    return Settings(
        database_url=url,
        port=port,
        public_url=f"http://localhost:{port}",
        tenant_id=told["LIAISON_TENANT_ID"],
        client_id=told["LIAISON_CLIENT_ID"],
        client_secret=told["LIAISON_CLIENT_SECRET"],
        graph_url=told["LIAISON_GRAPH_URL"],
        login_url=told["LIAISON_LOGIN_URL"],
        ca_file=Path(told["LIAISON_CA_FILE"]),
    )


@contextmanager
def _copied(template: str) -> Iterator[str]:
    name = f"bench_{uuid4().hex}"
    maintenance = template.replace("/liaison?", "/postgres?")
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE liaison")
        yield template.replace("/liaison?", f"/{name}?")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _link_all(session: Session, one: Representative, events: Iterable[CalendarEvent]) -> None:
    # The tenant tells of one event twice, as Microsoft does.
    present = set(session.scalars(text("SELECT ical_uid FROM links")))
    one_each = {event.ical_uid: event for event in events}
    fresh = [event for uid, event in one_each.items() if uid not in present]
    if not fresh:
        return
    crm, policy = EmbeddedCrm(SystemClock()), read_policy(session)
    offers = [synced.from_event(event) for event in fresh]
    known = read_acquaintances(session, crm, offers, [one.address], policy)
    new = [
        NewActivity(new_id(), _content(offer, match(offer.participants, known), one))
        for offer in offers
    ]
    made = crm.create_activities(session, new, SYNC_MASTER)
    links = [
        _link(event, offer, activity.id)
        for event, offer, activity in zip(fresh, offers, made, strict=True)
    ]
    session.execute(insert(LinkRow), links)
    session.execute(insert(CopyRow), _copies(links, one.id, fresh))


def _content(offer: Synced, matches: Matches, own: Representative) -> dict[str, Any]:
    [organizer] = [one for one in matches.participants if one.response == synced.ORGANIZER]
    return {
        "subject": offer.subject,
        "notes": offer.notes,
        "when": offer.time,
        "place": offer.place,
        "owner_id": own.id,
        "organizer": organizer,
        "participants": matches.participants,
    }


def _link(event: CalendarEvent, offer: Any, activity_id: UUID) -> dict[str, Any]:
    return {
        "id": new_id(),
        "scope": Scope.SINGLE.value,
        "state": LinkState.LIVE.value,
        "ical_uid": event.ical_uid,
        "activity_id": activity_id,
        "organizer_address": event.organizer.address,
        "baseline": synced.to_json(offer),
        "ends_at": offer.time.ends_at,
        "created_by": ACTOR,
        "created_at": datetime.now(UTC),
        "version": 1,
    }


def _copies(
    links: Iterable[dict[str, Any]], mailbox_id: UUID, events: Iterable[CalendarEvent]
) -> list[dict[str, Any]]:
    event_ids = {event.ical_uid: event.event_id for event in events}
    return [
        {
            "link_id": link["id"],
            "mailbox_id": mailbox_id,
            "event_id": event_ids[link["ical_uid"]],
            "is_organizer": True,
            "is_present": True,
        }
        for link in links
    ]
