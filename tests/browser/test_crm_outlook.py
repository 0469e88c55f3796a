"""The activity's page: whose copy it follows, what is locked and why, conflicts, and the way to Outlook."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from fakes.pane_reviews import a_contest
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, a_decision, an_activity

AHEAD = {"start": "2099-11-24T10:00:00+01:00", "end": "2099-11-24T11:00:00+01:00"}
GUESTS = [
    {"kind": "representative", "id": ANNA["id"], "name": "Anna Vogt", "address": ANNA["address"], "role": "required", "response": "organizer", "invite": None, "outlook": "none"},
    {"kind": "representative", "id": "r2", "name": "Bo Lind", "address": "bo@nordwind.example", "role": "required", "response": "none", "invite": None, "outlook": "none"},
    {"kind": "contact", "id": "c1", "name": "Ines Moreau", "address": "ines@contoso.example", "role": "required", "response": "none", "invite": True, "outlook": "pending"},
    {"kind": "contact", "id": "c2", "name": "Jon Okafor", "address": "jon@contoso.example", "role": "required", "response": "none", "invite": None, "outlook": "none"},
]  # fmt: skip


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.me["policy"] = {"onCrmDelete": "leave"}
        server.world.lists = {"companies": [], "contacts": [], "representatives": []}
        yield server


def opened(page: Page, server: PaneServer, **changes: Any) -> FrameLocator:
    activity = server.world.add(an_activity(**(AHEAD | changes)))
    return host_in_frame(page, server, f"/crm/activities/{activity['id']}")


def linked(page: Page, server: PaneServer, link: dict[str, Any], **changes: Any) -> FrameLocator:
    activity = server.world.add(an_activity(**(AHEAD | changes)))
    server.world.link_with(activity, **link)
    return host_in_frame(page, server, f"/crm/activities/{activity['id']}")


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
    ],
    ids=["completed", "past", "somebody else's", "asked for already"],
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
    expect(crm.get_by_text("no answer yet · on its way to Outlook")).to_be_visible()


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


def test_an_edit_that_goes_to_outlook_says_who_is_mailed_before_it_is_saved(
    page: Page, server: PaneServer
) -> None:
    link = {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]}
    crm = linked(page, server, link, participants=GUESTS)

    crm.locator("#subject").fill("Another")

    expect(crm.get_by_text("Changes the meeting in Outlook.")).to_contain_text(
        "2 people get mail, 1 of them from outside."
    )


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
