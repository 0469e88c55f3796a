"""The tenant's keys: fetched when needed, and never as often as somebody likes."""

import pytest

from liaison.api.signing_keys import TenantKeys
from liaison.errors import GatewayUnavailable


class Login:
    """A sign-in service that counts how often it is asked."""

    def __init__(self, *keys):
        self.keys = list(keys)
        self.asked = 0
        self.is_down = False

    def __call__(self):
        self.asked += 1
        if self.is_down:
            raise OSError
        return {"keys": self.keys}


@pytest.fixture
def login(keys):
    return Login(keys.jwk | {"kid": "first"})


@pytest.fixture
def tenant(login, clock):
    return TenantKeys(login, clock)


def test_a_key_is_fetched_once_and_kept(tenant, login):
    assert tenant.find("first") is not None
    assert tenant.find("first") is not None

    assert login.asked == 1


def test_a_new_key_is_found_by_one_more_fetch(tenant, login, keys, clock):
    tenant.find("first")
    login.keys.append(keys.jwk | {"kid": "second"})
    clock.advance(minutes=1)

    assert tenant.find("second") is not None
    assert login.asked == 2


def test_unknown_key_ids_cause_no_storm_of_fetches(tenant, login, clock):
    tenant.find("first")
    clock.advance(minutes=1)

    for number in range(100):
        assert tenant.find(f"invented-{number}") is None

    assert login.asked == 2


def test_a_withdrawn_key_is_forgotten_in_time(tenant, login, keys, clock):
    tenant.find("first")
    login.keys = [keys.jwk | {"kid": "second"}]
    clock.advance(hours=13)

    assert tenant.find("first") is None


def test_known_keys_stay_good_while_the_sign_in_service_is_down(tenant, login, clock):
    tenant.find("first")
    login.is_down = True
    clock.advance(hours=13)

    assert tenant.find("first") is not None


def test_without_any_key_the_answer_is_that_the_service_is_down(tenant, login, clock):
    login.is_down = True
    for _ in range(5):
        with pytest.raises(GatewayUnavailable):
            tenant.find("first")
    assert login.asked == 1

    login.is_down = False
    clock.advance(minutes=1)
    assert tenant.find("first") is not None


@pytest.mark.parametrize("change", [{"kty": "EC"}, {"use": "enc"}, {"kid": None}])
def test_a_key_that_signs_nothing_is_left_out(login, keys, clock, change):
    odd = {name: value for name, value in (keys.jwk | {"kid": "odd"} | change).items() if value}
    login.keys.append(odd)

    tenant = TenantKeys(login, clock)

    assert tenant.find("first") is not None
    assert tenant.find("odd") is None


@pytest.mark.parametrize("document", [{}, {"keys": None}, {"keys": [{}]}, {"keys": ["x"]}])
def test_an_odd_document_is_as_good_as_none(clock, document):
    tenant = TenantKeys(lambda: document, clock)

    with pytest.raises(GatewayUnavailable):
        tenant.find("first")
