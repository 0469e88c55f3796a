import threading
from contextlib import ExitStack

import pytest
from sqlalchemy import text

from liaison.db.session import Database, after_commit


def _count(database: Database) -> int:
    with database.transaction() as session:
        return session.scalar(text("SELECT count(*) FROM things"))


@pytest.fixture
def things(database: Database) -> Database:
    with database.transaction() as session:
        session.execute(text("CREATE TABLE things (name text)"))
    return database


def test_leaving_the_block_commits(things):
    with things.transaction() as session:
        session.execute(text("INSERT INTO things VALUES ('a')"))

    assert _count(things) == 1


def test_an_exception_rolls_everything_back(things):
    def fail():
        with things.transaction() as session:
            session.execute(text("INSERT INTO things VALUES ('a')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert _count(things) == 0


def test_hooks_run_after_the_commit_and_in_order(things):
    seen = []

    with things.transaction() as session:
        session.execute(text("INSERT INTO things VALUES ('a')"))
        after_commit(session, lambda: seen.append(_count(things)))
        after_commit(session, lambda: seen.append("second"))

    assert seen == [1, "second"]


def test_hooks_of_a_failed_transaction_never_run(things):
    seen = []

    def fail():
        with things.transaction() as session:
            after_commit(session, lambda: seen.append("woken"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert seen == []


def test_a_failing_hook_stops_neither_the_caller_nor_the_next_hook(things):
    seen = []

    with things.transaction() as session:
        after_commit(session, lambda: 1 / 0)
        after_commit(session, lambda: seen.append("woken"))

    assert seen == ["woken"]


def test_an_open_transaction_is_told_only_to_its_own_thread(database):
    told = []
    asker = threading.Thread(target=lambda: told.append(database.in_transaction()))

    with database.transaction():
        asker.start()
        asker.join()
        told.append(database.in_transaction())

    assert [*told, database.in_transaction()] == [False, True, False]


def test_a_transaction_within_a_transaction_is_refused(database):
    with (
        database.transaction(),
        pytest.raises(RuntimeError, match="already"),
        database.transaction(),
    ):
        pass

    assert not database.in_transaction()


def test_connections_cut_by_a_restart_are_replaced(things):
    _count(things)
    with things.own_connection() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )

    assert _count(things) == 0


def test_a_session_lock_lives_as_long_as_its_block(database):
    with database.own_connection() as mine:
        mine.execute(text("SELECT pg_advisory_lock(42)"))
        with database.own_connection() as other:
            taken_meanwhile = other.scalar(text("SELECT pg_try_advisory_lock(42)"))

    with database.own_connection() as one, database.own_connection() as another:
        taken_afterwards = [
            each.scalar(text("SELECT pg_try_advisory_lock(42)")) for each in (one, another)
        ]

    assert (taken_meanwhile, taken_afterwards) == (False, [True, False])


def test_a_session_lock_costs_no_new_connection_each_time(database):
    pids = []
    for _ in range(5):
        with database.own_connection() as connection:
            pids.append(connection.scalar(text("SELECT pg_backend_pid()")))

    assert len(set(pids)) == 1


def test_more_session_locks_than_connections_are_kept_can_be_held(database):
    with ExitStack() as held:
        for lock in range(30):
            connection = held.enter_context(database.own_connection())
            assert connection.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": lock})


def test_a_lost_own_connection_takes_its_locks_with_it_and_is_replaced(database):
    with database.own_connection() as mine:
        mine.execute(text("SELECT pg_advisory_lock(42)"))
        pid = mine.scalar(text("SELECT pg_backend_pid()"))
        with database.transaction() as session:
            session.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

    with database.own_connection() as other:
        assert other.scalar(text("SELECT pg_try_advisory_lock(42)"))


def test_an_own_connection_is_no_transaction(database):
    with database.own_connection() as connection:
        connection.execute(text("SELECT 1"))

        assert not database.in_transaction()


def test_json_keeps_what_is_put_in(database):
    with database.transaction() as session:
        value = session.scalar(text("""SELECT '{"ä": [1, null]}'::jsonb"""))

    assert value == {"ä": [1, None]}
