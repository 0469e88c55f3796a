"""Posts to the notification address from somebody who is not Microsoft: cheap for us, and without any effect."""

import io
import json

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import text

from api_world import problem
from liaison.calendar.stores.mailboxes import save_mailbox
from people import ANN

SECRET = "the-client-state"
PATH = "/graph/notifications"
# As the web server hands on a body without a length.
CHUNKED = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}


@pytest.fixture
def subscribed(world):
    world.join_tenant(ANN)
    with world.services.database.transaction() as session:
        changes = {"subscription_id": "of-ann", "client_state": SECRET}
        save_mailbox(session, ANN.id, changes | {"wants_delta": False, "due_at": None})
    return world


def a_notice(**members):
    sound = {"subscriptionId": "of-ann", "clientState": SECRET, "resourceData": {"id": "event-1"}}
    return sound | {"changeType": "updated"} | members


def post(world, body, **options):
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return world.anybody().post(PATH, data=data, **options)


def stream(client, path, body, **environ):
    given = {"wsgi.input": body, "CONTENT_TYPE": "application/json", **environ}
    return client.open(path, method="POST", environ_overrides=given)


def noted(world):
    with world.services.database.transaction() as session:
        return session.scalars(text("SELECT event_id FROM noted_items ORDER BY event_id")).all()


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 400_000,
        b'{"value": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"value": [' + b'{"a":' * 900 + b"1" + b"}" * 900 + b"]}",
        b'{"value": [{"subscriptionId": "of-ann", "clientState": "\xff\xfe"}]}',
        b'{"value": [{"subscriptionId": "of-ann", "clientState": "\\ud800"}]}',
        b'{"value": [{"subscriptionId": "of-ann", "clientState": NaN}]}',
        b'{"value": {"0": {"subscriptionId": "of-ann"}}}',
        b'{"value": [], "value": 7}',
        b'"' + b"a" * 900_000 + b'"',
        b"9" * 900_000,
        b"\x00" * 1000,
    ],
)
def test_a_body_that_is_made_to_break_a_reader_has_no_effect(subscribed, body):
    answer = post(subscribed, body)

    assert (answer.status_code, answer.data) == (202, b"")
    assert noted(subscribed) == []


@pytest.mark.parametrize(
    "name", ["subscriptionId", "clientState", "resourceData", "lifecycleEvent"]
)
@pytest.mark.parametrize(
    "value", [None, 7, True, [], {}, ["of-ann"], {"id": {}}, "\0", "x" * 100_000, "' OR ''='"]
)
def test_a_member_of_a_wrong_kind_has_no_effect_for_a_forger(subscribed, name, value):
    forged = a_notice(clientState="guessed") | {name: value}

    answer = post(subscribed, {"value": [forged, None, 7, []]})

    assert answer.status_code == 202
    assert noted(subscribed) == []
    assert subscribed.woken == []


@pytest.mark.parametrize(
    "guess",
    [
        SECRET.upper(),
        SECRET[:-1],
        f"{SECRET} ",
        f"{SECRET}x",
        f"{SECRET[:5]}\0{SECRET[5:]}x",
        "%",
        [SECRET],
    ],
)
def test_a_client_state_counts_to_the_letter(subscribed, guess):
    post(subscribed, {"value": [a_notice(clientState=guess)]})

    assert noted(subscribed) == []


def test_five_megabytes_are_refused_before_they_are_read(subscribed):
    body = Reader(5_000_000)

    answer = stream(subscribed.anybody(), PATH, body, CONTENT_LENGTH="5000000")

    assert problem(answer) == (413, "request-entity-too-large")
    assert body.read_so_far <= 1_100_000


@pytest.mark.parametrize("path", [PATH, "/api/activities"])
def test_a_body_that_does_not_say_how_long_it_is_is_read_to_the_limit_only(world, path):
    body = Reader(50_000_000)
    signed_in = f"Bearer {world.as_(ANN).token}"

    answer = stream(world.anybody(), path, body, HTTP_AUTHORIZATION=signed_in, **CHUNKED)

    assert problem(answer) == (413, "request-entity-too-large")
    assert body.read_so_far <= 2_100_000


def test_a_thousand_forged_ones_cost_the_database_little(subscribed):
    forged = [{"subscriptionId": f"made-up-{number}", "clientState": "x"} for number in range(1000)]

    assert statements(subscribed, forged) < 100


def test_more_than_microsoft_ever_sends_at_once_are_not_looked_at(subscribed):
    assert post(subscribed, {"value": [a_notice()] * 1001}).status_code == 202

    assert noted(subscribed) == []


def test_a_genuine_one_with_an_id_that_is_none_is_stored_nowhere_and_breaks_nothing(subscribed):
    odd = [a_notice(resourceData={"id": one}) for one in ("x" * 50_000, "\0", 7, {}, "a\0b")]

    answer = post(subscribed, {"value": [*odd, a_notice()]})

    assert answer.status_code == 202
    assert "event-1" in noted(subscribed)
    assert max(map(len, noted(subscribed))) < 2_500


@pytest.mark.parametrize(
    "token",
    [
        "<script>alert(1)</script>",
        "a\r\nSet-Cookie: x=y",
        "\0",
        "%00",
        "{{7*7}}",
        "",
        "é\u202e",
        "x" * 4000,
    ],
)
def test_the_handshake_answers_the_token_itself_and_nothing_can_be_made_of_it(door, token):
    answer = door.anybody().post(PATH, query_string={"validationToken": token})

    assert (answer.status_code, answer.text) == (200, token)
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in answer.headers


def test_a_handshake_with_a_token_that_is_too_long_is_refused(door):
    answer = door.anybody().post(PATH, query_string={"validationToken": "x" * 4001})

    assert problem(answer) == (413, "request-entity-too-large")


def statements(world, notices):
    """How many statements this post costs."""
    seen = []

    def count(*execution):
        seen.append(execution)

    engine = world.services.database.engine
    sql_event.listen(engine, "before_cursor_execute", count)
    try:
        assert post(world, {"value": notices}).status_code == 202
    finally:
        sql_event.remove(engine, "before_cursor_execute", count)
    return len(seen)


class Reader(io.RawIOBase):
    """A body of zeros that notices how much of it is read."""

    def __init__(self, size):
        self.left, self.read_so_far = size, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), self.left, 64_000)
        buffer[:count] = b"0" * count
        self.left -= count
        self.read_so_far += count
        return count
