"""Which tokens open the door, and what the others get."""

from datetime import timedelta

import jwt
import pytest

from api_world import CLIENT_ID, KID, LOGIN_URL, claims_of, problem
from people import ANN, DEV, TENANT_ID

OTHER_TENANT = "99999999-0000-4000-8000-000000000000"


def shifted(world, **by):
    return int((world.clock.now() + timedelta(**by)).timestamp())


def test_a_sound_token_opens_the_door(world):
    answer = world.as_(ANN).get("/api/me")

    assert answer.status_code == 200
    assert answer.json["representative"]["id"] == str(ANN.id)
    assert answer.json["timeZone"] == "Europe/Berlin"


def test_without_a_token_nobody_gets_in(world):
    answer = world.anybody().get("/api/me")

    assert problem(answer) == (401, "not-signed-in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ({"aud": "api://somebody-else"}, "not-signed-in"),
        ({"aud": None}, "not-signed-in"),
        ({"iss": f"{LOGIN_URL}/{OTHER_TENANT}/v2.0"}, "not-signed-in"),
        ({"iss": f"https://sts.example/{TENANT_ID}/"}, "not-signed-in"),
        ({"tid": OTHER_TENANT}, "not-signed-in"),
        ({"tid": None}, "not-signed-in"),
        ({"oid": None}, "not-signed-in"),
        ({"oid": ""}, "not-signed-in"),
        ({"scp": None}, "not-signed-in"),
        ({"scp": None, "idtyp": "app", "roles": ["Liaison.Admin"]}, "not-signed-in"),
        ({"idtyp": "app"}, "not-signed-in"),
        ({"scp": None, "nonce": "of-an-id-token"}, "not-signed-in"),
        ({"scp": "User.Read"}, "forbidden"),
        ({"scp": "access_as_user_not_really"}, "forbidden"),
        ({"exp": "tomorrow"}, "not-signed-in"),
        ({"exp": None}, "not-signed-in"),
        ({"nbf": None}, "not-signed-in"),
    ],
)
def test_a_token_with_a_wrong_claim_is_refused(world, claims, code):
    answer = world.as_(ANN, **claims).get("/api/me")

    assert problem(answer)[1] == code


@pytest.mark.parametrize(("late", "status"), [(50, 200), (60, 401), (120, 401)])
def test_an_expired_token_is_good_for_less_than_a_minute_more(world, late, status):
    answer = world.as_(ANN, exp=shifted(world, seconds=-late)).get("/api/me")

    assert answer.status_code == status


@pytest.mark.parametrize(("early", "status"), [(60, 200), (61, 401)])
def test_a_token_may_begin_a_minute_early(world, early, status):
    answer = world.as_(ANN, nbf=shifted(world, seconds=early)).get("/api/me")

    assert answer.status_code == status


def test_another_signature_is_refused(world):
    claims = claims_of(ANN.oid, world.clock.now())
    unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": KID})
    shared_secret = jwt.encode(claims, "x" * 64, algorithm="HS256", headers={"kid": KID})
    foreign_key = world.keys.sign(claims, kid="somebody-elses-key")
    tampered = world.keys.sign(claims)[:-8] + "AAAAAAAA"
    for token in (unsigned, shared_secret, foreign_key, tampered, "no.token", "x", "é"):
        answer = world.anybody().get("/api/me", headers={"Authorization": f"Bearer {token}"})

        assert problem(answer) == (401, "not-signed-in")


def test_a_refusal_does_not_tell_a_forger_what_was_wrong(world):
    wrong_audience = world.as_(ANN, aud="another").get("/api/me").json
    wrong_issuer = world.as_(ANN, iss="another").get("/api/me").json

    assert wrong_audience["detail"] == wrong_issuer["detail"]
    assert CLIENT_ID not in str(wrong_audience)


def test_somebody_of_the_tenant_who_was_not_imported_is_no_user(world):
    assert problem(world.as_(DEV).get("/api/me")) == (403, "not-a-user")


def test_the_first_administrator_begins_without_being_imported(world):
    administrator = world.admin(DEV)

    me = administrator.get("/api/me")

    assert me.json["isAdministrator"] is True
    assert me.json["representative"] is None
    assert administrator.get("/api/admin/service").status_code == 200
    assert problem(administrator.get("/api/activities")) == (403, "not-a-user")


def test_somebody_is_known_by_object_id_and_not_by_name(world):
    answer = world.as_("00000000-0000-0000-0000-00000000ffff", name="Ann Berg").get("/api/me")

    assert problem(answer) == (403, "not-a-user")
