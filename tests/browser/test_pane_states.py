"""What the pane says when something is missing, late, or refused."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes import pane_api
from fakes.pane_server import PaneServer
from fakes.pane_stage import ITEM, NARROW, host_in_frame, serious_problems
from fakes.pane_world import a_meeting, an_activity


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        yield server


def test_without_a_meeting_the_pane_says_what_to_do(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server, item=None)

    expect(pane.get_by_role("heading", name="No meeting is open")).to_be_visible()
    assert server.calls_of("GET", "/api/meeting") == []
    assert serious_problems(page, "/panel") == []


def test_an_unsaved_meeting_asks_nothing_of_the_server_and_goes_on_when_saved(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server, item=ITEM | {"itemId": None, "saved": False})
    expect(
        pane.get_by_text("Save the meeting first; the pane continues by itself.")
    ).to_be_visible()
    assert server.calls_of("GET", "/api/meeting") == []

    page.evaluate("item => window.host.open(item)", ITEM)

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()


def test_a_meeting_that_outlook_has_not_delivered_is_waited_for(
    page: Page, server: PaneServer
) -> None:
    server.world.meeting = None
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Waiting for Outlook")).to_be_visible()

    server.world.meeting = a_meeting()

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()


def test_somebody_who_was_not_imported_is_told_what_to_do(page: Page, server: PaneServer) -> None:
    refusal = pane_api.problem(403, "not-a-user", "You were not imported into Liaison yet.")
    server.world.faults.append(("GET", "/api/me", 403, refusal))
    pane = host_in_frame(page, server)

    expect(pane.get_by_role("heading", name="You are not in Liaison yet")).to_be_visible()
    expect(pane.get_by_text("trace-not-a-user")).to_be_visible()
    assert serious_problems(page, "/panel") == []


def test_a_server_that_fails_is_shown_with_trace_id_and_a_way_on(
    page: Page, server: PaneServer
) -> None:
    server.world.faults.append(
        (
            "GET",
            "/api/meeting",
            502,
            pane_api.problem(502, "gateway", "Microsoft 365 does not answer."),
        )
    )
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("alert")).to_contain_text("Microsoft 365 does not answer.")
    expect(pane.get_by_role("alert")).to_contain_text("trace-gateway")
    assert serious_problems(page, "/panel") == []

    pane.get_by_role("button", name="Try again").click()

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()


def test_being_offline_keeps_the_typed_words(page: Page, server: PaneServer) -> None:
    server.world.link_with(server.world.add(an_activity()))
    pane = host_in_frame(page, server)
    pane.get_by_label("Outcome").fill("Agreed on the price")
    page.context.set_offline(True)

    pane.get_by_role("button", name="Save").click()
    expect(pane.get_by_role("alert")).to_contain_text(
        "Liaison cannot be reached. What you typed is kept"
    )
    page.context.set_offline(False)
    pane.get_by_role("button", name="Save").click()

    expect(pane.get_by_role("status")).to_have_text("Saved.")
    expect(pane.get_by_label("Outcome")).to_have_value("Agreed on the price")


def test_more_proof_is_asked_for_with_the_servers_claims(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    server.refused_tokens.add("token-1")
    page.evaluate("window.host.provenToken = 'token-2'")

    pane.get_by_role("button", name="Create activity from meeting").click()

    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()
    assert '{"access_token":{"acrs":{"value":"c1"}}}' in page.evaluate("window.host.claims")


def test_nobody_signed_in_gets_one_button_that_goes_on(page: Page, server: PaneServer) -> None:
    page.add_init_script(
        "addEventListener('DOMContentLoaded', () => { if (window.host) window.host.token = null })"
    )
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not signed in")).to_be_visible()
    expect(pane.get_by_text("Nobody is signed in.")).to_be_visible()
    assert serious_problems(page, "/panel") == []
    page.evaluate("window.host.token = 'token-1'")

    pane.get_by_role("button", name="Sign in").click()

    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
