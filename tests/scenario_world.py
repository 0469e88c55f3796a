"""A whole Liaison in one process beside a whole tenant: real database, real HTTP, real msal and SDK.

Only time is ours. Webhooks are left out: `notify` notes what a notification would note.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID

from sqlalchemy import func, select

from fakes.clock import FakeClock
from fakes.outlook_worlds import settings_for
from liaison.calendar.crm_changes import note_crm_changes
from liaison.calendar.linking.acts import retract, unlink
from liaison.calendar.linking.create import create_from_meeting
from liaison.calendar.linking.crm_side import follow_crm_edit
from liaison.calendar.linking.link import link_meeting
from liaison.calendar.linking.values import Linked, MeetingQuery
from liaison.calendar.linking.views import show_meeting
from liaison.calendar.model import Link, LoggedDecision, NoteSource, Scope
from liaison.calendar.report import RunReport
from liaison.calendar.run import sync_mailbox
from liaison.calendar.stores import links, mailboxes, noted
from liaison.calendar.stores.decisions import LogFilter, list_decisions
from liaison.calendar.tools import Tools
from liaison.crm.embedded.activities import find_activities
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.embedded.editing import Editing
from liaison.crm.model import Activity, Actor, NewActivity, Participant, PersonKind
from liaison.crm.rights import Editor
from liaison.db.session import Database
from liaison.db.tables import Table, new_id
from liaison.errors import LiaisonError
from liaison.outlook.gateway import connect_outlook
from liaison.people import representatives, service_switch, sync_user
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.policy.keys import policy_as_json
from liaison.policy.presets import DELIVERED
from liaison.policy.settings import Policy
from liaison.policy.store import read_policy, save_policy
from liaison.policy.tables import PolicyRow
from liaison.times import When
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from scenario_traffic import TransactionWatch, check_writes

ADMIN = "Admin"


@dataclass(frozen=True)
class SignedIn:
    """A person with a token for our API."""

    oid: str
    tenant_id: str
    token: str
    representative: Representative | None


@dataclass
class World:
    sandbox: Sandbox
    database: Database
    clock: FakeClock
    tools: Tools
    watch: TransactionWatch
    woken: list[UUID] = field(default_factory=list)
    # Whether this story lets Liaison write to calendars.
    writes_allowed: bool = False

    @classmethod
    def start(
        cls,
        sandbox: Sandbox,
        database: Database,
        clock: FakeClock,
        public_url: str = "http://localhost:8080",
    ) -> World:
        """`public_url`: where Microsoft posts notifications; nobody listens there unless a test serves."""
        woken: list[UUID] = []
        settings = settings_for(sandbox, public_url)
        watch = TransactionWatch(database.in_transaction)
        outlook = connect_outlook(settings, lane="worker", in_transaction=watch, clock=clock)
        tools = Tools(
            database=database,
            crm=EmbeddedCrm(clock),
            outlook=outlook,
            clock=clock,
            wake=lambda *mailbox_ids: woken.extend(mailbox_ids),
            lease=_always_ours,
            jitter=lambda: 0.5,
        )
        world = cls(sandbox, database, clock, tools, watch, woken)
        world._make_ready()
        return world

    def close(self) -> None:
        """At the end of every story: no call in a database transaction, no write to a calendar that is not meant."""
        self.tools.outlook.close()
        assert self.watch.caught == []
        check_writes(self.sandbox, allowed=self.writes_allowed)

    def _make_ready(self) -> None:
        with self.database.transaction() as session:
            sync_user.unlock(session, ADMIN)
            sync_user.activate(session, ADMIN)
            # Most stories have nothing to do with categories, and say that no calendar is written.
            unmarked = policy_as_json(replace(DELIVERED, mark=False))
            session.add(PolicyRow(version=1, keys=unmarked, changed_by=ADMIN))

    # People

    def person(self, name: str, **more: object) -> Person:
        """Somebody of Nordwind with a mailbox, who is not imported."""
        given = name.split(maxsplit=1)[0].lower()
        return self.sandbox.tenant.add_person(name, f"{given}@nordwind.example", **more)

    def representative(self, name: str, **more: object) -> Person:
        """Somebody of Nordwind who is imported and active."""
        person = self.person(name, **more)
        self.import_person(person)
        self.switch(person, active=True)
        return person

    def import_person(self, person: Person) -> None:
        found = self.tools.outlook.directory.find_person(person.oid)
        with self.database.transaction() as session:
            representatives.import_people(session, self.sandbox.tenant_id, [found], actor=ADMIN)

    def switch(self, person: Person, *, active: bool) -> None:
        own = self.own(person)
        with self.database.transaction() as session:
            representatives.change_representative(
                session, own.id, if_version=own.version, actor=ADMIN, sync_active=active
            )
            if active:
                mailboxes.follow_mailbox(session, own.id, self.clock.now())
            else:
                changes = {"is_followed": False, "due_at": self.clock.now()}
                mailboxes.save_mailbox(session, own.id, changes)

    def own(self, person: Person) -> Representative:
        with self.database.transaction() as session:
            return representatives.find_by_oid(session, self.sandbox.tenant_id, person.oid)

    def is_followed(self, person: Person) -> bool:
        """Whether the mailbox is read at present."""
        own = self.own(person)
        with self.database.transaction() as session:
            return bool(mailboxes.find_followed(session, {own.id}))

    def sign_in(self, person: Person) -> SignedIn:
        token = self.sandbox.token_for(person.address)
        return SignedIn(person.oid, self.sandbox.tenant_id, token, self.own(person))

    # What happens

    def run(self, *people: Person) -> list[RunReport]:
        """One run over each mailbox, its changes read."""
        return [
            sync_mailbox(self.tools, self.own(person).id, whole_round=True) for person in people
        ]

    def work(self, person: Person) -> RunReport:
        """One run as a worker makes it: the changes are read only when they are due."""
        return sync_mailbox(self.tools, self.own(person).id)

    def after_call(self, operation: str, act: Callable[[], object]) -> None:
        """Once, when Outlook has answered this question about a calendar."""
        calendars = self.tools.outlook.calendars
        asked = getattr(calendars, operation)

        def ask(*given: object, **more: object) -> object:
            setattr(calendars, operation, asked)
            answer = asked(*given, **more)
            act()
            return answer

        setattr(calendars, operation, ask)

    def notify(self, person: Person, event_id: str) -> RunReport:
        """A notification about this event, and the run it causes."""
        return self.notify_id(person, person.event(event_id).immutable_id)

    def notify_id(self, person: Person, immutable_id: str) -> RunReport:
        """The same by the id that the notification carries."""
        self.note_id(person, immutable_id)
        return self.work(person)

    def note(self, person: Person, event_id: str) -> None:
        """A notification about this event; no run yet."""
        self.note_id(person, person.event(event_id).immutable_id)

    def note_id(self, person: Person, immutable_id: str) -> None:
        """The same by the id that the notification carries."""
        own = self.own(person)
        with self.database.transaction() as session:
            source = NoteSource.NOTIFICATION
            noted.note_events(session, own.id, [immutable_id], source, self.clock.now())

    def policy(self) -> Policy:
        with self.database.transaction() as session:
            return read_policy(session).policy

    def set_policy(self, **changes: object) -> None:
        with self.database.transaction() as session:
            stored = read_policy(session)
            save_policy(session, changes, if_version=stored.version, actor=ADMIN)

    def change(self, switch: Callable[..., object]) -> None:
        """An administrator turns one of the switches."""
        with self.database.transaction() as session:
            switch(session, ADMIN)

    def start_service(self) -> None:
        with self.database.transaction() as session:
            service_switch.start(session, ADMIN)
            mailboxes.make_all_due(session, self.clock.now())

    # What people do

    def activity(self, owner: Person, subject: str = "Renewal", **fields: object) -> Activity:
        own = self.own(owner)
        start = self.clock.now() + timedelta(days=1)
        organizer = Participant(PersonKind.REPRESENTATIVE, own.id, own.name, own.address)
        given = {
            "subject": subject,
            "when": When(start, start + timedelta(hours=1), "Europe/Berlin"),
            "owner_id": own.id,
            "organizer": organizer,
        } | fields
        with self.database.transaction() as session:
            new = NewActivity(new_id(), given)
            actor = Actor(own.name, "crm", own.id)
            [made] = self.tools.crm.create_activities(session, [new], actor)
            note_crm_changes(session, self.tools, [made.id])
            return made

    def link(
        self,
        person: Person,
        event_id: str | None,
        activity: Activity,
        scope: Scope = Scope.SINGLE,
        **more: object,
    ) -> Linked:
        query = MeetingQuery(item_id=event_id, **more)
        return link_meeting(self.tools, self.sign_in(person), query, activity.id, scope)

    def create(
        self, person: Person, event_id: str, scope: Scope = Scope.SINGLE, **fields: object
    ) -> Linked:
        query = MeetingQuery(item_id=event_id)
        return create_from_meeting(self.tools, self.sign_in(person), query, scope, fields)

    def edit(self, person: Person, activity: Activity, **wishes: object) -> Activity:
        """What a person changes in the CRM."""
        own = self.own(person)
        with self.database.transaction() as session:
            editor = Editor(own.id, own.name, own.may_plan_for_others)
            editing = Editing(session, editor, self.clock.now(), find_representatives)
            version = find_activities(session, [activity.id])[activity.id].version
            edited = editing.change(activity.id, wishes, if_version=version)
            follow_crm_edit(session, self.tools, edited.before, edited.after, own)
            return edited.after

    def unlink(self, person: Person, link: Link) -> Link:
        return unlink(self.tools, self.sign_in(person), link.id)

    def retract(self, person: Person, link: Link) -> Link:
        return retract(self.tools, self.sign_in(person), link.id)

    def show(self, person: Person, event_id: str, **more: object):
        query = MeetingQuery(item_id=event_id, **more)
        return show_meeting(self.tools, self.sign_in(person), query)

    # What is there

    def activity_now(self, activity: Activity) -> Activity:
        with self.database.transaction() as session:
            return self.tools.crm.find_activities(session, [activity.id])[activity.id]

    def link_now(self, link: Link) -> Link:
        with self.database.transaction() as session:
            return links.find_link(session, link.id)

    def reasons(self, link: Link) -> list[str]:
        """The codes of the log about this link, the oldest first."""
        return [decision.reason for decision in self.log(link)]

    def log(self, link: Link) -> list[LoggedDecision]:
        with self.database.transaction() as session:
            found = list_decisions(session, LogFilter(link_id=link.id), limit=500)
        return [stored.decision for stored in reversed(found)]

    def mailbox_log(self, person: Person) -> list[str]:
        """The codes of the log about this mailbox, the oldest first."""
        wanted = LogFilter(mailbox_id=self.own(person).id)
        with self.database.transaction() as session:
            found = list_decisions(session, wanted, limit=500)
        return [stored.decision.reason for stored in reversed(found)]

    def due(self) -> set[UUID]:
        """The mailboxes that wait for a run."""
        with self.database.transaction() as session:
            return set(mailboxes.list_due_mailboxes(session, self.clock.now(), 100))

    def waiting(self, person: Person) -> list[str]:
        """The events that wait for attention in this mailbox, failed ones included."""
        with self.database.transaction() as session:
            rows = session.execute(
                noted.select(noted.NotedItemRow.event_id).where(
                    noted.NotedItemRow.mailbox_id == self.own_id(session, person)
                )
            )
            return [row.event_id for row in rows]

    def count(self, table: str) -> int:
        """How many rows this table has."""
        with self.database.transaction() as session:
            return session.scalar(select(func.count()).select_from(Table.metadata.tables[table]))

    def own_id(self, session: object, person: Person) -> UUID:
        return representatives.find_by_oid(session, self.sandbox.tenant_id, person.oid).id

    def tomorrow(self, hour: int = 10) -> datetime:
        day = self.clock.now() + timedelta(days=1)
        return day.replace(hour=hour, minute=0, second=0, microsecond=0)


@contextmanager
def _always_ours(_mailbox_id: UUID):
    yield True


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Each in a thread of its own, begun together; results, or the refusals."""
    barrier = Barrier(len(acts))

    def begin(act: Callable[[], object]) -> object:
        barrier.wait(timeout=60)
        try:
            return act()
        except LiaisonError as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return [future.result(timeout=60) for future in [threads.submit(begin, a) for a in acts]]
