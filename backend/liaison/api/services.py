"""What the web server works with, put together by bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from flask import Flask, current_app

from liaison.api.crm_port import ActivityDesk, CompanyBook, ContactBook
from liaison.api.tokens import TokenCheck
from liaison.calendar.tools import Tools
from liaison.clock import Clock
from liaison.config import Settings
from liaison.crm.port import Crm
from liaison.db.idempotency import IdempotencyKeys
from liaison.db.session import Database
from liaison.outlook.port import Outlook

EXTENSION = "liaison"


@dataclass(frozen=True, slots=True)
class Services:
    """`tools` are the calendar's, with the web's lane to Microsoft 365."""

    settings: Settings
    tools: Tools
    idempotency: IdempotencyKeys
    tokens: TokenCheck
    desk: ActivityDesk
    contacts: ContactBook
    companies: CompanyBook

    @property
    def database(self) -> Database:
        """Where everything is stored."""
        return self.tools.database

    @property
    def clock(self) -> Clock:
        """What time it is."""
        return self.tools.clock

    @property
    def crm(self) -> Crm:
        """The CRM, as the engine uses it."""
        return self.tools.crm

    @property
    def outlook(self) -> Outlook:
        """Microsoft 365."""
        return self.tools.outlook

    def wake(self, *mailbox_ids: UUID) -> None:
        """Have workers look at these mailboxes soon."""
        self.tools.wake(*mailbox_ids)


def attach(app: Flask, with_services: Services) -> None:
    """Give them to the views of this app."""
    app.extensions[EXTENSION] = with_services


def services() -> Services:
    """Those of the app that runs this request."""
    return cast("Services", current_app.extensions[EXTENSION])
