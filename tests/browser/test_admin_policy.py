"""The console's policy: a field for every key, all problems at the fields, presets that say what they change."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fakes import pane_api
from fakes.pane_policy import policy_server
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from liaison.policy.keys import policy_as_json
from liaison.policy.settings import Policy
from liaison.policy.shapes import list_shapes

CAPTURE = "Meetings that become activities"


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with policy_server() as server:
        yield server


def test_there_is_a_field_for_every_key(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    expect(console.get_by_label(CAPTURE)).to_have_value("linked")

    rows = {
        shape.name: console.locator(f'[data-key="policy-{shape.name}"]') for shape in list_shapes()
    }

    assert [name for name, row in rows.items() if row.count() != 1] == []
    assert serious_problems(page, "/admin") == []


def test_every_key_is_named_in_words_with_the_key_small_beside_it(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    expect(console.get_by_label(CAPTURE)).to_be_visible()

    named = {
        shape.name: console.locator(f'[data-key="policy-{shape.name}"] .strong').inner_text()
        for shape in list_shapes()
    }

    assert [key for key, name in named.items() if name == key] == []
    assert len(set(named.values())) == len(named)
    row = console.locator('[data-key="policy-windowPastDays"]')
    expect(row.locator("code")).to_have_text("windowPastDays")


def test_the_values_of_a_key_are_words_too(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")

    private = console.get_by_label("Of private meetings the CRM keeps")

    expect(private.locator("option")).to_have_text(
        ["nothing", "times only", "all, for its people only", "all, as of others"]
    )
    expect(console.locator("#conflict-hint")).to_contain_text("Default: Outlook's value wins.")


def test_only_what_was_changed_is_sent(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label(CAPTURE).select_option("all")
    console.get_by_label("Days back", exact=True).fill("14")
    console.get_by_role("group", name="Every calendar is read every").get_by_label("Number").fill(
        "15"
    )
    console.get_by_role("group", name="Who may change what").get_by_label("time").select_option(
        "both"
    )
    console.get_by_role("group", name="Types that go to Outlook").get_by_label("visit").uncheck()
    console.get_by_label("Our own mail domains").fill("a.example\nb.example")
    console.get_by_label("Fixed first day").fill("2026-01-31")
    expect(console.get_by_text("Changed: ")).to_contain_text(
        "Changed: Meetings that become activities, Days back"
    )

    console.get_by_role("button", name="Save").click()

    expect(console.get_by_role("status")).to_have_text("The policy is saved.")
    expect(console.get_by_role("button", name="Save")).to_have_count(0)
    (call,) = server.calls_of("PUT", "/api/admin/policy")
    owners = policy_as_json(Policy())["owners"]
    assert call["headers"]["If-Match"] == '"3"'
    assert call["body"] == {
        "capture": "all",
        "windowPastDays": 14,
        "calendarInterval": "15 minutes",
        "owners": owners | {"time": "both"},
        "transferTypes": ["appointment", "call", "other"],
        "internalDomains": ["a.example", "b.example"],
        "windowFrom": "2026-01-31",
    }


def silence_readings(page: Page) -> None:
    """From now on the policy is not answered when it is read."""
    page.route(
        "**/api/admin/policy",
        lambda route: route.continue_() if route.request.method == "PUT" else None,
    )


def test_what_was_saved_stays_shown_until_it_is_read_again(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label(CAPTURE).select_option("all")
    silence_readings(page)

    console.get_by_role("button", name="Save").click()

    expect(console.get_by_role("status")).to_have_text("The policy is saved.")
    expect(console.get_by_label(CAPTURE)).to_have_value("all")


def test_a_preset_that_was_taken_is_in_force_before_it_is_read_again(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_role("button", name="Look at the preset mirror").click()
    server.world.documents["policy"] |= server.world.lists["presets"][0]["keys"]
    silence_readings(page)

    console.get_by_role("button", name="Take it: the preset mirror").click()

    expect(console.get_by_role("status")).to_have_text("The preset mirror is in force.")
    expect(console.get_by_role("group", name="What the preset mirror")).to_have_count(0)
    expect(console.get_by_label(CAPTURE)).to_have_value("all")


def test_what_is_put_back_is_no_change(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label(CAPTURE).select_option("all")
    expect(console.get_by_role("button", name="Save")).to_be_visible()

    console.get_by_label(CAPTURE).select_option("linked")

    expect(console.get_by_role("button", name="Save")).to_have_count(0)


def test_all_problems_are_told_at_their_fields_and_nothing_written_is_lost(
    page: Page, server: PaneServer
) -> None:
    errors = {
        "windowFutureDays": ["The window would be empty."],
        "followPast": ["followPast waits for notifications, which push switches off."],
    }
    refusal = pane_api.problem(422, "invalid-request", "Two things are wrong.", errors=errors)
    server.world.faults.append(("PUT", ".*", 422, refusal))
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label("Linked meetings that are over are followed").select_option("push")

    console.get_by_role("button", name="Save").click()

    summary = console.locator("#policy-problems")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("2 fields need another value")
    expect(console.locator("#followPast-problem")).to_have_text(errors["followPast"][0])
    expect(console.get_by_label("Linked meetings that are over are followed")).to_have_attribute(
        "aria-invalid", "true"
    )
    expect(console.get_by_label("Linked meetings that are over are followed")).to_have_value("push")
    assert serious_problems(page, "/admin") == []

    summary.get_by_role("button", name="Days ahead").click()
    expect(console.get_by_label("Days ahead", exact=True)).to_be_focused()
    page.keyboard.type("9")
    expect(console.locator("#windowFutureDays-problem")).to_have_count(0)


def test_what_this_version_lacks_cannot_be_chosen(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")

    expect(console.get_by_label("Tasks go to To Do")).to_be_disabled()
    expect(console.locator("#tasks-hint")).to_contain_text("Fixed in this version.")


def test_a_preset_says_whom_it_concerns_at_once_and_lets_the_service_be_stopped_first(
    page: Page, server: PaneServer
) -> None:
    server.world.documents["service"] = {"running": True, "generation": 1, "activePeople": 2}
    console = host_in_frame(page, server, "/admin?view=policy")

    console.get_by_role("button", name="Look at the preset mirror").click()
    question = console.get_by_role("group", name="What the preset mirror would change")
    expect(question).to_contain_text("2 people are active and the service runs: it acts")
    question.get_by_role("button", name="Stop the service first").click()

    expect(question).to_contain_text("nothing is done until it is started")
    expect(question.get_by_role("button", name="Stop the service first")).to_have_count(0)
    assert server.calls_of("PUT", ".*") == []
    assert serious_problems(page, "/admin") == []


def test_changed_keys_say_whom_they_concern_at_once_and_let_the_service_be_stopped_first(
    page: Page, server: PaneServer
) -> None:
    """As a preset does."""
    server.world.documents["service"] = {"running": True, "generation": 1, "activePeople": 2}
    console = host_in_frame(page, server, "/admin?view=policy")

    console.get_by_label(CAPTURE).select_option("all")
    bar = console.locator(".save-bar")
    expect(bar).to_contain_text("2 people are active and the service runs: it acts")
    assert serious_problems(page, "/admin") == []
    bar.get_by_role("button", name="Stop the service first").click()

    expect(bar).to_contain_text("nothing is done until it is started")
    expect(bar.get_by_role("button", name="Stop the service first")).to_have_count(0)
    expect(console.get_by_label(CAPTURE)).to_have_value("all")
    assert server.calls_of("PUT", ".*") == []


def test_changed_keys_are_looked_at_before_they_are_saved(page: Page, server: PaneServer) -> None:
    server.world.documents["service"] = {"running": True, "generation": 1, "activePeople": 2}
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label(CAPTURE).select_option("all")

    console.locator(".save-bar").get_by_role("button", name="Dry run with it").click()

    expect(console.get_by_role("heading", name="What a changed policy would do")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"]["policy"] == {"capture": "all"}
    assert call["body"]["activeOnly"] is True
    assert server.calls_of("PUT", ".*") == []
    console.get_by_role("button", name="Change the policy to that…").click()
    question = console.get_by_role("group", name="Change the policy to that")
    expect(question).to_contain_text("2 people are active and the service runs: it acts")
    assert serious_problems(page, "/admin") == []
    server.world.documents["run"] |= {"stale": False}
    question.get_by_role("button", name="Change the policy to that").click()

    expect(console.get_by_role("button", name="Apply exactly this plan")).to_be_visible()
    (call,) = server.calls_of("PUT", "/api/admin/policy")
    assert (call["body"], call["headers"]["If-Match"]) == ({"capture": "all"}, '"3"')


def test_a_preset_is_looked_at_before_it_is_taken(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_role("button", name="Look at the preset mirror").click()

    console.get_by_role("group", name="What the preset mirror").get_by_role(
        "button", name="Dry run with it"
    ).click()

    expect(console.get_by_role("heading", name="What the preset mirror would do")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"]["preset"] == "mirror"


def test_after_a_preset_was_taken_while_the_service_is_stopped_the_next_step_stays(
    page: Page, server: PaneServer
) -> None:
    server.world.documents["service"] = {"running": False, "generation": 1, "activePeople": 2}
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_role("button", name="Look at the preset mirror").click()
    console.get_by_role("button", name="Take it: the preset mirror").click()
    expect(console.get_by_role("group", name="What the preset mirror")).to_have_count(0)

    step = console.get_by_text("Next: make a dry run, apply its plan, then start the service.")
    expect(step).to_be_visible()
    expect(console.get_by_role("button", name="Start the service")).to_have_count(0)
    console.get_by_role("link", name="Make a dry run").click()

    expect(console.get_by_role("heading", name="Initial sync")).to_be_visible()
    expect(step).to_be_visible()
    expect(console.get_by_role("button", name="Start without looking first")).to_be_visible()
    assert serious_problems(page, "/admin") == []


def test_a_preset_says_what_it_would_change_before_it_is_taken(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=policy")
    expect(console.get_by_role("row", name="linked")).to_contain_text("in force")
    expect(console.get_by_role("row", name="mirror")).to_contain_text(
        "Not in this version, stays as it is: Contacts go to Outlook."
    )

    console.get_by_role("button", name="Look at the preset mirror").click()
    question = console.get_by_role("group", name="What the preset mirror would change")
    expect(question.locator("div", has_text=CAPTURE).first).to_contain_text(
        "those that people link → all"
    )
    assert server.calls_of("PUT", ".*") == []
    assert serious_problems(page, "/admin") == []
    question.get_by_role("button", name="Take it: the preset mirror").click()

    expect(console.get_by_role("status")).to_have_text("The preset mirror is in force.")
    (call,) = server.calls_of("PUT", "/api/admin/policy")
    assert (call["body"], call["headers"]["If-Match"]) == ({"preset": "mirror"}, '"3"')


def test_a_refusal_of_the_whole_is_told_and_keeps_what_was_written(
    page: Page, server: PaneServer
) -> None:
    refusal = pane_api.problem(409, "version-mismatch", "Somebody changed this meanwhile.")
    server.world.faults.append(("PUT", ".*", 409, refusal))
    console = host_in_frame(page, server, "/admin?view=policy")
    console.get_by_label(CAPTURE).select_option("all")

    console.get_by_role("button", name="Save").click()

    expect(console.get_by_role("alert")).to_contain_text("Somebody changed this meanwhile.")
    expect(console.get_by_label(CAPTURE)).to_have_value("all")


def test_it_fits_a_narrow_window(page: Page, server: PaneServer) -> None:
    page.set_viewport_size(NARROW)
    console = host_in_frame(page, server, "/admin?view=policy")
    expect(console.get_by_label(CAPTURE)).to_be_visible()

    assert not scrolls_sideways(page, "/admin")
