"""The text log, at its most talkative: codes, ids and places, and nothing that anybody wrote."""

import io
import logging

import pytest
import structlog
from sqlalchemy import text

from api_world import by_id, link
from builders import a_new_activity
from liaison.errors import GatewayUnavailable
from liaison.telemetry import render_metrics, start_logging
from log_watch import LogWatch
from people import ANN, BO

CANARY = "Canaryword"
PLAN = {"subject": CANARY, "start": "2026-11-24T10:00:00Z", "end": "2026-11-24T11:00:00Z"}
EVERYTHING = PLAN | dict.fromkeys(
    ("notes", "internalNotes", "outcome", "nextStep", "regarding", "location"), CANARY
)


@pytest.fixture
def lines(watched_log):
    """The log of this test alone, as the product writes it."""
    stream = io.StringIO()
    start_logging("debug", stream=stream)
    yield stream
    watched_log.begin()


def assert_silent(lines):
    assert lines.getvalue().strip(), "nothing was logged at all"
    assert CANARY.lower() not in lines.getvalue().lower()
    assert "nordwind" not in lines.getvalue()
    assert "eyJ" not in lines.getvalue()


def test_a_day_of_work_leaves_no_word_of_it_in_the_log(world, lines):
    world.join_tenant(ANN, BO)
    ann = world.as_(ANN)
    made = ann.post("/api/activities", EVERYTHING, Idempotency_Key=CANARY).json
    ann.patch(f"/api/activities/{made['id']}", {"outcome": f"{CANARY} 2"}, made["version"])
    ann.post("/api/contacts", {"surname": CANARY, "addresses": [f"{CANARY}@nordwind.example"]})
    ann.post("/api/companies", {"name": CANARY, "domains": [f"{CANARY}.nordwind.example"]})
    meeting = world.meeting_of(ANN, CANARY, notes=CANARY, place=CANARY)
    tie = link(world, meeting, world.plan(a_new_activity(subject=CANARY))).json
    for path in ("sync", "retry", "retract"):
        ann.post(f"/api/links/{tie['id']}/{path}")
    ann.get("/api/meeting", subject=CANARY, start=PLAN["start"], end=PLAN["end"])
    ann.get("/api/activities", query=CANARY)

    assert_silent(lines)


def test_neither_does_whatever_is_refused(world, lines):
    ann = world.as_(ANN)
    ann.post("/api/activities", {CANARY: CANARY, "subject": f"{CANARY}\0"})
    ann.post(f"/api/{CANARY}?{CANARY}={CANARY}@nordwind.example", {CANARY: 1})
    ann.call("PATCH", f"/api/activities/{CANARY}", json={}, headers={"If-Match": CANARY})
    ann.call(CANARY.upper(), f"/crm/{CANARY}", headers={"X-Canary": CANARY})
    world.anybody().get("/api/me", headers={"Authorization": f"Bearer eyJ{CANARY}"})
    world.anybody().post(f"/graph/notifications?x={CANARY}", data=f"{CANARY}@nordwind.example")
    world.anybody().post(
        "/graph/notifications",
        json={"value": [{"subscriptionId": CANARY, "clientState": CANARY, "resource": CANARY}, 7]},
    )

    assert_silent(lines)


def test_neither_does_whatever_fails(world, lines):
    world.join_tenant(ANN)
    failure = GatewayUnavailable(f"{CANARY} of ann@nordwind.example is gone")
    with world.services.database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE activities ADD CHECK (subject = 'only this')"))

    planned = world.as_(ANN).post("/api/activities", EVERYTHING)
    world.outlook.fail_next(failure)
    shown = world.as_(ANN).get("/api/meeting", **by_id(world.meeting_of(ANN, CANARY)))

    assert (planned.status_code, shown.status_code) == (500, 503)
    assert CANARY not in planned.text
    assert "IntegrityError" in lines.getvalue()
    assert_silent(lines)


def test_what_somebody_sends_begins_no_line_of_its_own(watched_log, lines):
    structlog.get_logger("x").info("tried", key="a\nlevel=info what=forged\r\x1b[31m\u2028b\x00")
    logging.getLogger("x").warning("said %s", "a\r\nlevel=info what=forged\x1b[0m")

    written = lines.getvalue()
    assert len(written.splitlines()) == 2
    assert not {"\r", "\x1b", "\x00", "\u2028"} & set(written)


def test_no_label_of_a_metric_is_anything_that_was_sent(world, lines):
    for method, path in (("GET", f"/api/{CANARY}"), (CANARY.upper(), "/crm"), ("GET", "/crm")):
        world.as_(ANN).call(method, path, query_string={"query": f"{CANARY}@nordwind.example"})

    figures = render_metrics()[0].decode().lower()
    assert CANARY.lower() not in figures
    assert "nordwind" not in figures


@pytest.mark.parametrize(
    "line",
    [
        "to ann@nordwind.example",
        "to ann%40nowhere.example",
        "about Fabrikam",
        "subject=Renewal",
        "by Carla Ruiz",
        "authorization=eyJ0eXAiOiJKV1Qi",
        "state=the-client-state",
    ],
)
def test_who_reads_along_notices_what_should_not_be_there(line):
    watch = LogWatch()

    watch.write("level=info what=answered route=/api/activities status=200")
    watch.write(f"level=info {line}")

    assert len(watch.leaks) == 1
