"""What administrators do: service, sync user, policy, representatives, log, mailboxes."""

import pytest
from sqlalchemy import update

from api_world import by_id, link, problem
from builders import a_new_activity
from liaison.calendar.passes import Pass
from liaison.calendar.stores import decisions, reconciles
from liaison.calendar.stores.mailboxes import find_mailbox
from liaison.calendar.stores.tables import MailboxRow
from liaison.crm.model import SYNC_MASTER
from liaison.errors import MailboxUnavailable
from people import ANN, BO, CARLA, DEV


@pytest.fixture
def admin(world):
    return world.admin(DEV)


def test_starting_the_service_makes_every_mailbox_due(world, admin):
    world.join_tenant(ANN, BO)
    stopped = admin.post("/api/admin/service/stop").json

    started = admin.post("/api/admin/service/start").json

    assert (stopped["running"], started["running"]) == (False, True)
    assert started["generation"] > stopped["generation"]
    assert set(world.woken) == {ANN.id, BO.id}


def test_every_switch_may_be_repeated(world, admin):
    for act in ("stop", "stop", "start", "start", "restart", "restart"):
        assert admin.post(f"/api/admin/service/{act}", {}).status_code == 200
    for act in ("unlock", "unlock", "activate", "activate", "deactivate", "lock", "lock"):
        assert admin.post(f"/api/admin/sync-user/{act}", {}).status_code == 200

    assert admin.get("/api/admin/sync-user").json == {
        "name": "SYNC_MASTER",
        "locked": True,
        "active": False,
    }


def test_a_sync_user_that_gets_ready_wakes_the_workers(world, admin):
    world.join_tenant(ANN)

    admin.post("/api/admin/sync-user/unlock")
    assert world.woken == []
    admin.post("/api/admin/sync-user/activate")

    assert world.woken == [ANN.id]


def test_people_are_imported_from_the_tenant_and_may_be_again(world, admin):
    world.join_tenant(ANN, DEV)

    first = admin.post("/api/admin/representatives/import", {"addresses": None})
    again = admin.post(
        "/api/admin/representatives/import", {"addresses": [DEV.address, "x@y.example"]}
    )

    assert first.json["added"] == 1
    assert (again.json["added"], again.json["unchanged"]) == (0, 1)
    assert again.json["notFound"] == ["x@y.example"]
    assert world.as_(DEV).get("/api/me").json["representative"]["syncActive"] is False


def test_activating_somebody_begins_to_follow_the_mailbox(world, admin):
    path = f"/api/admin/representatives/{CARLA.id}"
    off = admin.patch(path, {"syncActive": False}, 1).json

    on = admin.patch(
        path, {"syncActive": True, "permissions": ["EXCHANGE_SYNC_USER"]}, off["version"]
    )

    assert on.json["syncActive"] is True
    assert CARLA.id in world.woken
    with world.services.database.transaction() as session:
        mailbox = find_mailbox(session, CARLA.id)
    assert mailbox.is_followed
    assert mailbox.due_at == world.clock.now()


def test_deactivating_somebody_wakes_a_worker_that_freezes_the_links(world, admin):
    world.join_tenant(ANN)

    answer = admin.patch(f"/api/admin/representatives/{ANN.id}", {"syncActive": False}, 1)

    assert answer.json["version"] == 2
    assert world.woken == [ANN.id]


def test_a_mailbox_can_be_tried(world, admin):
    world.join_tenant(ANN, BO)
    world.outlook.break_mailbox(world.listed(BO), MailboxUnavailable())

    fine = admin.post(f"/api/admin/representatives/{ANN.id}/test")
    broken = admin.post(f"/api/admin/representatives/{BO.id}/test")

    assert fine.json["ok"] is True
    assert (broken.json["ok"], broken.json["code"]) == (False, "mailbox-unavailable")


def test_the_policy_tells_what_it_cannot_do_yet(admin):
    policy = admin.get("/api/admin/policy").json

    assert policy["version"] == 1
    assert policy["capture"] == "linked"
    assert {"tasks", "contacts"} <= set(policy["notYet"])


def test_a_whole_policy_may_be_sent_back_with_a_change(world, admin):
    world.join_tenant(ANN)
    policy = admin.get("/api/admin/policy").json

    changed = admin.put("/api/admin/policy", policy | {"onCancel": "keep"}, 1)
    stale = admin.put("/api/admin/policy", {"onCancel": "delete"}, 1)

    assert (changed.json["onCancel"], changed.json["version"]) == ("keep", 2)
    assert problem(stale) == (409, "version-mismatch")
    assert problem(admin.put("/api/admin/policy", {})) == (428, "version-required")
    assert world.woken == [ANN.id]


def test_presets_are_four(admin):
    items = admin.get("/api/admin/policy/presets").json["items"]

    assert [item["name"] for item in items] == ["linked", "organizer", "mirror", "matched"]
    assert "contacts" in items[2]["notYet"]
    assert "onCancel" not in items[1]["notYet"]


@pytest.mark.parametrize("name", ["linked", "organizer", "mirror", "matched"])
def test_every_preset_can_be_taken_and_says_what_was_left_out(admin, name):
    [preset] = [
        one for one in admin.get("/api/admin/policy/presets").json["items"] if one["name"] == name
    ]

    taken = admin.put("/api/admin/policy", {"preset": name}, 1).json

    differing = {key for key, value in preset["keys"].items() if taken[key] != value}
    assert differing == set(taken["leftOut"]) == set(preset["notYet"])


def test_a_policy_that_contradicts_itself_is_refused_with_all_problems(admin):
    wishes = {"followPast": "push", "push": "off", "windowFrom": "1999-01-01", "maxAttempts": 0}

    refused = admin.put("/api/admin/policy", wishes, 1)

    assert problem(refused) == (422, "invalid-request")
    assert set(refused.json["errors"]) == {
        "followPast",
        "push",
        "windowFrom",
        "windowFutureDays",
        "maxAttempts",
    }
    assert admin.get("/api/admin/policy").json["version"] == 1


def test_what_administrators_do_is_kept(world, admin):
    admin.post("/api/admin/service/stop")
    admin.post("/api/admin/sync-user/unlock")

    first = admin.get("/api/admin/audit", limit=1).json
    second = admin.get("/api/admin/audit", limit=1, cursor=first["next"]).json

    assert first["items"][0]["action"] == "sync-user-unlocked"
    assert second["items"][0]["action"] == "service-stopped"
    assert first["items"][0]["actor"] == DEV.name


def test_the_audit_is_filtered_by_act_person_and_time(world, admin):
    admin.post("/api/admin/service/stop")
    admin.post("/api/admin/sync-user/unlock")

    def acts(**query):
        return [one["action"] for one in admin.get("/api/admin/audit", **query).json["items"]]

    assert acts(action="service-stopped") == ["service-stopped"]
    assert len(acts(actor=DEV.name[:3].upper())) == 2
    assert acts(actor="%") == []
    assert acts(since="2100-01-01T00:00:00Z") == []


def test_the_reasons_of_the_log_are_told_in_words(admin):
    told = admin.get("/api/admin/reasons").json["items"]

    by_code = {one["code"]: one for one in told}
    assert by_code["activity-updated"]["group"] == "Outlook to CRM"
    assert by_code["activity-updated"]["means"].endswith(".")
    assert "task-created" not in by_code


def test_the_live_links_of_a_mailbox_are_those_that_its_number_counts(world, admin):
    world.join_tenant(ANN)
    for subject, is_confidential in (("Offer", False), ("Hidden", True)):
        activity = world.plan(a_new_activity(subject=subject, confidential=is_confidential))
        link(world, world.meeting_of(ANN, subject), activity)

    told = admin.get("/api/admin/links", representativeId=str(ANN.id)).json["items"]
    [mailbox] = admin.get("/api/admin/mailboxes").json["items"]

    assert len(told) == mailbox["liveLinks"] == 2
    assert [one["subject"] for one in told] == [None, "Offer"]
    assert told[0]["start"] is None
    assert told[1]["start"]


def test_the_log_is_filtered_and_read_page_by_page(world, admin):
    world.join_tenant(ANN)
    activity = world.plan(a_new_activity())
    link(world, world.meeting_of(ANN, "Offer"), activity)

    every = admin.get("/api/admin/decisions", activityId=str(activity.id)).json["items"]
    first = admin.get("/api/admin/decisions", limit=1).json
    none = admin.get("/api/admin/decisions", reason="service-stopped").json["items"]

    assert any("Offer" in str(one["after"]) for one in every)
    assert all(one["sentence"] and one["mailbox"] == ANN.address for one in every)
    assert first["next"] is not None
    assert none == []


def test_the_log_names_what_each_decision_is_about(world, admin):
    world.join_tenant(ANN)
    activity = world.plan(a_new_activity())
    link(world, world.meeting_of(ANN, "Offer"), activity)

    about = admin.get("/api/admin/decisions", activityId=str(activity.id)).json["items"]

    assert {one["subject"] for one in about} == {"Offer"}


def test_the_news_of_the_log_are_what_changed_something_waits_or_failed(world, admin):
    this = Pass(SYNC_MASTER, 1, world.clock.now())
    news = ("activity-updated", "held-removal", "retry-later", "failed-permanent")
    with world.services.database.transaction() as session:
        for reason in (*news, "already-agreed", "invitee-copy", "marked", "participants-matched"):
            decisions.log_decisions(session, [this.entry(reason, "any")])

    told = admin.get("/api/admin/decisions", news="true").json["items"]

    assert {one["reason"] for one in told} == set(news)


def test_of_confidential_activities_administrators_read_the_codes_only(world, admin):
    world.join_tenant(ANN)
    activity = world.plan(a_new_activity(subject="Secret", confidential=True))
    meeting = world.meeting_of(ANN, "Hidden")
    link(world, meeting, activity)

    log = admin.get("/api/admin/decisions", activityId=str(activity.id))

    assert log.json["items"]
    hidden = ("before", "after", "subject")
    assert all(one[name] is None for one in log.json["items"] for name in hidden)
    assert "Secret" not in log.text
    assert "Hidden" not in log.text
    own = world.as_(ANN).get("/api/meeting", **by_id(meeting)).json["decisions"]
    assert any("Hidden" in str(one["after"]) for one in own)


def test_mailboxes_say_how_they_are(world, admin):
    world.join_tenant(ANN)
    link(world, world.meeting_of(ANN), world.plan(a_new_activity()))

    [mailbox] = admin.get("/api/admin/mailboxes").json["items"]

    assert mailbox["representative"]["address"] == ANN.address
    assert (mailbox["liveLinks"], mailbox["followed"]) == (1, True)
    assert mailbox["lastSuccessAt"] is None


def test_mailboxes_say_in_words_what_went_wrong(world, admin):
    world.join_tenant(ANN)
    link(world, world.meeting_of(ANN), world.plan(a_new_activity()))
    with world.services.database.transaction() as session:
        session.execute(update(MailboxRow).values(last_error="throttled"))

    [mailbox] = admin.get("/api/admin/mailboxes").json["items"]

    assert mailbox["lastError"] == "throttled"
    assert mailbox["lastErrorSentence"] == "Microsoft 365 asks to slow down."


def test_an_act_under_a_used_key_is_refused_for_another_body(world, admin):
    world.join_tenant(ANN, BO)
    path = "/api/admin/representatives/import"
    first = admin.post(path, {"addresses": [ANN.address]}, Idempotency_Key="k")

    same = admin.post(path, {"addresses": [ANN.address]}, Idempotency_Key="k")
    other = admin.post(path, {"addresses": [BO.address]}, Idempotency_Key="k")

    assert (first.status_code, same.status_code) == (200, 200)
    assert problem(other) == (422, "idempotency-key-reused")


def test_mailboxes_say_what_the_last_reconcile_stated(world, admin):
    world.join_tenant(ANN)
    tied = link(world, world.meeting_of(ANN), world.plan(a_new_activity())).json
    unstated = admin.get("/api/admin/mailboxes").json["items"][0]
    one = {"linkId": tied["id"], "activityId": tied["activityId"], "field": "copy"}
    named = [one | {"settled": True}, one | {"settled": False}]
    now = world.services.clock.now()
    with world.services.database.transaction() as session:
        reconciles.begin_reconcile(session, ANN.id, now)
        reconciles.finish(session, ANN.id, now, now, 412, named)

    [mailbox] = admin.get("/api/admin/mailboxes").json["items"]

    assert (unstated["differences"], unstated["completeness"]) == (None, None)
    assert (mailbox["differences"], mailbox["unsettledDifferences"]) == (2, 1)
    assert mailbox["namedDifferences"] == list(reversed(named))
    assert mailbox["completeness"].startswith("412 links, 2 differences (1 settled) at ")


@pytest.mark.parametrize("text", ["bo", "BO LI", "li", "bo@nord", "  "])
def test_people_are_found_by_beginnings_of_names_and_addresses(admin, text):
    found = admin.get("/api/admin/representatives", query=text).json["items"]

    assert BO.name in [one["name"] for one in found]


def test_who_is_not_called_like_that_is_not_found(admin):
    for text in ("ind", "bo ruiz", "nordwind"):
        assert admin.get("/api/admin/representatives", query=text).json["items"] == []
