"""What Microsoft Graph posts to us."""

import pytest
from sqlalchemy import text

from liaison.calendar.stores.mailboxes import find_mailbox, save_mailbox
from people import ANN, BO

SECRET = "the-client-state"
PATHS = ["/graph/notifications", "/graph/lifecycle"]


@pytest.fixture
def subscribed(world):
    world.join_tenant(ANN, BO)
    with world.services.database.transaction() as session:
        for one, name in ((ANN, "of-ann"), (BO, "of-bo")):
            changes = {"subscription_id": name, "client_state": SECRET, "due_at": None}
            save_mailbox(session, one.id, changes | {"wants_delta": False})
    return world


def a_notice(event_id="event-1", **members):
    sound = {
        "subscriptionId": "of-ann",
        "clientState": SECRET,
        "changeType": "updated",
        "resourceData": {"id": event_id},
    }
    return sound | members


def post(world, *notices, path="/graph/notifications"):
    return world.anybody().post(path, json={"value": list(notices)})


def noted(world):
    with world.services.database.transaction() as session:
        rows = session.execute(text("SELECT event_id, source FROM noted_items ORDER BY event_id"))
        return [tuple(row) for row in rows]


def mailbox_of(world, one):
    with world.services.database.transaction() as session:
        return find_mailbox(session, one.id)


@pytest.mark.parametrize("path", PATHS)
def test_the_handshake_echoes_the_token_as_plain_text(world, path):
    token = "<script>Validation: Testing é&x</script>"

    answer = world.anybody().post(path, query_string={"validationToken": token})

    assert answer.status_code == 200
    assert answer.mimetype == "text/plain"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.text == token


def test_a_change_is_noted_before_it_is_answered_and_wakes_a_worker(subscribed):
    answer = post(subscribed, a_notice())

    assert answer.status_code == 202
    assert noted(subscribed) == [("event-1", "notification")]
    assert mailbox_of(subscribed, ANN).due_at == subscribed.clock.now()
    assert subscribed.woken == [ANN.id]
    assert subscribed.outlook.calls == []


def test_the_same_notification_twice_is_one_item(subscribed):
    post(subscribed, a_notice(), a_notice())
    post(subscribed, a_notice())

    assert noted(subscribed) == [("event-1", "notification")]


@pytest.mark.parametrize(
    "wrong",
    [
        {"clientState": "guessed"},
        {"clientState": None},
        {"clientState": ""},
        {"subscriptionId": "of-nobody"},
        {"subscriptionId": None},
        {"subscriptionId": 7},
    ],
)
def test_a_forged_notification_is_dropped_and_answered_alike(subscribed, wrong):
    answer = post(subscribed, a_notice(**wrong))

    assert answer.status_code == 202
    assert noted(subscribed) == []
    assert subscribed.woken == []


def test_a_forged_one_does_not_stop_the_sound_ones_beside_it(subscribed):
    forged = a_notice("event-2", clientState="guessed")

    post(subscribed, forged, a_notice(), a_notice("event-3", subscriptionId="of-bo"))

    assert noted(subscribed) == [("event-1", "notification"), ("event-3", "notification")]


def test_a_mailbox_without_a_subscription_takes_no_empty_client_state(subscribed):
    with subscribed.services.database.transaction() as session:
        save_mailbox(session, ANN.id, {"client_state": None})

    post(subscribed, a_notice(clientState=""))

    assert noted(subscribed) == []


@pytest.mark.parametrize(
    "body",
    [b"", b"no json", b"[]", b"{}", b'{"value": 7}', b'{"value": [null, 1, "x"]}', b"\xff\xfe"],
)
def test_a_body_that_is_no_notification_is_dropped(subscribed, body):
    answer = subscribed.anybody().post("/graph/notifications", data=body)

    assert answer.status_code == 202
    assert noted(subscribed) == []


def test_a_body_that_is_too_large_is_refused(subscribed):
    answer = subscribed.anybody().post("/graph/notifications", data=b"x" * 1_000_001)

    assert answer.status_code == 413


def test_a_lifecycle_event_reads_the_changes_and_renews_at_once(subscribed):
    missed = a_notice(None, lifecycleEvent="missed")

    answer = post(subscribed, missed, path="/graph/lifecycle")

    ann = mailbox_of(subscribed, ANN)
    assert answer.status_code == 202
    assert (ann.wants_delta, ann.due_at) == (True, subscribed.clock.now())
    assert ann.subscription_renew_at == subscribed.clock.now()
    assert subscribed.woken == [ANN.id]


@pytest.mark.parametrize(
    "untold", [{"resourceData": None}, {"resourceData": {}}, {"resourceData": {"id": "x" * 3_000}}]
)
def test_a_change_that_does_not_say_of_what_reads_the_changes(subscribed, untold):
    post(subscribed, a_notice(**untold))

    mailbox = mailbox_of(subscribed, ANN)
    assert noted(subscribed) == []
    assert (mailbox.wants_delta, mailbox.due_at) == (True, subscribed.clock.now())
    assert mailbox_of(subscribed, BO).wants_delta is False


@pytest.mark.parametrize("written", ["subscriptionRemoved", "SubscriptionRemoved"])
def test_a_removed_subscription_is_forgotten_so_that_a_new_one_is_made(subscribed, written):
    removed = a_notice(None, lifecycleEvent=written)

    post(subscribed, removed, path="/graph/lifecycle")

    assert mailbox_of(subscribed, ANN).subscription_id is None


def test_what_could_not_be_stored_is_answered_with_an_error_so_that_it_comes_again(subscribed):
    with subscribed.services.database.engine.begin() as connection:
        connection.execute(text("DROP TABLE noted_items CASCADE"))

    answer = post(subscribed, a_notice())

    assert answer.status_code == 500
    assert subscribed.woken == []
