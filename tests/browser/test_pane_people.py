"""People of a linked meeting are matched in place; the alias is remembered by the server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from fakes import pane_api
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, CONTOSO, an_activity

MIA = {"id": "c9", "name": "Mia Holm", "givenName": "Mia", "surname": "Holm", "addresses": ["mia@contoso.example"]}  # fmt: skip
UNKNOWN = {"reason": "participants-unknown", "address": "c@x.example"}


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        world = server.world
        world.lists = {
            "contacts": [dict(MIA)],
            "companies": [CONTOSO | {"domains": ["x.example"]}],
            "representatives": [ANNA | {"syncActive": True}],
        }
        world.link_with(world.add(an_activity(review=[dict(UNKNOWN)])))
        yield server


def ask(pane: FrameLocator) -> None:
    pane.get_by_role("button", name="Match c@x.example").click()


def test_somebody_unknown_is_matched_where_he_stands(page: Page, server: PaneServer) -> None:
    """pains 37: who is who comes from the server's truth."""
    pane = host_in_frame(page, server)
    ask(pane)
    expect(pane.get_by_role("searchbox", name="Who is c@x.example?")).to_be_focused()
    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")

    pane.get_by_role("button", name="This one: Mia Holm").click()

    expect(pane.get_by_role("status")).to_have_text("c@x.example is Mia Holm from now on.")
    expect(pane.get_by_role("button", name="Match c@x.example")).to_have_count(0)
    expect(pane.get_by_text("Marked for editing")).to_have_count(0)
    (call,) = server.calls_of("POST", "/api/reviews/.*")
    assert call["body"] == {"address": "c@x.example", "contactId": "c9"}


def test_an_ambiguous_address_is_sought_by_the_address(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Match info@contoso.example").click()

    expect(pane.get_by_role("searchbox", name="Who is info@contoso.example?")).to_have_value(
        "info@contoso.example"
    )
    expect(pane.get_by_role("button", name="This one: Mia Holm")).to_be_visible()
    assert server.calls_of("GET", "/api/contacts")[0]["query"]["query"] == "info@contoso.example"


def test_a_new_contact_is_made_with_the_company_of_the_domain(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server)
    ask(pane)
    pane.get_by_role("button", name="New contact…").click()
    expect(pane.get_by_label("Given name")).to_be_focused()
    expect(pane.get_by_label("Company")).to_have_value(CONTOSO["id"])
    pane.get_by_label("Surname").fill("Holm")
    assert serious_problems(page, "/panel") == []

    pane.get_by_role("button", name="Make contact").click()

    expect(pane.get_by_role("status")).to_have_text("c@x.example is a contact from now on.")
    (call,) = server.calls_of("POST", "/api/reviews/.*")
    assert call["body"]["newContact"] == {
        "givenName": "",
        "surname": "Holm",
        "companyId": CONTOSO["id"],
    }


def test_a_mark_may_be_left_as_it_is(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    ask(pane)

    pane.get_by_role("button", name="Leave as it is").click()

    expect(pane.get_by_role("status")).to_have_text("Set aside.")
    (call,) = server.calls_of("POST", "/api/reviews/.*")
    assert call["body"] == {"address": "c@x.example", "ignore": True}


def test_escape_closes_the_question_and_the_focus_comes_back(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server)
    ask(pane)
    expect(pane.get_by_role("searchbox", name="Who is c@x.example?")).to_be_focused()

    page.keyboard.press("Escape")

    expect(pane.get_by_role("button", name="Match c@x.example")).to_be_focused()


def test_an_answer_that_came_too_late_is_told_where_it_was_given(
    page: Page, server: PaneServer
) -> None:
    refusal = pane_api.problem(409, "review-settled", "This is not marked for editing any more.")
    server.world.faults.append(("POST", "/resolve", 409, refusal))
    pane = host_in_frame(page, server)
    ask(pane)

    pane.get_by_role("button", name="This one: Mia Holm").click()

    expect(pane.get_by_role("alert")).to_contain_text("This is not marked for editing any more.")
    expect(pane.get_by_role("searchbox", name="Who is c@x.example?")).to_be_visible()


def test_who_neither_owns_nor_organizes_it_is_not_offered_to_match(
    page: Page, server: PaneServer
) -> None:
    other = {"id": "019a0000-0000-7000-8000-000000000002", "name": "Bo Lind"}
    (activity,) = server.world.activities.values()
    activity |= {"owner": other, "organizer": other}
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("not known")).to_be_visible()
    expect(pane.get_by_role("button", name="Match c@x.example")).to_have_count(0)
