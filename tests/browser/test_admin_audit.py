"""Who changed what, the links behind a number, and the reasons of the log in words."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, START, Json, a_decision

END = "2026-11-24T11:00:00+01:00"
WIDTHS = pytest.mark.parametrize("width", [320, 1280])


def an_act(number: int, action: str, subject: str = "", **details: object) -> Json:
    return {
        "id": f"act-{number}",
        "at": "2026-11-20T09:02:00Z",
        "actor": "Dev Admin",
        "action": action,
        "subject": subject,
        "details": details,
    }


def a_link(number: int, subject: str | None) -> Json:
    return {
        "id": f"link-{number}",
        "activityId": f"a{number}",
        "subject": subject,
        "start": START if subject else None,
        "end": END if subject else None,
        "scope": "series",
        "lastSyncedAt": "2026-11-20T09:02:00Z",
    }


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.clock.set_fixed_time("2026-11-20T09:30:00Z")
    capture = {"before": "linked", "after": "all"}
    with PaneServer() as server:
        server.world.lists = {
            "representatives": [ANNA | {"syncActive": True, "permissions": []}],
            "decisions": [a_decision("Moved.", before={"subject": "A"}, after={"subject": "B"})],
            "reasons": [
                {"code": "activity-updated", "group": "Outlook to CRM", "means": "Fields differ. More of it.", "toDo": "Nothing."},
                {"code": "mail-held", "group": "CRM to Outlook", "means": "Too many people.", "toDo": "Approve."},
            ],
            "audit": [
                an_act(1, "policy-changed", "version 2", capture=capture),
                an_act(2, "held-approved", ANNA["id"], count=3),
                an_act(3, "run-undone", "run-7", undone=4, newer=0),
                *(an_act(number, "service-restarted") for number in range(4, 120)),
            ],
            "links": [a_link(1, "Renewal Contoso"), a_link(2, None)],
        }  # fmt: skip
        yield server


@WIDTHS
def test_the_audit_says_who_did_what(page: Page, server: PaneServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    console = host_in_frame(page, server, "/admin?view=audit")

    row = console.get_by_role("row").filter(has_text="Changed the policy")
    expect(row).to_contain_text("Dev Admin")
    expect(row).to_contain_text("Meetings that become activities")
    held = console.get_by_role("row").filter(has_text="Approved what was held")
    expect(held).to_contain_text("Anna Vogt")
    expect(held).to_contain_text("3 changes")
    run = console.get_by_role("row").filter(has_text="Undid a run").get_by_role("link")
    expect(run).to_have_attribute("href", re.compile("view=initial&run=run-7"))
    assert serious_problems(page, "/admin") == []
    assert not scrolls_sideways(page, "/admin")


def test_the_audit_is_filtered_and_goes_on(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=audit")
    console.get_by_role("button", name="Show more").click()
    expect(console.get_by_role("button", name="Show more")).to_have_count(0)

    with page.expect_response(lambda answer: "action=service-stopped" in answer.url):
        console.get_by_label("What").select_option("Stopped the service")
    with page.expect_response(lambda answer: "actor=dev" in answer.url):
        console.get_by_role("searchbox", name="By whom").fill("dev")
        page.keyboard.press("Enter")
    with page.expect_response(lambda answer: "since=" in answer.url):
        console.get_by_label("Since").fill("2026-11-01")

    queries = [call["query"] for call in server.calls_of("GET", "/api/admin/audit")]
    (asked,) = [query for query in queries if "since" in query]
    assert asked["since"] == "2026-11-01T00:00:00+01:00"
    assert (asked["action"], asked["actor"]) == ("service-stopped", "dev")


def test_an_audit_without_an_act_says_what_it_will_hold(page: Page, server: PaneServer) -> None:
    server.world.lists["audit"] = []
    console = host_in_frame(page, server, "/admin?view=audit")
    expect(console.get_by_text("Nobody changed anything yet.")).to_be_visible()

    console.get_by_label("What").select_option("Stopped the service")

    expect(console.get_by_text("Nobody did that.")).to_be_visible()


@WIDTHS
def test_the_live_links_of_a_mailbox_are_listed(page: Page, server: PaneServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    console = host_in_frame(page, server, f"/admin?view=links&representativeId={ANNA['id']}")

    expect(console.get_by_role("heading", name="Live links of Anna Vogt")).to_be_visible()
    link = console.get_by_role("link", name="Renewal Contoso")
    expect(link).to_have_attribute("href", re.compile("/crm/activities/a1"))
    expect(console.get_by_role("row").filter(has_text="confidential")).to_contain_text("a series")
    assert serious_problems(page, "/admin") == []
    assert not scrolls_sideways(page, "/admin")


@WIDTHS
def test_a_reason_is_chosen_in_words(page: Page, server: PaneServer, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    console = host_in_frame(page, server, "/admin?view=log")
    expect(console.get_by_text("Moved.")).to_be_visible()
    page.keyboard.press("/")
    reasons = console.get_by_role("combobox", name=re.compile("Reason"))

    with page.expect_response(lambda answer: "reason=mail-held" in answer.url):
        reasons.select_option("Too many people. (mail-held)")

    expect(reasons.locator("optgroup")).to_have_count(2)
    assert serious_problems(page, "/admin") == []
    assert not scrolls_sideways(page, "/admin")


def test_a_reason_that_is_not_known_here_stays_asked_for(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=log&reason=moved")

    expect(console.get_by_role("combobox", name=re.compile("Reason"))).to_have_value("moved")
