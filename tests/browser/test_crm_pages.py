"""The CRM pages: find, read, edit, complete, delete and plan activities; contacts and companies."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from fakes.pane_api import problem
from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, CONTOSO, a_meeting, an_activity


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.lists = {
            "companies": [CONTOSO | {"kind": "customer", "domains": ["contoso.example"], "version": 1}],
            "contacts": [{"id": "c1", "name": "Ines Moreau", "givenName": "Ines", "surname": "Moreau", "addresses": ["ines@contoso.example"], "phone": "", "mobile": "", "jobTitle": "", "companyId": CONTOSO["id"], "synchronize": False, "version": 1}],
            "representatives": [ANNA | {"syncActive": True}],
        }  # fmt: skip
        yield server


def test_the_list_is_searched_filtered_and_walked_by_keyboard(
    page: Page, server: PaneServer
) -> None:
    server.world.add(an_activity("Renewal Contoso"))
    server.world.add(an_activity("Contract talk"))
    server.world.add(an_activity("Contract signed", status="completed"))
    crm = host_in_frame(page, server, "/crm")
    expect(crm.get_by_role("row")).to_have_count(4)
    crm.locator("h1").click()

    page.keyboard.press("/")
    page.keyboard.type("contract")
    expect(crm.get_by_role("row")).to_have_count(3)
    crm.get_by_label("Status").select_option("planned")
    expect(crm.get_by_role("row")).to_have_count(2)
    crm.locator("h1").click()
    page.keyboard.press("j")
    expect(crm.get_by_role("link", name="Contract talk")).to_be_focused()
    page.keyboard.press("Enter")

    expect(crm.get_by_role("heading", name="Contract talk", level=1)).to_be_visible()


def test_a_long_list_is_continued_on_request(page: Page, server: PaneServer) -> None:
    for number in range(60):
        server.world.add(an_activity(f"Talk {number}"))
    crm = host_in_frame(page, server, "/crm")
    expect(crm.get_by_role("row")).to_have_count(51)

    crm.get_by_role("button", name="Show more").click()

    expect(crm.get_by_role("row")).to_have_count(61)
    expect(crm.get_by_role("button", name="Show more")).to_have_count(0)


def test_what_outlook_owns_is_locked_and_the_rest_is_edited(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    expect(crm.get_by_role("heading", name="In step with Outlook")).to_be_visible()
    expect(crm.locator("#subject")).to_have_attribute("readonly", "")
    expect(crm.get_by_text("written in Outlook").first).to_be_visible()

    crm.locator("#outcome").fill("Signed")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("status")).to_have_text("Saved.")
    (call,) = server.calls_of("PATCH", ".*")
    assert call["body"] == {"outcome": "Signed"}


def test_a_field_that_outlook_owns_is_refused_in_the_servers_words(
    page: Page, server: PaneServer
) -> None:
    activity = server.world.add(an_activity())
    refusal = problem(
        409, "owned-by-outlook", "These fields are changed in Outlook.", fields=["subject"]
    )
    server.world.faults.append(("PATCH", ".*", 409, refusal))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")

    crm.locator("#subject").fill("Other")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("alert")).to_contain_text("These fields are changed in Outlook.")
    expect(crm.locator("#subject")).to_have_value("Other")


def test_an_open_page_follows_changes_and_keeps_what_is_being_typed(
    page: Page, server: PaneServer
) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.locator("#nextStep").fill("Call Ines")

    server.world.change(activity["id"], subject="Renewal, second talk", status="cancelled")

    expect(crm.get_by_role("heading", name="Renewal, second talk", level=1)).to_be_visible()
    expect(crm.locator("#nextStep")).to_have_value("Call Ines")


def test_an_activity_is_completed_deleted_and_restored(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.get_by_role("button", name="Complete").click()
    expect(crm.get_by_text("completed · Contoso Ltd · Anna Vogt")).to_be_visible()

    crm.get_by_role("button", name="Delete…").click()
    expect(crm.get_by_role("alertdialog")).to_contain_text("can be restored. Nobody is mailed.")
    crm.get_by_role("button", name="Delete", exact=True).click()
    crm.get_by_role("button", name="Restore").click()

    expect(crm.get_by_role("button", name="Plan again")).to_be_visible()
    expect(crm.get_by_text("completed · Contoso Ltd · Anna Vogt")).to_be_visible()
    assert server.calls_of("DELETE", ".*")[0]["headers"]["If-Match"] == '"2"'


def test_an_activity_is_planned_in_the_zone_of_the_mailbox(page: Page, server: PaneServer) -> None:
    crm = host_in_frame(page, server, "/crm?view=plan")
    crm.locator("#subject").fill("Site visit")
    crm.locator("#start").fill("2026-12-01T10:00")
    crm.locator("#end").fill("2026-12-01T11:30")
    crm.locator("#company").select_option("Contoso Ltd")
    crm.locator("#people-lines").fill("Ines Moreau\nanna@nordwind.example\nnew@x.example")

    crm.get_by_role("button", name="Plan").click()

    expect(crm.get_by_role("heading", name="Site visit", level=1)).to_be_visible()
    body = server.calls_of("POST", "/api/activities")[0]["body"]
    assert (body["start"], body["end"]) == (
        "2026-12-01T10:00:00+01:00",
        "2026-12-01T11:30:00+01:00",
    )
    assert body["company"] == {"id": CONTOSO["id"]}
    assert [one["kind"] for one in body["participants"]] == ["contact", "representative", "other"]


def test_a_plan_that_is_refused_names_its_fields_in_words_where_they_are_seen(
    page: Page, server: PaneServer
) -> None:
    page.set_viewport_size({"width": 320, "height": 500})
    errors = {"nextStep": ["Is too long."]}
    refusal = problem(422, "invalid-request", "The request cannot be used.", errors=errors)
    server.world.faults.append(("POST", "/api/activities", 422, refusal))
    crm = host_in_frame(page, server, "/crm?view=plan")
    crm.locator("#people-lines").fill("Ines Moreau")

    crm.get_by_role("button", name="Plan").click()

    expect(crm.get_by_role("alert")).to_contain_text("Next step: Is too long.")
    expect(crm.get_by_role("alert")).to_be_in_viewport()
    expect(crm.locator("#people-lines")).to_have_value("Ines Moreau")


def test_what_is_wrong_with_a_plan_is_said_at_its_field(page: Page, server: PaneServer) -> None:
    errors = {"participants.1.address": ["Is no e-mail address."], "start": ["Is needed."]}
    refusal = problem(422, "invalid-request", "The request cannot be used.", errors=errors)
    server.world.faults.append(("POST", "/api/activities", 422, refusal))
    crm = host_in_frame(page, server, "/crm?view=plan")
    people, start = crm.locator("#people-lines"), crm.locator("#start")
    people.fill("Ines Moreau\nJane Doe")

    crm.get_by_role("button", name="Plan").click()

    expect(people).to_have_accessible_description(re.compile("Jane Doe is not known. Give an addr"))
    expect(start).to_have_accessible_description("Say when it begins.")
    expect(start).to_have_attribute("aria-invalid", "true")
    expect(start).to_be_focused()
    expect(crm.get_by_role("alert")).to_have_count(0)
    assert serious_problems(page, "/crm") == []
    people.fill("jane@x.example")
    expect(people).not_to_have_attribute("aria-invalid", "true")


def test_the_people_of_an_activity_are_written_while_it_is_not_linked(
    page: Page, server: PaneServer
) -> None:
    organizer = ANNA | {"kind": "representative", "role": "required", "response": "organizer"}
    jon = {"kind": "other", "id": None, "name": "Jon", "address": "jon@x.example", "role": "required", "response": "none"}  # fmt: skip
    activity = server.world.add(an_activity(participants=[organizer, jon]))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    expect(crm.locator("#people-lines")).to_have_value("jon@x.example")

    crm.locator("#people-lines").fill("Ines Moreau")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("status")).to_have_text("Saved.")
    (call,) = server.calls_of("PATCH", ".*")
    contact = {"kind": "contact", "id": "c1", "role": "required"}
    assert call["body"] == {"participants": [organizer, contact]}


def test_the_people_of_a_linked_activity_are_those_of_the_meeting(
    page: Page, server: PaneServer
) -> None:
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")

    expect(crm.get_by_role("heading", name="In step with Outlook")).to_be_visible()
    expect(crm.locator("#people-lines")).to_have_count(0)


def test_my_meetings_are_listed_linked_or_not(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity())
    link = server.world.link_with(activity)
    server.world.lists["meetings"] = [
        {"meeting": a_meeting(), "link": link, "activity": activity},
        {"meeting": a_meeting(subject="Dentist", eventId="e2"), "link": None, "activity": None},
    ]
    crm = host_in_frame(page, server, "/crm?view=meetings")
    expect(crm.get_by_role("row")).to_have_count(3)
    expect(crm.get_by_role("row", name="Dentist")).to_contain_text("not linked")

    with page.expect_response("**/api/meetings?*"):
        crm.get_by_label("From").fill("2026-11-23")
    crm.get_by_label("Shown").select_option("Linked")
    expect(crm.get_by_role("row")).to_have_count(2)

    asked = server.calls_of("GET", "/api/meetings")[-1]["query"]
    assert (asked["from"], asked["to"]) == (
        "2026-11-23T00:00:00+01:00",
        "2026-12-07T00:00:00+01:00",
    )
    crm.get_by_role("link", name="Renewal Contoso").click()
    expect(crm.get_by_role("heading", name="Renewal Contoso", level=1)).to_be_visible()


def test_an_activity_that_is_gone_is_told_and_not_crashed_on(
    page: Page, server: PaneServer
) -> None:
    crm = host_in_frame(page, server, "/crm/activities/019a0000-0000-7000-8000-00000000dead")

    expect(crm.get_by_role("heading", name="No longer available")).to_be_visible()


def test_a_contact_is_created_and_changed(page: Page, server: PaneServer) -> None:
    crm = host_in_frame(page, server, "/crm?view=contacts")
    crm.get_by_role("button", name="New contact").click()
    crm.get_by_label("Surname").fill("Okafor")
    crm.get_by_label("Addresses, one per line").fill("jon@contoso.example")
    crm.get_by_role("button", name="Save").click()
    expect(crm.get_by_role("button", name="Okafor")).to_be_visible()

    crm.get_by_role("button", name="Ines Moreau").click()
    crm.get_by_label("Job title").fill("CFO")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("form", name="Edit contact")).to_have_count(0)
    (call,) = server.calls_of("PATCH", "/api/contacts/c1")
    assert call["body"]["jobTitle"] == "CFO"
    assert call["headers"]["If-Match"] == '"1"'


def test_a_list_that_was_on_its_way_while_a_contact_was_saved_does_not_hide_it(
    page: Page, server: PaneServer
) -> None:
    listed: list[Route] = []

    def hold(route: Route) -> None:
        listed.append(route)

    page.route("**/api/contacts?limit=50", hold, times=1)
    with page.expect_request("**/api/contacts?limit=50"):
        crm = host_in_frame(page, server, "/crm?view=contacts")
    before = {"items": list(server.world.lists["contacts"]), "next": None}
    crm.get_by_role("button", name="New contact").click()
    crm.get_by_label("Surname").fill("Okafor")

    crm.get_by_role("button", name="Save").click()
    expect(crm.get_by_role("status")).to_have_text("Saved.")
    listed[0].fulfill(json=before)

    expect(crm.get_by_role("button", name="Ines Moreau")).to_be_visible()
    expect(crm.get_by_role("button", name="Okafor")).to_be_visible()


def test_a_company_is_created_with_its_domains(page: Page, server: PaneServer) -> None:
    crm = host_in_frame(page, server, "/crm?view=companies")
    crm.get_by_role("button", name="New company").click()
    crm.get_by_label("Name").fill("Fabrikam")
    crm.get_by_label("Domains, one per line").fill("fabrikam.example")

    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("button", name="Fabrikam")).to_be_visible()
    assert server.calls_of("POST", "/api/companies")[0]["body"]["domains"] == ["fabrikam.example"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/crm", "/crm/activities/{id}", "/crm?view=plan", "/crm?view=contacts", "/crm?view=meetings"],
)
def test_the_crm_pages_are_accessible_and_fit_a_phone(
    page: Page, server: PaneServer, path: str, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    activity = server.world.add(an_activity())
    server.world.link_with(activity)
    crm = host_in_frame(page, server, path.format(id=activity["id"]))
    expect(crm.get_by_role("heading", level=1)).to_be_visible()
    expect(crm.locator(".skeleton")).to_have_count(0)

    assert serious_problems(page, "/crm") == []
    page.set_viewport_size({"width": 320, "height": 700})
    assert not scrolls_sideways(page, "/crm")
