"""The console's policy by keyboard: what was wrong is found, nothing is taken by haste, no field lies below the bar."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from fakes import pane_api
from fakes.pane_policy import policy_server
from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with policy_server() as server:
        yield server


def test_enter_pressed_twice_on_a_preset_takes_nothing(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    look = console.get_by_role("button", name="Look at the preset mirror")
    look.focus()
    page.keyboard.press("Enter")
    expect(console.get_by_role("group", name="What the preset mirror")).to_be_visible()
    expect(console.get_by_role("button", name="Not now")).to_be_focused()

    page.keyboard.press("Enter")

    expect(look).to_be_focused()
    assert server.calls_of("PUT", ".*") == []


@pytest.mark.parametrize(("button", "method"), [("Save", "PUT"), ("Dry run with it", "POST")])
def test_a_number_out_of_range_is_refused_at_its_field_whichever_way_it_is_sent(
    page: Page, server: PaneServer, button: str, method: str
) -> None:
    errors = {"windowFutureDays": ["windowFutureDays is a whole number from 1 to 730."]}
    refusal = pane_api.problem(422, "invalid-request", "One thing is wrong.", errors=errors)
    server.world.faults.append((method, ".*", 422, refusal))
    console = host_in_frame(page, server, "/admin?view=policy")
    days = console.get_by_label("Days ahead", exact=True)
    days.fill("0")

    console.locator(".save-bar").get_by_role("button", name=button).click()

    expect(console.locator("#policy-problems")).to_be_focused()
    expect(console.locator("#policy-problems")).to_contain_text("Nothing was changed.")
    expect(console.locator("#windowFutureDays-problem")).to_have_text(errors["windowFutureDays"][0])
    expect(days).to_have_value("0")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 720}, {"width": 320, "height": 560}], ids=["wide", "narrow"])  # fmt: skip
def test_what_is_focused_is_not_hidden_by_the_bar(
    page: Page, server: PaneServer, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    server.world.documents["service"] = {"running": True, "generation": 1, "activePeople": 2}
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label("Days back", exact=True).fill("7")
    expect(console.locator(".save-bar")).to_be_visible()

    hidden = []
    for _ in range(12):
        page.keyboard.press("Tab")
        if console.locator("body").evaluate(LIES_BELOW_THE_BAR):
            hidden.append(console.locator("body").evaluate("() => document.activeElement.id"))

    assert hidden == []


# Of a field of several lines the first one counts.
LIES_BELOW_THE_BAR = """() => document.activeElement.getBoundingClientRect().top + 24
  > document.querySelector(".save-bar").getBoundingClientRect().top"""
