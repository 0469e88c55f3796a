"""The office in which each cell of the matrix is played."""

from __future__ import annotations

import pytest
from flask import Flask

from api_world import BufferedClient, TestKeys, settings
from fakes.clock import FakeClock
from liaison.api.app import create_app
from liaison.api.services import Services
from liaison.api.tokens import TokenCheck
from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.desk import EmbeddedDesk
from liaison.crm.model import Activity
from liaison.db.idempotency import IdempotencyKeys
from liaison.people.representatives import find_representatives
from liaison_sandbox.person import Person
from matrix_stage import SIX_WEEKS, Office
from scenario_world import World


@pytest.fixture(scope="session")
def keys() -> TestKeys:
    return TestKeys()


@pytest.fixture(scope="session")
def pages(keys: TestKeys) -> Flask:
    """Built once; each office gives it services of its own."""
    clock = FakeClock()
    nothing = Services(
        settings=settings(),
        tools=None,
        idempotency=IdempotencyKeys(None, clock),
        tokens=TokenCheck(settings(), keys, clock),
        desk=EmbeddedDesk(clock, find_representatives),
        contacts=contacts,
        companies=companies,
    )
    app = create_app(nothing)
    app.test_client_class = BufferedClient
    return app


@pytest.fixture
def office(world: World, pages: Flask, keys: TestKeys, ann: Person, bo: Person) -> Office:
    return Office(world, pages, keys, ann, bo)


@pytest.fixture
def team(office: Office) -> Activity:
    """Ann's six weekly meetings, planned in the CRM and brought to Outlook."""
    return office.planned(subject="Team", recurrence=SIX_WEEKS)


@pytest.fixture
def stub(office: Office) -> Activity:
    """Kim's series, of which Bo's copy is followed."""
    office.invited_to_series()
    return office.activity("Team")
