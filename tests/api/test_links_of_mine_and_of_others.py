"""My links and meetings, and what I may do about those of others."""

import pytest

from api_world import by_id, link, problem
from builders import a_new_activity
from people import ANN, BO, CARLA, DEV


@pytest.fixture
def world(world):
    """Ann, Bo and Carla have mailboxes that are followed."""
    world.join_tenant(ANN, BO, CARLA)
    return world


@pytest.fixture
def meeting(world):
    return world.meeting_of(ANN, "Offer")


def test_my_links_are_listed_page_by_page(world):
    for name in ("One", "Two", "Three"):
        link(world, world.meeting_of(ANN, name), world.plan(a_new_activity()))

    first = world.as_(ANN).get("/api/links", limit=2).json
    rest = world.as_(ANN).get("/api/links", limit=2, cursor=first["next"]).json

    assert (len(first["items"]), len(rest["items"])) == (2, 1)
    assert rest["next"] is None
    assert world.as_(BO).get("/api/links").json["items"] == []


def test_my_meetings_say_which_are_linked(world, meeting):
    link(world, meeting, world.plan(a_new_activity()))
    world.meeting_of(ANN, "Another")
    week = {"from": "2026-11-23T00:00:00Z", "to": "2026-11-28T00:00:00Z"}

    def subjects(**more):
        items = world.as_(ANN).get("/api/meetings", **week, **more).json["items"]
        return sorted(item["meeting"]["subject"] for item in items)

    assert subjects() == subjects(linked="both") == ["Another", "Offer"]
    assert subjects(linked="true") == ["Offer"]
    assert subjects(linked="false") == ["Another"]


def test_a_colleagues_mailbox_is_only_read_in_the_callers_own_name(world, meeting):
    query = by_id(meeting, mailbox=ANN.address)
    refused = world.as_(BO).get("/api/meeting", **query)
    world.outlook.share(world.listed(ANN), world.listed(BO))

    shown = world.as_(BO).get("/api/meeting", **query)

    assert problem(refused) == (403, "event-access-denied")
    assert shown.json["meeting"]["subject"] == "Offer"
    assert {call.caller for call in world.outlook.calls} == {BO.oid}


def test_nobody_acts_on_a_link_of_a_meeting_that_he_cannot_read(world, meeting):
    linked = link(world, meeting, world.plan(a_new_activity())).json

    for act in ("sync", "retry", "retract"):
        answer = world.as_(CARLA).post(f"/api/links/{linked['id']}/{act}")
        assert problem(answer) == (403, "forbidden")
    assert problem(world.as_(CARLA).delete(f"/api/links/{linked['id']}")) == (403, "forbidden")
    # The log follows the activity, which is everybody's unless it is confidential.
    log = world.as_(CARLA).get(f"/api/links/{linked['id']}/decisions")
    assert log.status_code == 200


def test_a_409_names_a_confidential_activity_to_nobody_else(world, meeting):
    attendee = world.outlook.copy_to(world.listed(CARLA), meeting)
    secret = world.plan(a_new_activity(subject="Secret", confidential=True))
    link(world, meeting, secret)
    own = world.plan(a_new_activity(), CARLA)
    body = {"itemId": attendee.event_id, "activityId": str(own.id), "scope": "single"}

    answer = world.as_(CARLA).post("/api/links", body)

    assert "Secret" not in answer.text
    assert str(secret.id) not in answer.text


def test_sync_now_is_refused_while_the_service_is_stopped(world, meeting):
    linked = link(world, meeting, world.plan(a_new_activity())).json
    world.admin(DEV).post("/api/admin/service/stop")

    answer = world.as_(ANN).post(f"/api/links/{linked['id']}/sync")

    assert problem(answer) == (409, "service-stopped")
