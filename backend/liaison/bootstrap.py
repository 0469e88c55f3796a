"""Puts the parts together. The only file that names concrete adapters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from liaison.api.services import Services
from liaison.api.signing_keys import TenantKeys, fetch_from
from liaison.api.tokens import TokenCheck
from liaison.calendar.tools import Tools
from liaison.clock import Clock, SystemClock
from liaison.config import Settings
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.embedded.desk import EmbeddedDesk
from liaison.crm.port import Crm
from liaison.db.idempotency import IdempotencyKeys
from liaison.db.location import open_database
from liaison.outlook.gateway import connect_outlook
from liaison.outlook.slots import Lane
from liaison.outlook.trust import ssl_context
from liaison.people.representatives import find_representatives
from liaison.worker.leases import lease
from liaison.worker.waking import Waker


def build(settings: Settings, clock: Clock | None = None) -> Services:
    """What the web server works with. Nothing is asked of the network yet."""
    tools = web_tools(settings, clock or SystemClock())
    keys = TenantKeys(fetch_from(settings, ssl_context(settings.ca_file)), tools.clock)
    return Services(
        settings=settings,
        tools=tools,
        idempotency=IdempotencyKeys(tools.database, tools.clock),
        tokens=TokenCheck(settings, keys, tools.clock),
        desk=EmbeddedDesk(tools.clock, find_representatives),
        contacts=contacts,
        companies=companies,
    )


def web_tools(settings: Settings, clock: Clock) -> Tools:
    """The calendar's tools in the web's lane, for the life of the process."""
    return _tools(settings, clock, "web", ExitStack())


def built_in_crm(clock: Clock) -> Crm:
    """The CRM alone, for what needs nothing else."""
    return EmbeddedCrm(clock)


@contextmanager
def worker_tools(settings: Settings, clock: Clock | None = None) -> Iterator[Tools]:
    """The calendar's tools for runs over mailboxes; their connections end with the block."""
    with ExitStack() as ends:
        yield _tools(settings, clock or SystemClock(), "worker", ends)


def _tools(settings: Settings, clock: Clock, lane: Lane, ends: ExitStack) -> Tools:
    database = open_database(settings)
    outlook = connect_outlook(
        settings,
        lane=lane,
        in_transaction=database.in_transaction,
        engine=database.engine,
        clock=clock,
    )
    waker = Waker(database.conninfo)
    for end in (database.close, outlook.close, waker.close):
        ends.callback(end)
    return Tools(
        database=database,
        crm=built_in_crm(clock),
        outlook=outlook,
        clock=clock,
        wake=waker.wake,
        begin_run=waker.begin_run,
        lease=lease(database),
        jitter=random.random,
        public_url=settings.public_url,
    )
