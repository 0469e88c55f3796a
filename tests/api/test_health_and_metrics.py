"""Whether the server lives and can serve, and who may see its figures."""

from dataclasses import replace

from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text as sql

from api_world import problem, settings
from liaison.api.services import attach
from liaison.calendar.stores import change_ages, reconciles
from liaison.calendar.stores.mailboxes import save_mailbox
from liaison.db.session import Database
from liaison.worker.heartbeats import Heartbeat
from people import ANN, BO


def figures(world):
    text = world.anybody().get("/metrics").text
    samples = [one for family in text_string_to_metric_families(text) for one in family.samples]
    return {one.name: one.value for one in samples if not one.labels}


def test_a_server_that_lives_says_so(world):
    assert world.anybody().get("/healthz").text == "ok\n"


def test_problems_elsewhere_are_told_and_change_nothing(world):
    world.join_tenant(ANN)
    with world.services.database.transaction() as session:
        save_mailbox(session, ANN.id, {"unavailable_since": world.clock.now()})

    answer = world.anybody().get("/readyz")

    assert answer.status_code == 200
    assert answer.json["ready"] is True
    assert answer.json["problems"] == [
        "The sync user SYNC_MASTER is locked or not activated.",
        "No worker runs: meetings are not looked at. Start one with liaison worker.",
        "Mailboxes that cannot be read: 1.",
        "Mailboxes without a subscription to notifications: 1.",
    ]


def test_without_a_database_it_is_not_ready(world):
    nowhere = replace(
        world.services.tools, database=Database("postgresql://nobody@127.0.0.1:1/none")
    )
    attach(world.app, replace(world.services, tools=nowhere))

    answer = world.anybody().get("/readyz")

    assert answer.status_code == 503
    assert answer.json == {"ready": False, "problems": ["The database cannot be reached."]}


def test_a_lost_database_is_told_as_something_that_passes(world):
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none")
    attach(
        world.app, replace(world.services, tools=replace(world.services.tools, database=nowhere))
    )

    assert problem(world.as_(ANN).get("/api/contacts")) == (503, "database-unavailable")


def test_metrics_name_routes_and_never_ids(world):
    world.as_(ANN).get("/api/activities/01a1f895-4c75-7228-813c-8b595264c233")

    answer = world.anybody().get("/metrics")

    assert 'route="/api/activities/<uuid:activity_id>"' in answer.text
    assert "01a1f895" not in answer.text


def test_metrics_tell_how_the_mailboxes_and_workers_are(world):
    world.join_tenant(ANN, BO)
    changes = {"last_success_at": world.clock.now(), "unavailable_since": None}
    with world.services.database.transaction() as session:
        save_mailbox(session, ANN.id, changes)
        save_mailbox(session, BO.id, {"unavailable_since": world.clock.now()})
    world.clock.advance(minutes=2)
    Heartbeat(world.services.database, world.clock)._beat()

    told = figures(world)

    assert told["liaison_mailboxes_followed"] == 2
    assert told["liaison_mailboxes_unavailable"] == 1
    assert told["liaison_oldest_success_seconds"] == 120
    assert told["liaison_most_overdue_seconds"] == 120
    assert told["liaison_sync_user_ready"] == 0
    assert told["liaison_workers"] == 1


def test_without_a_database_a_server_still_tells_its_own_figures(world):
    nowhere = replace(
        world.services.tools, database=Database("postgresql://nobody@127.0.0.1:1/none")
    )
    attach(world.app, replace(world.services, tools=nowhere))

    told = figures(world)

    assert "process_cpu_seconds_total" in told
    assert "liaison_workers" not in told


def test_metrics_want_their_token_where_one_is_set(world):
    guarded = replace(world.services, settings=settings(metrics_token="the-metrics-token"))
    attach(world.app, guarded)
    client = world.anybody()

    assert problem(client.get("/metrics")) == (401, "not-signed-in")
    wrong = {"Authorization": "Bearer guessed"}
    assert problem(client.get("/metrics", headers=wrong)) == (401, "not-signed-in")
    right = {"Authorization": "Bearer the-metrics-token"}
    assert client.get("/metrics", headers=right).status_code == 200


def test_an_unexpected_failure_tells_nothing_of_our_inside(world):
    with world.services.database.engine.begin() as connection:
        connection.execute(sql("DROP TABLE contacts CASCADE"))

    answer = world.as_(ANN).get("/api/contacts")

    assert problem(answer) == (500, "internal-error")
    assert "contacts" not in answer.text
    assert "SELECT" not in answer.text


def test_metrics_tell_differences_and_the_ages_of_changes(world):
    world.join_tenant(ANN)
    now = world.services.clock.now()
    named = {"linkId": "l", "activityId": "a", "field": "copy", "settled": False}
    with world.services.database.transaction() as session:
        reconciles.begin_reconcile(session, ANN.id, now)
        reconciles.finish(session, ANN.id, now, now, 1, [named])
        change_ages.count_ages(session, [0.5, 0.25, 4000.0])
        change_ages.count_ages(session, [0.5])

    told = world.anybody().get("/metrics").text.splitlines()

    assert "liaison_reconcile_differences 1.0" in told
    assert "liaison_reconcile_unsettled 1.0" in told
    assert 'liaison_change_age_seconds_bucket{le="0.25"} 1.0' in told
    assert 'liaison_change_age_seconds_bucket{le="0.5"} 3.0' in told
    assert 'liaison_change_age_seconds_bucket{le="+Inf"} 4.0' in told
    assert "liaison_change_age_seconds_sum 4001.25" in told
