"""The description of the API: complete, valid, and what is really answered."""

from typing import Any

import pytest
from jsonschema import Draft4Validator

from api_world import by_id, link, problem
from builders import a_contact_participant, a_new_activity
from people import ANN, BO, DEV, INES

METHODS = {"get", "post", "put", "patch", "delete"}
NOTHING = dict.fromkeys(
    ("activity_id", "link_id", "run_id"), "01a1f895-4c75-7228-813c-8b595264c233"
)


@pytest.fixture
def spec(world) -> dict[str, Any]:
    return world.anybody().get("/api/openapi.json").json


def operations(spec):
    for path, item in spec["paths"].items():
        for method in METHODS & set(item):
            yield f"{method.upper()} {path}", item[method]


def test_every_operation_says_what_it_does_and_what_it_answers(spec):
    assert spec["openapi"].startswith("3.")
    for name, operation in operations(spec):
        assert operation.get("summary"), name
        assert any(status.startswith("2") for status in operation["responses"]), name
        assert "default" in operation["responses"], name


def test_everything_but_the_beginning_asks_for_a_token(spec):
    open_to_all = {name for name, operation in operations(spec) if operation.get("security") == []}

    assert spec["security"] == [{"bearer": []}]
    assert open_to_all == {"GET /api/client"}


def test_problems_are_described_as_they_are(spec):
    content = spec["components"]["responses"]["DEFAULT_ERROR"]["content"]

    assert list(content) == ["application/problem+json"]


def test_what_changes_something_names_its_version_header(spec):
    for name, operation in operations(spec):
        if name.split()[0] in {"PATCH", "PUT"} or name.startswith(
            ("DELETE /api/act", "DELETE /api/con", "DELETE /api/com")
        ):
            headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
            assert "If-Match" in headers, name


def test_the_readable_page_needs_no_script_and_no_network(world):
    page = world.anybody().get("/api/docs")

    assert page.status_code == 200
    assert "/api/links/{link_id}/retract" in page.text
    assert "<script" not in page.text
    assert "://" not in page.text
    assert world.anybody().get("/api/docs.css").mimetype == "text/css"


def test_answers_are_as_described(world, spec):
    world.join_tenant(ANN, BO)
    everybody = (a_contact_participant(INES),)
    activity = world.plan(a_new_activity(participants=everybody))
    meeting = world.meeting_of(ANN)
    world.meeting_of(ANN, "Another")
    linked = link(world, meeting, activity).json
    week = {"from": "2026-11-23T00:00:00Z", "to": "2026-11-28T00:00:00Z"}
    asked = [
        ("/api/client", {}, {}),
        ("/api/me", {}, {}),
        ("/api/representatives", {}, {}),
        ("/api/meeting", {}, by_id(meeting)),
        ("/api/meetings", {}, week),
        ("/api/links", {}, {}),
        ("/api/links/{link_id}/decisions", {"link_id": linked["id"]}, {}),
        ("/api/activities", {}, {}),
        ("/api/activities/{activity_id}", {"activity_id": activity.id}, {}),
        ("/api/activities/{activity_id}/decisions", {"activity_id": activity.id}, {}),
        ("/api/reviews", {}, {}),
        ("/api/contacts", {}, {}),
        ("/api/companies", {}, {}),
        ("/api/admin/policy", {}, {}),
        ("/api/admin/policy/presets", {}, {}),
        ("/api/admin/audit", {}, {}),
        ("/api/admin/representatives", {}, {}),
        ("/api/admin/service", {}, {}),
        ("/api/admin/sync-user", {}, {}),
        ("/api/admin/decisions", {}, {}),
        ("/api/admin/reasons", {}, {}),
        ("/api/admin/links", {}, {"representativeId": str(ANN.id)}),
        ("/api/admin/mailboxes", {}, {}),
    ]
    for path, members, query in asked:
        person = world.admin(DEV) if path.startswith("/api/admin") else world.as_(ANN)

        answer = person.get(path.format(**members), **query)

        schema = spec["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
        assert list(_violations(answer.json, schema["schema"], spec)) == [], path


def _violations(value: Any, schema: dict[str, Any], spec: dict[str, Any]):
    whole = _strict(schema | {"components": spec["components"]})
    yield from (
        f"{list(error.path)}: {error.message}"
        for error in Draft4Validator(whole).iter_errors(value)
    )


def _strict(part: Any) -> Any:
    """OpenAPI 3.0's nullable in the words of JSON schema; members that nobody described are an error."""
    if isinstance(part, list):
        return [_strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    read = {name: _strict(value) for name, value in part.items()}
    if read.get("type") == "object" and "properties" in read:
        read.setdefault("additionalProperties", False)
    if read.pop("nullable", False):
        return {"anyOf": [read, {"type": "null"}]}
    return read


def test_every_list_says_how_much_it_gives_at_most(world, spec):
    """The same number as its description says."""
    lists = {
        path: parameter["schema"]["maximum"]
        for path, operations in spec["paths"].items()
        for parameter in operations.get("get", {}).get("parameters", ())
        if parameter["name"] == "limit"
    }
    assert len(lists) > 10

    for path, most in lists.items():
        answer = world.admin(ANN).get(path.format(**NOTHING), limit=most + 1)

        assert problem(answer) == (422, "invalid-request"), path
        assert f" {most}." in answer.json["errors"]["limit"][0], path
        assert "limit" in answer.json["detail"], path
