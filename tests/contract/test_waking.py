from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from sqlalchemy import text

from liaison.db.connections import queue_conninfo
from liaison.db.tables import new_id
from liaison.worker import waking
from liaison.worker.waking import Waker

MAILBOX = new_id()


@pytest.fixture
def waker(database):
    waker = Waker(database.conninfo)
    yield waker
    waker.close()


class StatementCount:
    """How many statements were sent meanwhile."""

    def __init__(self, monkeypatch):
        self.count = 0
        execute = psycopg.Connection.execute

        def counted(connection, query, *more, **named):
            self.count += bool(query)  # the pool tries its connections with an empty one
            return execute(connection, query, *more, **named)

        monkeypatch.setattr(psycopg.Connection, "execute", counted)


def jobs(database):
    with database.transaction() as session:
        rows = session.execute(
            text("SELECT task_name, args, status::text FROM procrastinate_jobs ORDER BY id")
        )
        return [tuple(row) for row in rows]


def test_waking_twice_makes_one_job(database, waker):
    waker.wake(MAILBOX)
    waker.wake(MAILBOX)

    assert jobs(database) == [("sync-mailbox", {"mailbox_id": str(MAILBOX)}, "todo")]


def test_each_mailbox_has_a_job_of_its_own(database, waker):
    waker.wake(MAILBOX)
    waker.wake(new_id())

    assert len(jobs(database)) == 2


def test_a_run_that_has_begun_does_not_swallow_the_next_wake_up(database, waker):
    waker.wake(MAILBOX)
    with database.transaction() as session:
        session.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))

    waker.wake(MAILBOX)

    assert [status for _, _, status in jobs(database)] == ["doing", "todo"]


def test_thousands_are_woken_by_two_statements_in_their_order(database, waker, monkeypatch):
    many = [new_id() for _ in range(3000)]
    waker.wake(many[7])

    statements = StatementCount(monkeypatch)
    waker.wake(*reversed(many))

    assert statements.count == 2
    woken = [args["mailbox_id"] for _, args, _ in jobs(database)]
    expected = [many[7], *(one for one in reversed(many) if one is not many[7])]
    assert woken == [str(one) for one in expected]


HURRY = "SELECT setting, source FROM pg_settings WHERE name = 'synchronous_commit'"


def test_only_the_queue_does_not_wait_until_what_it_commits_is_on_the_disk(database):
    """What a crash takes of it the sweep finds in the mailbox rows, which are never committed like this."""
    with psycopg.connect(queue_conninfo(database.conninfo)) as queue:
        assert queue.execute(HURRY).fetchone() == ("off", "client")

    with database.transaction() as session:
        assert session.execute(text(HURRY)).one().source != "client"


def test_the_queue_keeps_what_the_address_asks_for():
    address = "postgresql://db.example.com/liaison?options=-c%20search_path%3Dsales"

    assert "-c search_path=sales -c synchronous_commit=off" in queue_conninfo(address)


def test_two_who_wake_the_same_in_another_order_do_not_block_each_other(database, waker):
    many = [new_id() for _ in range(500)]

    with ThreadPoolExecutor() as pool:
        for order in (many, many[::-1], many, many[::-1]):
            pool.submit(waker.wake, *order)

    assert len(jobs(database)) == 500


def test_waking_nobody_asks_nothing_of_the_database():
    Waker("postgresql:///none?host=/nowhere").wake()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_wake_up_that_fails_is_only_logged(monkeypatch):
    monkeypatch.setattr(waking, "PATIENCE_SECONDS", 0.05)
    waker = Waker("postgresql:///none?host=/nowhere")

    waker.wake(MAILBOX)

    waker.close()
