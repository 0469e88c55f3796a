"""A tenant with three colleagues and a weekly series of theirs."""

from __future__ import annotations

import pytest

from fakes.clock import FakeClock
from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant
from sandbox_series import FIRST, KIM, WEEKLY


@pytest.fixture
def tenant() -> Tenant:
    return Tenant.create(FakeClock().now)


@pytest.fixture
def ann(tenant: Tenant) -> Person:
    return tenant.add_person("Ann Berg", "ann@nordwind.example")


@pytest.fixture
def bo(tenant: Tenant) -> Person:
    return tenant.add_person("Bo Lind", "bo@nordwind.example")


@pytest.fixture
def carla(tenant: Tenant) -> Person:
    return tenant.add_person("Carla Ruiz", "carla@nordwind.example")


@pytest.fixture
def team(ann: Person, bo: Person) -> str:
    return ann.create_event(
        subject="Team", start=FIRST, attendees=[bo.address, KIM], recurrence=WEEKLY
    )
