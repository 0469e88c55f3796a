"""What is chosen for a dry run: a policy that is not in force, and what becomes of activities that resemble meetings."""

import csv
import io

import pytest

from api_runs import NO_ID, plan_for, renamed_meeting, unlocked_admin, worked
from api_world import problem
from builders import a_new_activity
from people import ANN, BO


@pytest.fixture
def admin(world):
    return unlocked_admin(world)


@pytest.fixture
def renamed(world, admin):
    return renamed_meeting(world)


def tried(admin, **wanted):
    body = {"kind": "initial", "dryRun": True, "representativeIds": [str(ANN.id)]}
    return admin.post("/api/admin/runs", body | wanted)


def test_a_preset_that_is_not_in_force_is_looked_at_and_the_policy_stays(world, admin, renamed):
    before = admin.get("/api/admin/policy").json

    run = worked(world, admin, tried(admin, preset="mirror").json["id"])

    assert (run["trial"]["preset"], run["trial"]["keys"]["capture"]) == ("mirror", "all")
    assert (run["stale"], run["policyInForce"]) == (True, False)
    assert admin.get("/api/admin/policy").json == before
    refused = admin.post(f"/api/admin/runs/{run['id']}/apply")
    assert problem(refused) == (409, "plan-stale")
    assert "(the preset mirror). Take that first" in refused.json["detail"]
    admin.put("/api/admin/policy", {"preset": "mirror"}, before["version"])
    [listed] = admin.get("/api/admin/runs").json["items"]
    assert listed["policyInForce"]
    assert admin.post(f"/api/admin/runs/{run['id']}/apply").status_code == 200


def test_changed_keys_are_looked_at(world, admin, renamed):
    run = worked(world, admin, tried(admin, policy={"capture": "all"}).json["id"])

    assert run["trial"] == {"preset": None, "keys": {"capture": "all"}}


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"policy": {"push": "maybe", "nope": 1}}, {"push", "nope"}),
        ({"preset": "nope"}, {"preset"}),
        ({"preset": "mirror", "policy": {"push": "on"}}, {"preset"}),
        ({"preset": "mirror", "dryRun": False}, {"preset"}),
        ({"policy": {}}, {"policy"}),
    ],
)
def test_a_policy_that_cannot_be_looked_at_is_refused_with_all_that_is_wrong(
    admin, renamed, wanted, named
):
    refused = tried(admin, **wanted)

    assert refused.status_code == 422
    assert set(refused.json["errors"]) == named
    assert admin.get("/api/admin/runs").json["items"] == []


@pytest.fixture
def alike(world, admin):
    """Of a plan the item of an activity that resembles a captured meeting."""
    world.join_tenant(ANN, BO)
    wishes = {"capture": "all", "transfer": "all", "owners": dict.fromkeys(("time", "participants"), "both")}  # fmt: skip
    admin.put("/api/admin/policy", wishes, 1)
    world.plan(a_new_activity(subject="Quarterly review"))
    world.meeting_of(ANN, "Quarterly review Contoso")
    run = plan_for(world, admin, ANN)
    [item] = admin.get(f"/api/admin/runs/{run['id']}", twins="true").json["items"]
    return run, item


def test_what_resembles_a_captured_meeting_is_chosen_to_be_linked(world, admin, alike):
    run, item = alike
    path = f"/api/admin/runs/{run['id']}"
    assert (run["twins"], run["linkable"], run["linked"], item["linkable"]) == (1, 1, 0, True)

    chosen = admin.post(f"{path}/twins", {"itemIds": [item["id"]], "link": True}).json

    assert (chosen["linked"], chosen["mails"]) == (1, {"people": 0, "outsiders": 0})
    [shown] = admin.get(path, twins="true").json["items"]
    assert (shown["linked"], shown["outlook"]["people"]) == (True, 0)
    assert {one["mails"] for one in table_of(admin, path)} == {"0"}
    back = admin.post(f"{path}/twins", {"link": False}).json
    assert (back["linked"], back["mails"]) == (0, run["mails"])


def test_the_table_of_a_plan_says_what_can_be_linked_and_what_is_to_be_linked(admin, alike):
    run, item = alike
    path = f"/api/admin/runs/{run['id']}"

    before = choices_in(admin, path)
    admin.post(f"{path}/twins", {"itemIds": [item["id"]], "link": True})
    after = choices_in(admin, path)

    assert before == {"Quarterly review": ("true", "false"), "Quarterly review Contoso": ("false", "false")}  # fmt: skip
    assert after == before | {"Quarterly review": ("true", "true")}


def choices_in(admin, path):
    """Of the plan's table, by subject: whether it could be linked, and whether it is to be."""
    table = table_of(admin, path)
    return {one["subject"]: (one["linkable"], one["linked"]) for one in table if one["subject"]}


def table_of(admin, path):
    return list(csv.DictReader(io.StringIO(admin.get(f"{path}/items.csv").text)))


def test_only_what_resembles_one_meeting_of_an_open_plan_is_chosen(world, admin, alike):
    run, _ = alike
    path = f"/api/admin/runs/{run['id']}/twins"

    strange = admin.post(path, {"itemIds": [NO_ID], "link": True})
    assert (strange.status_code, list(strange.json["errors"])) == (422, ["itemIds"])
    assert admin.post(path, {}).status_code == 422
    admin.post(f"/api/admin/runs/{run['id']}/apply")
    assert problem(admin.post(path, {"link": True})) == (409, "run-not-ready")
    assert problem(admin.post(f"/api/admin/runs/{NO_ID}/twins", {"link": True}))[0] == 404
