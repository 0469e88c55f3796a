"""Bad input: a clear answer each, with all that is wrong, and never a failure of ours."""

import pytest

from api_world import problem
from builders import a_new_activity
from people import ANN, CONTOSO, DEV

PLAN = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
MEETING = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
UNKNOWN = "01a1f895-4c75-7228-813c-8b595264c233"


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        ({"subject": None}, {"subject"}),
        ({"subject": ""}, {"subject"}),
        ({"subject": "  "}, {"subject"}),
        ({"subject": 7}, {"subject"}),
        ({"subject": "x" * 501}, {"subject"}),
        ({"subject": "a\u0000b"}, {"subject"}),
        ({"notes": "x" * 100_001}, {"notes"}),
        ({"start": "2026-11-24T10:00:00"}, {"start"}),
        ({"start": "0001-01-01T00:00:00+14:00"}, {"start"}),
        ({"start": "tomorrow", "end": 5}, {"start", "end"}),
        ({"start": "2026-11-24T12:00:00Z"}, {"end"}),
        ({"start": "2026-11-24", "end": "2026-11-23", "allDay": True}, {"end"}),
        ({"allDay": True}, {"start", "end"}),
        ({"timeZone": "Mars/Olympus"}, {"timeZone"}),
        ({"timeZone": "../../etc/passwd"}, {"timeZone"}),
        ({"type": "party"}, {"type"}),
        ({"status": "deleted"}, {"status"}),
        ({"company": {"id": UNKNOWN}}, {"company"}),
        ({"company": "Contoso"}, {"company"}),
        ({"owner": {"id": UNKNOWN}}, {"owner"}),
        ({"organizer": {"id": UNKNOWN}}, {"organizer"}),
        ({"organizer": "ann@nordwind.example"}, {"organizer"}),
        ({"scope": "single", "organizer": {"id": str(ANN.id)}}, {"organizer"}),
        ({"itemId": None}, {"itemId", "subject", "end"}),
        ({"participants": [{"kind": "contact"}]}, {"participants.0.id"}),
        (
            {"participants": [{"kind": "other", "address": "no address"}]},
            {"participants.0.address"},
        ),
        ({"participants": [{"kind": "other"}]}, {"participants.0.address"}),
        ({"participants": [{"kind": "robot"}]}, {"participants.0.kind"}),
        ({"participants": "everybody"}, {"participants"}),
        ({"colour": "red", "Subject": "B"}, {"colour", "Subject"}),
        ({"version": 3}, {"version"}),
        ({"link": None}, {"link"}),
    ],
)
def test_a_plan_that_cannot_be_names_all_that_is_wrong(world, members, wrong):
    answer = world.as_(ANN).post("/api/activities", PLAN | members)

    assert problem(answer) == (422, "invalid-request")
    assert set(answer.json["errors"]) == wrong
    assert all(sentence for lines in answer.json["errors"].values() for sentence in lines)


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/api/activities", {"limit": "0"}),
        ("/api/activities", {"limit": "1000"}),
        ("/api/activities", {"limit": "many"}),
        ("/api/activities", {"cursor": "no cursor"}),
        ("/api/activities", {"cursor": "bnVsbA"}),
        ("/api/activities", {"companyId": "Contoso"}),
        ("/api/activities", {"status": "open"}),
        ("/api/activities", {"from": "yesterday"}),
        ("/api/activities", {"mine": "perhaps"}),
        ("/api/activities", {"query": "a\u0000"}),
        ("/api/activities", {"colour": "red"}),
        ("/api/representatives", {"cursor": "LTE"}),
        ("/api/representatives", {"cursor": "99999999999999999999"}),
        ("/api/links", {"cursor": "!"}),
        ("/api/contacts", {"cursor": "W10"}),
        ("/api/companies", {"cursor": "WyJhIiwiYiJd"}),
        ("/api/meeting", {}),
        ("/api/meeting", {"subject": "A", "start": "2026-11-24T10:00:00Z"}),
        ("/api/meeting", {"itemId": ""}),
        ("/api/meeting", {"itemId": "x" * 2001}),
        ("/api/meeting", {"itemId": "x", "mailbox": "nobody"}),
        ("/api/meetings", {}),
        ("/api/meetings", {"from": "2026-11-24T10:00:00Z", "to": "2026-11-23T10:00:00Z"}),
    ],
)
def test_a_query_that_cannot_be_is_refused(world, path, query):
    world.join_tenant(ANN)

    answer = world.as_(ANN).get(path, **query)

    assert problem(answer) == (422, "invalid-request")
    assert answer.json["errors"]


@pytest.mark.parametrize("body", [b"{", b"NaN", b'{"subject": "\\ud800"}', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_json_is_refused(world, body):
    answer = world.as_(ANN).call(
        "POST", "/api/activities", data=body, content_type="application/json"
    )

    assert problem(answer) == (400, "bad-request")


@pytest.mark.parametrize("body", [b"[]", b"null", b'"text"', b"7", b"true"])
def test_a_body_that_is_no_object_is_refused(world, body):
    answer = world.as_(ANN).call(
        "POST", "/api/activities", data=body, content_type="application/json"
    )

    assert problem(answer) == (422, "invalid-request")


def test_a_body_of_another_kind_is_refused(world):
    answer = world.as_(ANN).call("POST", "/api/activities", data={"subject": "A"})

    assert problem(answer) == (415, "unsupported-media-type")


def test_a_body_that_is_too_large_is_refused(world):
    answer = world.as_(ANN).call(
        "POST", "/api/activities", data=b"x" * 2_000_001, content_type="application/json"
    )

    assert problem(answer) == (413, "request-entity-too-large")


@pytest.mark.parametrize(
    "identity", ["x", "1", "%00", UNKNOWN[:-1], f"{UNKNOWN}0", "..%2f..%2fetc"]
)
def test_an_id_that_is_none_is_not_found(world, identity):
    answer = world.as_(ANN).get(f"/api/activities/{identity}")

    assert problem(answer) == (404, "not-found")


def test_an_unknown_method_is_told_which_are_known(world):
    answer = world.as_(ANN).call("PUT", "/api/activities")

    assert problem(answer) == (405, "method-not-allowed")
    assert "POST" in answer.headers["Allow"]


def test_ids_that_differ_only_in_dash_and_underscore_are_different(world):
    world.join_tenant(ANN)
    meeting = world.meeting_of(ANN)
    other = meeting.event_id.translate(str.maketrans("-_", "_-"))

    answer = world.as_(ANN).get("/api/meeting", itemId=other)

    assert other != meeting.event_id
    assert problem(answer) == (404, "meeting-not-found")


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_a_key_that_is_none_is_refused(world, key):
    answer = world.as_(ANN).post("/api/activities", PLAN, Idempotency_Key=key)

    assert problem(answer) == (422, "invalid-request")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/contacts", {}),
        ("/api/contacts", {"surname": "Moreau", "addresses": ["no address"]}),
        ("/api/contacts", {"surname": "Moreau", "companyId": UNKNOWN}),
        ("/api/contacts", {"surname": "Moreau", "addresses": [None]}),
        ("/api/contacts", {"surname": "x" * 300}),
        ("/api/companies", {}),
        ("/api/companies", {"name": " "}),
        ("/api/companies", {"name": "A", "kind": "enemy"}),
        ("/api/companies", {"name": "A", "domains": ["no domain"]}),
    ],
)
def test_a_person_or_company_that_cannot_be_is_refused(world, path, body):
    answer = world.as_(ANN).post(path, body)

    assert problem(answer) == (422, "invalid-request")
    assert answer.json["errors"]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"onCancel": "explode"}, 422, "invalid-request"),
        ({"windowFutureDays": 0}, 422, "invalid-request"),
        ({"windowFrom": ["2026-01-01"]}, 422, "invalid-request"),
        ({"internalDomains": [7]}, 422, "invalid-request"),
        ({"calendarInterval": {"number": 5}}, 422, "invalid-request"),
        ({"owners": "outlook"}, 422, "invalid-request"),
        ({"colour": "red"}, 422, "invalid-request"),
        ({"preset": "nobody"}, 422, "invalid-request"),
        ({"preset": "linked", "onCancel": "keep"}, 422, "invalid-request"),
        ({"contacts": "on"}, 409, "not-available-yet"),
    ],
)
def test_a_policy_that_cannot_be_is_refused(world, change, status, code):
    answer = world.admin(DEV).put("/api/admin/policy", change, 1)

    assert problem(answer) == (status, code)


@pytest.mark.parametrize(
    "change",
    [{"syncActive": "yes"}, {"syncActive": 1}, {"permissions": ["EVERYTHING"]}, {"name": "X"}],
)
def test_a_switch_that_cannot_be_is_refused(world, change):
    answer = world.admin(DEV).patch(f"/api/admin/representatives/{ANN.id}", change, 1)

    assert problem(answer) == (422, "invalid-request")


@pytest.mark.parametrize(
    "path", ["service/stop", "sync-user/unlock", f"representatives/{ANN.id}/test"]
)
def test_an_act_takes_no_members(world, path):
    answer = world.admin(DEV).post(f"/api/admin/{path}", {"really": True})

    assert problem(answer) == (422, "invalid-request")
    assert set(answer.json["errors"]) == {"really"}


def test_an_activity_of_a_company_that_left_still_shows_it(world):
    activity = world.plan(a_new_activity(company_id=CONTOSO.id))
    assert world.as_(ANN).delete(f"/api/companies/{CONTOSO.id}", 1).status_code == 204

    answer = world.as_(ANN).get(f"/api/activities/{activity.id}")

    assert answer.json["company"]["name"] == "Contoso"
