"""What somebody has before him stays his: the list as it was filtered, what was typed, and the place of the keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Dialog, FrameLocator, Page, expect

from fakes.pane_policy import policy_server
from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, serious_problems
from fakes.pane_world import an_activity


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with policy_server() as server:
        yield server


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Which questions the browser asked; each is answered with staying."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    return asked


def test_back_from_an_activity_shows_the_list_as_it_was_filtered(
    page: Page, server: PaneServer
) -> None:
    server.world.add(an_activity("Renewal Contoso"))
    server.world.add(an_activity("Contract talk"))
    server.world.add(an_activity("Contract signed", status="completed"))
    crm = host_in_frame(page, server, "/crm")
    crm.locator("#search").fill("contract")
    expect(crm.get_by_role("row")).to_have_count(3)
    crm.get_by_label("Status").select_option("planned")
    expect(crm.get_by_role("row")).to_have_count(2)
    crm.get_by_role("link", name="Contract talk").click()
    expect(crm.get_by_role("heading", name="Contract talk", level=1)).to_be_visible()

    crm.locator("body").evaluate("() => history.back()")

    expect(crm.locator("#search")).to_have_value("contract")
    expect(crm.get_by_label("Status")).to_have_value("planned")
    expect(crm.get_by_role("row")).to_have_count(2)


def test_a_filter_that_is_taken_away_leaves_the_address(page: Page, server: PaneServer) -> None:
    crm = host_in_frame(page, server, "/crm?query=contract")
    expect(crm.locator("#search")).to_have_value("contract")

    crm.locator("#search").fill("")
    page.wait_for_function("() => !frames[0].location.search.includes('query')")

    assert page.frames[1].evaluate("() => location.search") == "?host=frame"


def test_who_leaves_an_activity_while_words_are_not_saved_is_asked(
    page: Page, server: PaneServer, asked: list[str]
) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.locator("#nextStep").fill("Call Ines")

    leave_by(crm, "Activities")

    page.wait_for_event("dialog") if not asked else None
    assert asked == ["beforeunload"]
    expect(crm.locator("#nextStep")).to_have_value("Call Ines")
    crm.get_by_role("button", name="Save").click()
    expect(crm.get_by_role("status")).to_have_text("Saved.")
    leave_by(crm, "Activities")
    expect(crm.get_by_role("heading", name="Activities", level=1)).to_be_visible()
    assert asked == ["beforeunload"]


def test_who_plans_an_activity_is_not_asked(
    page: Page, server: PaneServer, asked: list[str]
) -> None:
    crm = host_in_frame(page, server, "/crm?view=plan")
    crm.locator("#subject").fill("Site visit")
    crm.locator("#start").fill("2026-12-01T10:00")
    crm.locator("#end").fill("2026-12-01T11:30")

    crm.get_by_role("button", name="Plan").click()

    expect(crm.get_by_role("heading", name="Site visit", level=1)).to_be_visible()
    assert asked == []


def test_who_leaves_the_policy_while_a_key_is_changed_is_asked(
    page: Page, server: PaneServer, asked: list[str]
) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    days = console.get_by_label("Days back", exact=True)
    days.fill("7")

    leave_by(console, "Log")

    page.wait_for_event("dialog") if not asked else None
    assert asked == ["beforeunload"]
    expect(days).to_have_value("7")
    console.get_by_role("button", name="Discard").click()
    leave_by(console, "Log")
    expect(console.get_by_role("heading", name="Log", level=1)).to_be_visible()
    assert asked == ["beforeunload"]


def test_a_button_that_is_gone_after_it_was_pressed_leaves_the_keyboard_in_the_page(
    page: Page, server: PaneServer
) -> None:
    crm = host_in_frame(page, server, "/crm?view=companies")
    crm.get_by_role("button", name="New company").click()
    close = crm.get_by_role("button", name="Close")
    close.focus()

    page.keyboard.press("Enter")

    expect(close).to_have_count(0)
    expect(crm.get_by_role("main")).to_be_focused()


def test_what_was_done_is_seen_by_whoever_is_not_read_to(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.locator("#nextStep").fill("Call Ines")

    crm.get_by_role("button", name="Save").click()

    said = crm.get_by_role("status")
    expect(said).to_have_text("Saved.")
    expect(said).to_have_css("position", "fixed")
    expect(said).to_be_in_viewport(ratio=1)
    assert serious_problems(page, "/crm") == []


def leave_by(page: FrameLocator, link: str) -> None:
    page.get_by_role("navigation").get_by_role("link", name=link, exact=True).click(
        no_wait_after=True
    )
