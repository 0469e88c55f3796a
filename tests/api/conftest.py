"""The web application in front of a real database, with the cast imported."""

from __future__ import annotations

from contextlib import nullcontext
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import insert

from api_world import BufferedClient, TestKeys, World, settings
from fakes.clock import FakeClock
from fakes.outlook import FakeOutlook
from liaison.api.app import create_app
from liaison.api.services import Services, attach
from liaison.api.tokens import TokenCheck
from liaison.calendar.tools import Tools
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.embedded.desk import EmbeddedDesk
from liaison.crm.embedded.lexemes import as_vector
from liaison.crm.embedded.tables import CompanyRow
from liaison.db.idempotency import IdempotencyKeys
from liaison.db.session import Database
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.people.tables import RepresentativeRow
from people import ANN, BO, CARLA, CONTOSO, FABRIKAM

NOWHERE = "postgresql://nobody@nowhere/none"


@pytest.fixture(scope="session")
def keys() -> TestKeys:
    return TestKeys()


@pytest.fixture(scope="session")
def shared_app(keys: TestKeys) -> Flask:
    """Built once; each test gives it services of its own."""
    app = create_app(_services(Database(NOWHERE), FakeClock(), keys, FakeOutlook(), []))
    app.test_client_class = BufferedClient
    return app


@pytest.fixture
def door(clock: FakeClock, keys: TestKeys, shared_app: Flask) -> World:
    """The same without a database: whoever is refused never gets that far."""
    outlook = FakeOutlook()
    services = _services(Database(NOWHERE), clock, keys, outlook, [])
    attach(shared_app, services)
    return World(shared_app, services, clock, outlook, keys)


@pytest.fixture
def world(database: Database, clock: FakeClock, keys: TestKeys, shared_app: Flask) -> World:
    """Ann, Bo and Carla are imported; Dev is somebody of the tenant whom nobody imported."""
    woken: list[UUID] = []
    outlook = FakeOutlook(in_transaction=database.in_transaction)
    services = _services(database, clock, keys, outlook, woken)
    attach(shared_app, services)
    _save_cast(database)
    return World(shared_app, services, clock, outlook, keys, woken)


def _services(
    database: Database,
    clock: FakeClock,
    keys: TestKeys,
    outlook: FakeOutlook,
    woken: list[UUID],
) -> Services:
    tools = Tools(
        database=database,
        crm=EmbeddedCrm(clock),
        outlook=outlook,
        clock=clock,
        wake=lambda *mailbox_ids: woken.extend(mailbox_ids),
        lease=lambda _mailbox_id: nullcontext(enter_result=False),
        jitter=lambda: 0.0,
    )
    return Services(
        settings=settings(),
        tools=tools,
        idempotency=IdempotencyKeys(database, clock),
        tokens=TokenCheck(settings(), keys, clock),
        desk=EmbeddedDesk(clock, find_representatives),
        contacts=contacts,
        companies=companies,
    )


def _save_cast(database: Database) -> None:
    with database.transaction() as session:
        session.execute(insert(RepresentativeRow), [_row(one) for one in (ANN, BO, CARLA)])
        for company in (CONTOSO, FABRIKAM):
            session.add(
                CompanyRow(
                    id=company.id,
                    name=company.name,
                    kind=company.kind.value,
                    domains=list(company.domains),
                    words=as_vector([company.name.lower()]),
                )
            )


def _row(one: Representative) -> dict[str, object]:
    return {
        "id": one.id,
        "tenant_id": one.tenant_id,
        "oid": one.oid,
        "name": one.name,
        "address": one.address,
        "aliases": list(one.aliases),
        "sync_active": one.sync_active,
        "permissions": sorted(one.permissions),
        "has_mailbox": one.has_mailbox,
        "time_zone": one.time_zone,
    }
