"""Transferring activities over HTTP: the state of each person and of the whole, and who may ask for it."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from api_world import problem
from liaison.calendar.run import sync_mailbox
from liaison.people import sync_user
from people import ANN, BO

PLAN = {
    "subject": "Renewal",
    "start": "2026-11-24T10:00:00+01:00",
    "end": "2026-11-24T11:00:00+01:00",
    "timeZone": "Europe/Berlin",
    "transferToOutlook": True,
}


@pytest.fixture
def office(world):
    """Ann's and Bo's mailboxes are followed, and their windows were read."""
    world.join_tenant(ANN, BO)
    with world.services.database.transaction() as session:
        sync_user.unlock(session, ANN.name)
        sync_user.activate(session, ANN.name)
    run(world, ANN, BO)
    return world


def run(world, *people):
    tools = replace(world.services.tools, lease=lambda _id: nullcontext(enter_result=True))
    for one in people:
        sync_mailbox(tools, one.id, whole_round=True)


def plan(world, by=ANN, **members):
    return world.as_(by).post("/api/activities", PLAN | members)


def again(world, made, by=ANN):
    return world.as_(by).get(f"/api/activities/{made['id']}").json


def people_of(activity):
    return {one["name"]: one["outlook"] for one in activity["participants"]}


def test_an_activity_is_pending_until_its_event_is_there_and_then_synchronized(office):
    """IN-12: sent to the synchronizer, then synchronized, for each attendee."""
    people = [
        {"kind": "other", "name": "Ines", "address": "ines@contoso.example", "invite": True},
        {"kind": "representative", "id": str(BO.id)},
        {"kind": "other", "name": "Somebody"},
    ]
    made = plan(office, participants=people).json

    assert made["outlook"] == {"state": "pending", "reason": None, "webLink": None}
    assert made["link"] is None
    etag = office.as_(ANN).get(f"/api/activities/{made['id']}").headers["ETag"]
    run(office, ANN)
    answer = office.as_(ANN).get(f"/api/activities/{made['id']}")

    done = answer.json
    assert done["outlook"]["state"] == "synchronized"
    assert done["link"]["state"] == "live"
    assert people_of(done) == {
        ANN.name: "synchronized",
        "Ines": "synchronized",
        BO.name: "synchronized",
        "Somebody": "none",
    }
    assert answer.headers["ETag"] != etag


def test_without_the_organizers_mailbox_it_says_why(world):
    made = plan(world).json

    assert made["outlook"] == {"state": "failed", "reason": "organizer-not-active", "webLink": None}


def test_what_nobody_wants_in_outlook_has_no_state(office):
    made = plan(office, transferToOutlook=False).json

    assert made["outlook"]["state"] == "none"


def test_past_activities_say_why_they_stay(office):
    made = plan(office, start="2026-02-10T10:00:00+01:00", end="2026-02-10T11:00:00+01:00").json

    assert made["outlook"] == {"state": "none", "reason": "past-never-written", "webLink": None}


def test_a_person_asks_once_more_after_the_link_ended(office):
    made = plan(office).json
    run(office, ANN)
    linked = again(office, made)
    office.as_(ANN).delete(f"/api/links/{linked['link']['id']}")
    assert again(office, made)["outlook"]["state"] == "none"

    asked = office.as_(ANN).patch(
        f"/api/activities/{made['id']}", {"transferToOutlook": True}, linked["version"]
    )

    assert asked.json["outlook"]["state"] == "pending"
    run(office, ANN)
    assert again(office, made)["outlook"]["state"] == "synchronized"


def test_bringing_it_to_a_colleagues_calendar_needs_the_permission(office):
    made = plan(office, owner={"id": str(BO.id)}, transferToOutlook=False).json

    refused = office.as_(BO).patch(
        f"/api/activities/{made['id']}", {"transferToOutlook": True}, made["version"]
    )

    assert problem(refused) == (403, "forbidden")
    assert again(office, made)["transferToOutlook"] is False


def test_the_organizer_of_a_linked_meeting_is_changed_in_outlook(office):
    office.admin().put("/api/admin/policy", {"owners": {"participants": "both"}}, 1)
    made = plan(office).json
    run(office, ANN)
    now = again(office, made)

    refused = office.as_(ANN).patch(
        f"/api/activities/{made['id']}", {"organizer": {"id": str(BO.id)}}, now["version"]
    )

    assert refused.status_code in {403, 409}
    assert again(office, made)["organizer"]["id"] == str(ANN.id)


def test_before_a_transfer_it_is_told_how_many_people_get_mail(office):
    guests = [
        {"kind": "other", "address": f"g{n}@contoso.example", "invite": True} for n in range(21)
    ]
    people = [*guests, {"kind": "representative", "id": str(BO.id)}]
    made = plan(office, transferToOutlook=False, participants=people).json

    told = office.as_(ANN).get(f"/api/activities/{made['id']}/mails", by="transfer").json

    outside = told.pop("outside")
    assert told == {"people": 22, "outsiders": 21, "budget": 20, "willBeHeld": True}
    assert outside == sorted(one["address"] for one in guests)


def test_before_a_cancellation_it_is_told_whom_outlook_mails_under_this_policy(office):
    made = plan(office, participants=[{"kind": "representative", "id": str(BO.id)}]).json
    run(office, ANN)
    path = f"/api/activities/{made['id']}/mails"

    left = office.as_(ANN).get(path, by="cancel").json
    office.admin().put("/api/admin/policy", {"onCrmDelete": "cancel"}, 1)

    assert left["people"] == 0
    assert office.as_(ANN).get(path, by="cancel").json["people"] == 1
    assert office.as_(ANN).get(path, by="delete").json["outsiders"] == 0


def test_mail_that_waits_is_listed_approved_and_sent_once(office):
    guests = [
        {"kind": "other", "address": f"g{n}@contoso.example", "invite": True} for n in range(21)
    ]
    made = plan(office, participants=guests).json
    run(office, ANN)

    assert again(office, made)["outlook"] == {
        "state": "held",
        "reason": "mail-held",
        "webLink": None,
    }
    [held] = office.admin().get("/api/admin/held").json["items"]
    assert (held["reason"], held["activityIds"], held["count"]) == ("mail-held", [made["id"]], 1)
    assert held["mails"] == {"people": 21, "outsiders": 21}
    approved = office.admin().post(f"/api/admin/held/{held['id']}/approve").json
    assert approved["status"] == "approved"
    run(office, ANN)
    run(office, ANN)

    assert again(office, made)["outlook"]["state"] == "synchronized"
    assert len(office.outlook.writer.mails) == 21
    assert office.admin().get("/api/admin/held").json["items"] == []


def test_the_log_of_an_activity_begins_with_the_mail_that_waited(office):
    """Nothing was linked yet when it was held and approved."""
    guests = [
        {"kind": "other", "address": f"g{n}@contoso.example", "invite": True} for n in range(21)
    ]
    made = plan(office, participants=guests).json
    log = f"/api/activities/{made['id']}/decisions"
    run(office, ANN)
    [waits] = office.as_(ANN).get(log).json["items"]
    [held] = office.admin().get("/api/admin/held").json["items"]
    office.admin().post(f"/api/admin/held/{held['id']}/approve")
    run(office, ANN)

    told = office.as_(ANN).get(log).json["items"][::-1]

    assert "waits for an administrator" in waits["sentence"]
    assert told[0] == waits
    assert [one["reason"] for one in told][:3] == ["mail-held", "mail-held", "event-created"]
    assert "approved it" in told[1]["sentence"]


def test_mail_that_is_discarded_stays_in_the_crm(office):
    guests = [
        {"kind": "other", "address": f"g{n}@contoso.example", "invite": True} for n in range(21)
    ]
    made = plan(office, participants=guests).json
    run(office, ANN)
    [held] = office.admin().get("/api/admin/held").json["items"]

    discarded = office.admin().post(f"/api/admin/held/{held['id']}/discard")
    run(office, ANN)

    assert discarded.json["status"] == "discarded"
    assert again(office, made)["outlook"]["state"] == "none"
    assert office.outlook.writer.mails == []
    refused = office.admin().post(f"/api/admin/held/{held['id']}/approve")
    assert problem(refused) == (409, "hold-settled")
