"""The tenant's keys: fetched when needed, and never as often as somebody likes."""

import ssl

import pytest

from api_world import KID, settings
from fakes.scripted_graph import Reply, scripted_graph
from liaison.api.signing_keys import TenantKeys, fetch_from
from liaison.errors import GatewayUnavailable
from people import TENANT_ID


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


def test_a_key_that_is_renewed_right_after_the_first_fetch_is_found(tenant, login, keys):
    tenant.find("first")
    login.keys.append(keys.jwk | {"kid": "second"})

    assert tenant.find("second") is not None
    assert login.asked == 2


def test_an_unknown_key_id_is_looked_for_again_after_a_while_and_not_before(
    tenant, login, keys, clock
):
    tenant.find("first")
    tenant.find("third")
    login.keys.append(keys.jwk | {"kid": "third"})
    clock.advance(seconds=29)
    too_early = tenant.find("third")
    clock.advance(seconds=1)

    assert too_early is None
    assert tenant.find("third") is not None
    assert login.asked == 3


def test_one_broken_key_hides_no_other(login, keys, clock):
    login.keys.insert(0, keys.jwk | {"kid": "broken", "n": "!"})
    login.keys.insert(0, keys.jwk | {"kid": 5})
    login.keys.insert(0, {"kty": "RSA", "kid": "empty"})

    assert TenantKeys(login, clock).find("first") is not None


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


@pytest.fixture
def sign_in():
    with scripted_graph() as server:
        yield server


def of(sign_in, clock):
    found = settings(login_url=sign_in.url)
    return TenantKeys(fetch_from(found, ssl.create_default_context()), clock)


def test_the_keys_are_read_where_entra_keeps_them(sign_in, keys, clock):
    sign_in.reply(Reply(payload={"keys": [keys.jwk]}))

    assert of(sign_in, clock).find(KID) is not None
    assert [seen.path for seen in sign_in.seen] == [f"/{TENANT_ID}/discovery/v2.0/keys"]


def test_keys_that_are_kept_elsewhere_are_read_where_the_sign_in_service_says(sign_in, keys, clock):
    def answer(seen):
        if seen.path == "/jwks":
            return Reply(payload={"keys": [keys.jwk]})
        if seen.path == f"/{TENANT_ID}/v2.0/.well-known/openid-configuration":
            return Reply(payload={"jwks_uri": f"{sign_in.url}/jwks"})
        return Reply(404, {})

    sign_in.script = answer

    assert of(sign_in, clock).find(KID) is not None


@pytest.mark.parametrize("elsewhere", ["https://evil.example/keys", "file:///etc/passwd", 5, None])
def test_keys_are_read_from_the_configured_sign_in_service_only(sign_in, clock, elsewhere):
    sign_in.script = lambda seen: (
        Reply(payload={"jwks_uri": elsewhere}) if "openid" in seen.path else Reply(404, {})
    )

    with pytest.raises(GatewayUnavailable):
        of(sign_in, clock).find(KID)
    assert len(sign_in.seen) == 2
