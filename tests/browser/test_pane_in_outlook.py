"""The pane as Outlook loads it: read, compose and unsaved meetings, old clients, blocked scripts, every way to sign in."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import OFFICE_JS, PaneServer
from fakes.pane_stage import ITEM, host_in_outlook, scrolls_sideways, serious_problems
from fakes.pane_world import a_meeting, an_activity


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


@pytest.mark.parametrize("mode", ["read", "compose"])
def test_a_meeting_is_shown_while_reading_and_while_composing(
    page: Page, server: PaneServer, mode: str
) -> None:
    host_in_outlook(page, server, item=ITEM | {"mode": mode})

    expect(page.get_by_role("heading", name="Quarterly review")).to_be_visible()
    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    (call,) = server.calls_of("GET", "/api/meeting")
    assert call["query"] == {"itemId": ITEM["itemId"], "start": "2026-11-24T09:00:00.000Z"}
    assert call["headers"]["Authorization"] == "Bearer token-of-the-bridge"
    assert serious_problems(page) == []
    assert not scrolls_sideways(page)


def test_an_unsaved_meeting_is_noticed_when_it_is_saved(page: Page, server: PaneServer) -> None:
    host_in_outlook(page, server, item=ITEM | {"saved": False})
    expect(page.get_by_role("heading", name="Not saved yet")).to_be_visible()

    page.evaluate("window.outlook.save('AAMkNEW')")

    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    assert server.calls_of("GET", "/api/meeting")[0]["query"]["itemId"] == "AAMkNEW"


def test_an_old_client_that_tells_no_id_names_the_meeting_by_what_it_says(
    page: Page, server: PaneServer
) -> None:
    host_in_outlook(page, server, mailboxSet=5)

    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    query = server.calls_of("GET", "/api/meeting")[0]["query"]
    assert "itemId" not in query
    assert (query["subject"], query["organizer"]) == ("Quarterly review", "anna@nordwind.example")


def test_another_meeting_in_outlook_replaces_what_is_shown(page: Page, server: PaneServer) -> None:
    host_in_outlook(page, server)
    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()

    page.evaluate("window.outlook.open(null)")

    expect(page.get_by_role("heading", name="No meeting is open")).to_be_visible()


LEFT = ITEM | {"itemId": "LEFT", "subject": "The one that was left", "slow": True}
OPEN = ITEM | {"itemId": "OPEN", "subject": "The one that is open"}


def open_before_the_other_is_told(page: Page, server: PaneServer) -> None:
    """Outlook tells of the meeting that was left when the one that is open stands there."""
    outlook = page.locator("html")
    expect(outlook).to_have_attribute("data-outlook", "asked")
    server.world.meeting = a_meeting(subject=OPEN["subject"])
    with page.expect_response("**/api/meeting?*itemId=OPEN*"):
        page.evaluate("item => window.outlook.open(item)", OPEN)
    server.world.meeting = a_meeting(subject=LEFT["subject"])
    page.evaluate("window.letOutlookAnswer()")
    expect(outlook).to_have_attribute("data-outlook", "answered")


def test_what_outlook_says_late_of_a_meeting_that_was_left_is_dropped(
    page: Page, server: PaneServer
) -> None:
    host_in_outlook(page, server)
    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    page.evaluate("item => window.outlook.open(item)", LEFT)

    open_before_the_other_is_told(page, server)

    expect(page.get_by_role("heading", name="The one that is open")).to_be_visible()


def test_a_meeting_left_before_outlook_told_of_it_is_never_shown(
    page: Page, server: PaneServer
) -> None:
    host_in_outlook(page, server, item=LEFT)

    open_before_the_other_is_told(page, server)

    expect(page.get_by_role("heading", name="The one that is open")).to_be_visible()
    assert len(server.calls_of("GET", "/api/meeting")) == 1


def test_the_link_to_the_activity_is_written_into_the_meeting(
    page: Page, server: PaneServer
) -> None:
    server.world.link_with(server.world.add(an_activity("<b>Renewal</b>")))
    host_in_outlook(page, server)
    page.get_by_role("button", name="More actions").click()

    page.get_by_role("menuitem", name="Insert link to the activity").click()

    expect(page.get_by_role("status")).to_have_text("Link inserted into the meeting.")
    (inserted,) = page.evaluate("window.insertedTexts")
    assert inserted["options"] == {"coercionType": "html"}
    assert re.fullmatch(
        r'<a href="http://[^"]+/crm/activities/[^"]+">&lt;b&gt;Renewal&lt;/b&gt;</a>',
        inserted["text"],
    )


def test_outlooks_colours_are_taken_over(page: Page, server: PaneServer) -> None:
    theme = {
        "bodyBackgroundColor": "#202020",
        "bodyForegroundColor": "#f0f0f0",
        "isDarkTheme": True,
    }
    host_in_outlook(page, server, theme=theme)
    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()

    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(32, 32, 32)"
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert serious_problems(page) == []


def test_a_blocked_office_script_is_told_in_a_sentence(page: Page, server: PaneServer) -> None:
    page.route(OFFICE_JS, lambda route: route.abort())
    page.goto(f"{server.url}/panel")

    expect(page.get_by_role("heading", name="Liaison cannot start here")).to_be_visible()
    expect(page.get_by_text("appsforoffice.microsoft.com")).to_be_visible()
    assert serious_problems(page) == []


def test_the_pane_opened_outside_outlook_says_where_it_belongs(
    page: Page, server: PaneServer
) -> None:
    host_in_outlook(page, server, host="Word")

    expect(page.get_by_text("This page belongs beside a meeting in Outlook.")).to_be_visible()


def test_a_broker_that_wants_a_click_gets_one(page: Page, server: PaneServer) -> None:
    host_in_outlook(page, server, bridge="GetToken")
    expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    assert "GetTokenPopup" in page.evaluate("window.bridgeCalls")


@pytest.mark.parametrize("bridge", [None, "all"])
def test_the_dialog_signs_in_where_nothing_else_does(
    page: Page, server: PaneServer, bridge: str | None
) -> None:
    host_in_outlook(page, server, bridge=bridge)

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    assert page.evaluate("window.openedDialogs") == [f"{server.url}/panel/dialog"]
    assert (
        server.calls_of("GET", "/api/meeting")[0]["headers"]["Authorization"]
        == "Bearer token-of-the-dialog"
    )


def test_something_is_painted_before_outlook_or_the_server_answers(
    page: Page, server: PaneServer
) -> None:
    page.route("**/api/client", lambda _: None)
    page.goto(f"{server.url}/panel")

    expect(page.locator(".skeleton").first).to_be_visible()
