"""/crm and /admin in an ordinary tab: msal signs in by a pop-up, and by a redirect where pop-ups are blocked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.login_pages import LoginPages
from fakes.pane_server import PaneServer
from fakes.pane_stage import serious_problems, serve_office


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


def test_one_click_signs_in_by_a_pop_up(page: Page, server: PaneServer) -> None:
    login = LoginPages(page.context)
    page.goto(f"{server.url}/crm")
    expect(page.get_by_role("heading", name="Not signed in")).to_be_visible()
    assert serious_problems(page) == []
    assert login.authorized == []

    with page.expect_popup():
        page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Activities", level=1)).to_be_visible()
    assert login.authorized[0]["redirect_uri"] == f"{server.url}/panel/redirect"
    assert "access_as_user" in login.authorized[0]["scope"]
    assert (
        server.calls_of("GET", "/api/me")[0]["headers"]["Authorization"]
        == "Bearer token-of-the-browser"
    )


def test_where_pop_ups_are_blocked_the_page_goes_there_and_comes_back(
    page: Page, server: PaneServer
) -> None:
    LoginPages(page.context)
    page.add_init_script("window.open = () => null")
    page.goto(f"{server.url}/admin")

    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="Overview", level=1)).to_be_visible()


def test_outlooks_sign_in_window_signs_in_and_tells_the_pane_the_token(
    page: Page, server: PaneServer
) -> None:
    LoginPages(page.context)
    serve_office(page, item=None)

    page.goto(f"{server.url}/panel/dialog")

    expect(page.locator("html")).to_have_attribute("data-told", '{"token":"token-of-the-browser"}')


def test_a_server_without_sign_in_settings_says_so(page: Page, server: PaneServer) -> None:
    settings = server.client_settings() | {"clientId": None, "authority": None, "scope": None}
    page.route("**/api/client", lambda route: route.fulfill(json=settings))
    page.goto(f"{server.url}/crm")

    expect(page.get_by_text("This server knows no sign-in yet")).to_be_visible()
