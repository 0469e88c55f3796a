"""Fields that both sides changed: shown with both values, settled by a person, refused where it is too late."""

from contextlib import nullcontext
from dataclasses import replace

import pytest

from api_world import by_id, link, problem
from builders import a_new_activity
from liaison.calendar.run import sync_mailbox
from liaison.people import sync_user
from liaison.policy.store import read_policy, save_policy
from people import ANN, BO, CARLA

BOTH = {"subject": "both", "time": "both", "place": "both", "participants": "both"}


@pytest.fixture
def world(world):
    """Ann and Bo have mailboxes that are followed; the sync may write; both sides own everything."""
    world.join_tenant(ANN, BO)
    with world.services.database.transaction() as session:
        sync_user.unlock(session, "Admin")
        sync_user.activate(session, "Admin")
    return world


@pytest.fixture
def choose(world):
    def choose(**wishes):
        with world.services.database.transaction() as session:
            version = read_policy(session).version
            save_policy(session, wishes, if_version=version, actor="Admin")

    choose(owners=BOTH, conflict="hold")
    return choose


@pytest.fixture
def run(world):
    tools = replace(world.services.tools, lease=lambda _mailbox_id: nullcontext(enter_result=True))
    return lambda: sync_mailbox(tools, ANN.id, whole_round=True)


@pytest.fixture
def contested(world, choose, run):
    """Ann's meeting, renamed in Outlook and in the CRM before anybody looked; its link and how it is named."""

    def contested(**policy):
        if policy:
            choose(**policy)
        meeting = world.meeting_of(ANN, "Offer")
        made = link(world, meeting, world.plan(a_new_activity(subject="Offer"))).json
        run()
        world.outlook.change(world.listed(ANN), meeting.event_id, subject="Theirs", etag="2")
        patched(world, made["activityId"], subject="Ours")
        run()
        return meeting, made

    return contested


def shown(world, activity_id):
    return world.as_(ANN).get(f"/api/activities/{activity_id}").json


def patched(world, activity_id, **wishes):
    version = shown(world, activity_id)["version"]
    answer = world.as_(ANN).patch(f"/api/activities/{activity_id}", wishes, version)
    assert answer.status_code == 200, answer.text
    return answer.json


def settle(world, made, keep, field="subject", by=ANN, **headers):
    body = {"field": field, "keep": keep}
    return world.as_(by).post(f"/api/links/{made['id']}/settle", body, **headers)


def subjects(world, meeting, made):
    there = world.outlook._state.mailboxes[ANN.oid].readable(meeting.event_id).subject
    return there, shown(world, made["activityId"])["subject"]


def test_a_held_conflict_is_shown_with_both_values(world, contested):
    meeting, _ = contested()

    seen = world.as_(ANN).get("/api/meeting", **by_id(meeting)).json

    [contest] = seen["link"]["contested"]
    assert contest == {
        "field": "subject",
        "outlook": "Theirs",
        "crm": "Ours",
        "how": "held",
        "chosen": None,
    }
    [difference] = [one for one in seen["differences"] if one["field"] == "subject"]
    assert (difference["outlook"], difference["crm"]) == ("Theirs", "Ours")
    assert difference["conflict"] is True
    assert {"reason": "conflict-held", "address": None} in seen["activity"]["review"]


@pytest.mark.parametrize(("keep", "value"), [("outlook", "Theirs"), ("crm", "Ours")])
def test_a_person_settles_it_for_either_side(world, contested, run, keep, value):
    meeting, made = contested()

    answer = settle(world, made, keep)
    run()

    assert answer.status_code == 200
    assert answer.json["contested"][0]["chosen"] == keep
    assert subjects(world, meeting, made) == (value, value)


def test_what_lost_is_taken_back(world, contested, run):
    meeting, made = contested(conflict="outlook-wins")

    answer = settle(world, made, "crm")
    run()

    assert answer.json["contested"] == []
    assert subjects(world, meeting, made) == ("Ours", "Ours")


def test_the_same_request_again_answers_the_same(world, contested):
    _, made = contested(conflict="outlook-wins")
    first = settle(world, made, "crm", Idempotency_Key="again")

    again = settle(world, made, "crm", Idempotency_Key="again")

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.json["id"] == made["id"]


def set_aside(world, made):
    body = {"reason": "conflict-held", "ignore": True}
    return world.as_(ANN).post(f"/api/reviews/{made['activityId']}/resolve", body)


def test_the_mark_of_a_conflict_cannot_be_set_aside_while_somebody_has_to_choose(world, contested):
    _, made = contested()

    refused = set_aside(world, made)

    assert problem(refused) == (409, "still-contested")
    assert shown(world, made["activityId"])["review"] == [
        {"reason": "conflict-held", "address": None}
    ]


def test_the_mark_of_a_conflict_is_set_aside_where_nobody_can_choose_any_more(world, contested):
    _, made = contested()
    world.as_(ANN).delete(f"/api/links/{made['id']}")

    answer = set_aside(world, made)

    assert (answer.status_code, answer.json["review"]) == (200, [])


def test_of_a_meeting_that_is_over_the_mark_of_a_conflict_is_set_aside(world, contested):
    """Nothing of it is written any more, so neither value could be kept."""
    _, made = contested()
    world.clock.advance(days=400)

    answer = set_aside(world, made)

    assert (answer.status_code, answer.json["review"]) == (200, [])


def test_what_is_not_contested_cannot_be_settled(world, contested):
    _, made = contested()

    assert problem(settle(world, made, "crm", "location")) == (409, "not-contested")


def test_what_was_changed_since_cannot_be_settled_any_more(world, contested):
    _, made = contested()
    patched(world, made["activityId"], subject="Changed since")

    assert problem(settle(world, made, "crm")) == (409, "not-contested")


def test_the_winner_again_changes_nothing(world, contested):
    _, made = contested(conflict="outlook-wins")

    answer = settle(world, made, "outlook")

    assert answer.status_code == 200
    assert answer.json["contested"][0]["how"] == "outlook-won"


@pytest.mark.parametrize("body", [{"field": "weather", "keep": "crm"}, {"field": "subject"}])
def test_a_settlement_names_a_field_and_a_side(world, contested, body):
    _, made = contested()

    answer = world.as_(ANN).post(f"/api/links/{made['id']}/settle", body)

    assert problem(answer) == (422, "invalid-request")


def test_only_who_takes_part_settles(world, contested):
    _, made = contested()
    world.join_tenant(CARLA)

    assert settle(world, made, "crm", by=CARLA).status_code == 403
    assert world.anybody().post(f"/api/links/{made['id']}/settle").status_code == 401


def test_an_unlinked_meeting_has_nothing_to_settle(world, contested):
    _, made = contested()
    world.as_(ANN).delete(f"/api/links/{made['id']}")

    assert problem(settle(world, made, "crm")) == (409, "link-ended")


@pytest.mark.parametrize(
    ("owner", "expected"), [("outlook", (409, "owned-by-outlook")), ("both", None), ("crm", None)]
)
def test_only_what_outlook_owns_is_locked(world, choose, owner, expected):
    choose(owners=BOTH | {"subject": owner})
    made = link(world, world.meeting_of(ANN, "Offer"), world.plan(a_new_activity(subject="Offer")))
    activity_id = made.json["activityId"]
    version = shown(world, activity_id)["version"]

    answer = world.as_(ANN).patch(f"/api/activities/{activity_id}", {"subject": "Ours"}, version)

    assert (problem(answer) if expected else None) == expected
