"""The same things happening in the fake Microsoft 365 and in the stand-in tenant, for the one contract suite."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from fakes.outlook import FakeOutlook, attendee
from liaison.config import Settings
from liaison.errors import MailboxUnavailable
from liaison.outlook.gateway import OutlookGateway
from liaison.outlook.model import CalendarEvent, Caller, Mailbox
from liaison.outlook.port import Outlook
from liaison.times import When
from liaison_sandbox.server import Sandbox


class Transaction:
    """Whether the test pretends that a database transaction is open."""

    is_open = False

    def __call__(self) -> bool:
        return self.is_open


def settings_for(sandbox: Sandbox, public_url: str = "http://localhost:8080") -> Settings:
    """The product's settings for this tenant."""
    return Settings(
        tenant_id=sandbox.tenant_id,
        client_id=sandbox.client_id,
        client_secret=sandbox.client_secret,
        graph_url=sandbox.graph_url,
        login_url=sandbox.login_url,
        ca_file=Path(sandbox.ca_file),
        public_url=public_url,
    )


class World(Protocol):
    """A tenant with Ann and Bo, each with a mailbox, and Cem, who has none."""

    outlook: Outlook

    def mailbox(self, who: str) -> Mailbox: ...
    def caller(self, who: str) -> Caller: ...
    def oid(self, who: str) -> str: ...
    def create(self, who: str, subject: str, start: datetime, invite: str | None = None) -> str:
        """An hour's meeting; its immutable id."""
        ...

    def rename(self, who: str, event_id: str, subject: str) -> None: ...
    def shift(self, who: str, event_id: str, start: datetime) -> None: ...
    def delete(self, who: str, event_id: str, *, hard: bool = False) -> None: ...
    def restore(self, who: str, event_id: str) -> None: ...
    def move_away(self, who: str, event_id: str) -> None: ...
    def let_deleted_items_answer(self, *, still: bool) -> None: ...
    def share(self, owner: str, reader: str) -> None: ...
    def close_mailbox(self, who: str) -> None: ...
    def expire_links(self) -> None: ...
    def ews_id(self, who: str, event_id: str) -> str: ...
    def deliver(self, who: str, event: CalendarEvent) -> None:
        """The invitation arrives, where it did not arrive by itself."""
        ...

    def grant_categories(self, *, granted: bool) -> None:
        """Whether MailboxSettings.ReadWrite is granted."""
        ...


class FakeWorld:
    def __init__(self, in_transaction: Callable[[], bool]) -> None:
        self.outlook = FakeOutlook(in_transaction=in_transaction)
        self._people = {
            "ann": self.outlook.add_person(
                "Ann Berg", "ann@nordwind.example", aliases=["a.berg@nordwind.example"]
            ),
            "bo": self.outlook.add_person("Bo Lind", "bo@nordwind.example"),
            "cem": self.outlook.add_person("Cem Aydin", "cem@nordwind.example", has_mailbox=False),
        }

    def mailbox(self, who: str) -> Mailbox:
        return self.outlook.mailbox(self._people[who])

    def caller(self, who: str) -> Caller:
        return self.outlook.caller(self._people[who])

    def oid(self, who: str) -> str:
        return self._people[who].oid

    def create(self, who: str, subject: str, start: datetime, invite: str | None = None) -> str:
        invited = [self._people[invite]] if invite else []
        attendees = tuple(attendee(person.name, person.address) for person in invited)
        made = self.outlook.add_meeting(
            self._people[who], subject, start=start, attendees=attendees
        )
        for person in invited:
            self.outlook.copy_to(person, made)
        return made.event_id

    def rename(self, who: str, event_id: str, subject: str) -> None:
        self.outlook.change(self._people[who], event_id, subject=subject)

    def shift(self, who: str, event_id: str, start: datetime) -> None:
        when = When(start, start + timedelta(hours=1), "Europe/Berlin")
        self.outlook.change(self._people[who], event_id, when=when)

    def delete(self, who: str, event_id: str, *, hard: bool = False) -> None:
        self.outlook.delete(self._people[who], event_id, hard=hard)

    def restore(self, who: str, event_id: str) -> None:
        self.outlook.restore(self._people[who], event_id)

    def move_away(self, who: str, event_id: str) -> None:
        self.outlook.move_to_other_calendar(self._people[who], event_id)

    def let_deleted_items_answer(self, *, still: bool) -> None:
        self.outlook.deleted_items_still_answer = still

    def share(self, owner: str, reader: str) -> None:
        self.outlook.share(self._people[owner], self._people[reader])

    def close_mailbox(self, who: str) -> None:
        self.outlook.break_mailbox(self._people[who], MailboxUnavailable())

    def expire_links(self) -> None:
        self.outlook.expire_links()

    def ews_id(self, who: str, event_id: str) -> str:  # noqa: ARG002 - in the tenant it matters
        return self.outlook.ews_id(event_id)

    def deliver(self, who: str, event: CalendarEvent) -> None:
        self.outlook.copy_to(self._people[who], event)

    def grant_categories(self, *, granted: bool) -> None:
        self.outlook.writer.grants_categories = granted


class SandboxWorld:
    """`outlook` is the real gateway, connected to a tenant that runs in this process."""

    def __init__(self, sandbox: Sandbox, outlook: OutlookGateway) -> None:
        self.outlook = outlook
        self.sandbox = sandbox
        tenant = sandbox.tenant
        self._people: dict[str, Any] = {
            "ann": tenant.add_person(
                "Ann Berg", "ann@nordwind.example", aliases=["a.berg@nordwind.example"]
            ),
            "bo": tenant.add_person("Bo Lind", "bo@nordwind.example"),
            "cem": tenant.add_person("Cem Aydin", "cem@nordwind.example", mailbox="none"),
        }

    def mailbox(self, who: str) -> Mailbox:
        return Mailbox(self.sandbox.tenant_id, self._people[who].oid)

    def caller(self, who: str) -> Caller:
        person = self._people[who]
        return Caller(person.oid, self.sandbox.token_for(person.address))

    def oid(self, who: str) -> str:
        return str(self._people[who].oid)

    def create(self, who: str, subject: str, start: datetime, invite: str | None = None) -> str:
        person = self._people[who]
        made = person.create_event(
            subject=subject,
            start=start,
            end=start + timedelta(hours=1),
            attendees=[self._people[invite].address] if invite else [],
        )
        return str(person.event(made).immutable_id)

    def rename(self, who: str, event_id: str, subject: str) -> None:
        self._people[who].change_event(event_id, subject=subject)

    def shift(self, who: str, event_id: str, start: datetime) -> None:
        self._people[who].change_event(event_id, start=start)

    def delete(self, who: str, event_id: str, *, hard: bool = False) -> None:
        self._people[who].delete_event(event_id, hard=hard)

    def restore(self, who: str, event_id: str) -> None:
        self._people[who].restore_event(event_id)

    def move_away(self, who: str, event_id: str) -> None:
        self._people[who].move_event(event_id, "Private projects")

    def let_deleted_items_answer(self, *, still: bool) -> None:
        self.sandbox.settings.deleted_items_still_answer = still

    def share(self, owner: str, reader: str) -> None:
        self.sandbox.tenant.share_calendar(self._people[owner], self._people[reader])

    def close_mailbox(self, who: str) -> None:
        self._people[who].mailbox_state = "unlicensed"

    def expire_links(self) -> None:
        self.sandbox.tenant.expire_delta_tokens()

    def ews_id(self, who: str, event_id: str) -> str:
        mutable = str(self._people[who].event(event_id).id)
        return mutable.replace("-", "/").replace("_", "+")

    def deliver(self, who: str, event: CalendarEvent) -> None:
        """Exchange did it with the invitation."""

    def grant_categories(self, *, granted: bool) -> None:
        roles = self.sandbox.issuer.registration.app_roles
        if not granted:
            roles.remove("MailboxSettings.ReadWrite")
