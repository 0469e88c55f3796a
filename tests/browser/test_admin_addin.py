"""The console's page of the add-in: the manifest, and where it is given."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


def test_the_manifest_is_offered_with_its_address(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=add-in")

    manifest = console.get_by_role("link", name="Download the manifest")
    expect(manifest).to_have_attribute("href", f"{server.url}/manifest.xml?download")
    expect(console.get_by_text(f"{server.url}/manifest.xml", exact=True)).to_be_visible()
    expect(console.get_by_role("link", name="Add-in")).to_have_attribute("aria-current", "page")
    assert serious_problems(page, "/admin") == []


def test_without_https_it_says_that_outlook_does_not_take_it(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=add-in")

    expect(console.get_by_role("note")).to_contain_text("reached without https")


def test_it_fits_a_narrow_window(page: Page, server: PaneServer) -> None:
    page.set_viewport_size(NARROW)
    console = host_in_frame(page, server, "/admin?view=add-in")
    expect(console.get_by_role("heading", name="Add-in")).to_be_visible()

    assert not scrolls_sideways(page, "/admin")
