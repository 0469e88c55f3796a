"""What the server refused to save of an activity: said where it was written, and seen by whoever pressed Save."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, expect

from fakes.pane_api import problem
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, serious_problems
from fakes.pane_world import ANNA, an_activity

WIDE = {"width": 1280, "height": 720}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


def stands_above_the_bar(crm: FrameLocator, one: Locator) -> bool:
    (box, bar) = (one.bounding_box(), crm.locator(".save-bar").bounding_box())
    return bool(box and bar) and box["y"] >= 0 and box["y"] + box["height"] <= bar["y"]


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_is_wrong_is_said_at_its_field_which_comes_into_view(
    page: Page, server: PaneServer, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)
    activity = server.world.add(an_activity())
    refusal = problem(422, "invalid-request", "It cannot be used.", errors={"subject": ["Is empty."], "end": ["It ends before it starts."]})  # fmt: skip
    server.world.faults.append(("PATCH", ".*", 422, refusal))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    subject, end = crm.locator("#subject"), crm.locator("#end")
    subject.fill("")
    crm.locator("#nextStep").fill("Call Ines")

    crm.get_by_role("button", name="Save").click()

    expect(subject).to_be_focused()
    expect(subject).to_have_accessible_description("Is empty.")
    expect(end).to_have_accessible_description("It ends before it starts.")
    assert stands_above_the_bar(crm, subject)
    assert serious_problems(page, "/crm") == []
    subject.fill("Renewal")
    expect(subject).not_to_have_attribute("aria-invalid", "true")
    crm.get_by_role("button", name="Save").click()
    expect(crm.get_by_role("status")).to_have_text("Saved.")
    expect(end).not_to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_what_has_no_field_is_seen_from_where_save_was_pressed(
    page: Page, server: PaneServer, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)
    activity = server.world.add(an_activity())
    refusal = problem(409, "owned-by-outlook", "These fields are changed in Outlook.")
    server.world.faults.append(("PATCH", ".*", 409, refusal))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    crm.locator("#subject").fill("Other")

    crm.get_by_role("button", name="Save").click()

    told = crm.get_by_role("alert")
    expect(told).to_contain_text("These fields are changed in Outlook.")
    assert stands_above_the_bar(crm, told)


def test_a_line_of_people_that_is_nobody_is_named_though_the_organizer_has_no_line(
    page: Page, server: PaneServer
) -> None:
    organizer = {"kind": "representative", **ANNA, "response": "organizer", "role": "required"}
    activity = server.world.add(an_activity(participants=[organizer]))
    refusal = problem(422, "invalid-request", "It cannot be used.", errors={"participants.2.address": ["Is no e-mail address."]})  # fmt: skip
    server.world.faults.append(("PATCH", ".*", 422, refusal))
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    people = crm.locator("#people-lines")
    people.fill("new@x.example\nJane Doe")

    crm.get_by_role("button", name="Save").click()

    expect(people).to_have_accessible_description(re.compile("Jane Doe is not known. Give an addr"))
    expect(people).to_be_focused()
