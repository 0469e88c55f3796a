"""The pane beside one meeting: link it, create from it, unlink it, and be told of every refusal."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes import pane_api
from fakes.pane_server import PaneServer
from fakes.pane_stage import ITEM, NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import a_meeting, an_activity


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        yield server


def test_a_suggested_activity_is_linked_with_one_click(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    server.world.suggestions = [{"activity": activity, "why": "same people, same day"}]
    pane = host_in_frame(page, server)

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    expect(pane.get_by_text("same people, same day")).to_be_visible()
    pane.get_by_role("button", name="Link with Renewal Contoso").click()

    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()
    expect(pane.get_by_role("link", name="Renewal Contoso")).to_have_attribute(
        "href", re.compile(f"/crm/activities/{activity['id']}")
    )
    (call,) = server.calls_of("POST", "/api/links")
    assert call["body"] == {
        "itemId": ITEM["itemId"],
        "start": ITEM["start"],
        "activityId": activity["id"],
        "scope": "single",
    }


def test_an_activity_is_created_from_the_meeting_in_one_step(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Create activity from meeting").click()

    expect(pane.get_by_role("link", name="Quarterly review")).to_be_visible()
    expect(pane.get_by_role("status")).to_have_text("Activity created and linked.")
    assert len(server.calls_of("POST", "/api/activities")) == 1


def test_the_slash_searches_and_the_found_activity_can_be_linked(
    page: Page, server: PaneServer
) -> None:
    server.world.add(an_activity("Contract talk"))
    server.world.add(an_activity("Site visit"))
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    pane.locator("h1").click()

    page.keyboard.press("/")
    page.keyboard.type("contract")

    expect(pane.get_by_role("button", name="Link with Contract talk")).to_be_visible()
    expect(pane.get_by_role("button", name="Link with Site visit")).to_have_count(0)
    expect(pane.get_by_role("status")).to_have_text("One activity found.")


def test_unlinking_says_first_what_it_will_do_and_the_link_can_be_revived(
    page: Page, server: PaneServer
) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="More actions").click()
    pane.get_by_role("menuitem", name="Unlink…").click()
    expect(pane.get_by_role("alertdialog")).to_contain_text(
        "Meeting and activity both stay as they are"
    )
    expect(pane.get_by_role("button", name="Keep it")).to_be_focused()
    assert server.calls_of("DELETE", ".*") == []
    pane.get_by_role("button", name="Unlink", exact=True).click()

    expect(pane.get_by_role("heading", name="The link has ended")).to_be_visible()
    pane.get_by_role("button", name="Link again with Renewal Contoso").click()
    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()


def ended_and_deleted(server: PaneServer, **members: object) -> None:
    """A meeting whose activity was deleted when its link ended."""
    activity = server.world.add(an_activity(deletedAt="2026-11-20T09:04:00Z") | members)
    server.world.link_with(activity, state="ended", endedAt="2026-11-20T09:04:00Z")


def test_a_deleted_activity_is_restored_and_linked_again_in_one_step(
    page: Page, server: PaneServer
) -> None:
    ended_and_deleted(server)
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("link", name="Open the deleted activity")).to_be_visible()
    expect(pane.get_by_role("button", name=re.compile("^Link again"))).to_have_count(0)
    assert serious_problems(page) == []

    pane.get_by_role("button", name="Restore and link again with Renewal Contoso").click()

    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()
    posted = [call["path"] for call in server.calls_of("POST", ".*")]
    assert [path.rsplit("/", 1)[-1] for path in posted] == ["restore", "links"]


def test_what_was_restored_and_could_not_be_linked_is_told_as_that(
    page: Page, server: PaneServer
) -> None:
    ended_and_deleted(server)
    refused = pane_api.problem(
        409, "activity-taken", "Linked elsewhere.", detail="It is linked elsewhere."
    )
    server.world.faults.append(("POST", "/api/links", 409, refused))
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Restore and link again with Renewal Contoso").click()

    told = "The activity was restored, but is not linked yet. It is linked elsewhere."
    expect(pane.get_by_text(told)).to_be_visible()


def test_who_may_not_restore_an_activity_is_told_who_may(page: Page, server: PaneServer) -> None:
    somebody = {"id": "r9", "name": "Cleo Ames", "address": "cleo@nordwind.example"}
    ended_and_deleted(server, owner=somebody, organizer=somebody)
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("Only Cleo Ames or its organizer can restore it")).to_be_visible()
    expect(pane.get_by_role("button", name=re.compile("ink again"))).to_have_count(0)


def test_escape_leaves_a_question_and_nothing_happens(page: Page, server: PaneServer) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="More actions").click()
    pane.get_by_role("menuitem", name="Retract from the CRM…").click()
    expect(pane.get_by_role("alertdialog")).to_contain_text("cannot be undone")

    page.keyboard.press("Escape")

    expect(pane.get_by_role("alertdialog")).to_have_count(0)
    assert server.calls_of("POST", ".*retract") == []


def test_a_private_meeting_is_refused_in_the_servers_words(page: Page, server: PaneServer) -> None:
    server.world.meeting = a_meeting(private=True)
    server.world.suggestions = [{"activity": server.world.add(an_activity()), "why": "same people"}]
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Link with Renewal Contoso").click()

    expect(pane.get_by_role("heading", name="Private, not linked")).to_be_visible()
    expect(
        pane.get_by_text("Your administrator chose that private meetings stay out of the CRM.")
    ).to_be_visible()


def test_an_activity_that_is_taken_names_the_other(page: Page, server: PaneServer) -> None:
    server.world.suggestions = [{"activity": server.world.add(an_activity()), "why": "same people"}]
    refusal = pane_api.problem(
        409,
        "already-linked",
        "This meeting is already linked.",
        activity={"id": "x", "subject": "Other talk"},
    )
    server.world.faults.append(("POST", "/api/links", 409, refusal))
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Link with Renewal Contoso").click()

    expect(pane.get_by_role("alert")).to_contain_text("already linked. It is “Other talk”.")
    expect(pane.get_by_role("alert")).to_contain_text("trace-already-linked")


def test_a_failed_link_is_tried_again_with_the_same_key(page: Page, server: PaneServer) -> None:
    server.world.faults.append(
        ("POST", "/api/activities", 503, pane_api.problem(503, "away", "Liaison is being updated."))
    )
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Create activity from meeting").click()
    expect(pane.get_by_role("alert")).to_contain_text("Liaison is being updated.")
    pane.get_by_role("button", name="Try again").click()

    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()
    keys = {
        call["headers"]["Idempotency-Key"] for call in server.calls_of("POST", "/api/activities")
    }
    assert len(keys) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_linked_and_the_unlinked_pane_are_accessible_and_fit_300_pixels(
    page: Page, server: PaneServer, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 300, "height": 600})
    activity = server.world.add(
        an_activity("A very long subject of an activity that does not fit into a narrow pane")
    )
    server.world.suggestions = [{"activity": activity, "why": "same people, same day"}]
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("button", name="Create activity from meeting")).to_be_visible()
    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")

    pane.get_by_role("button", name=re.compile("^Link with")).click()
    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()

    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")
