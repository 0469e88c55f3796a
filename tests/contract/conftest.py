"""Both sides of the contract suites of Outlook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.graph_client import GraphClient
from fakes.outlook_worlds import FakeWorld, SandboxWorld, Transaction, World, settings_for
from liaison.outlook.gateway import connect_outlook
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant
from openapi_conformity import find_violations


@pytest.fixture
def transaction() -> Transaction:
    return Transaction()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    """A tenant without people, on ports and under an authority of its own."""
    with Sandbox.start(Tenant.create(), ca_folder=tmp_path) as running:
        yield running


@pytest.fixture
def ann(sandbox: Sandbox) -> Person:
    return sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")


@pytest.fixture
def bo(sandbox: Sandbox) -> Person:
    return sandbox.tenant.add_person("Bo Lind", "bo@nordwind.example")


@pytest.fixture
def graph(sandbox: Sandbox) -> Iterator[GraphClient]:
    """Asks the sandbox as an application would; in the end all its answers were such as Microsoft describes."""
    client = GraphClient(sandbox)
    yield client
    client.close()
    assert find_violations(sandbox.log) == []


@pytest.fixture(params=["fake", "gateway"])
def world(request: pytest.FixtureRequest, transaction: Transaction) -> Iterator[World]:
    if request.param == "fake":
        yield FakeWorld(transaction)
        return
    sandbox = request.getfixturevalue("sandbox")
    outlook = connect_outlook(settings_for(sandbox), lane="web", in_transaction=transaction)
    yield SandboxWorld(sandbox, outlook)
    outlook.close()
