"""Many at once at the door: the tenant's sign-in service is asked as rarely as with one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import pytest

from api_world import claims_of, problem, settings
from liaison.api.services import attach
from liaison.api.signing_keys import TenantKeys
from liaison.api.tokens import TokenCheck
from people import ANN

MANY = 100


class Login:
    """The sign-in service: counts how often it is asked, can be down, and can take its time."""

    def __init__(self, jwk):
        self.jwk = jwk
        self.asked = 0
        self.is_down = False
        self.is_asked, self.may_answer = Event(), Event()
        self.may_answer.set()

    def __call__(self):
        self.asked += 1
        self.is_asked.set()
        assert self.may_answer.wait(timeout=60)
        if self.is_down:
            raise TimeoutError
        return {"keys": [self.jwk]}


@pytest.fixture
def login(keys):
    login = Login(keys.jwk)
    yield login
    login.may_answer.set()


@pytest.fixture
def door(door, login):
    """The keys come from the sign-in service."""
    tokens = TokenCheck(settings(), TenantKeys(login, door.clock), door.clock)
    attach(door.app, replace(door.services, tokens=tokens))
    return door


def refused(door):
    """A token that gets as far as its key, and no further."""
    token = door.keys.sign(claims_of(ANN.oid, door.clock.now(), aud="another"))
    return ask(door, token)


def ask(door, token):
    return door.anybody().get("/api/me", headers={"Authorization": f"Bearer {token}"})


def all_at_once(door, tokens):
    with ThreadPoolExecutor(20) as threads:
        return list(threads.map(lambda token: ask(door, token), tokens))


def invented(door):
    claims = claims_of(ANN.oid, door.clock.now())
    return [door.keys.sign(claims, kid=f"invented-{number}") for number in range(MANY)]


def test_a_hundred_at_the_first_moment_cause_one_fetch(door, login):
    token = door.keys.sign(claims_of(ANN.oid, door.clock.now(), aud="another"))

    answers = all_at_once(door, [token] * MANY)

    assert {problem(answer) for answer in answers} == {(401, "not-signed-in")}
    assert login.asked == 1


def test_a_hundred_invented_key_ids_at_once_cause_one_more_fetch(door, login):
    refused(door)
    door.clock.advance(minutes=1)

    answers = all_at_once(door, invented(door))

    assert {problem(answer) for answer in answers} == {(401, "not-signed-in")}
    assert login.asked == 2


def test_while_the_sign_in_service_is_down_it_is_asked_once_in_half_a_minute(door, login):
    login.is_down = True

    first = all_at_once(door, invented(door))
    door.clock.advance(seconds=31)
    second = all_at_once(door, invented(door))

    assert {problem(answer) for answer in first + second} == {(503, "gateway-unavailable")}
    assert login.asked == 2


def test_known_people_get_in_while_an_invented_key_id_waits_for_the_sign_in_service(door, login):
    refused(door)
    door.clock.advance(minutes=1)
    login.is_asked.clear()
    login.may_answer.clear()
    with ThreadPoolExecutor(2) as threads:
        waiting = threads.submit(ask, door, invented(door)[0])
        assert login.is_asked.wait(timeout=60)

        answer = threads.submit(refused, door).result(timeout=60)

        assert not waiting.done()
        login.may_answer.set()
    assert problem(answer) == (401, "not-signed-in")
    assert problem(waiting.result()) == (401, "not-signed-in")


def test_old_keys_still_serve_while_fresh_ones_are_fetched(door, login):
    refused(door)
    door.clock.advance(hours=13)
    login.is_asked.clear()
    login.may_answer.clear()
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(refused, door)
        assert login.is_asked.wait(timeout=60)

        second = threads.submit(refused, door).result(timeout=60)

        assert not first.done()
        login.may_answer.set()
    assert problem(second) == (401, "not-signed-in")
