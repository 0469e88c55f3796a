"""In-flight slots per mailbox, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from fakes.outlook_worlds import settings_for
from liaison.db.session import Database
from liaison.errors import Throttled
from liaison.outlook.gateway import connect_outlook
from liaison.outlook.model import Mailbox
from liaison.outlook.slots import Lane, MailboxSlots
from liaison_sandbox.server import Sandbox

ANN, BO = Mailbox("tenant", "ann"), Mailbox("tenant", "bo")
# Ends the connections that hold locks in this database, as when their process is killed.
END_HOLDERS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


class Waiting:
    """A clock that only pauses move, and what happens in them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.then: Callable[[], object] | None = None

    def monotonic(self) -> float:
        return self.now

    def pause(self, seconds: float) -> None:
        self.now += seconds
        if self.then is not None:
            self.then()
            self.then = None


@pytest.fixture
def waiting() -> Waiting:
    return Waiting()


@pytest.fixture
def new_process(database: Database, waiting: Waiting) -> Iterator[Callable[[Lane], MailboxSlots]]:
    """Slots on a connection of their own, as another process has them."""
    made: list[MailboxSlots] = []

    def new(lane: Lane) -> MailboxSlots:
        slots = MailboxSlots(
            database.engine, lane, monotonic=waiting.monotonic, pause=waiting.pause
        )
        made.append(slots)
        return slots

    yield new
    for slots in made:
        slots.close()


NewProcess = Callable[[Lane], MailboxSlots]


@pytest.mark.parametrize(("lane", "most"), [("worker", 3), ("web", 1)])
def test_a_lane_has_so_many_slots_over_all_processes(
    new_process: NewProcess, lane: Lane, most: int
) -> None:
    with ExitStack() as held:
        for _ in range(most):
            held.enter_context(new_process(lane).taken(ANN))
        with pytest.raises(Throttled), new_process(lane).taken(ANN):
            raise AssertionError("One slot too many.")


def test_one_process_cannot_take_a_slot_twice(new_process: NewProcess) -> None:
    slots = new_process("worker")
    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(slots.taken(ANN))
        with pytest.raises(Throttled), slots.taken(ANN):
            raise AssertionError("One slot too many.")


def test_lanes_and_mailboxes_do_not_take_each_others_slots(new_process: NewProcess) -> None:
    web, worker = new_process("web"), new_process("worker")
    with web.taken(ANN), web.taken(BO), worker.taken(ANN), worker.taken(BO):
        assert worker is not web


def test_whoever_waits_gets_the_slot_that_is_given_back(
    new_process: NewProcess, waiting: Waiting
) -> None:
    held = ExitStack()
    held.enter_context(new_process("web").taken(ANN))
    waiting.then = held.close
    with new_process("web").taken(ANN):
        assert waiting.now > 0


def test_slots_of_a_process_that_dies_are_free_at_once(
    new_process: NewProcess, database: Database
) -> None:
    dying = new_process("web")
    with dying.taken(ANN):
        with database.transaction() as session:
            session.execute(END_HOLDERS)
        with new_process("web").taken(ANN) as slot:
            assert slot is None


def test_slots_work_again_after_the_connection_was_lost(
    new_process: NewProcess, database: Database
) -> None:
    slots = new_process("web")
    with slots.taken(ANN), database.transaction() as session:
        session.execute(END_HOLDERS)
    with slots.taken(BO), slots.taken(ANN) as slot:
        assert slot is None


def test_four_processes_and_the_web_never_have_more_than_four_calls_in_flight(
    sandbox: Sandbox, database: Database
) -> None:
    ann = sandbox.tenant.add_person("Ann Berg", "ann@nordwind.example")
    mailbox = Mailbox(sandbox.tenant_id, ann.oid)
    sandbox.settings.answer_delay_ms = 5
    lanes: list[Lane] = ["worker", "worker", "web", "web"]
    gateways = [
        connect_outlook(
            settings_for(sandbox),
            lane=lane,
            in_transaction=database.in_transaction,
            engine=database.engine,
        )
        for lane in lanes
    ]
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda at: gateways[at % 4].directory.probe_mailbox(mailbox), range(48)))
    for gateway in gateways:
        gateway.close()
    assert len(sandbox.log) == 48
    assert sandbox.max_in_flight(ann.oid) <= 4
