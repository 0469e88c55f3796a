"""Initial syncs over HTTP: begin, dry run, plan, apply, undo."""

import csv
import io

import pytest

from api_runs import NO_ID, plan_for, renamed_meeting, unlocked_admin, worked
from api_world import problem
from liaison.calendar.rules.plan_table import write_lines
from liaison.crm.embedded.tables import ActivityRow
from liaison.people import service_switch
from people import ANN, BO, CARLA

NOTHING_UNDONE = {"possible": 0, "created": 0, "newer": 0, "meetings": 0, "mails": 0, "left": [], "stay": []}  # fmt: skip


@pytest.fixture
def admin(world):
    return unlocked_admin(world)


@pytest.fixture
def renamed(world, admin):
    return renamed_meeting(world)


def real_run(admin):
    body = {"kind": "initial", "dryRun": False, "representativeIds": [str(ANN.id)]}
    return admin.post("/api/admin/runs", body).json


def test_a_run_is_begun_and_told_to_be_under_way(world, admin, renamed):
    made = admin.post("/api/admin/runs", {"kind": "initial", "dryRun": True})

    assert made.status_code == 202
    assert (made.json["status"], made.json["kind"]) == ("running", "initial")
    assert made.json["progress"] == {"done": 0, "total": 3}
    [listed] = admin.get("/api/admin/runs").json["items"]
    assert listed["id"] == made.json["id"]


def test_a_plan_is_shown_with_counts_mails_and_values(world, admin, renamed):
    run = plan_for(world, admin, ANN)

    assert run["status"] == "planned"
    assert run["progress"] == {"done": 1, "total": 1}
    assert run["counts"] == {"activity-updated": 1}
    assert run["mails"] == {"people": 0, "outsiders": 0}
    [item] = run["items"]
    assert (item["mailbox"], item["reason"]) == (ANN.address, "activity-updated")
    assert item["before"]["subject"] == "Offer"
    assert item["after"]["subject"] == item["subject"] == "Renewal"
    assert item["activityId"] == str(renamed.id)
    assert run["next"] is None


def test_a_plan_is_read_in_pages_and_by_reason(world, admin, renamed):
    world.meeting_of(ANN, "Nobody's")
    run = plan_for(world, admin, ANN)
    path = f"/api/admin/runs/{run['id']}"

    first = admin.get(path, limit=1).json
    second = admin.get(path, limit=1, cursor=first["next"]).json

    assert [len(page["items"]) for page in (first, second)] == [1, 1]
    assert first["items"] != second["items"]
    assert second["next"] is None
    found = admin.get(path, reason="not-linked").json["items"]
    assert [(one["reason"], one["subject"], one["after"]) for one in found] == [
        ("not-linked", None, None)
    ]


def test_a_plan_tells_apart_what_would_change_something(world, admin, renamed):
    plan_for(world, admin, ANN)
    first = worked(world, admin, admin.get("/api/admin/runs").json["items"][0]["id"])
    assert first["changing"] == 1
    admin.post(f"/api/admin/runs/{first['id']}/apply")
    worked(world, admin, first["id"])

    again = plan_for(world, admin, ANN)

    path = f"/api/admin/runs/{again['id']}"
    assert admin.get(path).json["changing"] == 0
    assert admin.get(path, changes="true").json["items"] == []
    idle = admin.get(path).json["items"]
    assert idle
    assert {one["changes"] for one in idle} == {False}
    assert worked_states(world, admin, again) == {
        "planned": 0,
        "applied": 0,
        "stale": 0,
        "undone": 0,
    }


def worked_states(world, admin, run):
    """What became of a plan when it was applied."""
    admin.post(f"/api/admin/runs/{run['id']}/apply")
    return worked(world, admin, run["id"])["applied"]


def test_a_plan_is_applied_and_undone(world, admin, renamed):
    run = plan_for(world, admin, ANN)
    path = f"/api/admin/runs/{run['id']}"

    assert admin.post(f"{path}/apply").json["status"] == "running"
    applied = worked(world, admin, run["id"])
    assert applied["status"] == "done"
    assert applied["applied"] == {"planned": 0, "applied": 1, "stale": 0, "undone": 0}
    assert applied["undo"] == NOTHING_UNDONE | {"possible": 1}
    assert subject_of(world, renamed) == "Renewal"

    undone = admin.post(f"{path}/undo").json
    assert (undone["status"], undone["undo"]["possible"]) == ("undone", 1)
    assert undone["applied"] == {"planned": 0, "applied": 0, "stale": 0, "undone": 1}
    assert subject_of(world, renamed) == "Offer"
    assert admin.post(f"{path}/undo").json["status"] == "undone"
    assert problem(admin.post(f"{path}/apply")) == (409, "run-not-ready")


def test_a_real_initial_sync_is_carried_out_by_a_worker(world, admin, renamed):
    made = real_run(admin)

    done = worked(world, admin, made["id"])

    assert (done["status"], done["counts"]["activity-updated"]) == ("done", 1)
    assert subject_of(world, renamed) == "Renewal"


def test_a_mailbox_that_was_never_followed_is_named_and_stops_no_other(world, admin, renamed):
    made = admin.post("/api/admin/runs", {"kind": "initial", "dryRun": False}).json

    failed = worked(world, admin, made["id"])

    assert (failed["status"], failed["error"]) == ("failed", "representative-inactive")
    assert {one["name"]: one["error"] for one in failed["mailboxes"]} == {
        ANN.name: None,
        BO.name: None,
        CARLA.name: "representative-inactive",
    }
    assert subject_of(world, renamed) == "Renewal"


def test_what_became_confidential_since_is_not_shown_any_more(world, admin, renamed):
    run = plan_for(world, admin, ANN)
    with world.services.database.transaction() as session:
        session.get(ActivityRow, renamed.id).confidential = True

    [item] = admin.get(f"/api/admin/runs/{run['id']}").json["items"]

    assert (item["before"], item["after"], item["subject"]) == (None, None, None)
    assert "Renewal" not in admin.get(f"/api/admin/runs/{run['id']}/items.csv").text


def test_one_mailbox_is_in_one_initial_sync_at_a_time(world, admin, renamed):
    body = {"kind": "initial", "dryRun": True, "representativeIds": [str(ANN.id)]}
    admin.post("/api/admin/runs", body)

    assert problem(admin.post("/api/admin/runs", body)) == (409, "run-active")
    other = {**body, "representativeIds": [str(BO.id)]}
    assert admin.post("/api/admin/runs", other).status_code == 202


def test_the_same_key_makes_one_run(world, admin, renamed):
    body = {"kind": "initial", "dryRun": True}

    first = admin.post("/api/admin/runs", body, Idempotency_Key="once")
    again = admin.post("/api/admin/runs", body, Idempotency_Key="once")

    assert (first.status_code, again.status_code) == (202, 202)
    assert first.json["id"] == again.json["id"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"kind": "initial"},
        {"kind": "sync", "dryRun": True},
        {"kind": "initial", "dryRun": "yes"},
        {"kind": "initial", "dryRun": True, "representativeIds": []},
        {"kind": "initial", "dryRun": True, "people": "all"},
        {"kind": "initial", "dryRun": True, "activeOnly": "no"},
    ],
)
def test_a_request_that_makes_no_sense_is_refused(admin, body):
    assert problem(admin.post("/api/admin/runs", body))[0] == 422


@pytest.fixture
def newcomer(world, admin):
    """Carla was imported and is not active yet."""
    assert switch(admin, CARLA, syncActive=False).status_code == 200
    return CARLA


def switch(admin, person, **wishes):
    path = f"/api/admin/representatives/{person.id}"
    return admin.patch(path, wishes, version_of(admin, person))


def version_of(admin, person):
    return found(admin, person)["version"]


def found(admin, person):
    everybody = admin.get("/api/admin/representatives").json["items"]
    return next(one for one in everybody if one["id"] == str(person.id))


def test_a_plan_of_everybody_takes_in_who_is_not_active_yet_unless_told_otherwise(
    world, admin, renamed, newcomer
):
    whole = {"kind": "initial", "dryRun": True}

    everybody = admin.post("/api/admin/runs", whole).json
    worked(world, admin, everybody["id"])
    active = admin.post("/api/admin/runs", whole | {"activeOnly": True}).json

    assert (everybody["progress"]["total"], active["progress"]["total"]) == (3, 2)


def test_a_plan_says_whom_applying_it_activates_and_then_does(world, admin, renamed, newcomer):
    world.join_tenant(newcomer)
    run = plan_for(world, admin, ANN, newcomer)
    told = {one["name"]: one["activates"] for one in run["mailboxes"]}
    assert (run["activates"], told) == (1, {ANN.name: False, newcomer.name: True})
    assert found(admin, newcomer)["syncActive"] is False

    answer = admin.post(f"/api/admin/runs/{run['id']}/apply").json

    assert (answer["status"], answer["activates"]) == ("running", 0)
    assert found(admin, newcomer)["syncActive"] is True
    done = worked(world, admin, run["id"])
    assert (done["status"], done["applied"]["applied"]) == ("done", 1)
    acts = [one["action"] for one in admin.get("/api/admin/audit").json["items"]]
    assert {"representative-changed", "initial-sync-applied"} <= set(acts)


def test_whom_a_plan_cannot_activate_any_more_stays_as_he_is_and_is_named(
    world, admin, renamed, newcomer
):
    world.join_tenant(newcomer)
    run = plan_for(world, admin, ANN, newcomer)
    switch(admin, newcomer, permissions=[])
    path = f"/api/admin/runs/{run['id']}"
    assert admin.get(path).json["activates"] == 0

    admin.post(f"{path}/apply")
    done = worked(world, admin, run["id"])

    named = {one["name"]: one["error"] for one in done["mailboxes"]}
    assert named == {ANN.name: None, newcomer.name: "representative-inactive"}
    assert found(admin, newcomer)["syncActive"] is False
    assert subject_of(world, renamed) == "Renewal"


def test_a_plan_made_under_another_policy_says_so_and_is_refused(world, admin, renamed):
    run = plan_for(world, admin, ANN)
    path = f"/api/admin/runs/{run['id']}"
    assert run["stale"] is False
    assert admin.put("/api/admin/policy", {"onCancel": "keep"}, 1).status_code == 200

    refused = admin.post(f"{path}/apply")

    assert problem(refused) == (409, "plan-stale")
    assert admin.get(path).json["stale"] is True
    assert subject_of(world, renamed) == "Offer"


def test_a_plan_is_applied_while_the_service_is_stopped(world, admin, renamed):
    with world.services.database.transaction() as session:
        service_switch.stop(session, "Admin")
    run = plan_for(world, admin, ANN)

    admin.post(f"/api/admin/runs/{run['id']}/apply")

    assert worked(world, admin, run["id"])["status"] == "done"
    assert subject_of(world, renamed) == "Renewal"


def test_somebody_unknown_has_no_mailbox_to_read(admin):
    body = {"kind": "initial", "dryRun": True, "representativeIds": [NO_ID]}

    assert problem(admin.post("/api/admin/runs", body)) == (404, "not-found")


def test_while_the_service_is_stopped_only_a_dry_run_is_begun(world, admin, renamed):
    with world.services.database.transaction() as session:
        service_switch.stop(session, "Admin")

    real = admin.post("/api/admin/runs", {"kind": "initial", "dryRun": False})

    assert problem(real) == (409, "service-stopped")
    assert plan_for(world, admin, ANN)["status"] == "planned"


def test_one_pass_over_one_mailbox_is_shown_and_undone_by_its_id(world, admin, renamed):
    made = real_run(admin)
    worked(world, admin, made["id"])
    lines = admin.get("/api/admin/decisions", reason="activity-updated").json["items"]
    one = f"/api/admin/runs/{lines[0]['runId']}"

    assert (admin.get(one).json["kind"], admin.get(one).json["status"]) == ("sync", "done")
    assert admin.post(f"{one}/undo").json["status"] == "undone"
    assert subject_of(world, renamed) == "Offer"


def test_a_plan_is_a_table_for_spreadsheets(world, admin, renamed):
    run = plan_for(world, admin, ANN)

    answer = admin.get(f"/api/admin/runs/{run['id']}/items.csv")

    assert answer.mimetype == "text/csv"
    [row] = csv.DictReader(io.StringIO(answer.text))
    assert (row["mailbox"], row["reason"]) == (ANN.address, "activity-updated")
    assert row["subject"] == "Renewal"


@pytest.mark.parametrize("subject", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_subject_is_no_formula_in_a_spreadsheet(subject):
    item = dict.fromkeys(
        ("mailbox", "start", "reason", "action", "outcome", "state", "before", "after", "outlook")
    ) | {"linkable": False, "linked": False}

    [line] = write_lines([{**item, "subject": subject}])

    assert f"'{subject}" in line


def subject_of(world, activity):
    with world.services.database.transaction() as session:
        return world.services.crm.find_activities(session, [activity.id])[activity.id].subject


def test_undoing_leaves_what_is_newer_and_names_it(world, admin, renamed):
    run = real_run(admin)
    worked(world, admin, run["id"])
    path = f"/api/activities/{renamed.id}"
    version = world.as_(ANN).get(path).json["version"]
    assert world.as_(ANN).patch(path, {"outcome": "Signed"}, version).status_code == 200

    undone = admin.post(f"/api/admin/runs/{run['id']}/undo").json["undo"]

    left = [{"activityId": str(renamed.id), "subject": "Renewal"}]
    assert undone == NOTHING_UNDONE | {"newer": 1, "left": left}
    assert subject_of(world, renamed) == "Renewal"
