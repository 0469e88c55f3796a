"""Where planning already brings an activity to Outlook, who is invited is chosen before it is saved (IN-11)."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, serious_problems
from fakes.pane_world import ANNA

BO = {"id": "r2", "name": "Bo Lind", "address": "bo@nordwind.example"}
INES = {"id": "c1", "givenName": "Ines", "surname": "Moreau", "addresses": ["ines@contoso.example"]}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.me["policy"] = {"transfer": "all", "transferTypes": ["appointment"]}
        server.world.lists = {
            "companies": [],
            "contacts": [INES],
            "representatives": [ANNA, BO],
        }
        yield server


def planning(page: Page, server: PaneServer) -> FrameLocator:
    crm = host_in_frame(page, server, "/crm?view=plan")
    crm.locator("#subject").fill("Site visit")
    crm.locator("#start").fill("2026-12-01T10:00")
    crm.locator("#end").fill("2026-12-01T11:30")
    crm.locator("#people-lines").fill("Anna Vogt\nBo Lind\nInes Moreau")
    return crm


def test_who_is_invited_is_chosen_and_counted_before_it_is_planned(
    page: Page, server: PaneServer
) -> None:
    crm = planning(page, server)
    expect(crm.get_by_role("checkbox", name="Bo Lind")).to_be_checked()
    expect(crm.get_by_role("checkbox", name="Ines Moreau")).not_to_be_checked()
    expect(crm.get_by_role("status").filter(has_text="as soon as it is planned")).to_contain_text(
        "One person gets mail."
    )

    crm.get_by_role("checkbox", name="Ines Moreau").check()
    expect(crm.get_by_text("2 people get mail.")).to_be_visible()
    crm.get_by_role("checkbox", name="Bo Lind").uncheck()
    expect(crm.get_by_text("One person gets mail.")).to_be_visible()
    assert serious_problems(page, "/crm") == []
    crm.get_by_role("button", name="Plan").click()

    expect(crm.get_by_role("heading", name="Site visit", level=1)).to_be_visible()
    sent = server.calls_of("POST", "/api/activities")[0]["body"]["participants"]
    assert [one.get("invite") for one in sent] == [None, False, True]


def test_what_stays_in_the_crm_asks_for_no_invitations(page: Page, server: PaneServer) -> None:
    server.world.me["policy"]["transfer"] = "flagged"

    crm = planning(page, server)

    expect(crm.get_by_text("The activity stays in the CRM; nobody is mailed.")).to_be_visible()
    expect(crm.get_by_text("Who gets an invitation")).to_have_count(0)
