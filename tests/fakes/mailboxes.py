"""Tools on a real database and a fake Outlook, with people whose mailboxes are followed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from uuid import UUID

from fakes.clock import FakeClock
from fakes.outlook import TENANT, FakeOutlook
from liaison.calendar.mailbox_switch import representative_switched
from liaison.calendar.stores import mailboxes
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.tools import Tools
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.db.session import Database
from liaison.outlook.model import DirectoryPerson
from liaison.people import representatives, sync_user
from liaison.people.model import Representative


@dataclass
class Mailboxes:
    """`lease` may be replaced by the test. `woken`: for which mailboxes a worker was asked."""

    database: Database
    clock: FakeClock
    outlook: FakeOutlook = field(default_factory=FakeOutlook)
    woken: list[UUID] = field(default_factory=list)
    lease: Callable[[UUID], AbstractContextManager[bool]] = lambda _: nullcontext(enter_result=True)

    @property
    def tools(self) -> Tools:
        return Tools(
            database=self.database,
            crm=EmbeddedCrm(self.clock),
            outlook=self.outlook,
            clock=self.clock,
            wake=lambda *mailbox_ids: self.woken.extend(mailbox_ids),
            lease=self.lease,
            jitter=lambda: 0.5,
        )

    def make_sync_user_ready(self) -> None:
        with self.database.transaction() as session:
            sync_user.unlock(session, "test")
            sync_user.activate(session, "test")

    def import_person(self, name: str, **more: bool) -> tuple[DirectoryPerson, Representative]:
        address = f"{name.split(maxsplit=1)[0].lower()}@nordwind.example"
        person = self.outlook.add_person(name, address, **more)
        with self.database.transaction() as session:
            representatives.import_people(session, TENANT, [person], actor="test")
            return person, representatives.find_by_oid(session, TENANT, person.oid)

    def switch(self, one: Representative, *, active: bool) -> list[UUID]:
        """What the page and the command line do; whom they wake."""
        with self.database.transaction() as session:
            now = representatives.get_representative(session, one.id)
            changed = representatives.change_representative(
                session, one.id, if_version=now.version, actor="test", sync_active=active
            )
            return representative_switched(session, changed, self.clock.now())

    def follow(self, name: str) -> tuple[DirectoryPerson, UUID]:
        person, one = self.import_person(name)
        self.switch(one, active=True)
        return person, one.id

    def row(self, mailbox_id: UUID) -> FollowedMailbox | None:
        with self.database.transaction() as session:
            return mailboxes.find_mailbox(session, mailbox_id)

    def save(self, mailbox_id: UUID, **changes: object) -> None:
        with self.database.transaction() as session:
            mailboxes.save_mailbox(session, mailbox_id, changes)
