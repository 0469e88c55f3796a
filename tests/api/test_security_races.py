"""The same things at the same time: one happens, the others get a proper answer, nothing is there twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import text

from api_world import by_id, link
from builders import a_new_activity
from people import ANN, BO, CARLA, CONTOSO, DEV

PLAN = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
AT_ONCE = 6


@pytest.fixture
def world(world):
    world.join_tenant(ANN, BO, CARLA)
    return world


def at_once(*acts):
    """Each in a thread of its own, begun together."""
    barrier = Barrier(len(acts))

    def begin(act):
        barrier.wait(timeout=60)
        return act()

    with ThreadPoolExecutor(len(acts)) as threads:
        return [one.result(timeout=60) for one in [threads.submit(begin, act) for act in acts]]


def statuses(answers):
    assert all(answer.status_code < 500 for answer in answers), [one.text for one in answers]
    return sorted(answer.status_code for answer in answers)


def count(world, table, condition="true"):
    with world.services.database.transaction() as session:
        return session.scalar(text(f"SELECT count(*) FROM {table} WHERE {condition}"))


def test_one_plan_under_one_key_however_many_send_it(world):
    answers = at_once(
        *[lambda: world.as_(ANN).post("/api/activities", PLAN, Idempotency_Key="k")] * AT_ONCE
    )

    assert statuses(answers) == [201] * AT_ONCE
    assert len({answer.json["id"] for answer in answers}) == 1
    assert count(world, "activities") == 1


def test_of_two_plans_under_one_key_one_is_refused(world):
    answers = at_once(
        *(
            lambda subject=subject: world.as_(ANN).post(
                "/api/activities", PLAN | {"subject": subject}, Idempotency_Key="k"
            )
            for subject in "AB"
        )
    )

    assert statuses(answers) == [201, 422]
    assert count(world, "activities") == 1


def test_one_restart_under_one_key_however_many_send_it(world):
    admin = world.admin(DEV)
    before = admin.get("/api/admin/service").json["generation"]

    answers = at_once(
        *[lambda: admin.post("/api/admin/service/restart", Idempotency_Key="k")] * AT_ONCE
    )

    assert statuses(answers) == [200] * AT_ONCE
    assert {answer.json["generation"] for answer in answers} == {before + 1}


def test_one_link_under_one_key_however_many_send_it(world):
    meeting, activity = world.meeting_of(ANN), world.plan(a_new_activity())
    body = by_id(meeting, activityId=str(activity.id), scope="single")

    answers = at_once(
        *[lambda: world.as_(ANN).post("/api/links", body, Idempotency_Key="k")] * AT_ONCE
    )

    assert statuses(answers) == [201] * AT_ONCE
    assert count(world, "links") == 1


def test_of_changes_to_one_version_one_is_carried_out(world):
    activity = world.plan(a_new_activity())

    answers = at_once(
        *(
            lambda number=number: world.as_(ANN).patch(
                f"/api/activities/{activity.id}", {"outcome": str(number)}, 1
            )
            for number in range(AT_ONCE)
        )
    )

    assert statuses(answers) == [200] + [409] * (AT_ONCE - 1)
    [winner] = [answer.json for answer in answers if answer.status_code == 200]
    now = world.as_(ANN).get(f"/api/activities/{activity.id}").json
    assert (now["outcome"], now["version"]) == (winner["outcome"], 2)


def test_of_a_change_and_a_deletion_one_is_carried_out(world):
    activity = world.plan(a_new_activity())
    path = f"/api/activities/{activity.id}"

    answers = at_once(
        lambda: world.as_(ANN).patch(path, {"outcome": "Won"}, 1),
        lambda: world.as_(ANN).delete(path, 1),
    )

    assert sum(answer.status_code < 300 for answer in answers) == 1
    assert max(statuses(answers)) in {404, 409}


def test_of_changes_to_a_company_or_the_policy_one_is_carried_out(world):
    company = f"/api/companies/{CONTOSO.id}"

    changed = at_once(
        *(lambda n=n: world.as_(ANN).patch(company, {"name": f"C{n}"}, 1) for n in range(4))
    )
    chosen = at_once(
        *(
            lambda days=days: world.admin(ANN).put("/api/admin/policy", {"windowPastDays": days}, 1)
            for days in (1, 2, 3, 4)
        )
    )

    assert statuses(changed) == statuses(chosen) == [200, 409, 409, 409]


def test_two_meetings_reach_for_one_activity(world):
    activity = world.plan(a_new_activity())
    meetings = [world.meeting_of(ANN, f"Talk {number}") for number in range(AT_ONCE)]

    answers = at_once(*(lambda m=m: link(world, m, activity) for m in meetings))

    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert count(world, "links", "state <> 'ended'") == 1


def test_two_activities_reach_for_one_meeting(world):
    meeting = world.meeting_of(ANN)
    activities = [world.plan(a_new_activity()) for _ in range(AT_ONCE)]

    answers = at_once(*(lambda a=a: link(world, meeting, a) for a in activities))

    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert count(world, "links", "state <> 'ended'") == 1


def test_a_meeting_becomes_one_activity_however_often_it_is_asked_for(world):
    meeting = world.meeting_of(ANN)

    answers = at_once(
        *[lambda: world.as_(ANN).post("/api/activities", by_id(meeting, scope="single"))] * AT_ONCE
    )

    assert statuses(answers) == [201] + [409] * (AT_ONCE - 1)
    assert count(world, "activities") == count(world, "links") == 1


def test_linking_unlinking_and_retracting_at_once_end_in_one_of_their_states(world):
    meeting, activity = world.meeting_of(ANN), world.plan(a_new_activity())
    path = f"/api/links/{link(world, meeting, activity).json['id']}"

    answers = at_once(
        lambda: link(world, meeting, activity),
        lambda: world.as_(ANN).delete(path),
        lambda: world.as_(ANN).post(f"{path}/retract"),
        lambda: link(world, meeting, activity),
        lambda: world.as_(ANN).delete(path),
    )

    assert set(statuses(answers)) <= {200, 201, 204, 404, 409}
    assert count(world, "links") == 1
    [tie] = world.as_(ANN).get("/api/links").json["items"]
    assert tie["state"] in {"live", "ended"}
