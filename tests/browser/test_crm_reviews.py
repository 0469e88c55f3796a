"""The list of what is marked for editing is worked in place."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, CONTOSO, an_activity

MIA = {"id": "c9", "name": "Mia Holm", "givenName": "Mia", "surname": "Holm", "addresses": ["mia@contoso.example"]}  # fmt: skip
UNKNOWN = {"reason": "participants-unknown", "address": "c@x.example"}
DELETED = {"reason": "event-deleted", "address": None}
OTHER = {"id": "019a0000-0000-7000-8000-000000000002", "name": "Bo Lind"}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.lists = {
            "contacts": [dict(MIA)],
            "companies": [CONTOSO | {"domains": []}],
            "representatives": [ANNA | {"syncActive": True}],
        }
        server.world.add(an_activity("Renewal Contoso", review=[dict(UNKNOWN), dict(DELETED)]))
        server.world.add(an_activity("Contract talk", review=[dict(DELETED)]))
        yield server


def test_each_mark_is_settled_in_its_row_and_the_row_goes_with_the_last(
    page: Page, server: PaneServer
) -> None:
    crm = host_in_frame(page, server, "/crm?view=reviews")
    expect(crm.get_by_role("link", name="Renewal Contoso")).to_be_visible()
    expect(crm.get_by_text("c@x.example is not known to the CRM.")).to_be_visible()
    assert serious_problems(page, "/crm") == []

    crm.get_by_role("button", name="Match c@x.example").click()
    expect(crm.get_by_role("searchbox", name="Who is c@x.example?")).to_be_focused()
    assert serious_problems(page, "/crm") == []
    crm.get_by_role("button", name="This one: Mia Holm").click()
    expect(crm.get_by_role("status")).to_have_text("c@x.example is Mia Holm from now on.")
    row = crm.get_by_role("row", name="Renewal Contoso")
    row.get_by_role("button", name="Set aside").click()

    expect(crm.get_by_role("link", name="Renewal Contoso")).to_have_count(0)
    expect(crm.get_by_role("link", name="Contract talk")).to_be_visible()
    bodies = [call["body"] for call in server.calls_of("POST", "/api/reviews/.*")]
    assert bodies == [
        {"address": "c@x.example", "contactId": "c9"},
        {"reason": "event-deleted", "ignore": True},
    ]


def test_the_list_is_walked_by_keyboard_and_everybodys_is_shown_on_request(
    page: Page, server: PaneServer
) -> None:
    crm = host_in_frame(page, server, "/crm?view=reviews")
    expect(crm.get_by_role("link", name="Contract talk")).to_be_visible()
    crm.locator("h1").click()
    page.keyboard.press("j")
    expect(crm.get_by_role("link", name="Renewal Contoso")).to_be_focused()

    with page.expect_response(lambda answer: "/api/reviews" in answer.url):
        crm.get_by_label("Shown").select_option("false")

    asked = [call["query"]["mine"] for call in server.calls_of("GET", "/api/reviews")]
    assert asked == ["true", "false"]


def test_what_somebody_else_settles_is_only_told(page: Page, server: PaneServer) -> None:
    for activity in server.world.activities.values():
        activity |= {"owner": OTHER, "organizer": OTHER}
    crm = host_in_frame(page, server, "/crm?view=reviews")

    expect(crm.get_by_text("Bo Lind settles this.").first).to_be_visible()
    expect(crm.get_by_role("button", name="Set aside")).to_have_count(0)


def test_an_empty_list_teaches_what_it_is_for(page: Page, server: PaneServer) -> None:
    server.world.activities.clear()
    crm = host_in_frame(page, server, "/crm?view=reviews")

    expect(crm.get_by_text("Nothing is marked.")).to_be_visible()


def test_the_page_of_an_activity_settles_its_marks_too(page: Page, server: PaneServer) -> None:
    activity = next(iter(server.world.activities.values()))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")

    crm.get_by_role("button", name="Set aside: The meeting was deleted in Outlook").click()

    expect(crm.get_by_role("status")).to_have_text("Set aside.")
    expect(crm.get_by_text("The meeting was deleted in Outlook")).to_have_count(0)
    expect(crm.get_by_text("c@x.example is not known to the CRM.")).to_be_visible()
    assert serious_problems(page, "/crm") == []


def test_it_fits_a_narrow_window(page: Page, server: PaneServer) -> None:
    page.set_viewport_size(NARROW)
    crm = host_in_frame(page, server, "/crm?view=reviews")
    crm.get_by_role("button", name="Match c@x.example").click()
    expect(crm.get_by_role("button", name="This one: Mia Holm")).to_be_visible()

    assert not scrolls_sideways(page, "/crm")


def test_a_remembered_alias_is_shown_and_taken_away(page: Page, server: PaneServer) -> None:
    aliases = ["c@x.example", "mia@home.example"]
    server.world.lists["contacts"][0] |= {"remembered": aliases, "version": 1}
    crm = host_in_frame(page, server, "/crm?view=contacts")
    crm.get_by_role("button", name="Mia Holm").click()
    expect(crm.get_by_label("c@x.example")).to_be_checked()
    assert serious_problems(page, "/crm") == []

    crm.get_by_label("c@x.example").uncheck()
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("status")).to_have_text("Saved.")
    (call,) = server.calls_of("PATCH", "/api/contacts/.*")
    assert call["body"]["remembered"] == ["mia@home.example"]


def test_a_long_address_pushes_nothing_out_of_the_window(page: Page, server: PaneServer) -> None:
    address = (
        "maximiliane-alexandra.von-hohenstein@sehr-lange-domain-der-beispielgesellschaft.example"
    )
    activity = next(iter(server.world.activities.values()))
    activity["review"] = [{"reason": "participants-unknown", "address": address}]
    crm = host_in_frame(page, server, "/crm?view=reviews")

    crm.get_by_role("button", name=f"Match {address}").click()

    expect(crm.get_by_role("button", name="New contact…")).to_be_visible()
    table = crm.locator(".table-place")
    assert table.evaluate("place => place.scrollWidth <= place.clientWidth")
