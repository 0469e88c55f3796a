"""Tokens that somebody made up or took from elsewhere: none of them opens the door."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from api_world import CLIENT_ID, ISSUER, KID, LOGIN_URL, TestKeys, claims_of, problem
from people import ANN, DEV, TENANT_ID

REFUSED = (401, "not-signed-in")
OTHER_TENANT = "99999999-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def foreign() -> TestKeys:
    """Keys of somebody who is not Microsoft."""
    return TestKeys()


def ask(door, token):
    return door.anybody().get("/api/me", headers={"Authorization": f"Bearer {token}"})


def sound(door, **overrides):
    return claims_of(ANN.oid, door.clock.now(), **overrides)


def by_hand(header, claims, signature=b""):
    """A token that no library would write."""
    parts = [json.dumps(header).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "nOnE", "", None, 0, ["RS256"]])
def test_an_unsigned_token_is_refused_however_none_is_spelt(door, algorithm):
    token = by_hand({"alg": algorithm, "typ": "JWT", "kid": KID}, sound(door))

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize("algorithm", ["HS256", "HS384", "HS512"])
@pytest.mark.parametrize("form", [PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1])
def test_the_public_key_is_no_shared_secret(door, algorithm, form):
    secret = door.keys.private.public_key().public_bytes(Encoding.PEM, form)
    header = {"alg": algorithm, "typ": "JWT", "kid": KID}
    unsigned = by_hand(header, sound(door)).rstrip(".")
    digest = getattr(hashlib, algorithm.replace("HS", "sha"))
    signature = hmac.digest(secret, unsigned.encode(), digest)

    token = f"{unsigned}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize("algorithm", ["RS256", "RS384", "RS512", "PS256"])
def test_a_foreign_key_under_our_key_id_signs_nothing(door, foreign, algorithm):
    token = jwt.encode(sound(door), foreign.private, algorithm, headers={"kid": KID})

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize("algorithm", ["RS384", "RS512", "PS256"])
def test_the_tenants_own_key_counts_with_rs256_only(door, algorithm):
    token = jwt.encode(sound(door), door.keys.private, algorithm, headers={"kid": KID})

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize(
    "header",
    [
        {"jku": "https://evil.example/keys"},
        {"x5u": "https://evil.example/key.pem"},
        {"x5c": ["MIIB"]},
        {"jwk": "theirs"},
        {"kid": "https://evil.example/keys"},
        {"kid": "../../../../dev/null"},
        {"kid": "' OR 1=1 --"},
        {"kid": f"{KID}\0"},
        {"kid": f" {KID}"},
        {"kid": KID.upper()},
        {"kid": ""},
        {"kid": "x" * 10_000},
        {"crit": ["exp"], "exp": 1},
    ],
)
def test_a_token_does_not_bring_its_own_key(door, foreign, header):
    if header.get("jwk"):
        header = {"jwk": foreign.jwk}
    token = foreign.sign(sound(door), **header)

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize("kid", [None, 7, ["the-key"], {"kid": "the-key"}, True])
def test_a_key_id_that_is_no_text_is_refused(door, kid):
    token = by_hand({"alg": "RS256", "kid": kid}, sound(door), b"x" * 256)

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": f"{ISSUER}/"},
        {"iss": ISSUER.upper()},
        {"iss": f"{LOGIN_URL}/{TENANT_ID}/v1.0"},
        {"iss": f"https://sts.windows.net/{TENANT_ID}/", "ver": "1.0"},
        {"iss": f"{LOGIN_URL}/common/v2.0"},
        {"iss": f"{LOGIN_URL}/{OTHER_TENANT}/v2.0", "tid": OTHER_TENANT},
        {"iss": f"https://evil.example/?{ISSUER}"},
        {"aud": f"api://{CLIENT_ID}"},
        {"aud": f"{CLIENT_ID}/"},
        {"aud": [CLIENT_ID, "another"]},
        {"aud": []},
        {"aud": {"a": CLIENT_ID}},
        {"aud": 7},
        {"tid": [TENANT_ID]},
        {"tid": f"{TENANT_ID} "},
        {"oid": [ANN.oid]},
        {"oid": {"$ne": ""}},
        {"oid": 7},
        {"exp": "9999999999"},
        {"exp": 10**400},
        {"exp": float("inf")},
        {"exp": float("nan")},
        {"exp": True},
        {"exp": []},
        {"exp": -1},
        {"exp": 0},
        {"nbf": "0"},
        {"nbf": float("-inf")},
        {"nbf": -(10**400)},
        {"nbf": False},
    ],
)
def test_a_claim_of_a_wrong_kind_is_refused(door, claims):
    token = door.keys.sign(sound(door) | claims)

    assert problem(ask(door, token)) == REFUSED


@pytest.mark.parametrize("missing", ["aud", "iss", "tid", "oid", "scp", "exp", "nbf"])
def test_a_token_without_one_of_its_claims_is_refused(door, missing):
    assert problem(ask(door, door.keys.sign(sound(door, **{missing: None})))) == REFUSED


@pytest.mark.parametrize(
    "scopes",
    ["access_as_user.read", "xaccess_as_user", "access_as_user,User.Read", "", "ACCESS_AS_USER"],
)
def test_a_scope_that_only_looks_like_ours_is_refused(door, scopes):
    answer = ask(door, door.keys.sign(sound(door) | {"scp": scopes}))

    assert problem(answer) == (403, "forbidden")


def test_our_scope_may_stand_beside_others(world):
    assert ask(world, world.keys.sign(sound(world, scp="openid access_as_user"))).status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"scp": None, "roles": ["access_as_user", "Liaison.Admin"]},
        {"scp": None, "roles": ["Liaison.Admin"], "idtyp": "app", "appid": CLIENT_ID},
        {"scp": ["access_as_user"]},
        {"roles": ["Liaison.Admin"], "idtyp": "app"},
        {"scp": None, "nonce": "n", "sub": "s", "preferred_username": ANN.address},
    ],
)
def test_applications_and_id_tokens_get_nowhere_even_with_the_role(door, claims):
    for path in ("/api/me", "/api/admin/policy"):
        token = door.keys.sign(sound(door, **claims))

        answer = door.anybody().get(path, headers={"Authorization": f"Bearer {token}"})

        assert problem(answer) == REFUSED


@pytest.mark.parametrize("roles", ["Liaison.Admin", ["liaison.admin"], {"Liaison.Admin": 1}, [[]]])
def test_the_role_counts_only_in_the_list_of_roles_and_to_the_letter(world, roles):
    token = world.keys.sign(sound(world) | {"roles": roles})

    answer = world.anybody().get("/api/admin/policy", headers={"Authorization": f"Bearer {token}"})

    assert problem(answer) == (403, "forbidden")


def test_a_token_of_yesterday_is_refused(door):
    token = door.as_(ANN).token
    door.clock.advance(days=1)

    assert problem(ask(door, token)) == REFUSED


def test_a_token_that_is_longer_than_any_of_microsofts_is_not_even_looked_at(door):
    asked = []
    find = door.keys.find
    door.keys.find = lambda kid: asked.append(kid) or find(kid)
    try:
        answer = ask(door, door.keys.sign(sound(door, groups=["x" * 100] * 200)))
    finally:
        del door.keys.find

    assert problem(answer) == REFUSED
    assert asked == []


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Basic eA==",
        "Bearer a b",
        "Bearer ..",
        "Bearer " + "." * 500,
        "Bearer \x80.a.b",
    ],
)
def test_a_header_without_a_token_is_refused(door, header):
    answer = door.anybody().get("/api/me", headers={"Authorization": header})

    assert problem(answer) == REFUSED


def test_a_token_in_address_body_or_cookie_is_none(door):
    token = door.admin(DEV).token
    client = door.anybody()
    client.set_cookie("access_token", token, domain="localhost")

    for options in ({"query_string": {"access_token": token}}, {"headers": {"X-Token": token}}):
        assert problem(client.get("/api/admin/policy", **options)) == REFUSED


def test_the_times_of_a_token_may_have_fractions(world):
    begins = (world.clock.now() - timedelta(minutes=5)).timestamp() + 0.5

    assert ask(world, world.keys.sign(sound(world, nbf=begins))).status_code == 200
