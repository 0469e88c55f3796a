"""What the pane says of whose copy counts, of conflicts, of what waits, of what is kept and of what happens at the end."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_reviews import a_contest
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import a_decision, a_meeting, an_activity

CHOSEN = {
    "onCancel": "cancel",
    "onDelete": "mark",
    "onCrmDelete": "cancel",
    "private": "owner-only",
    "transfer": "flagged",
    "transferTypes": ["appointment"],
    "conflict": "hold",
}


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        server.world.me["policy"] = dict(CHOSEN)
        yield server


def linked(server: PaneServer, link: dict[str, Any] | None = None, **activity: Any) -> None:
    server.world.link_with(server.world.add(an_activity(**activity)), **(link or {}))


def test_an_activity_made_from_an_invitation_says_whose_copy_counts_and_what_it_locks(
    page: Page, server: PaneServer
) -> None:
    """pains 25: the state is shown until the organizer is active."""
    server.world.meeting = a_meeting(
        organizer={"name": "Mia Holm", "address": "mia@x.example"}, isOrganizer=False
    )
    linked(
        server,
        {"isOrganizerCopy": False, "followedMailbox": "anna@nordwind.example"},
        stub=True,
    )
    pane = host_in_frame(page, server)

    note = pane.get_by_role("note")
    expect(note).to_contain_text(
        "The organizer, Mia Holm, is not active in Liaison: this activity follows your copy of the meeting."
    )
    expect(note).to_contain_text("Subject, notes, time, place and people are written in Outlook")
    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")


def test_whoever_syncs_what_a_run_was_undone_of_is_told_first_whom_that_mails(
    page: Page, server: PaneServer
) -> None:
    guest = {"kind": "other", "response": "accepted", "role": "required", "invite": True}
    addresses = ["ines@contoso.example", "kim@contoso.example"]
    people = [guest | {"id": None, "name": one, "address": one} for one in addresses]
    linked(server, {"state": "frozen", "frozenReason": "undone"}, participants=people)
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Sync now…").click()

    asked = pane.get_by_role("alertdialog", name="Sync this meeting?")
    expect(asked).to_contain_text("2 people get mail, 2 of them from outside.")
    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")
    assert not server.calls_of("POST", "/api/links/.*/sync")
    asked.get_by_role("button", name="Sync", exact=True).click()
    expect(asked).to_have_count(0)
    assert server.calls_of("POST", "/api/links/.*/sync")


@pytest.mark.parametrize(("side", "said"), [("Outlook", "Outlook's"), ("CRM", "The CRM's")])
def test_a_conflict_shows_both_values_and_one_is_kept(
    page: Page, server: PaneServer, side: str, said: str
) -> None:
    linked(server, {"contested": [a_contest()]})
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Waits for your choice")).to_be_visible()
    expect(pane.get_by_text("Offer, final")).to_be_visible()
    expect(pane.get_by_text("Offer, draft")).to_be_visible()
    assert serious_problems(page, "/panel") == []

    pane.get_by_role("button", name=f"Keep {side}'s value of Subject").click()

    expect(pane.get_by_role("status")).to_have_text(f"{said} value is kept.")
    expect(pane.get_by_text("Changed on both sides")).to_have_count(0)
    (call,) = server.calls_of("POST", "/api/links/.*/settle")
    assert call["body"] == {"field": "subject", "keep": side.lower()}


def test_where_one_side_won_only_the_other_is_offered(page: Page, server: PaneServer) -> None:
    linked(server, {"contested": [a_contest(how="outlook-won")]})
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("in force")).to_be_visible()
    expect(pane.get_by_role("button", name="Keep Outlook's value of Subject")).to_have_count(0)
    expect(pane.get_by_role("button", name="Keep CRM's value of Subject")).to_be_visible()


@pytest.mark.parametrize(
    ("reason", "whom"),
    [
        ("mail-held", "It waits for an administrator, because one action would mail"),
        ("held-removal", "It waits for an administrator, because unusually many"),
        ("conflict-held", "It waits for you"),
    ],
)
def test_what_is_held_says_what_waits_and_for_whom(
    page: Page, server: PaneServer, reason: str, whom: str
) -> None:
    linked(server)
    server.world.decisions = [
        a_decision("30 people outside would get mail.", reason=reason, outcome="held")
    ]
    pane = host_in_frame(page, server)

    expect(pane.get_by_role("heading", name="Held")).to_be_visible()
    expect(pane.get_by_text(whom)).to_be_visible()


def test_why_tells_what_changed_and_folds_what_changed_nothing(
    page: Page, server: PaneServer
) -> None:
    linked(server)
    agreed = {"reason": "already-agreed", "outcome": "skipped"}
    server.world.decisions = [
        a_decision("Both say the same.", **agreed),
        a_decision("Moved to Tue 10:00, because the meeting was moved in Outlook."),
        a_decision("Both say the same.", **agreed),
    ]
    pane = host_in_frame(page, server)
    why = pane.locator("[data-key=why]")
    why.get_by_text("Why", exact=True).click()
    expect(why.get_by_text("Moved to Tue 10:00").last).to_be_visible()
    expect(why.get_by_text("Both say the same.").first).to_be_hidden()
    assert serious_problems(page, "/panel") == []

    why.get_by_text("2 more that changed nothing").click()

    expect(why.get_by_text("Both say the same.").first).to_be_visible()


def test_a_mark_without_an_address_is_told_and_set_aside(page: Page, server: PaneServer) -> None:
    linked(server, review=[{"reason": "event-deleted", "address": None}])
    pane = host_in_frame(page, server)
    expect(pane.get_by_text("The meeting was deleted in Outlook")).to_be_visible()

    pane.get_by_role("button", name="Set aside").click()

    expect(pane.get_by_role("status")).to_have_text("Set aside.")
    (call,) = server.calls_of("POST", "/api/reviews/.*")
    assert call["body"] == {"reason": "event-deleted", "ignore": True}


def test_the_lens_says_what_is_kept_and_what_happens_before_anybody_acts(
    page: Page, server: PaneServer
) -> None:
    """pains 20: one visible policy for cancelling and deleting in each direction."""
    linked(server, confidential=True)
    server.world.meeting = a_meeting(private=True)
    pane = host_in_frame(page, server)

    pane.get_by_text("Kept", exact=True).click()

    kept = pane.get_by_text("Only the activity's owner and participants may read them.").last
    expect(kept).to_be_visible()
    expect(pane.get_by_text("its activity is cancelled.")).to_be_visible()
    expect(pane.get_by_text("its activity stays and is marked for editing.")).to_be_visible()
    expect(pane.get_by_text("cancelled in Outlook, and its guests get mail.")).to_be_visible()
    assert serious_problems(page, "/panel") == []


def test_a_private_meeting_that_is_not_linked_says_what_would_be_kept(
    page: Page, server: PaneServer
) -> None:
    server.world.meeting = a_meeting(private=True)
    server.world.me["policy"] = CHOSEN | {"private": "busy-only"}
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("keeps its times only").first).to_be_visible()


def test_what_would_be_refused_of_a_private_meeting_is_not_offered(
    page: Page, server: PaneServer
) -> None:
    server.world.meeting = a_meeting(private=True)
    server.world.me["policy"] = CHOSEN | {"private": "skip"}
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("and linking is refused.").first).to_be_visible()
    expect(pane.get_by_role("button", name="Create activity from meeting")).to_have_count(0)
    expect(pane.get_by_role("searchbox")).to_have_count(0)


def test_a_copy_of_a_linked_meeting_is_offered_for_linking(page: Page, server: PaneServer) -> None:
    server.world.copied_from = {"id": "a9", "name": "Renewal Contoso"}
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("A copy of a linked meeting")).to_be_visible()
    expect(pane.get_by_role("link", name="Renewal Contoso")).to_be_visible()
    expect(pane.get_by_role("button", name="Create activity from meeting")).to_be_visible()
    assert serious_problems(page, "/panel") == []


@pytest.mark.parametrize(
    ("state", "said"),
    [("pending", "On its way to Outlook"), ("failed", "It could not be brought to Outlook")],
)
def test_how_far_it_came_to_outlook_is_said(
    page: Page, server: PaneServer, state: str, said: str
) -> None:
    linked(server, outlook={"state": state, "reason": "request-rejected", "webLink": None})
    pane = host_in_frame(page, server)

    expect(pane.get_by_role("heading", name=said)).to_be_visible()
    expect(pane.get_by_text("Microsoft 365 refused it as it is.")).to_be_visible()
    expect(pane.get_by_text("In step")).to_have_count(0)
