"""The pretend Outlook in a real browser, with a stand-in for the product's pane."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect

from liaison_sandbox.pages import create_pages
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant
from liaison_sandbox.wsgi_server import WsgiServer
from pretend_outlook import Outlook

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)
PANE = """<!doctype html><pre id="heard"></pre><script>
const host = window.opener ?? window.parent;
let origin = "*";
const heard = document.getElementById("heard");
const hello = setInterval(() => host.postMessage({liaison: "hello"}, "*"), 50);
addEventListener("message", (event) => {
  clearInterval(hello);
  origin = event.origin;
  heard.textContent += JSON.stringify(event.data) + "\\n";
  if (event.data.liaison === "context")
    host.postMessage({liaison: "token-request", id: "t1", claims: null}, origin);
});
function insert(text) { host.postMessage({liaison: "insert-text", id: "i1", text, href: null}, origin); }
</script>"""


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    server = WsgiServer(app.wsgi_app, 0)
    server.start()
    yield f"http://localhost:{server.server_port}"
    server.stop()


@pytest.fixture(scope="module")
def pane_url() -> Iterator[str]:
    app = Flask("pane")
    for page in ("panel", "crm", "admin"):
        app.add_url_rule(f"/{page}", page, lambda: PANE)
    with serving(app) as url:
        yield f"{url}/panel"


def give_token(address: str, **_: object) -> str:
    return f"token of {address}"


@pytest.fixture
def outlook(page: Page, pane_url: str) -> Iterator[Outlook]:
    tenant = Tenant.create(clock=lambda: NOW)
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    app = create_pages(tenant, token_for=give_token, pane_url=pane_url)
    with serving(app) as url:
        page.goto(url)
        page.get_by_test_id("meeting-quarterly-review-contoso").wait_for()
        yield Outlook(page, tenant)
        page.goto("about:blank")


def heard(outlook: Outlook) -> Locator:
    return outlook.pane.locator("#heard")


def test_the_pane_is_told_who_is_there_and_which_meeting_is_open(outlook: Outlook):
    outlook.at("meeting-quarterly-review-contoso").click()

    expect(heard(outlook)).to_contain_text('"person":{"name":"Ann Berg"')
    expect(heard(outlook)).to_contain_text('"token":"token of ann@nordwind.example"')
    expect(heard(outlook)).to_contain_text('"subject":"Quarterly review Contoso"')
    expect(heard(outlook)).to_contain_text('"start":"2026-11-24T09:00:00Z"')


def test_dragging_over_free_time_makes_a_meeting_that_the_pane_sees_unsaved(outlook: Outlook):
    outlook.drag_free_time("2026-11-28", 10 * 60 + 2, 11 * 60)
    outlook.at("field-subject").fill("Quick call")
    expect(heard(outlook)).to_contain_text('"saved":false,"subject":"Quick call"')
    outlook.at("field-attendee").fill("Kim Sato")
    outlook.at("action-add-attendee").click()
    outlook.at("field-attendee").fill("New Person <new@litware.example>")
    outlook.at("action-save").click()

    expect(outlook.at("meeting-quick-call")).to_be_visible()
    [event] = outlook.person("ann").events(subject="Quick call")
    assert event.start == datetime(2026, 11, 28, 9, tzinfo=UTC)
    assert event.end == datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert [(one.name, one.address) for one in event.attendees] == [
        ("Kim Sato", "kim@fabrikam.example"),
        ("New Person", "new@litware.example"),
    ]
    expect(outlook.at("mail")).to_have_count(2)


def test_a_meeting_is_dragged_to_another_day_and_longer(outlook: Outlook):
    review = outlook.at("meeting-quarterly-review-contoso")

    outlook.drag(review, "2026-11-25", 13 * 60 + 27)
    expect(
        outlook.at("day-2026-11-25").get_by_test_id("meeting-quarterly-review-contoso")
    ).to_be_visible()
    outlook.drag(review, "2026-11-25", 15 * 60, grab=0.97)

    expect(outlook.at("selected-when")).to_have_text("Wed 25 Nov, 13:00 \u2013 15:00")
    [event] = outlook.person("bo").events(subject="Quarterly review Contoso")
    assert event.start == datetime(2026, 11, 25, 12, tzinfo=UTC)


def test_the_form_edits_everything_without_dragging(outlook: Outlook):
    outlook.at("meeting-offers-to-write").focus()
    outlook.page.keyboard.press("Enter")
    outlook.page.keyboard.press("Enter")
    outlook.at("field-subject").fill("Offers, <b>all</b>")
    outlook.at("field-location").fill("Office")
    outlook.at("field-start-date").fill("2026-11-26")
    outlook.at("field-private").check()
    outlook.at("field-calendar").select_option("Private")
    outlook.page.get_by_test_id("field-subject").press("Enter")

    expect(outlook.at("form")).to_be_hidden()
    expect(outlook.at("selected-subject")).to_have_text("Offers, <b>all</b>")
    [event] = outlook.person("ann").events(location="Office")
    assert event.start == datetime(2026, 11, 26, 13, tzinfo=UTC)
    assert event.end == datetime(2026, 11, 26, 15, tzinfo=UTC)
    assert (event.sensitivity, event.calendar) == ("private", "Private")


def test_a_meeting_becomes_a_whole_day(outlook: Outlook):
    outlook.at("meeting-offers-to-write").click()
    outlook.at("action-edit").click()
    outlook.at("field-all-day").check()
    outlook.at("action-save").click()

    expect(
        outlook.at("allday-2026-11-27").get_by_test_id("meeting-offers-to-write")
    ).to_be_visible()


def test_an_invitee_answers_and_the_organizer_sees_it(outlook: Outlook):
    outlook.become("Bo Lind")
    outlook.at("meeting-forecast").click()
    outlook.at("action-accept").click()
    expect(outlook.at("action-accept")).to_have_attribute("aria-pressed", "true")
    outlook.become("Dev Patel")
    outlook.at("meeting-forecast").click()
    outlook.at("action-edit").click()

    expect(outlook.at("attendee-bo-nordwind-example")).to_contain_text("accepted")
    expect(outlook.at("mail")).to_have_attribute("data-kind", "response")


def test_cancelling_and_deleting(outlook: Outlook):
    outlook.at("meeting-renewal-contoso").click()
    outlook.at("action-cancel").click()
    expect(outlook.at("meeting-renewal-contoso")).to_have_count(0)
    outlook.at("meeting-dentist").focus()
    outlook.page.keyboard.press("Enter")
    outlook.page.keyboard.press("Delete")

    expect(outlook.at("meeting-dentist")).to_have_count(0)
    assert [mail.kind for mail in outlook.tenant.mails] == ["cancellation"]


def test_a_change_made_elsewhere_appears_by_itself(outlook: Outlook):
    ann = outlook.person("ann")
    [review] = ann.events(subject="Quarterly review Contoso")

    ann.change_event(review.id, subject="Annual review")

    expect(outlook.at("meeting-annual-review")).to_be_visible()


def test_a_refused_form_keeps_what_was_typed(outlook: Outlook):
    outlook.page.keyboard.press("n")
    outlook.at("field-subject").fill("Odd")
    outlook.at("field-attendee").fill("nobody")
    outlook.at("action-save").click()

    expect(outlook.at("form-problem")).to_have_text("“nobody” is no mail address.")
    expect(outlook.at("field-subject")).to_have_value("Odd")


def test_a_text_from_the_pane_goes_into_the_meeting(outlook: Outlook):
    outlook.at("meeting-renewal-contoso").click()
    expect(heard(outlook)).to_contain_text("Renewal Contoso")

    outlook.page.frames[1].evaluate("insert('See https://crm.example/1')")

    expect(heard(outlook)).to_contain_text('"liaison":"done"')
    [event] = outlook.person("ann").events(subject="Renewal Contoso")
    assert event.body == "Terms for another two years.\nSee https://crm.example/1"


def test_the_product_opens_in_a_window_and_is_signed_in(outlook: Outlook):
    with outlook.page.expect_popup() as opened:
        outlook.at("action-open-crm").click()

    expect(opened.value).to_have_url(re.compile(r"/crm\?host=frame$"))
    expect(opened.value.locator("#heard")).to_contain_text("token of ann@nordwind.example")


def test_at_320_pixels_one_day_is_shown_and_nothing_scrolls_sideways(outlook: Outlook):
    outlook.page.set_viewport_size({"width": 320, "height": 700})
    outlook.at("day-head-2026-11-26").click()

    expect(outlook.at("meeting-contract-talk")).to_be_visible()
    expect(outlook.at("meeting-forecast")).to_be_hidden()
    assert outlook.page.evaluate("document.documentElement.scrollWidth") == 320


def test_a_closed_form_gives_the_focus_back_and_typed_text_is_not_thrown_away(outlook: Outlook):
    outlook.at("meeting-offers-to-write").click()
    outlook.at("action-edit").click()
    outlook.page.keyboard.press("Escape")
    expect(outlook.at("form")).to_be_hidden()
    expect(outlook.at("meeting-offers-to-write")).to_be_focused()
    outlook.at("action-edit").click()
    outlook.at("meeting-first-visit-litware").click()
    expect(outlook.at("form")).to_be_hidden()
    outlook.at("action-edit").click()
    outlook.at("field-subject").fill("Half a thought")
    outlook.at("meeting-workshop-better-offers").click()

    expect(outlook.at("field-subject")).to_have_value("Half a thought")
