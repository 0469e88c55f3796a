"""One representative against another's data, by ids he has no business to know."""

import pytest

from api_world import by_id, link, problem
from builders import a_contact_participant, a_new_activity, a_representative_participant
from people import ANN, BO, CARLA, DEV, INES

PLAN = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
WEEK = {"from": "2026-11-23T00:00:00Z", "to": "2026-11-28T00:00:00Z"}
HIDDEN = "Divorce"
NOT_FOUND = (404, "not-found")
FORBIDDEN = (403, "forbidden")


@pytest.fixture
def confided(world):
    """Ann's confidential activity, linked to her meeting with Bo; Carla is in neither."""
    world.join_tenant(ANN, BO, CARLA)
    everybody = (
        a_representative_participant(),
        a_representative_participant(BO),
        a_contact_participant(INES),
    )
    activity = world.plan(
        a_new_activity(
            subject=HIDDEN,
            notes=HIDDEN,
            internal_notes=HIDDEN,
            outcome=HIDDEN,
            confidential=True,
            participants=everybody,
        )
    )
    meeting = world.meeting_of(ANN, HIDDEN)
    world.outlook.copy_to(world.listed(BO), meeting)
    tie = link(world, meeting, activity)
    assert tie.status_code == 201, tie.text
    return world, activity, meeting, tie.json


def reads(activity, tie):
    return [
        ("/api/activities", {}),
        ("/api/activities", {"query": HIDDEN}),
        ("/api/activities", {"query": HIDDEN[:3]}),
        ("/api/activities", {"contactId": str(INES.id)}),
        ("/api/activities", {"status": "planned"}),
        ("/api/activities", {"status": "deleted"}),
        ("/api/activities", WEEK),
        (f"/api/activities/{activity.id}", {}),
        ("/api/links", {}),
        (f"/api/links/{tie['id']}/decisions", {}),
        ("/api/meetings", WEEK),
        ("/api/reviews", {}),
        ("/api/contacts", {"query": HIDDEN}),
        ("/api/representatives", {}),
    ]


def test_no_list_search_or_log_shows_a_confidential_activity_to_a_colleague(confided):
    world, activity, _, tie = confided

    for path, query in reads(activity, tie):
        seen = world.as_(CARLA).get(path, **query)

        assert HIDDEN not in seen.text, (path, query)
        assert str(activity.id) not in seen.text, (path, query)


def test_an_administrator_reads_codes_of_it_and_nothing_else(confided):
    world, activity, _, _ = confided
    for path in ("decisions", "audit", "mailboxes", "policy", "representatives"):
        seen = world.admin(DEV).get(f"/api/admin/{path}")

        assert seen.status_code == 200
        assert HIDDEN not in seen.text, path
    asked = world.admin(DEV).get("/api/admin/decisions", activityId=str(activity.id)).json["items"]
    assert asked
    assert {(one["before"], one["after"]) for one in asked} == {(None, None)}


@pytest.mark.parametrize("person", [CARLA, DEV], ids=["colleague", "stranger"])
def test_nothing_can_be_done_to_it_by_its_id(confided, person):
    world, activity, _, tie = confided
    path = f"/api/activities/{activity.id}"
    other = world.as_(person)

    answers = [
        other.patch(path, {"outcome": "X"}, activity.version),
        other.patch(path, {"owner": {"id": str(CARLA.id)}}, 99),
        other.delete(path, activity.version),
        other.post(f"{path}/restore"),
        other.delete(f"/api/links/{tie['id']}"),
        *(other.post(f"/api/links/{tie['id']}/{act}") for act in ("sync", "retry", "retract")),
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert all(HIDDEN not in answer.text for answer in answers)
    assert world.as_(ANN).get(path).json["outcome"] == HIDDEN


def test_a_colleague_cannot_tie_it_to_a_meeting_of_his_own(confided):
    world, activity, _, _ = confided
    own = world.meeting_of(CARLA, "Own")
    body = by_id(own, activityId=str(activity.id), scope="single")

    assert problem(world.as_(CARLA).post("/api/links", body)) == NOT_FOUND


def test_it_is_suggested_to_nobody_who_may_not_see_it(world):
    world.join_tenant(ANN, CARLA)
    people = (a_representative_participant(), a_contact_participant(INES))
    world.plan(a_new_activity(subject=HIDDEN, confidential=True, participants=people))
    for one in (ANN, CARLA):
        attendees = world.meeting_of(one, "Talk")

        seen = world.as_(one).get("/api/meeting", **by_id(attendees))

        assert (HIDDEN in seen.text) is (one is ANN)


def test_a_participant_sees_it_and_writes_no_more_than_he_may(world):
    people = (a_representative_participant(), a_representative_participant(BO))
    secret = world.plan(a_new_activity(subject=HIDDEN, confidential=True, participants=people))
    path = f"/api/activities/{secret.id}"

    assert world.as_(BO).get(path).json["subject"] == HIDDEN
    assert problem(world.as_(BO).patch(path, {"subject": "Mine"}, 1)) == FORBIDDEN
    assert problem(world.as_(BO).patch(path, {"owner": {"id": str(BO.id)}}, 1)) == FORBIDDEN
    assert world.as_(BO).patch(path, {"outcome": "Fine"}, 1).status_code == 200


def test_participants_are_not_added_by_somebody_who_wants_to_see(world):
    open_one = world.plan(a_new_activity(participants=(a_representative_participant(),)))
    wish = {"participants": [{"kind": "representative", "id": str(CARLA.id)}]}

    answer = world.as_(CARLA).patch(f"/api/activities/{open_one.id}", wish, 1)

    assert problem(answer) == FORBIDDEN


def test_a_key_is_its_senders_alone(world):
    first = world.as_(ANN).post("/api/activities", PLAN, Idempotency_Key="k")

    same_key = world.as_(BO).post("/api/activities", PLAN, Idempotency_Key="k")
    other_path = world.as_(ANN).post("/api/companies", {"name": "A"}, Idempotency_Key="k")

    assert (same_key.status_code, other_path.status_code) == (201, 201)
    assert same_key.json["id"] != first.json["id"]
    assert same_key.json["owner"]["id"] == str(BO.id)


def test_a_repeated_answer_is_given_only_to_who_may_still_see_it(world):
    body = PLAN | {"participants": [{"kind": "representative", "id": str(BO.id)}]}
    made = world.as_(ANN).post("/api/activities", body, Idempotency_Key="k").json
    gone = world.as_(ANN).patch(
        f"/api/activities/{made['id']}", {"owner": {"id": str(BO.id)}}, made["version"]
    )
    assert gone.status_code in {200, 403}

    again = world.as_(ANN).post("/api/activities", body, Idempotency_Key="k")

    assert again.status_code in {201, 404}
    assert again.status_code == world.as_(ANN).get(f"/api/activities/{made['id']}").status_code + 1


def test_a_meeting_of_another_mailbox_is_not_read_by_its_id(world):
    world.join_tenant(ANN, CARLA)
    meeting = world.meeting_of(ANN, HIDDEN)
    named = {"subject": HIDDEN, "start": "2026-11-23T09:00:00Z", "end": "2026-11-23T10:00:00Z"}
    activity = world.plan(a_new_activity(), CARLA)

    answers = [
        world.as_(CARLA).get("/api/meeting", **by_id(meeting)),
        world.as_(CARLA).get("/api/meeting", **by_id(meeting, mailbox=ANN.address)),
        world.as_(CARLA).get("/api/meeting", **named, organizer=ANN.address),
        world.as_(CARLA).get("/api/meeting", **named, mailbox=ANN.aliases[0]),
        world.as_(CARLA).post(
            "/api/links", by_id(meeting, activityId=str(activity.id), scope="single")
        ),
        world.as_(CARLA).post("/api/activities", by_id(meeting, scope="single")),
    ]

    codes = {problem(answer) for answer in answers}
    assert codes <= {(404, "meeting-not-found"), (403, "event-access-denied")}
    in_anns_mailbox = [call for call in world.outlook.calls if call.mailbox == ANN.oid]
    assert {call.caller for call in in_anns_mailbox} <= {CARLA.oid}


def test_administration_is_no_way_into_the_crm(world):
    world.join_tenant(ANN)
    secret = world.plan(a_new_activity(subject=HIDDEN, confidential=True))

    for person in (world.admin(DEV), world.admin(CARLA)):
        answer = person.get(f"/api/activities/{secret.id}")

        assert answer.status_code in {403, 404}
        assert HIDDEN not in answer.text
