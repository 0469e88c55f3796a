"""The console's page of what waits and what failed."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems

HELD = {
    "id": "h1",
    "reason": "held-removal",
    "mailbox": "anna@nordwind.example",
    "activityIds": ["a1", "a2", "a3"],
    "count": 3,
    "at": "2026-11-20T09:02:00Z",
    "status": "open",
    "removedBefore": 4,
    "samples": [{"id": "a1", "subject": "Renewal Contoso", "status": "planned"}],
    "settledAt": None,
    "settledBy": None,
}
FAILED = {
    "id": "f1",
    "mailbox": "anna@nordwind.example",
    "eventId": "AAMk",
    "error": "request-rejected",
    "sentence": "Microsoft 365 refused the request as it is.",
    "attempts": 8,
    "at": "2026-11-20T08:00:00Z",
    "activityId": None,
    "subject": None,
}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.documents = {
            "service": {"running": True, "generation": 1},
            "sync-user": {"name": "SYNC_MASTER", "locked": False, "active": True},
        }
        server.world.lists = {"held": [dict(HELD)], "failed": [dict(FAILED)], "mailboxes": []}
        yield server


def test_the_overview_counts_what_needs_somebody(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin")

    link = console.get_by_role("link", name="3 removals held, 1 failed")
    expect(link).to_have_attribute("href", re.compile(r"/admin\?view=held"))
    assert serious_problems(page, "/admin") == []


def test_a_decision_says_first_what_it_will_do(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=held")
    expect(console.get_by_role("link", name="Renewal Contoso")).to_be_visible()
    expect(console.get_by_text("and 2 more")).to_be_visible()

    console.get_by_role("button", name="Discard what waits of anna@nordwind.example").click()

    expect(console.get_by_text("Keeps the 3 activities and ends their links")).to_be_visible()
    expect(console.get_by_text("4 removals of the day before are taken back")).to_be_visible()
    assert server.calls_of("POST", "/api/admin/held/.*") == []
    assert serious_problems(page, "/admin") == []

    console.get_by_role("button", name="Not now").click()
    expect(console.get_by_text("Keeps the 3 activities")).to_have_count(0)


def test_a_question_takes_the_focus_and_escape_leaves_it(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=held")
    asks = console.get_by_role("button", name="Discard what waits of anna@nordwind.example")
    asks.focus()

    page.keyboard.press("Enter")

    question = console.get_by_role("group", name="Discard")
    expect(question).to_have_accessible_description(re.compile("Keeps the 3 activities"))
    expect(question.get_by_role("button", name="Not now")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(asks).to_be_focused()


@pytest.mark.parametrize(
    ("deed", "notice"), [("approve", "looked up again"), ("discard", "activities stay")]
)
def test_a_decision_is_sent_once_it_is_confirmed(
    page: Page, server: PaneServer, deed: str, notice: str
) -> None:
    console = host_in_frame(page, server, "/admin?view=held")
    label = deed.capitalize()

    console.get_by_role("button", name=f"{label} what waits of anna@nordwind.example").click()
    console.get_by_role("group", name=label).get_by_role("button", name=label).click()

    expect(console.get_by_role("status")).to_contain_text(notice)
    expect(console.get_by_text("Nothing waits.")).to_be_visible()
    assert len(server.calls_of("POST", f"/api/admin/held/h1/{deed}")) == 1


def test_what_was_decided_elsewhere_is_told_and_goes(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=held")
    console.get_by_role("button", name="Approve what waits of anna@nordwind.example").click()
    server.world.lists["held"].clear()

    console.get_by_role("group", name="Approve").get_by_role("button", name="Approve").click()

    expect(console.get_by_role("alert")).to_contain_text("This does not wait any more.")
    expect(console.get_by_text("Nothing waits.")).to_be_visible()


def test_what_failed_is_tried_again(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=held")
    expect(console.get_by_text("Microsoft 365 refused the request as it is.")).to_be_visible()

    console.get_by_role("button", name="Try again").click()

    expect(console.get_by_text("Nothing failed.")).to_be_visible()


def test_what_is_tried_again_by_itself_is_listed_with_why_and_when(
    page: Page, server: PaneServer
) -> None:
    waiting = {"id": "w1", "error": "throttled", "sentence": "Microsoft 365 asks to slow down.", "attempts": 2, "nextAt": "2026-11-20T09:30:00Z", "activityId": "a1", "subject": "Renewal Contoso"}  # fmt: skip
    server.world.lists["waiting"] = [FAILED | waiting]
    console = host_in_frame(page, server, "/admin?view=held&representativeId=m1")
    row = console.get_by_role("table", name="Tried again by itself").get_by_role("row").nth(1)
    expect(row).to_contain_text("Microsoft 365 asks to slow down. throttled")
    expect(row).to_contain_text("10:30")
    expect(console.get_by_text("Of one mailbox only.")).to_be_visible()
    assert serious_problems(page, "/admin") == []

    row.get_by_role("button", name="Try now: Renewal Contoso").click()

    expect(console.get_by_role("status")).to_have_text("It is tried again.")
    expect(console.get_by_text("Nothing waits for another try.")).to_be_visible()
    (asked, _) = server.calls_of("GET", "/api/admin/waiting")
    assert asked["query"]["representativeId"] == "m1"
    assert len(server.calls_of("POST", "/api/admin/failed/w1/retry")) == 1


def test_it_fits_a_narrow_window(page: Page, server: PaneServer) -> None:
    page.set_viewport_size(NARROW)
    server.world.lists["waiting"] = [FAILED | {"id": "w1", "nextAt": "2026-11-20T09:30:00Z"}]
    console = host_in_frame(page, server, "/admin?view=held")
    console.get_by_role("button", name="Discard what waits of anna@nordwind.example").click()
    expect(console.get_by_role("group", name="Discard")).to_be_visible()

    assert not scrolls_sideways(page, "/admin")
    places = console.locator(".table-place")
    expect(places).to_have_count(3)
    for place in places.all():
        assert place.evaluate("place => place.scrollWidth <= place.clientWidth")


def test_what_waits_because_of_mail_says_how_many_people_are_mailed(
    page: Page, server: PaneServer
) -> None:
    """Before anybody approves, he reads whom that mails."""
    mails = {"people": 30, "outsiders": 28}
    server.world.lists["held"] = [
        HELD | {"reason": "mail-held", "count": 12, "removedBefore": 0, "mails": mails}
    ]
    console = host_in_frame(page, server, "/admin?view=held")
    expect(
        console.get_by_text("12 changes, which would mail 30 people, 28 from outside")
    ).to_be_visible()

    console.get_by_role("button", name="Approve what waits of anna@nordwind.example").click()

    expect(
        console.get_by_text(
            "Carries out all 12 changes in Outlook. 30 people get mail, 28 of them from outside."
        )
    ).to_be_visible()
    console.get_by_role("group", name="Approve").get_by_role("button", name="Approve").click()
    expect(console.get_by_role("status")).to_have_text("Approved. It goes to Outlook now.")
