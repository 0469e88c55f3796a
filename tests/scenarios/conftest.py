"""What the stories need: a tenant, a Liaison, and the cast."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fakes.clock import STORIES_BEGIN, FakeClock
from liaison.db.session import Database
from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from liaison_sandbox.tenant import Tenant
from openapi_conformity import NOT_RUN, is_available
from scenario_traffic import check_traffic
from scenario_web import WebServer
from scenario_world import World


@pytest.fixture
def clock() -> FakeClock:
    """Stands still. Begins at the same instant whenever the tests are run: no story depends on the hour or the season."""
    return FakeClock(STORIES_BEGIN)


@pytest.fixture
def sandbox(tmp_path: Path, clock: FakeClock) -> Iterator[Sandbox]:
    with Sandbox.start(Tenant.create(clock.now), ca_folder=tmp_path) as running:
        yield running
        check_traffic(running)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not is_available():
        terminalreporter.write_line(NOT_RUN)


@pytest.fixture
def world(sandbox: Sandbox, database: Database, clock: FakeClock) -> Iterator[World]:
    started = World.start(sandbox, database, clock)
    yield started
    started.close()


@pytest.fixture
def ann(world: World) -> Person:
    return world.representative("Ann Berg", aliases=["a.berg@nordwind.example"])


@pytest.fixture
def bo(world: World) -> Person:
    return world.representative("Bo Lind")


@pytest.fixture
def dev(world: World) -> Person:
    """Of Nordwind, but not active in Liaison."""
    return world.person("Dev Patel")


@pytest.fixture(scope="session")
def web() -> Iterator[WebServer]:
    """Our web server on a loopback port, started once; each story gives it services of its own."""
    with WebServer.start() as running:
        yield running


@pytest.fixture
def pushed(
    sandbox: Sandbox, database: Database, clock: FakeClock, web: WebServer
) -> Iterator[World]:
    """A Liaison that Microsoft reaches: what happens in Outlook arrives as notifications."""
    started = World.start(sandbox, database, clock, public_url=web.url)
    web.serve(started)
    yield started
    started.close()
