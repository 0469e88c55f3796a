"""Until Fluent's own script has arrived, its buttons are buttons already: by mouse, by keyboard, and in forms."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame
from fakes.pane_world import an_activity


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.route("**/vendor/fluent.js", lambda _: None)
    with PaneServer() as server:
        yield server


def test_what_was_typed_is_saved(page: Page, server: PaneServer) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)
    pane.get_by_label("Outcome").fill("Held, follow-up")

    pane.get_by_role("button", name="Save").click()

    expect(pane.get_by_role("status")).to_have_text("Saved.")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_question_is_asked_and_left_by_keyboard(page: Page, server: PaneServer, key: str) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.get_by_role("button", name="Delete…").press(key)
    expect(crm.get_by_role("button", name="Keep it")).to_be_focused()

    page.keyboard.press(key)

    expect(crm.get_by_role("alertdialog")).to_have_count(0)


def test_the_way_on_after_a_failure_is_reached_by_keyboard(page: Page, server: PaneServer) -> None:
    server.world.faults.append(("GET", "/api/meeting", 502, {"status": 502, "title": "Away."}))
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Try again").press("Enter")

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()


def test_a_menu_that_cannot_open_yet_is_not_offered(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()

    expect(pane.locator("#menu-button")).to_be_hidden()
