"""The open meeting: seen, linked, made into an activity, unlinked, retracted."""

import pytest

from api_world import by_id, link, problem
from builders import a_new_activity
from liaison.errors import (
    ConsentMissing,
    GatewayTimeout,
    GatewayUnavailable,
    InteractionRequired,
    Throttled,
    UnreadableAnswer,
)
from liaison.outlook.model import Attendee, Response, Sensitivity
from people import ANN, BO, CARLA

UNKNOWN = "01a1f895-4c75-7228-813c-8b595264c233"


@pytest.fixture
def world(world):
    """Ann and Bo have mailboxes that are followed; Carla has one too."""
    world.join_tenant(ANN, BO, CARLA)
    return world


@pytest.fixture
def meeting(world):
    return world.meeting_of(ANN, "Offer")


def test_an_unlinked_meeting_is_shown_with_its_people(world, meeting):
    answer = world.as_(ANN).get("/api/meeting", **by_id(meeting))

    assert answer.status_code == 200
    seen = answer.json
    assert seen["meeting"]["subject"] == "Offer"
    assert seen["meeting"]["start"] == "2026-11-23T10:00:00+01:00"
    assert seen["meeting"]["timeZone"] == "Europe/Berlin"
    assert seen["meeting"]["mailbox"] == ANN.address
    assert seen["link"] is None
    assert seen["activity"] is None
    [ann] = seen["participants"]
    assert ann["response"] == "organizer"
    assert ann["match"]["id"] == str(ANN.id)


def test_a_meeting_is_found_by_the_id_that_outlook_gives(world, meeting):
    answer = world.as_(ANN).get("/api/meeting", itemId=world.outlook.ews_id(meeting.event_id))

    assert answer.json["meeting"]["eventId"] == meeting.event_id


def test_a_meeting_without_an_id_is_found_by_what_it_says(world, meeting):
    described = {"subject": "Offer", "start": "2026-11-23T09:00:00Z", "end": "2026-11-23T10:00:00Z"}

    answer = world.as_(ANN).get("/api/meeting", **described, organizer=ANN.address)

    assert answer.json["meeting"]["eventId"] == meeting.event_id


def test_linking_brings_the_activity_in_step_within_the_call(world, meeting):
    activity = world.plan(a_new_activity(subject="Renewal"))

    answer = link(world, meeting, activity)

    assert answer.status_code == 201
    assert answer.json["state"] == "live"
    assert answer.json["mailboxes"] == [{"address": ANN.address, "eventId": meeting.event_id}]
    seen = world.as_(ANN).get("/api/meeting", **by_id(meeting)).json
    assert seen["activity"]["subject"] == "Offer"
    assert seen["link"]["id"] == answer.json["id"]
    assert seen["differences"] == []
    assert "Offer" in str([one["after"] for one in seen["decisions"]])


def test_linking_the_same_again_answers_200(world, meeting):
    activity = world.plan(a_new_activity())
    link(world, meeting, activity)

    again = link(world, meeting, activity)

    assert again.status_code == 200


def test_the_same_request_again_gets_the_same_answer(world, meeting):
    activity = world.plan(a_new_activity())
    body = by_id(meeting, activityId=str(activity.id), scope="single")
    first = world.as_(ANN).post("/api/links", body, Idempotency_Key="k1")

    second = world.as_(ANN).post("/api/links", body, Idempotency_Key="k1")

    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json["id"] == first.json["id"]


def test_a_meeting_that_is_linked_names_the_other_activity(world, meeting):
    first = world.plan(a_new_activity(subject="First"))
    link(world, meeting, first)

    answer = link(world, meeting, world.plan(a_new_activity(subject="Second")))

    assert problem(answer) == (409, "already-linked")
    assert answer.json["activity"]["id"] == str(first.id)


def test_an_activity_that_is_taken_names_its_link(world, meeting):
    activity = world.plan(a_new_activity())
    taken = link(world, meeting, activity).json

    answer = link(world, world.meeting_of(ANN, "Another"), activity)

    assert problem(answer) == (409, "activity-taken")
    assert answer.json["link"]["id"] == taken["id"]


@pytest.mark.parametrize(
    ("members", "status", "code"),
    [
        ({"activityId": UNKNOWN}, 404, "not-found"),
        ({"itemId": "nothing"}, 404, "meeting-not-found"),
        ({"activityId": "no-uuid"}, 422, "invalid-request"),
        ({"scope": "all"}, 422, "invalid-request"),
        ({"scope": None}, 422, "invalid-request"),
        ({"start": "2026-11-23T09:00:00"}, 422, "invalid-request"),
        ({"itemid": "x"}, 422, "invalid-request"),
    ],
)
def test_a_link_that_cannot_be_is_refused(world, meeting, members, status, code):
    answer = link(world, meeting, world.plan(a_new_activity()), **members)

    assert problem(answer) == (status, code)


def test_a_private_meeting_is_not_linked(world):
    meeting = world.meeting_of(ANN, sensitivity=Sensitivity.PRIVATE)

    assert problem(link(world, meeting, world.plan(a_new_activity()))) == (409, "private")


def test_an_activity_is_made_from_the_meeting_in_one_step(world, meeting):
    body = by_id(meeting, scope="single", nextStep="Send the offer")

    answer = world.as_(ANN).post("/api/activities", body)

    assert answer.status_code == 201
    made = answer.json
    assert (made["subject"], made["nextStep"]) == ("Offer", "Send the offer")
    assert made["link"]["state"] == "live"
    assert made["owner"]["id"] == str(ANN.id)


def test_what_the_meeting_says_cannot_be_given(world, meeting):
    body = by_id(meeting, scope="single", subject="Mine", notes="Mine", location="Here")

    answer = world.as_(ANN).post("/api/activities", body)

    assert problem(answer) == (422, "invalid-request")
    assert set(answer.json["errors"]) == {"subject", "notes", "location"}


def test_a_lost_answer_does_not_make_a_second_activity(world, meeting):
    body = by_id(meeting, scope="single")
    first = world.as_(ANN).post("/api/activities", body, Idempotency_Key="k2")

    second = world.as_(ANN).post("/api/activities", body, Idempotency_Key="k2")

    assert second.json["id"] == first.json["id"]
    assert second.status_code == 201


def test_a_claims_challenge_comes_back_with_its_claims(world, meeting):
    world.outlook.fail_next(InteractionRequired(claims='{"access_token":{}}'))

    answer = world.as_(BO).get("/api/meeting", **by_id(meeting, mailbox=ANN.address))

    assert problem(answer) == (401, "interaction-required")
    assert answer.json["claims"] == '{"access_token":{}}'


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Throttled(2.128), 503, "throttled"),
        (GatewayTimeout(), 504, "gateway-timeout"),
        (GatewayUnavailable(), 503, "gateway-unavailable"),
        (ConsentMissing(), 502, "consent-missing"),
        (UnreadableAnswer(), 502, "unreadable-answer"),
    ],
)
def test_a_failure_of_outlook_is_told_as_such(world, meeting, error, status, code):
    world.outlook.fail_next(error, error, error)

    answer = world.as_(ANN).get("/api/meeting", **by_id(meeting))

    assert problem(answer) == (status, code)
    assert (answer.headers.get("Retry-After") == "3") is (code == "throttled")


def test_unlinking_keeps_both_and_can_be_undone_by_linking_again(world, meeting):
    activity = world.plan(a_new_activity())
    linked = link(world, meeting, activity).json

    gone = world.as_(ANN).delete(f"/api/links/{linked['id']}")

    assert gone.status_code == 204
    seen = world.as_(ANN).get("/api/meeting", **by_id(meeting)).json
    assert seen["link"]["state"] == "ended"
    assert seen["link"]["endedBy"] == ANN.name
    shown = world.as_(ANN).get(f"/api/activities/{activity.id}").json
    assert shown["link"]["state"] == "ended"
    assert link(world, meeting, activity).status_code == 201


def test_retracting_erases_what_the_crm_holds(world, meeting):
    activity = world.plan(a_new_activity(internal_notes="Secret plan"))
    linked = link(world, meeting, activity).json

    answer = world.as_(ANN).post(f"/api/links/{linked['id']}/retract")

    assert answer.json["state"] == "ended"
    log = world.as_(ANN).get(f"/api/links/{linked['id']}/decisions")
    assert "Offer" not in log.text
    assert "retracted" in {one["reason"] for one in log.json["items"]}


def test_what_an_invitees_copy_does_not_know_of_answers_is_no_difference(world):
    others = (Attendee(BO.name, BO.address), Attendee("Ines", "ines@contoso.example"))
    answered = tuple(Attendee(one.name, one.address, one.role, Response.ACCEPTED) for one in others)
    meeting = world.meeting_of(ANN, attendees=answered)
    assert link(world, meeting, world.plan(a_new_activity())).status_code == 201
    copy = world.outlook.copy_to(world.listed(BO), meeting)
    world.outlook.change(world.listed(BO), copy.event_id, attendees=others)

    seen = world.as_(BO).get("/api/meeting", **by_id(copy)).json

    assert seen["link"]["state"] == "live"
    assert seen["differences"] == []
