import threading

import pytest

from liaison.db.idempotency import Answer, IdempotencyKeys
from liaison.errors import IdempotencyKeyReused


@pytest.fixture
def keys(database, clock):
    return IdempotencyKeys(database, clock)


@pytest.fixture
def post(keys, database):
    """Do a request as the API does it; what it answered, and whether it did the work."""

    def post(key="k", body=b"{}", caller="ann", operation="POST /api/links", *, fail=False):
        with keys.request(caller, operation, key, body) as request:
            if request.answer:
                return request.answer, False
            with database.transaction() as session:
                request.remember(session, 201, "id-1")
                if fail:
                    raise ZeroDivisionError
            return Answer(201, "id-1"), True

    return post


def test_the_same_key_answers_the_same_without_doing_it_again(post):
    assert post() == (Answer(201, "id-1"), True)

    assert post() == (Answer(201, "id-1"), False)


def test_the_same_key_with_another_body_is_refused(post):
    post()

    with pytest.raises(IdempotencyKeyReused):
        post(body=b'{"other": 1}')


@pytest.mark.parametrize(
    "other", [{"caller": "bo"}, {"operation": "POST /api/activities"}, {"key": "l"}]
)
def test_a_key_belongs_to_its_caller_and_its_operation(post, other):
    post()

    assert post(body=b'{"other": 1}', **other)[1]


def test_a_key_is_forgotten_after_a_day(post, clock):
    post()
    clock.advance(hours=24)

    assert post(body=b'{"other": 1}')[1]


def test_work_that_failed_is_done_again(post):
    with pytest.raises(ZeroDivisionError):
        post(fail=True)

    assert post()[1]


def test_the_same_request_meanwhile_waits_for_the_first_and_answers_the_same(keys, post, database):
    answers = []
    second = threading.Thread(target=lambda: answers.append(post()))

    with keys.request("ann", "POST /api/links", "k", b"{}") as first:
        second.start()
        with database.transaction() as session:
            first.remember(session, 201, "id-1")
    second.join()

    assert answers == [(Answer(201, "id-1"), False)]


def test_no_transaction_is_open_while_the_request_works(keys, database):
    with keys.request("ann", "POST /api/links", "k", b"{}"):
        assert not database.in_transaction()


def test_old_answers_are_deleted_and_young_ones_kept(keys, post, clock):
    post(key="old")
    clock.advance(hours=23)
    post(key="young")
    clock.advance(hours=1)

    assert keys.forget_old() == 1
    assert not post(key="young")[1]
