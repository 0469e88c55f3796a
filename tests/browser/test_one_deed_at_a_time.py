"""While one deed is under way the others are seen to wait, and nothing that somebody typed or clicked is lost unseen."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, host_in_outlook, serious_problems
from fakes.pane_world import ANNA, an_activity

NOT_YET = "Not done yet: something else is still under way. Try again when it is finished."
BO = ANNA | {"id": "019a0000-0000-7000-8000-0000000000b0", "name": "Bo Lind"}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


@contextmanager
def held(page: Page, method: str, path: str) -> Iterator[None]:
    """What is asked in here has no answer before the end of it; the first thing done must ask it."""
    waiting: list[Route] = []

    is_over = False

    def hold(route: Route) -> None:
        if route.request.method == method and not is_over:
            waiting.append(route)
        else:
            route.continue_()

    page.route(path, hold)
    yield
    is_over = True
    with page.expect_response(lambda answer: answer.request.method == method):
        for route in waiting:
            route.continue_()


def click_all_the_same(place: Locator) -> None:
    """As somebody does who does not see that it waits."""
    place.click(force=True)


def says(frame: FrameLocator | Page, words: str) -> None:
    expect(frame.locator("#announcements")).to_have_text(words)


@pytest.fixture
def pane(page: Page, server: PaneServer) -> FrameLocator:
    page.set_viewport_size(NARROW)
    server.world.link_with(server.world.add(an_activity()))
    return host_in_frame(page, server)


def test_in_the_pane_a_deed_of_the_menu_says_what_it_does_and_the_others_wait(
    page: Page, server: PaneServer, pane: FrameLocator
) -> None:
    pane.get_by_role("button", name="More actions").click()
    with held(page, "POST", "**/api/links/*/sync"):
        pane.get_by_role("menuitem", name="Sync now").click()
        expect(pane.get_by_text("Syncing this meeting…")).to_be_visible()
        pane.get_by_label("Outcome").fill("Held, follow-up")
        save = pane.get_by_role("button", name="Save")
        expect(save).to_have_attribute("aria-disabled", "true")
        expect(pane.get_by_role("button", name="Discard")).to_be_enabled()
        pane.get_by_role("button", name="More actions").click()
        insert = pane.get_by_role("menuitem", name="Insert link to the activity")
        expect(insert).to_have_attribute("aria-disabled", "true")
        # Its question would be closed by the end of what is under way.
        unlink = pane.get_by_role("menuitem", name="Unlink…")
        expect(unlink).to_have_attribute("aria-disabled", "true")
        assert serious_problems(page, "/panel") == []
        page.keyboard.press("Escape")

        click_all_the_same(save)

        says(pane, NOT_YET)
        assert server.calls_of("PATCH", "/api/activities/.*") == []

    expect(pane.get_by_text("Syncing this meeting…")).to_have_count(0)
    expect(pane.get_by_label("Outcome")).to_have_value("Held, follow-up")
    save.click()
    says(pane, "Saved.")


def test_what_is_typed_while_something_is_saved_is_still_to_be_saved(
    page: Page, server: PaneServer, pane: FrameLocator
) -> None:
    pane.get_by_label("Outcome").fill("Held")
    with held(page, "PATCH", "**/api/activities/*"):
        pane.get_by_role("button", name="Save").click()
        expect(pane.locator("[type=submit][aria-busy=true]")).to_have_text("Save")

        pane.get_by_label("Next step").fill("Send offer")

        expect(pane.locator("[type=submit][aria-busy=true]")).to_have_text("Save")
    says(pane, "Saved.")
    expect(pane.get_by_label("Next step")).to_have_value("Send offer")

    with page.expect_response("**/api/activities/*") as saved:
        pane.get_by_role("button", name="Save").click()

    assert saved.value.request.post_data_json == {"nextStep": "Send offer"}
    expect(pane.get_by_role("button", name="Save")).to_have_count(0)


def test_what_could_not_be_saved_of_a_meeting_that_was_left_is_said(
    page: Page, server: PaneServer, pane: FrameLocator
) -> None:
    pane.get_by_label("Outcome").fill("Held")
    refusal = {"status": 503, "title": "Not now."}
    server.world.faults.append(("PATCH", "/api/activities/.*", 503, refusal))
    with held(page, "PATCH", "**/api/activities/*"):
        pane.get_by_role("button", name="Save").click()
        with page.expect_response("**/api/meeting?*itemId=OTHER*"):
            page.evaluate("window.host.open({...window.host.item, itemId: 'OTHER'})")
        expect(pane.get_by_label("Outcome")).to_have_value("")
        pane.get_by_label("Outcome").fill("Of the other one")

    says(pane, "Not saved: Not now.")
    expect(pane.get_by_label("Outcome")).to_have_value("Of the other one")


def test_on_the_crm_pages_the_others_wait(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.get_by_role("button", name="Delete…").click()
    delete = crm.get_by_role("button", name="Delete", exact=True)
    crm.get_by_label("Outcome").fill("Agreed")
    with held(page, "PATCH", "**/api/activities/*"):
        crm.get_by_role("button", name="Complete").click()
        expect(crm.get_by_role("button", name="Complete")).to_have_attribute("aria-busy", "true")
        expect(delete).to_have_attribute("aria-disabled", "true")
        cancel = crm.get_by_role("button", name="Cancel activity…")
        expect(cancel).to_have_attribute("aria-disabled", "true")
        assert serious_problems(page, "/crm") == []

        click_all_the_same(delete)
        says(crm, NOT_YET)
        click_all_the_same(crm.get_by_role("button", name="Save"))

    expect(crm.get_by_role("button", name="Plan again")).to_be_enabled()
    assert server.calls_of("DELETE", "/api/activities/.*") == []
    crm.get_by_role("button", name="Save").click()
    says(crm, "Saved.")
    assert server.world.activities[activity["id"]]["outcome"] == "Agreed"


def test_in_the_console_the_others_wait_and_a_tick_stays_as_it_is(
    page: Page, server: PaneServer
) -> None:
    more = {"oid": "o1", "aliases": [], "syncActive": False, "mailbox": True, "version": 7}
    server.world.lists["representatives"] = [
        one | more | {"permissions": ["EXCHANGE_SYNC_USER"]} for one in (ANNA, BO)
    ]
    console = host_in_frame(page, server, "/admin?view=representatives")
    bo = console.get_by_role("button", name="Activate Bo Lind")
    tick = console.get_by_role("group", name="Permissions of Bo Lind").get_by_label("may be synced")
    field = console.get_by_label("Addresses to import")
    with held(page, "PATCH", "**/api/admin/representatives/*"):
        console.get_by_role("button", name="Activate Anna Vogt").click()
        expect(bo).to_have_attribute("aria-disabled", "true")
        expect(tick).to_have_attribute("aria-disabled", "true")
        assert serious_problems(page, "/admin") == []

        click_all_the_same(tick)
        expect(tick).to_be_checked()
        says(console, NOT_YET)
        field.fill("eva@nordwind.example")
        field.press("Enter")
        click_all_the_same(bo)

    expect(console.get_by_role("button", name="Deactivate Anna Vogt")).to_be_enabled()
    expect(field).to_have_value("eva@nordwind.example")
    assert len(server.calls_of("PATCH", "/api/admin/representatives/.*")) == 1
    bo.click()
    expect(console.get_by_role("button", name="Deactivate Bo Lind")).to_be_enabled()


def test_a_tick_that_is_on_its_way_says_so(page: Page, server: PaneServer) -> None:
    more = {"oid": "o1", "aliases": [], "syncActive": False, "mailbox": True, "version": 7}
    server.world.lists["representatives"] = [ANNA | more | {"permissions": []}]
    console = host_in_frame(page, server, "/admin?view=representatives")
    tick = console.get_by_label("may be synced")
    with held(page, "PATCH", "**/api/admin/representatives/*"):
        tick.check()
        expect(tick).to_have_attribute("aria-busy", "true")

    expect(tick).not_to_have_attribute("aria-busy", "true")
    expect(tick).to_be_checked()


def fail_to_start(server: PaneServer) -> None:
    problem = {"status": 503, "code": "busy", "title": "Liaison is not available just now."}
    server.world.faults.append(("GET", "/api/me", 503, problem))


def test_after_a_failed_start_outlook_is_listened_to_once(page: Page, server: PaneServer) -> None:
    fail_to_start(server)
    host_in_outlook(page, server)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()

    with page.expect_response("**/api/meeting?*itemId=OTHER*"):
        page.evaluate("window.outlook.open({...window.officeWish.item, itemId: 'OTHER'})")

    expect(page.get_by_role("heading", name="Not linked")).to_be_visible()
    read = [call["query"]["itemId"] for call in server.calls_of("GET", "/api/meeting")]
    assert read[1:] == ["OTHER"]
    assert page.evaluate("window.outlook.listeners()") == 1


def test_after_a_failed_start_a_page_that_hosts_the_pane_is_listened_to_once(
    page: Page, server: PaneServer
) -> None:
    fail_to_start(server)
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="Try again").click()
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()

    with page.expect_response("**/api/meeting?*itemId=OTHER*"):
        page.evaluate("window.host.open({...window.host.item, itemId: 'OTHER'})")

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    read = [call["query"]["itemId"] for call in server.calls_of("GET", "/api/meeting")]
    assert read[1:] == ["OTHER"]
