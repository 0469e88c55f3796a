"""The pane beside a meeting that recurs: it asks what is meant, and says what a link covers."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes import pane_api
from fakes.pane_server import PaneServer
from fakes.pane_stage import ITEM, NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import START, a_recurrence, an_activity, an_exception, an_occurrence

MOVED = an_exception(
    "2026-12-08T10:00:00+01:00",
    "changed",
    fields={"start": "2026-12-09T13:00:00+00:00", "end": "2026-12-09T14:00:00+00:00"},
)


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.set_viewport_size(NARROW)
    with PaneServer() as server:
        server.world.meeting = an_occurrence()
        server.world.recurrence = a_recurrence()
        yield server


def a_series_activity(server: PaneServer, *exceptions: dict[str, object]) -> dict[str, object]:
    activity = server.world.add(an_activity(recurrence=a_recurrence(*exceptions)))
    server.world.link_with(activity, scope="series")
    return activity


def test_nothing_is_created_before_it_is_said_what_is_meant(page: Page, server: PaneServer) -> None:
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="Create activity from meeting").click()

    question = pane.get_by_role("alertdialog", name="What shall the activity be made from?")
    expect(question.get_by_role("button", name="This occurrence")).to_contain_text(
        "only Tue 24 Nov, 10:00"
    )
    expect(question.get_by_role("button", name="The whole series")).to_contain_text(
        "every Tuesday until 18 Dec"
    )
    assert server.calls_of("POST", ".*") == []
    question.get_by_role("button", name="The whole series").click()

    expect(pane.get_by_role("status")).to_have_text("Activity created and linked.")
    expect(
        pane.get_by_text("This occurrence belongs to the activity of the whole series.")
    ).to_be_visible()
    (call,) = server.calls_of("POST", "/api/activities")
    assert call["body"] == {"itemId": ITEM["itemId"], "start": ITEM["start"], "scope": "series"}


def test_the_choice_is_made_by_keyboard_alone_and_not_remembered(
    page: Page, server: PaneServer
) -> None:
    server.world.suggestions = [{"activity": server.world.add(an_activity()), "why": "same people"}]
    pane = host_in_frame(page, server)
    button = pane.get_by_role("button", name="Link with Renewal Contoso")
    button.press("Enter")
    expect(pane.get_by_role("heading", name="What is to be linked?")).to_be_focused()

    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    assert server.calls_of("POST", ".*") == []
    page.keyboard.press("Enter")
    expect(pane.get_by_role("heading", name="What is to be linked?")).to_be_focused()
    page.keyboard.press("Tab")
    expect(pane.get_by_role("button", name="This occurrence")).to_be_focused()
    page.keyboard.press("Enter")

    expect(pane.get_by_text("This occurrence has an activity of its own.")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/links")
    assert (call["body"]["scope"], call["body"]["start"]) == ("occurrence", ITEM["start"])


def test_a_refused_choice_is_told_and_asked_again(page: Page, server: PaneServer) -> None:
    refusal = pane_api.problem(422, "scope-mismatch", "This meeting does not recur any more.")
    server.world.faults.append(("POST", "/api/activities", 422, refusal))
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="Create activity from meeting").click()

    pane.get_by_role("button", name="The whole series").click()

    expect(pane.get_by_role("alert")).to_contain_text("This meeting does not recur any more.")
    expect(pane.get_by_role("alertdialog")).to_have_count(0)


def test_the_opened_series_is_linked_without_a_question(page: Page, server: PaneServer) -> None:
    server.world.meeting = an_occurrence(kind="series-master", originalStart=None)
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Create activity from meeting").click()

    expect(pane.get_by_text("The activity is that of the whole series.")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/activities")
    assert call["body"]["scope"] == "series"


def test_a_series_that_goes_on_says_what_linking_ends(page: Page, server: PaneServer) -> None:
    activity = server.world.add(an_activity("Team"))
    server.world.suggestions = [{"activity": activity, "why": "continues this series"}]
    pane = host_in_frame(page, server)

    expect(pane.get_by_text("Linking ends its link with the old series")).to_be_visible()
    pane.get_by_role("button", name="Link with Team").click()

    expect(pane.get_by_role("heading", name="In step with")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/links")
    assert call["body"]["scope"] == "series"


def test_the_linked_series_says_its_rule_next_dates_and_exceptions(
    page: Page, server: PaneServer
) -> None:
    own = server.world.add(an_activity("Only this one"))
    cancelled = an_exception("2026-12-15T10:00:00+01:00")
    apart = an_exception("2026-12-01T10:00:00+01:00", apart=True, activityId=own["id"])
    a_series_activity(server, apart, MOVED, cancelled)
    pane = host_in_frame(page, server)

    series = pane.get_by_role("region", name="Series")
    expect(series).to_contain_text("Repeats every Tuesday until 18 Dec")
    expect(series.locator(".dates")).to_contain_text(re.compile("Tue 1 Dec, 10:00.11:00"))
    expect(series).to_contain_text("Tue 8 Dec, 10:00 moved")
    expect(series.locator("del")).to_have_text(re.compile("Tue 8 Dec, 10:00.11:00"))
    expect(series.locator("ins")).to_have_text(re.compile("Wed 9 Dec, 14:00.15:00"))
    expect(series).to_contain_text("Tue 15 Dec, 10:00 cancelled")
    expect(series.get_by_role("link", name="has an activity of its own")).to_have_attribute(
        "href", re.compile(f"/crm/activities/{own['id']}")
    )


def test_an_occurrence_is_taken_out_of_its_linked_series(page: Page, server: PaneServer) -> None:
    a_series_activity(server)
    pane = host_in_frame(page, server)

    pane.get_by_role("button", name="Link this occurrence by itself…").click()
    expect(pane.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(pane.get_by_role("button", name="Link this occurrence by itself…")).to_be_focused()
    page.keyboard.press("Enter")
    pane.get_by_role("button", name="Create activity from meeting").click()

    expect(pane.get_by_text("This occurrence has an activity of its own.")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/activities")
    assert call["body"]["scope"] == "occurrence"


def test_another_occurrence_under_the_same_id_is_read_by_its_start(
    page: Page, server: PaneServer
) -> None:
    pane = host_in_frame(page, server)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    server.world.meeting = an_occurrence(
        start="2026-12-01T10:00:00+01:00", end="2026-12-01T11:00:00+01:00"
    )

    later = {"start": "2026-12-01T09:00:00Z", "end": "2026-12-01T10:00:00Z"}
    page.evaluate("item => window.host.open(item)", ITEM | later)

    expect(pane.locator("header")).to_contain_text(re.compile("Tue 1 Dec, 10:00.11:00"))
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    asked = [call["query"]["start"] for call in server.calls_of("GET", "/api/meeting")]
    assert asked == [ITEM["start"], later["start"]]


def test_a_rule_without_a_short_name_is_not_guessed_at(page: Page, server: PaneServer) -> None:
    server.world.recurrence = a_recurrence() | {"rule": "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"}
    pane = host_in_frame(page, server)

    expect(pane.get_by_role("region", name="Series")).to_contain_text(
        "Repeats by a rule of its own"
    )


def test_unlinking_says_what_of_the_series_it_means(page: Page, server: PaneServer) -> None:
    a_series_activity(server)
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="More actions").click()

    pane.get_by_role("menuitem", name="Unlink…").click()

    expect(pane.get_by_role("alertdialog", name="Unlink the whole series?")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_states_of_a_series_are_accessible_and_fit_300_pixels(
    page: Page, server: PaneServer, scheme: str
) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 300, "height": 600})
    pane = host_in_frame(page, server)
    pane.get_by_role("button", name="Create activity from meeting").click()
    expect(pane.get_by_role("alertdialog")).to_be_visible()
    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")

    server.world.recurrence = a_recurrence(MOVED, an_exception(START))
    pane.get_by_role("button", name="The whole series").click()
    pane.get_by_role("button", name="Link this occurrence by itself…").click()
    expect(pane.get_by_role("heading", name="This occurrence by itself")).to_be_visible()

    assert serious_problems(page, "/panel") == []
    assert not scrolls_sideways(page, "/panel")
