"""Activities: planned, changed, deleted, restored, polled; what Outlook owns is refused."""

import pytest

from api_world import problem
from builders import a_new_activity, a_representative_participant
from fakes.outlook import attendee
from people import ANN, BO, CONTOSO

PLAN = {
    "subject": "Renewal",
    "start": "2026-11-24T10:00:00+01:00",
    "end": "2026-11-24T11:00:00+01:00",
    "timeZone": "Europe/Berlin",
}


def plan(world, **members):
    return world.as_(ANN).post("/api/activities", PLAN | members)


def test_a_plan_belongs_to_whoever_makes_it(world):
    made = plan(world, company={"id": str(CONTOSO.id)}, notes="Bring the contract").json

    assert made["owner"] == made["organizer"] == {"id": str(ANN.id), "name": ANN.name}
    assert made["company"] == {"id": str(CONTOSO.id), "name": "Contoso"}
    assert (made["start"], made["timeZone"]) == ("2026-11-24T10:00:00+01:00", "Europe/Berlin")
    assert (made["status"], made["version"], made["link"]) == ("planned", 1, None)


def test_whole_days_are_dates_with_the_end_inclusive(world):
    made = plan(world, start="2026-11-24", end="2026-11-25", allDay=True).json

    assert (made["start"], made["end"], made["allDay"]) == ("2026-11-24", "2026-11-25", True)


def test_the_same_key_makes_one_activity(world):
    first = world.as_(ANN).post("/api/activities", PLAN, Idempotency_Key="k")
    second = world.as_(ANN).post("/api/activities", PLAN, Idempotency_Key="k")
    other = world.as_(ANN).post("/api/activities", PLAN | {"subject": "X"}, Idempotency_Key="k")
    of_bo = world.as_(BO).post("/api/activities", PLAN, Idempotency_Key="k")

    assert second.json["id"] == first.json["id"]
    assert problem(other) == (422, "idempotency-key-reused")
    assert of_bo.json["id"] != first.json["id"]


def test_a_change_without_the_version_is_refused(world):
    made = plan(world).json

    answer = world.as_(ANN).patch(f"/api/activities/{made['id']}", {"outcome": "Held"})

    assert problem(answer) == (428, "version-required")


@pytest.mark.parametrize("version", ["7", '"7"', "none", '"x"', "*"])
def test_a_change_of_an_older_version_is_refused(world, version):
    made = plan(world).json

    answer = world.as_(ANN).call(
        "PATCH",
        f"/api/activities/{made['id']}",
        json={"outcome": "Held"},
        headers={"If-Match": version},
    )

    assert problem(answer) == (409, "version-mismatch")


def test_the_etag_that_was_read_is_the_version_to_send(world):
    made = plan(world).json
    path = f"/api/activities/{made['id']}"
    etag = world.as_(ANN).get(path).headers["ETag"]

    answer = world.as_(ANN).call(
        "PATCH", path, json={"outcome": "Held"}, headers={"If-Match": etag}
    )

    assert (answer.json["outcome"], answer.json["version"]) == ("Held", 2)


def test_asking_whether_something_changed_costs_a_304(world):
    made = plan(world).json
    path = f"/api/activities/{made['id']}"
    etag = world.as_(ANN).get(path).headers["ETag"]

    same = world.as_(ANN).call("GET", path, headers={"If-None-Match": etag})
    world.as_(ANN).patch(path, {"outcome": "Held"}, 1)
    changed = world.as_(ANN).call("GET", path, headers={"If-None-Match": etag})

    assert (same.status_code, same.data) == (304, b"")
    assert changed.json["outcome"] == "Held"


def test_an_end_of_the_link_changes_the_etag_too(world):
    world.join_tenant(ANN)
    meeting = world.meeting_of(ANN)
    made = world.as_(ANN).post("/api/activities", {"itemId": meeting.event_id, "scope": "single"})
    path = f"/api/activities/{made.json['id']}"
    etag = world.as_(ANN).get(path).headers["ETag"]

    world.as_(ANN).delete(f"/api/links/{made.json['link']['id']}")

    assert world.as_(ANN).call("GET", path, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"subject": "Mine"}, ["subject"]),
        ({"notes": "Mine"}, ["notes"]),
        ({"location": "Here"}, ["location"]),
        ({"start": "2026-11-23T09:30:00Z"}, ["start"]),
        ({"participants": []}, ["participants"]),
        ({"subject": "Mine", "outcome": "Held"}, ["subject"]),
    ],
)
def test_what_outlook_owns_is_not_changed_here(world, change, fields):
    world.join_tenant(ANN)
    meeting = world.meeting_of(ANN, attendees=(attendee("Ines", "ines@contoso.example"),))
    made = world.as_(ANN).post("/api/activities", {"itemId": meeting.event_id, "scope": "single"})
    path = f"/api/activities/{made.json['id']}"

    answer = world.as_(ANN).patch(path, change, made.json["version"])

    assert problem(answer) == (409, "owned-by-outlook")
    assert answer.json["fields"] == fields
    assert world.as_(ANN).get(path).json["version"] == made.json["version"]


def test_what_is_the_crms_may_be_changed_while_linked(world):
    world.join_tenant(ANN)
    meeting = world.meeting_of(ANN)
    made = world.as_(ANN).post("/api/activities", {"itemId": meeting.event_id, "scope": "single"})
    whole = made.json | {"outcome": "Held"}
    change = {
        name: whole[name]
        for name in ("subject", "start", "end", "timeZone", "participants", "owner", "outcome")
    }

    answer = world.as_(ANN).patch(
        f"/api/activities/{made.json['id']}", change, made.json["version"]
    )

    assert answer.status_code == 200
    assert answer.json["outcome"] == "Held"


def test_participants_may_be_sent_back_as_they_were_read(world):
    made = world.plan(
        a_new_activity(participants=(a_representative_participant(BO, response="accepted"),))
    )
    read = world.as_(ANN).get(f"/api/activities/{made.id}").json

    answer = world.as_(ANN).patch(
        f"/api/activities/{made.id}", {"participants": read["participants"]}, 1
    )

    assert answer.json["participants"] == read["participants"]
    assert answer.json["version"] == 1


def test_a_deleted_activity_is_hidden_and_can_be_restored(world):
    made = plan(world).json
    path = f"/api/activities/{made['id']}"

    gone = world.as_(ANN).delete(path, 1)

    assert gone.status_code == 204
    assert world.as_(ANN).get("/api/activities").json["items"] == []
    assert world.as_(ANN).get(path).json["deletedAt"]
    restored = world.as_(ANN).post(f"{path}/restore")
    assert restored.json["deletedAt"] is None
    assert world.as_(ANN).post(f"{path}/restore").status_code == 200


def test_a_search_goes_page_by_page(world):
    for number in range(3):
        plan(world, subject=f"Visit {number}")

    first = world.as_(ANN).get("/api/activities", query="vis", limit=2).json
    rest = world.as_(ANN).get("/api/activities", query="vis", limit=2, cursor=first["next"]).json

    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert world.as_(ANN).get("/api/activities", query="nothing").json["items"] == []
    assert (
        len(world.as_(ANN).get("/api/activities", **{"from": "2027-01-01T00:00:00Z"}).json["items"])
        == 0
    )
