"""The activity's page: how it stands to Outlook, what is locked and why, conflicts, and the log."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from fakes.pane_activities import GUESTS, crm_server, linked
from fakes.pane_api import problem
from fakes.pane_reviews import a_contest
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, a_decision


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with crm_server() as server:
        yield server


@pytest.mark.parametrize(
    ("state", "said"), [("pending", "On its way to Outlook"), ("failed", "It could not be brought")]
)
def test_how_it_stands_to_outlook_is_said_once(
    page: Page, server: PaneServer, state: str, said: str
) -> None:
    outlook = {"state": state, "reason": None, "webLink": None}
    crm = linked(page, server, {"isOrganizerCopy": True}, outlook=outlook)

    part = crm.locator("section[aria-labelledby=outlook]")
    expect(part.locator(".status-title")).to_have_count(1)
    expect(part.locator(".status-title")).to_contain_text(said)


def test_what_is_held_is_explained_once(page: Page, server: PaneServer) -> None:
    server.world.decisions = [
        a_decision("It would send mail to 30 people.", reason="mail-held", outcome="held")
    ]
    outlook = {"state": "held", "reason": "mail-held", "webLink": None}
    crm = linked(page, server, {"isOrganizerCopy": True}, outlook=outlook)

    part = crm.locator("section[aria-labelledby=outlook]")
    expect(part.get_by_text("waits for an administrator")).to_have_count(1)
    expect(part.locator(".status-title")).to_have_text(["Held"])


def test_the_mark_of_an_open_conflict_cannot_be_set_aside(page: Page, server: PaneServer) -> None:
    crm = linked(
        page,
        server,
        {"contested": [a_contest()]},
        review=[{"reason": "conflict-held", "address": None}],
    )

    expect(crm.get_by_text("keep one of both values.")).to_be_visible()
    expect(crm.get_by_role("button", name="Set aside")).to_have_count(0)


def test_an_activity_from_an_invitation_says_why_its_fields_are_locked(
    page: Page, server: PaneServer
) -> None:
    link = {
        "isOrganizerCopy": False,
        "followedMailbox": ANNA["address"],
        "ownedByOutlook": ["subject", "start", "end", "allDay", "location", "notes"],
    }
    crm = linked(page, server, link, stub=True)

    expect(crm.get_by_role("note")).to_contain_text("Made from an invitation")
    expect(crm.locator("#subject")).to_have_attribute("readonly", "")
    expect(
        crm.get_by_title("Written in Outlook: this activity follows an invitation").first
    ).to_be_visible()
    assert serious_problems(page, "/crm") == []


def test_why_fields_are_locked_is_said_once_and_heard_at_each(
    page: Page, server: PaneServer
) -> None:
    crm = linked(page, server, {"isOrganizerCopy": True, "ownedByOutlook": ["subject", "notes"]})

    expect(crm.get_by_text("Written in Outlook while the link lives.")).to_have_count(1)
    for name in ("Subject", "Notes (attendees can read them)"):
        expect(crm.get_by_label(name)).to_have_accessible_description(
            "Written in Outlook while the link lives."
        )


def test_how_it_stands_comes_before_the_fields_where_there_is_one_column(
    page: Page, server: PaneServer
) -> None:
    page.set_viewport_size(NARROW)
    crm = linked(page, server, {"isOrganizerCopy": True})
    standing = crm.get_by_role("heading", name="In step with Outlook")
    expect(standing).to_be_visible()

    above, below = standing.bounding_box(), crm.get_by_label("Subject").bounding_box()

    assert above
    assert below
    assert above["y"] < below["y"]


def test_earlier_decisions_are_shown_on_request(page: Page, server: PaneServer) -> None:
    server.world.decisions = [a_decision(f"Decision {n}.") for n in range(60)]
    crm = linked(page, server, {"isOrganizerCopy": True})
    expect(crm.get_by_text("Decision 49.")).to_be_visible()

    crm.get_by_role("button", name="Show earlier").click()

    expect(crm.get_by_text("Decision 59.")).to_be_visible()
    expect(crm.get_by_text("Decision 0.")).to_be_visible()
    expect(crm.get_by_role("button", name="Show earlier")).to_have_count(0)


def test_reasons_that_come_late_do_not_stand_in_for_newer_ones(
    page: Page, server: PaneServer
) -> None:
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/decisions*", hold, times=1)
    with page.expect_request("**/decisions*"):
        crm = linked(page, server, {"isOrganizerCopy": True})
    server.world.decisions = [a_decision("The newer reason.")]
    server.world.change(next(iter(server.world.activities)), subject="Renewal, second talk")
    expect(crm.get_by_text("The newer reason.")).to_be_visible()

    with page.expect_response("**/decisions*"):
        asked[0].fulfill(json={"items": [a_decision("The older reason.")], "next": None})

    expect(crm.get_by_text("The older reason.")).to_have_count(0)
    expect(crm.get_by_text("The newer reason.")).to_be_visible()


def test_only_what_the_policy_locks_is_locked(page: Page, server: PaneServer) -> None:
    crm = linked(page, server, {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]})

    expect(crm.locator("#notes")).to_have_attribute("readonly", "")
    expect(crm.locator("#subject")).not_to_have_attribute("readonly", "")


def test_a_conflict_is_settled_in_place(page: Page, server: PaneServer) -> None:
    crm = linked(page, server, {"contested": [a_contest()]})
    expect(crm.get_by_role("heading", name="Waits for your choice")).to_be_visible()

    crm.get_by_role("button", name="Keep CRM's value of Subject").click()

    expect(crm.get_by_role("status")).to_have_text("The CRM's value is kept.")
    (call,) = server.calls_of("POST", "/api/links/.*/settle")
    assert call["body"] == {"field": "subject", "keep": "crm"}


def test_a_choice_that_is_being_carried_out_is_not_asked_again(
    page: Page, server: PaneServer
) -> None:
    crm = linked(page, server, {"contested": [a_contest(chosen="crm")]})

    expect(crm.get_by_text("chosen, on its way")).to_be_visible()
    expect(crm.get_by_role("button", name="Keep Outlook's value of Subject")).to_have_count(0)


def test_it_fits_a_narrow_window(page: Page, server: PaneServer) -> None:
    page.set_viewport_size(NARROW)
    crm = linked(
        page,
        server,
        {"contested": [a_contest()], "isOrganizerCopy": False, "followedMailbox": "x@y.example"},
        stub=True,
        participants=GUESTS,
    )
    expect(crm.get_by_role("note")).to_be_visible()

    assert not scrolls_sideways(page, "/crm")


def test_reasons_that_cannot_be_read_are_not_taken_for_none(page: Page, server: PaneServer) -> None:
    down = problem(503, "unavailable", "Liaison is not available just now.")
    server.world.decisions = [a_decision("Moved.")]
    server.world.faults.append(("GET", "/api/activities/[^/]+/decisions", 503, down))

    crm = linked(page, server, {"isOrganizerCopy": True})

    why = crm.get_by_role("region", name="Why")
    expect(why.get_by_role("alert")).to_contain_text("Liaison is not available just now.")
    expect(why.get_by_text("Nothing was decided")).to_have_count(0)
    why.get_by_role("button", name="Try again").click()
    expect(why.get_by_text("Moved.")).to_be_visible()
    expect(why.get_by_role("alert")).to_have_count(0)
