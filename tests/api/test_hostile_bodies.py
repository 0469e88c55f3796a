"""Whatever stands in whichever member of whatever can be sent: a proper answer, and never a failure of ours."""

import json

import pytest

from api_posts import PLAN
from api_world import link
from builders import a_new_activity, a_representative_participant
from people import ANN, BO, CARLA, CONTOSO
from review_stage import marked

NO_ID = "01a1f895-4c75-7228-813c-8b595264c233"
# As JSON, since no writer of ours would write some of it. The last one is deeper than a careless reader goes.
VALUES = (
    "null",
    "99999999999999999999999999",
    '"a\\u0000b"',
    '"' + "x" * 3000 + '"',
    "[[]]",
    '["a\\u0000"]',
    '{"id": []}',
    "[" * 400 + "]" * 400,
)
USUAL = {
    "/api/activities": PLAN,
    "/api/links": {"itemId": "x", "activityId": NO_ID, "scope": "single"},
    "/api/admin/runs": {"kind": "initial", "dryRun": True},
}


@pytest.fixture
def ids(world):
    """One of each that is there."""
    world.join_tenant(ANN, BO, CARLA)
    activity = world.plan(a_new_activity(participants=(a_representative_participant(),)))
    tie = link(world, world.meeting_of(ANN), world.plan(a_new_activity())).json
    contact = world.as_(ANN).post("/api/contacts", {"surname": "Moreau"}).json
    return {
        "/api/reviews": str(marked(world).id),
        "/api/activities": str(activity.id),
        "/api/links": tie["id"],
        "/api/contacts": contact["id"],
        "/api/companies": str(CONTOSO.id),
        "/api/admin/representatives": str(CARLA.id),
    }


def bodies_of(members, usual):
    """Each value as the whole body and as each member of one that would do."""
    yield from VALUES
    for name in members:
        others = "".join(
            f"{json.dumps(n)}: {json.dumps(v)}, " for n, v in usual.items() if n != name
        )
        yield from (f"{{{others}{json.dumps(name)}: {value}}}" for value in VALUES)


def operations(spec):
    """Method, path and the members of the body of whatever takes one."""
    for path, methods in spec["paths"].items():
        for method, operation in methods.items():
            if method in {"post", "put", "patch"}:
                content = operation.get("requestBody", {}).get("content", {})
                ref = content.get("application/json", {}).get("schema", {}).get("$ref", "")
                described = spec["components"]["schemas"].get(ref.rpartition("/")[2], {})
                yield method.upper(), path, described.get("properties", {})


def test_no_body_causes_a_failure(world, ids):
    wrong = []
    for method, path, members in operations(world.anybody().get("/api/openapi.json").json):
        if path.endswith("/sync"):
            continue  # it takes nothing, and waits for a worker
        there = path[: path.find("/{")] if "/{" in path else path
        named = path.replace(path[path.find("{") : path.find("}") + 1], ids.get(there, NO_ID))
        for body in bodies_of(members, USUAL.get(path, {})):
            answer = world.admin(ANN).call(
                method,
                named,
                data=body,
                content_type="application/json",
                headers={"If-Match": '"1"'},
            )
            is_proper = answer.status_code < 400 or answer.mimetype == "application/problem+json"
            if answer.status_code >= 500 or not is_proper:
                wrong.append((method, path, body[-200:], answer.status_code))

    assert wrong == []
