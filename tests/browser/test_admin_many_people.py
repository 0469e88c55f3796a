"""More people than one list has: everybody is reached, on their page and in the log's filter."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import a_decision

MANY = 450
ONE_LIST = 200


def representative(n: int, name: str) -> dict[str, object]:
    """The n-th of them."""
    return {
        "id": f"019a0000-0000-7000-8000-{n:012}",
        "oid": f"o{n}",
        "name": name,
        "address": f"p{n}@nordwind.example",
        "aliases": [],
        "syncActive": False,
        "permissions": ["EXCHANGE_SYNC_USER"],
        "mailbox": True,
        "version": 7,
    }


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        people = [representative(n, f"Person {n:03}") for n in range(MANY - 1)]
        server.world.lists = {
            "representatives": [*people, representative(MANY, "Zoe Adams")],
            "decisions": [a_decision("Moved.", mailbox="p450@nordwind.example")],
        }
        yield server


def test_the_page_of_our_people_goes_on_until_everybody_is_there(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=representatives")
    rows = console.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(ONE_LIST)
    assert serious_problems(page, "/admin") == []
    more = console.get_by_role("button", name="Show more")

    more.click()
    expect(rows).to_have_count(2 * ONE_LIST)
    more.click()

    expect(rows).to_have_count(MANY)
    expect(more).to_have_count(0)
    asked = server.calls_of("GET", "/api/admin/representatives")
    assert [call["query"].get("cursor") for call in asked] == [None, "200", "400"]


def test_who_was_gone_on_to_is_still_there_after_he_was_switched(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=representatives")
    rows = console.get_by_role("table").locator("tbody tr")
    more = console.get_by_role("button", name="Show more")
    more.click()
    expect(rows).to_have_count(2 * ONE_LIST)
    more.click()

    with page.expect_response("**/api/admin/representatives/*"):
        console.get_by_role("button", name="Activate Zoe Adams").click()

    expect(console.get_by_role("button", name="Deactivate Zoe Adams")).to_be_enabled()
    expect(rows).to_have_count(MANY)
    with page.expect_response("**/api/admin/representatives/*"):
        console.get_by_role("button", name="Deactivate Zoe Adams").click()
    expect(console.get_by_role("button", name="Activate Zoe Adams")).to_be_enabled()
    changes = server.calls_of("PATCH", "/api/admin/representatives/.*")
    assert [call["headers"]["If-Match"] for call in changes] == ['"7"', '"8"']


def test_the_log_is_asked_for_a_mailbox_that_is_found_by_its_name(
    page: Page, server: PaneServer
) -> None:
    page.set_viewport_size(NARROW)
    console = host_in_frame(page, server, "/admin?view=log")
    mailbox = console.get_by_role("combobox", name="Mailbox")
    told = console.locator("#people-found")
    expect(told).to_have_text("Mailbox offers the first 200 by name; find others.")
    assert serious_problems(page, "/admin") == []
    assert not scrolls_sideways(page, "/admin")

    console.get_by_label("Find a mailbox").fill("Zoe")
    expect(told).to_have_text("Mailbox offers 1 of them.")
    with page.expect_response("**/api/admin/decisions?*representativeId=*") as answer:
        mailbox.select_option(label="Zoe Adams")

    assert f"representativeId={representative(MANY, '')['id']}" in answer.value.url
    console.get_by_label("Find a mailbox").fill("Nobody")
    expect(told).to_have_text("Nobody has a name or an address like “Nobody”.")
    # Who was chosen stays said.
    expect(mailbox.locator("option:checked")).to_have_text("p450@nordwind.example")


def test_few_mailboxes_are_offered_without_looking_for_them(page: Page, server: PaneServer) -> None:
    del server.world.lists["representatives"][ONE_LIST:]
    console = host_in_frame(page, server, "/admin?view=log")

    expect(console.get_by_role("combobox", name="Mailbox").locator("option")).to_have_count(
        ONE_LIST + 1
    )
    expect(console.get_by_label("Find a mailbox")).to_have_count(0)
