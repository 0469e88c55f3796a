"""The linked pane: changes from elsewhere, editing, conflicts, trouble, why, and support."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from fakes import pane_api
from fakes.pane_server import PaneServer
from fakes.pane_stage import ITEM, NARROW, host_in_frame, serious_problems
from fakes.pane_world import a_decision, a_meeting, an_activity

DASH = "\N{EN DASH}"


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        yield server


def test_a_change_made_elsewhere_appears_without_reloading(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    pane = host_in_frame(page, server)
    expect(pane.get_by_text(f"Tue 24 Nov, 10:00{DASH}11:00")).to_be_visible()

    server.world.meeting = a_meeting(
        start="2026-11-25T14:00:00+01:00", end="2026-11-25T15:00:00+01:00"
    )
    server.world.decisions.insert(
        0, a_decision("Moved to Wed 14:00, because the meeting was moved in Outlook.")
    )
    server.world.change(activity["id"], subject="Renewal, second talk")

    expect(pane.get_by_role("link", name="Renewal, second talk")).to_be_visible()
    expect(pane.get_by_text(f"Wed 25 Nov, 14:00{DASH}15:00")).to_be_visible()
    expect(pane.get_by_text("Moved to Wed 14:00").first).to_be_visible()


def test_a_meeting_that_is_deleted_stays_readable_with_the_reason(
    page: Page, server: PaneServer
) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()

    server.world.meeting = None
    server.world.decisions = [
        a_decision("Cancelled, because the meeting was cancelled.", reason="event-cancelled")
    ]
    server.world.change(activity["id"], status="cancelled")

    expect(
        pane.get_by_role("heading", name="The meeting is no longer in this calendar")
    ).to_be_visible()
    expect(pane.get_by_text("cancelled · Contoso Ltd · Anna Vogt")).to_be_visible()
    pane.get_by_text("Why", exact=True).click()
    expect(pane.get_by_text("Cancelled, because the meeting was cancelled.").last).to_be_visible()


def test_a_late_answer_for_another_meeting_is_dropped(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/meeting?*itemId=LATE*", hold)
    with page.expect_request("**/api/meeting?*itemId=LATE*"):
        page.evaluate(
            "item => window.host.open(item)", ITEM | {"itemId": "LATE", "subject": "Late one"}
        )
    expect(pane.get_by_role("heading", name="Late one")).to_be_visible()
    server.world.meeting = a_meeting(subject="The last one")

    page.evaluate(
        "item => window.host.open(item)", ITEM | {"itemId": "LAST", "subject": "The last one"}
    )
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    late = server.world.meeting_view() | {"meeting": a_meeting(subject="Late one")}
    with page.expect_response("**/api/meeting?*itemId=LATE*"):
        held[0].fulfill(json=late)

    expect(pane.get_by_role("heading", name="The last one")).to_be_visible()
    expect(pane.get_by_role("heading", name="Late one")).to_have_count(0)


def test_outcome_and_next_step_are_saved_with_the_version_that_was_read(
    page: Page, server: PaneServer
) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)

    pane.get_by_label("Outcome").fill("Held, follow-up")
    pane.get_by_label("Next step").fill("Send offer by Fri")
    pane.get_by_role("button", name="Save").click()

    expect(pane.get_by_role("status")).to_have_text("Saved.")
    (call,) = server.calls_of("PATCH", "/api/activities/.*")
    assert call["body"] == {"outcome": "Held, follow-up", "nextStep": "Send offer by Fri"}
    assert call["headers"]["If-Match"] == '"2"'


def test_a_conflict_shows_the_newer_value_and_keeps_mine(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    pane = host_in_frame(page, server)
    pane.get_by_label("Outcome").fill("Mine")
    server.world.change(activity["id"], outcome="Theirs", changedBy="Bo Lind")
    server.world.faults.append(
        ("PATCH", ".*", 409, pane_api.problem(409, "version-mismatch", "Changed meanwhile."))
    )

    pane.get_by_role("button", name="Save").click()
    expect(pane.get_by_role("alert")).to_contain_text(
        "Bo Lind changed this activity while you were writing."
    )
    expect(pane.get_by_role("alert")).to_contain_text("Outcome is now “Theirs”")
    expect(pane.get_by_label("Outcome")).to_have_value("Mine")
    pane.get_by_role("button", name="Save mine").click()

    expect(pane.get_by_role("status")).to_have_text("Saved.")
    assert server.world.activities[activity["id"]]["outcome"] == "Mine"


def test_why_opens_to_sentences_with_what_was_and_what_is(page: Page, server: PaneServer) -> None:
    server.world.link_with(server.world.add(an_activity()))
    moved = {
        "before": {"start": "2026-11-23T10:00:00+01:00"},
        "after": {"start": "2026-11-24T10:00:00+01:00"},
    }
    server.world.decisions = [
        a_decision(
            "Moved from Mon 10:00 to Tue 10:00, because the meeting was moved in Outlook.", **moved
        )
    ]
    pane = host_in_frame(page, server)

    pane.get_by_text("Why", exact=True).click()

    expect(pane.locator(".changes del")).to_have_text("Mon 23 Nov, 10:00")
    expect(pane.locator(".changes ins")).to_have_text("Tue 24 Nov, 10:00")
    expect(pane.get_by_text("activity-updated")).to_be_visible()
    assert serious_problems(page, "/panel") == []


@pytest.mark.parametrize(
    ("link", "decision", "words"),
    [
        (
            {"state": "frozen", "frozenReason": "mailbox-unavailable"},
            {},
            "The organizer's mailbox cannot be read.",
        ),
        ({}, {"outcome": "failed", "reason": "failed-permanent"}, "The last change did not arrive"),
        ({}, {"outcome": "failed", "reason": "retry-later"}, "Waiting"),
        ({"state": "reserved"}, {}, "Waiting"),
    ],
)
def test_trouble_of_a_link_stands_in_the_first_line(
    page: Page, server: PaneServer, link: dict[str, str], decision: dict[str, str], words: str
) -> None:
    server.world.link_with(server.world.add(an_activity()), **link)
    server.world.decisions = [a_decision("It will be tried again at 10:15.", **decision)]
    pane = host_in_frame(page, server)

    expect(pane.locator(".status-line")).to_contain_text(words)

    assert serious_problems(page, "/panel") == []


def test_a_meeting_that_turned_private_offers_retraction(page: Page, server: PaneServer) -> None:
    server.world.link_with(server.world.add(an_activity()), state="frozen", frozenReason="private")
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Retract from the CRM…").click()
    pane.get_by_role("button", name="Retract", exact=True).click()

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    assert len(server.calls_of("POST", "/api/links/.*/retract")) == 1


def test_diagnostics_tell_support_everything_but_the_contents(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="More actions").click()
    pane.get_by_role("menuitem", name="Diagnostics").click()

    expect(pane.get_by_role("heading", name="Diagnostics")).to_be_focused()
    expect(pane.get_by_text("GET /api/meeting").first).to_be_visible()
    text = pane.locator("copy-text.copy-all").get_attribute("text") or ""
    assert "Liaison: 0.1.0" in text
    assert "Quarterly" not in text
    assert serious_problems(page, "/panel") == []


def test_the_activity_opens_in_a_window_that_needs_no_sign_in_of_its_own(
    page: Page, server: PaneServer
) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)

    with page.expect_popup() as opened:
        pane.get_by_role("link", name="Renewal Contoso").click()

    expect(opened.value.get_by_role("heading", name="Renewal Contoso", level=1)).to_be_visible()


def test_my_meetings_open_from_the_menu(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="More actions").click()

    with page.expect_popup() as opened:
        pane.get_by_role("menuitem", name="My meetings").click()

    expect(opened.value.get_by_role("heading", name="My meetings", level=1)).to_be_visible()
    expect(opened.value.get_by_text("There are no such meetings")).to_be_visible()


def test_the_link_to_the_activity_is_inserted_by_the_host(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="More actions").click()
    pane.get_by_role("menuitem", name="Insert link to the activity").click()

    expect(pane.get_by_role("status")).to_have_text("Link inserted into the meeting.")
    assert page.evaluate("window.host.inserted") == [
        {"text": "Renewal Contoso", "href": f"{server.url}/crm/activities/{activity['id']}"}
    ]
