"""Series in the pretend Outlook, in a real browser: made, moved, changed one by one or as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from liaison_sandbox.ids import to_ews
from liaison_sandbox.pages import create_pages
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.wsgi_server import WsgiServer
from pretend_outlook import Outlook

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
WEEK = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)
PANE = """<!doctype html><pre id="item"></pre><script>
const hello = setInterval(() => parent.postMessage({liaison: "hello"}, "*"), 50);
addEventListener("message", ({data}) => {
  clearInterval(hello);
  if ("item" in data) document.getElementById("item").textContent = JSON.stringify(data.item);
});
</script>"""


@pytest.fixture
def outlook(page: Page) -> Iterator[Outlook]:
    tenant = Tenant.create(clock=lambda: NOW)
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    pane = Flask("pane")
    pane.add_url_rule("/panel", "panel", lambda: PANE)
    panes = WsgiServer(pane.wsgi_app, 0)
    panes.start()
    address = f"http://localhost:{panes.server_port}/panel"
    app = create_pages(tenant, token_for=lambda one, **_: one, pane_url=address)
    server = WsgiServer(app.wsgi_app, 0)
    server.start()
    page.goto(f"http://localhost:{server.server_port}")
    page.get_by_test_id("meeting-sales-team-weekly").wait_for()
    yield Outlook(page, tenant)
    page.goto("about:blank")
    server.stop()
    panes.stop()


def team(outlook: Outlook) -> str:
    [found] = outlook.person("ann").events(subject="Sales team weekly", type="seriesMaster")
    return found.id


def shown(outlook: Outlook) -> list[str]:
    found = outlook.person("ann").occurrences(team(outlook), *WEEK)
    return [f"{one.start:%a %d %H:%M}" for one in found]


def item(outlook: Outlook) -> dict[str, Any]:
    expect(outlook.pane.locator("#item")).to_contain_text("Sales team weekly")
    heard: dict[str, Any] = json.loads(outlook.pane.locator("#item").inner_text())
    return heard


def test_the_pane_is_told_of_the_occurrence_that_is_open(outlook: Outlook):
    outlook.at("meeting-sales-team-weekly").click()

    expect(outlook.at("selected-series")).to_have_text("occurrence of a series")
    expect(outlook.at("meeting-sales-team-weekly").get_by_test_id("mark-series")).to_be_visible()
    one = outlook.person("ann").occurrence(team(outlook), date(2026, 11, 26))
    told = item(outlook)
    assert told["itemId"] == to_ews(one.id)
    assert (told["start"], told["end"]) == ("2026-11-26T08:00:00Z", "2026-11-26T08:30:00Z")


def test_one_occurrence_is_dragged(outlook: Outlook):
    outlook.drag(outlook.at("meeting-sales-team-weekly"), "2026-11-27", 10 * 60 + 10)
    outlook.at("scope-one").click()

    expect(outlook.at("selected-series")).to_have_text("changed occurrence of a series")
    assert shown(outlook) == ["Fri 27 09:00", "Fri 04 07:30", "Thu 17 08:00"]


def test_the_whole_series_is_dragged(outlook: Outlook):
    outlook.drag(outlook.at("meeting-sales-team-weekly"), "2026-11-27", 10 * 60 + 10)
    outlook.at("scope-series").click()

    day = outlook.at("day-2026-11-27")
    expect(day.get_by_test_id("meeting-sales-team-weekly")).to_be_visible()
    assert shown(outlook) == ["Fri 27 09:00", "Fri 04 09:00", "Fri 11 09:00", "Fri 18 09:00"]


def test_a_question_that_is_closed_changes_nothing(outlook: Outlook):
    before = shown(outlook)

    outlook.drag(outlook.at("meeting-sales-team-weekly"), "2026-11-27", 10 * 60 + 10)
    outlook.page.keyboard.press("Escape")

    expect(outlook.at("scope")).to_be_hidden()
    assert shown(outlook) == before


def test_this_and_following_are_edited(outlook: Outlook):
    outlook.at("meeting-sales-team-weekly").click()
    outlook.at("action-edit").click()
    outlook.at("scope-following").click()
    expect(outlook.at("field-repeat")).to_have_count(0)
    outlook.at("field-subject").fill("Sales, new style")
    outlook.at("action-save").click()

    expect(outlook.at("selected-subject")).to_have_text("Sales, new style")
    assert shown(outlook) == []


def test_the_series_is_edited_and_given_an_end(outlook: Outlook):
    outlook.at("meeting-sales-team-weekly").click()
    outlook.at("action-edit").click()
    outlook.at("scope-series").click()
    expect(outlook.at("field-repeat")).to_have_value("weekly")
    outlook.at("field-ends").select_option("date")
    outlook.at("field-until").fill("2026-12-05")
    outlook.at("field-location").fill("Room Elbe")
    outlook.at("action-save").click()

    expect(outlook.at("form")).to_be_hidden()
    expect(outlook.at("meeting-sales-team-weekly")).to_contain_text("Room Elbe")
    assert shown(outlook) == ["Thu 26 08:00", "Fri 04 07:30"]


def test_one_occurrence_is_deleted(outlook: Outlook):
    outlook.at("meeting-sales-team-weekly").click()
    outlook.at("action-delete").click()
    outlook.at("scope-one").click()

    expect(outlook.at("meeting-sales-team-weekly")).to_have_count(0)
    assert shown(outlook) == ["Fri 04 07:30", "Thu 17 08:00"]


def test_the_series_is_cancelled_with_one_mail_for_each(outlook: Outlook):
    outlook.at("meeting-sales-team-weekly").click()
    outlook.at("action-cancel").click()
    outlook.at("scope-series").click()

    expect(outlook.at("meeting-sales-team-weekly")).to_have_count(0)
    assert sorted(one.recipient for one in outlook.tenant.mails) == [
        "bo@nordwind.example",
        "carla@nordwind.example",
    ]


def test_a_series_is_made_in_the_form(outlook: Outlook):
    outlook.page.keyboard.press("n")
    outlook.at("field-subject").fill("Stand-up")
    outlook.at("field-start-date").fill("2026-11-23")
    outlook.at("field-start-time").fill("08:00")
    outlook.at("field-repeat").select_option("daily")
    outlook.at("field-interval").fill("2")
    outlook.at("field-ends").select_option("count")
    outlook.at("field-count").fill("3")
    outlook.at("action-save").click()

    expect(outlook.at("meeting-stand-up")).to_have_count(3)
    [series] = outlook.person("ann").events(subject="Stand-up")
    found = outlook.person("ann").occurrences(series.id, *WEEK)
    assert [f"{one.start:%a %d %H:%M}" for one in found] == [
        "Mon 23 07:00",
        "Wed 25 07:00",
        "Fri 27 07:00",
    ]


def test_an_invitee_answers_one_occurrence(outlook: Outlook):
    outlook.become("Carla Ruiz")
    outlook.at("meeting-sales-team-weekly").click()
    outlook.at("action-tentative").click()
    expect(outlook.at("scope-following")).to_have_count(0)
    outlook.at("scope-one").click()

    expect(outlook.at("action-tentative")).to_have_attribute("aria-pressed", "true")
    ann = outlook.person("ann")
    answers = [
        {who.name: who.response for who in one.attendees}["Carla Ruiz"]
        for one in ann.occurrences(team(outlook), *WEEK)
    ]
    assert (answers[0], answers[2]) == ("tentativelyAccepted", "accepted")
