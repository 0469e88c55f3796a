"""Only PATCH and PUT have to say which version was read; whoever deletes may, and then it counts."""

import pytest

from people import ANN

PLAN = {
    "subject": "Renewal",
    "start": "2026-11-24T10:00:00+01:00",
    "end": "2026-11-24T11:00:00+01:00",
    "timeZone": "Europe/Berlin",
}
MADE = {
    "/api/activities": PLAN,
    "/api/contacts": {"surname": "Moreau"},
    "/api/companies": {"name": "Tailspin"},
}


@pytest.fixture(params=MADE)
def path(world, request):
    made = world.as_(ANN).post(request.param, MADE[request.param])
    assert made.status_code == 201
    return f"{request.param}/{made.json['id']}"


def test_what_is_deleted_without_a_version_is_deleted(world, path):
    assert world.as_(ANN).delete(path).status_code == 204


def test_what_is_deleted_by_its_version_is_deleted(world, path):
    assert world.as_(ANN).delete(path, 1).status_code == 204


@pytest.mark.parametrize("version", [0, 2])
def test_what_is_deleted_by_another_version_stays(world, path, version):
    refused = world.as_(ANN).delete(path, version)

    assert (refused.status_code, refused.json["code"]) == (409, "version-mismatch")
    assert world.as_(ANN).get(path).status_code == 200


def test_a_deleted_activity_is_not_restored_by_another_version(world):
    made = world.as_(ANN).post("/api/activities", PLAN).json
    path = f"/api/activities/{made['id']}"
    world.as_(ANN).delete(path)

    refused = world.as_(ANN).post(f"{path}/restore", If_Match="0")

    assert (refused.status_code, refused.json["code"]) == (409, "version-mismatch")


def test_the_description_of_the_api_says_so(world):
    described = world.as_(ANN).get("/api/openapi.json").json["paths"]["/api/contacts/{contact_id}"]

    required = {
        method: next(
            one["required"] for one in described[method]["parameters"] if one["name"] == "If-Match"
        )
        for method in ("patch", "delete")
    }
    assert required == {"patch": True, "delete": False}
