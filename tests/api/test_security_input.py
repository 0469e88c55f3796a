"""Input made to break something: an answer in the four hundreds, never a failure of ours, nothing odd stored."""

import base64
import json

import pytest

from api_world import problem
from people import ANN, BO, DEV

PLAN = {"subject": "A", "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
INVALID = (422, "invalid-request")
SOME_ID = "01a1f895-4c75-7228-813c-8b595264c233"
TEXTS = ("subject", "notes", "internalNotes", "outcome", "nextStep", "regarding", "location")


def send(person, method, path, body, **headers):
    """The body as it stands, also where no JSON library would write it."""
    written = body if isinstance(body, bytes) else json.dumps(body).encode()
    return person.call(method, path, data=written, content_type="application/json", headers=headers)


def cursor(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def test_no_text_takes_what_no_database_can_hold(world):
    for name in TEXTS:
        nul = send(world.as_(ANN), "POST", "/api/activities", PLAN | {name: "a\0b"})
        surrogate = send(world.as_(ANN), "POST", "/api/activities", PLAN | {name: "a\ud800b"})

        assert problem(nul) == INVALID, name
        assert problem(surrogate) == (400, "bad-request"), name


@pytest.mark.parametrize(
    "person",
    [
        {"kind": "other", "address": "a\0b@unknown.example"},
        {"kind": "other", "name": "a\0b"},
        {"kind": "representative", "id": str(BO.id), "address": "\0"},
        {"kind": "other", "address": "x" * 321},
    ],
)
def test_neither_does_a_participant(world, person):
    answer = world.as_(ANN).post("/api/activities", PLAN | {"participants": [person]})

    assert problem(answer) == INVALID


def test_neither_do_people_companies_and_the_policy(world):
    for path, body in (
        ("/api/contacts", {"surname": "a\0b"}),
        ("/api/contacts", {"surname": "A", "addresses": ["a\0b@unknown.example"]}),
        ("/api/companies", {"name": "a\0b"}),
        ("/api/companies", {"name": "A", "domains": ["a\0b.example"]}),
        ("/api/links", {"itemId": "a\0b", "activityId": SOME_ID, "scope": "single"}),
    ):
        assert problem(world.as_(ANN).post(path, body)) == INVALID, body
    for keys in (
        {"internalDomains": ["a\0b.example"]},
        {"internalDomains": ["a b.example"]},
        {"categoryName": "a\0b"},
        {"categoryName": "a\nb"},
    ):
        assert problem(world.admin(DEV).put("/api/admin/policy", keys, 1)) == INVALID
        tried = {"kind": "initial", "dryRun": True, "policy": keys}
        assert problem(world.admin(DEV).post("/api/admin/runs", tried)) == INVALID


@pytest.mark.parametrize(
    "times",
    [
        {"start": "0001-01-01T00:00:00Z"},
        {"end": "9999-12-31T23:59:59Z"},
        {"end": "9999-12-31T23:59:59-14:00"},
        {"end": "10000-01-01T00:00:00Z"},
        {"start": "2026-11-24T10:00:60Z"},
        {"start": "2026-06-30T23:59:60Z"},
        {"start": "2026-02-30T10:00:00Z"},
        {"start": "2026-11-24T10:00:00+25:00"},
        {"start": "2026-11-24T10:00:00+01:00:30"},
        {"start": "20261124T100000Z"},
        {"start": "2026-W48-2T10:00:00Z"},
        {"start": "2026-11-24 10:00:00Z"},
        {"start": "2026-11-24T10Z"},
        {"start": 1795514400},
        {"start": "2026-W48-2", "end": "2026-W48-3", "allDay": True},
        {"start": "0000-01-01", "end": "2026-11-24", "allDay": True},
        {"timeZone": "localtime"},
        {"timeZone": "Factory"},
        {"timeZone": "/etc/localtime"},
        {"recurrence": []},
        {"recurrence": "FREQ=DAILY"},
    ],
)
def test_a_time_that_is_none_is_refused(world, times):
    assert problem(world.as_(ANN).post("/api/activities", PLAN | times)) == INVALID


@pytest.mark.parametrize("zone", ["Africa/Monrovia", "Asia/Kolkata", "Europe/Amsterdam"])
def test_a_time_before_zones_had_whole_minutes_is_shown_as_the_standard_says(world, zone):
    old = {"start": "1900-06-01T10:00:00Z", "end": "1900-06-01T11:00:00Z", "timeZone": zone}

    shown = world.as_(ANN).post("/api/activities", PLAN | old).json

    assert shown["start"] == "1900-06-01T10:00:00+00:00"


@pytest.mark.parametrize(
    "value", ["0001-01-01", "1899-12-31", "9999-12-31", "2026-W01-1", "20260101"]
)
def test_a_window_begins_on_a_day_with_which_one_can_reckon(world, value):
    answer = world.admin(DEV).put("/api/admin/policy", {"windowFrom": value}, 1)

    assert problem(answer) == INVALID


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"subject": NaN}', (400, "bad-request")),
        (b'{"subject": Infinity}', (400, "bad-request")),
        (b'{"subject": 1e999}', (400, "bad-request")),
        (b'{"subject": ' + b"9" * 5000 + b"}", (400, "bad-request")),
        (b'{"version": 123456789012345678901234567890}', INVALID),
        (b'{"participants": ' + b"[" * 500 + b"]" * 500 + b"}", INVALID),
        (b'{"a": ' * 5000 + b"1" + b"}" * 5000, (400, "bad-request")),
        (b'{"subject": "A"}{"subject": "B"}', (400, "bad-request")),
        (b"\xef\xbb\xbf{}", (400, "bad-request")),
        ('{"subject": "A"}'.encode("utf-16"), (400, "bad-request")),
        (b'{"subject": "\xc0\x80"}', (400, "bad-request")),
        (b'{"__proto__": {}, "constructor": 1}', INVALID),
    ],
)
def test_json_that_other_readers_would_take_is_refused(world, body, expected):
    assert problem(send(world.as_(ANN), "POST", "/api/activities", body)) == expected


def test_of_a_member_that_is_given_twice_one_counts_for_checks_and_for_what_is_stored(world):
    twice = json.dumps(PLAN)[:-1].encode() + b', "subject": "", "subject": "B"}'

    answer = send(world.as_(ANN), "POST", "/api/activities", twice)

    assert (answer.status_code, answer.json["subject"]) == (201, "B")


@pytest.mark.parametrize(
    "path", ["/api/activities", "/api/contacts", "/api/companies", "/api/reviews"]
)
def test_an_invented_cursor_is_refused(world, path):
    world.as_(ANN).post("/api/activities", PLAN)
    odd = ("a\0", "NaN", "x" * 100, "0001-01-01", "ä")
    for position in (
        *([text, SOME_ID] for text in odd[:2]),
        *([text, text, SOME_ID] for text in odd[:1]),
        *([text, text] for text in odd),
        [1, SOME_ID],
        [["a"], SOME_ID],
        {"a": 1},
        None,
    ):
        answer = world.as_(ANN).get(path, cursor=cursor(position))

        assert answer.status_code in {200, 422}, (position, answer.text)


def test_what_means_something_to_sql_or_to_the_index_means_nothing_in_a_search(world):
    world.as_(ANN).post("/api/activities", PLAN | {"subject": "Budget"})
    for typed in (
        "%",
        "_",
        "\\",
        "'",
        "''",
        "a:*",
        "!",
        "|",
        "&",
        "<->",
        "(",
        "*",
        "budget' or '1",
        "--",
    ):
        for path in ("/api/activities", "/api/contacts", "/api/companies"):
            answer = world.as_(ANN).get(path, query=typed)

            assert answer.status_code == 200, (path, typed)
        found = [
            one["subject"]
            for one in world.as_(ANN).get("/api/activities", query=f"{typed}x").json["items"]
        ]
        assert found == [], typed


@pytest.mark.parametrize("typed", ["bud%", "b_dget", "bud*", "!budget", "budg & x"])
def test_a_wildcard_finds_nothing_that_a_word_would_not(world, typed):
    world.as_(ANN).post("/api/activities", PLAN | {"subject": "Bugle budget"})

    hits = len(world.as_(ANN).get("/api/activities", query=typed).json["items"])

    assert hits == (1 if typed in {"bud%", "bud*", "!budget"} else 0)


@pytest.mark.parametrize(
    "id_",
    [
        "../me/events",
        "x?$expand=attachments",
        "x%2F..%2F..%2Fusers",
        "x#y",
        "https://evil.example/x",
        "..",
        "x\r\nX: y",
    ],
)
def test_an_id_is_no_path(world, id_):
    world.join_tenant(ANN)

    answer = world.as_(ANN).get("/api/meeting", itemId=id_)

    assert answer.status_code in {404, 422}
