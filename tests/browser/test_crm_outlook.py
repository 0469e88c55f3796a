"""The activity's page: its way to Outlook, and who gets mail."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_activities import GUESTS, crm_server, linked, opened
from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, serious_problems
from fakes.pane_world import an_activity

ON_ITS_WAY = {"state": "pending", "reason": None, "webLink": None}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with crm_server() as server:
        yield server


def test_a_transfer_says_how_many_get_mail_before_it_is_done(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server, participants=GUESTS)
    crm.get_by_role("button", name="Transfer to Outlook…").click()
    dialog = crm.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Makes a meeting in the calendar of Anna Vogt.")
    expect(dialog).to_contain_text("2 people get mail, 1 of them from outside.")
    assert server.calls_of("PATCH", ".*") == []
    assert serious_problems(page, "/crm") == []

    dialog.get_by_role("button", name="Transfer to Outlook").click()

    expect(crm.get_by_text("Transfer is asked for")).to_be_visible()
    (call,) = server.calls_of("PATCH", ".*")
    assert call["body"] == {"transferToOutlook": True}


def test_who_is_invited_is_chosen_before_a_transfer(page: Page, server: PaneServer) -> None:
    crm = opened(page, server, participants=GUESTS)
    crm.get_by_role("button", name="Transfer to Outlook…").click()
    dialog = crm.get_by_role("alertdialog")
    expect(dialog.get_by_label("Bo Lind")).to_be_checked()
    expect(dialog.get_by_label("Jon Okafor")).not_to_be_checked()

    dialog.get_by_label("Jon Okafor").check()
    expect(dialog).to_contain_text("3 people get mail, 2 of them from outside.")
    assert serious_problems(page, "/crm") == []
    dialog.get_by_role("button", name="Transfer to Outlook").click()

    expect(crm.get_by_text("Transfer is asked for")).to_be_visible()
    (call,) = server.calls_of("PATCH", ".*")
    invited = {one["name"]: one["invite"] for one in call["body"]["participants"]}
    assert invited == {
        "Anna Vogt": None,
        "Bo Lind": None,
        "Ines Moreau": True,
        "Jon Okafor": True,
    }


def test_an_address_of_our_own_domain_is_not_outside_though_nobody_was_imported_for_it(
    page: Page, server: PaneServer
) -> None:
    team = {"kind": "other", "id": None, "name": "Team", "address": "team@nordwind.example", "role": "required", "response": "none", "invite": True, "outlook": "none"}  # fmt: skip
    crm = opened(page, server, participants=[*GUESTS[:2], team])

    crm.get_by_role("button", name="Transfer to Outlook…").click()

    expect(crm.get_by_role("alertdialog")).to_contain_text("2 people get mail.")


def test_what_failed_is_tried_again_from_the_page(page: Page, server: PaneServer) -> None:
    outlook = {"state": "failed", "reason": "request-rejected", "webLink": None}
    crm = linked(page, server, {"isOrganizerCopy": True}, outlook=outlook)

    crm.get_by_role("button", name="Try again").click()

    expect(crm.get_by_role("status")).to_have_text("It is tried again.")
    assert len(server.calls_of("POST", "/api/links/.*/retry")) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"status": "completed"},
        {"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T11:00:00Z"},
        {"owner": {"id": "x", "name": "X"}, "organizer": {"id": "x", "name": "X"}},
        {"transferToOutlook": True},
        {"outlook": ON_ITS_WAY},
    ],
    ids=["completed", "past", "somebody else's", "asked for already", "by the policy"],
)
def test_no_transfer_is_offered_where_none_could_happen(
    page: Page, server: PaneServer, changes: dict[str, Any]
) -> None:
    crm = opened(page, server, **changes)

    expect(crm.get_by_role("heading", name="Outlook", exact=True)).to_be_visible()
    expect(crm.get_by_role("button", name="Transfer to Outlook…")).to_have_count(0)


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("pending", "On its way to Outlook"),
        ("synchronized", "In Outlook"),
        ("held", "Held before Outlook"),
        ("failed", "It could not be brought to Outlook"),
    ],
)
def test_the_way_to_outlook_is_told_with_its_reason(
    page: Page, server: PaneServer, state: str, said: str
) -> None:
    outlook = {
        "state": state,
        "reason": "mail-held",
        "webLink": "https://outlook.example/x",
    }
    crm = opened(page, server, outlook=outlook, transferToOutlook=True, participants=GUESTS)

    expect(crm.get_by_role("heading", name=said)).to_be_visible()
    expect(
        crm.get_by_text("more people outside would get mail than one action may")
    ).to_be_visible()
    expect(crm.get_by_role("link", name="Open in Outlook")).to_be_visible()
    # Of somebody it is told only where it is not as with the whole activity.
    ines = crm.get_by_role("listitem").filter(has_text="Ines Moreau")
    answer = "no answer yet" if state == "synchronized" else "not asked yet"
    expect(ines).to_contain_text(
        answer + (" · on its way to Outlook" if state != "pending" else "")
    )
    expect(crm.get_by_text("on its way to Outlook")).to_have_count(1)


def test_an_edit_that_goes_to_outlook_says_who_is_mailed_before_it_is_saved(
    page: Page, server: PaneServer
) -> None:
    link = {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]}
    crm = linked(page, server, link, participants=GUESTS)

    crm.locator("#subject").fill("Another")

    expect(crm.get_by_text("Changes the meeting in Outlook.")).to_contain_text(
        "2 people get mail, 1 of them from outside."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Nobody is mailed."),
        ({"transferToOutlook": True}, "Who is invited gets mail when it goes to Outlook."),
        ({"outlook": ON_ITS_WAY}, "Who is invited gets mail when it goes to Outlook."),
    ],
    ids=["stays", "asked for", "by the policy"],
)
def test_beside_the_people_stands_who_of_them_gets_mail(
    page: Page, server: PaneServer, changes: dict[str, Any], said: str
) -> None:
    crm = opened(page, server, participants=GUESTS, **changes)

    expect(crm.locator("#people-hint")).to_contain_text(said)


def test_beside_the_people_of_a_meeting_stands_that_only_the_invited_get_mail(
    page: Page, server: PaneServer
) -> None:
    crm = linked(page, server, {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]})

    expect(crm.locator("#people-hint")).to_contain_text("and who is invited gets mail.")


def test_an_activity_on_its_way_waits_in_the_list_too(page: Page, server: PaneServer) -> None:
    server.world.add(an_activity("Site visit", outlook=ON_ITS_WAY))
    crm = host_in_frame(page, server, "/crm")

    expect(crm.get_by_role("row", name="Site visit")).to_contain_text("waiting")


def test_whoever_takes_part_without_an_invitation_is_named_so(
    page: Page, server: PaneServer
) -> None:
    crm = linked(page, server, {"isOrganizerCopy": True}, participants=GUESTS)

    expect(crm.get_by_role("listitem").filter(has_text="Jon Okafor")).to_contain_text("not invited")
    expect(crm.get_by_role("listitem").filter(has_text="Bo Lind")).to_contain_text("no answer yet")


def test_what_stays_in_the_crm_mails_nobody(page: Page, server: PaneServer) -> None:
    crm = linked(page, server, {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]})

    crm.locator("#outcome").fill("Signed")

    expect(crm.get_by_role("button", name="Save")).to_be_visible()
    expect(crm.get_by_text("Changes the meeting in Outlook.")).to_have_count(0)


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("leave", "not cancelled by this, the link ends, and nobody is mailed."),
        ("cancel", "is cancelled too. 2 people get mail, 1 of them from outside."),
    ],
)
def test_cancelling_says_what_happens_to_the_meeting(
    page: Page, server: PaneServer, choice: str, said: str
) -> None:
    """pains 20: the policy is told before anybody acts."""
    server.world.me["policy"] = {"onCrmDelete": choice}
    crm = linked(page, server, {"isOrganizerCopy": True}, participants=GUESTS)

    crm.get_by_role("button", name="Cancel activity…").click()

    expect(crm.get_by_role("alertdialog")).to_contain_text(said)
