"""Batches of the embedded CRM: how many statements they take, and what happens when two meet."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import event

from builders import a_company, a_new_activity, a_stranger
from liaison.crm.embedded import companies
from liaison.crm.embedded.adapter import EmbeddedCrm
from liaison.crm.model import SYNC_MASTER, ActivityChange, Applied, Refused
from people import ANN, acting


@pytest.fixture
def crm(clock):
    return EmbeddedCrm(clock)


@pytest.fixture
def statements(database):
    """What the database was asked."""
    asked = []

    def note(_connection, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    return asked


def count(statements, work):
    statements.clear()
    result = work()
    return len(statements), result


def create(database, crm, new, actor=SYNC_MASTER):
    with database.transaction() as session:
        return crm.create_activities(session, new, actor)


def change(database, crm, activities, **fields):
    wishes = [ActivityChange(one.id, one.version, fields) for one in activities]
    with database.transaction() as session:
        return crm.apply_changes(session, wishes, SYNC_MASTER)


def test_a_batch_of_any_size_takes_the_same_number_of_statements(database, crm, statements):
    with database.transaction() as session:
        company = companies.create_company(session, a_company())
    several = [
        a_new_activity(participants=(a_stranger(),), company_id=company.id) for _ in range(50)
    ]

    one_created, [one] = count(
        statements, lambda: create(database, crm, [a_new_activity(company_id=company.id)])
    )
    all_created, made = count(statements, lambda: create(database, crm, several))
    one_changed, _ = count(statements, lambda: change(database, crm, [one], subject="New"))
    all_changed, _ = count(statements, lambda: change(database, crm, made, subject="New"))

    assert one_created == all_created <= 2
    assert one_changed == all_changed <= 3


def test_what_the_sync_agrees_with_is_not_written(database, crm, statements):
    made = create(database, crm, [a_new_activity() for _ in range(3)])

    asked, _ = count(statements, lambda: change(database, crm, made, subject=made[0].subject))

    assert asked == 1


def test_two_who_create_with_one_key_at_once_get_one_activity(database, crm):
    new, together = a_new_activity(), Barrier(2)

    def at_once(_number):
        together.wait()
        return create(database, crm, [new], acting(ANN))[0].id

    with ThreadPoolExecutor(2) as pool:
        assert len(set(pool.map(at_once, range(2)))) == 1


def test_of_two_who_change_at_once_one_is_refused(database, crm):
    [made] = create(database, crm, [a_new_activity()])
    together = Barrier(2)

    def at_once(number):
        together.wait()
        return change(database, crm, [made], subject=f"Change {number}")[0]

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(at_once, range(2)))

    assert sorted(type(one).__name__ for one in results) == [Applied.__name__, Refused.__name__]


def test_batches_that_share_activities_in_another_order_do_not_block_each_other(database, crm):
    made = create(database, crm, [a_new_activity() for _ in range(20)])
    together = Barrier(2)

    def at_once(activities):
        together.wait()
        return change(database, crm, activities, place="Room 1")

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(at_once, [made, made[::-1]])

    applied = [one for one in first + second if isinstance(one, Applied)]
    assert len(applied) == 20
