"""Series in the CRM pages: the rule in words, the next dates, and every exception as it was and is."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import a_recurrence, an_activity, an_exception

OVER = an_exception("2026-11-17T10:00:00+01:00")
MOVED = an_exception(
    "2026-12-08T10:00:00+01:00",
    "changed",
    fields={
        "start": "2026-12-09T13:00:00+00:00",
        "end": "2026-12-09T14:00:00+00:00",
        "location": "Online",
    },
)


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        yield server


def a_series(server: PaneServer) -> str:
    first = {"start": "2026-10-06T10:00:00+02:00", "end": "2026-10-06T11:00:00+02:00"}
    repeats = a_recurrence(OVER, MOVED, an_exception("2026-12-15T10:00:00+01:00"))
    activity = server.world.add(an_activity("Team", recurrence=repeats, **first))
    server.world.link_with(activity, scope="series")
    return str(activity["id"])


def test_the_list_shows_the_next_date_and_that_it_repeats(page: Page, server: PaneServer) -> None:
    a_series(server)
    server.world.add(an_activity("Once"))
    crm = host_in_frame(page, server, "/crm")

    row = crm.get_by_role("row").filter(has_text="Team")
    expect(row).to_contain_text(re.compile("Tue 24 Nov, 10:00.11:00 repeats"))
    expect(row.get_by_title("Repeats every Tuesday until 18 Dec")).to_be_visible()
    expect(crm.get_by_role("row").filter(has_text="Once")).not_to_contain_text("repeats")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_of_a_series_says_rule_next_dates_and_exceptions(
    page: Page, server: PaneServer, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    crm = host_in_frame(page, server, f"/crm/activities/{a_series(server)}")

    series = crm.get_by_role("region", name="Series")
    expect(series).to_contain_text("Repeats every Tuesday until 18 Dec")
    expect(series.get_by_role("list", name="Next dates").get_by_role("listitem")).to_have_count(3)
    exceptions = series.get_by_role("list", name="Exceptions", exact=True)
    expect(exceptions).to_contain_text("Tue 8 Dec, 10:00 moved")
    expect(exceptions.locator("del")).to_have_text([re.compile("Tue 8 Dec, 10:00.11:00"), "Room 4"])
    expect(exceptions.locator("ins")).to_have_text([re.compile("Wed 9 Dec, 14:00.15:00"), "Online"])
    expect(exceptions).to_contain_text("Tue 15 Dec, 10:00 cancelled")
    series.get_by_text("1 earlier").click()
    expect(series).to_contain_text("Tue 17 Nov, 10:00 cancelled")
    assert serious_problems(page, "/crm") == []
    assert not scrolls_sideways(page, "/crm")


def test_in_place_of_a_cancelled_occurrence_an_activity_of_its_own_is_planned(
    page: Page, server: PaneServer
) -> None:
    """Outlook brings no occurrence back: the page says so, and offers what can be done."""
    crm = host_in_frame(page, server, f"/crm/activities/{a_series(server)}")
    series = crm.get_by_role("region", name="Series")
    expect(series).to_contain_text("Outlook cannot bring back an occurrence that was cancelled")
    expect(series.get_by_role("link", name="Plan one in its place")).to_have_count(1)

    series.get_by_role("link", name="Plan one in its place").click()

    expect(crm.locator("#subject")).to_have_value("Team")
    expect(crm.locator("#start")).to_have_value("2026-12-15T10:00")
    expect(crm.locator("#end")).to_have_value("2026-12-15T11:00")
    crm.get_by_role("button", name="Plan").click()
    expect(crm.get_by_role("heading", name="Team", level=1)).to_be_visible()
    body = server.calls_of("POST", "/api/activities")[0]["body"]
    assert (body["subject"], body["start"], body["location"]) == (
        "Team",
        "2026-12-15T10:00:00+01:00",
        "Room 4",
    )
    assert "recurrence" not in body


def test_the_activity_of_one_occurrence_says_to_which_it_belongs(
    page: Page, server: PaneServer
) -> None:
    activity = server.world.add(an_activity("Only this one"))
    server.world.link_with(activity, scope="occurrence", originalStart="2026-12-01T10:00:00+01:00")
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")

    expect(
        crm.get_by_text("One occurrence of a series, meant for Tue 1 Dec, 10:00")
    ).to_be_visible()
    expect(crm.get_by_role("region", name="Series")).to_have_count(0)
