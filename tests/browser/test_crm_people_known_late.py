"""Names are written before the page knows who there is: they are not taken for addresses."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame
from fakes.pane_world import an_activity

INES = {"id": "c1", "name": "Ines Moreau", "givenName": "Ines", "surname": "Moreau", "addresses": ["ines@contoso.example"]}  # fmt: skip
CONTACTS = "**/api/contacts?limit=200"


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.lists = {"companies": [], "contacts": [INES], "representatives": []}
        yield server


def sent_before_contacts_come(
    page: Page, server: PaneServer, path: str, button: str
) -> FrameLocator:
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route(CONTACTS, hold, times=1)
    with page.expect_request(CONTACTS):
        crm = host_in_frame(page, server, path)
    crm.locator("#people-lines").fill("Ines Moreau")
    crm.get_by_role("button", name=button).click()
    expect(crm.get_by_role("button", name=button)).to_have_attribute("aria-busy", "true")
    asked[0].fulfill(json={"items": [INES], "next": None})
    return crm


def test_an_activity_is_saved_with_the_contact(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    path = f"/crm/activities/{activity['id']}"

    crm = sent_before_contacts_come(page, server, path, "Save")

    expect(crm.get_by_role("status")).to_have_text("Saved.")
    (call,) = server.calls_of("PATCH", ".*")
    assert [one["kind"] for one in call["body"]["participants"]] == ["contact"]


def test_an_activity_is_planned_with_the_contact(page: Page, server: PaneServer) -> None:
    crm = sent_before_contacts_come(page, server, "/crm?view=plan", "Plan")

    expect(crm.get_by_role("heading", level=1, name="Plan an activity")).to_have_count(0)
    (call,) = server.calls_of("POST", "/api/activities")
    assert [one["kind"] for one in call["body"]["participants"]] == ["contact"]
