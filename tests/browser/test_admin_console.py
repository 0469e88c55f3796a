"""The console's first page: switches, people, policy, log."""

import re
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from fakes.pane_api import problem
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA, a_decision, an_activity


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        world = server.world
        world.documents = {
            "service": {"running": False, "generation": 1},
            "sync-user": {"name": "SYNC_MASTER", "locked": True, "active": False},
        }
        world.lists = {
            "representatives": [ANNA | {"oid": "o1", "aliases": [], "syncActive": False, "permissions": ["EXCHANGE_SYNC_USER"], "mailbox": True, "version": 7}],
            "mailboxes": [{"id": "m1", "representative": ANNA, "followed": True, "lastSuccessAt": "2026-11-20T09:02:00Z", "liveLinks": 412, "waiting": 0, "failed": 0, "differences": 0, "subscriptionExpiresAt": None, "nextAttemptAt": None, "unavailableSince": None, "lastError": None, "completeness": "412 links, 0 differences"}],
            "decisions": [a_decision("Moved to Tue 10:00, because the meeting was moved in Outlook.", before={"subject": "A"}, after={"subject": "B"})],
        }  # fmt: skip
        yield server


def test_the_service_and_the_sync_user_are_switched(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin")
    expect(console.get_by_role("heading", name="The service is stopped")).to_be_visible()
    expect(console.get_by_text("412 links, 0 differences")).to_be_visible()
    assert serious_problems(page, "/admin") == []

    console.get_by_role("button", name="Start").click()
    expect(console.get_by_role("heading", name="The service is running")).to_be_visible()
    console.get_by_role("button", name="Unlock sync user").click()
    expect(console.get_by_role("button", name="Lock sync user", exact=True)).to_be_visible()
    console.get_by_role("button", name="Activate sync user").click()

    expect(
        console.get_by_role("heading", name="The sync user SYNC_MASTER is ready")
    ).to_be_visible()


def test_a_representative_is_activated_with_the_version_that_was_read(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=representatives")

    console.get_by_role("button", name="Activate Anna Vogt").click()

    expect(console.get_by_role("button", name="Deactivate Anna Vogt")).to_be_visible()
    (call,) = server.calls_of("PATCH", "/api/admin/representatives/.*")
    assert (call["body"], call["headers"]["If-Match"]) == ({"syncActive": True}, '"7"')
    assert serious_problems(page, "/admin") == []


def test_numbers_of_the_overview_lead_to_the_lists_behind_them(
    page: Page, server: PaneServer
) -> None:
    server.world.lists["mailboxes"][0] |= {
        "failed": 2,
        "differences": 3,
        "namedDifferences": [
            {"linkId": "l1", "activityId": "a1", "field": "subject", "settled": False},
            {"linkId": "l2", "activityId": "a2", "field": "time", "settled": True},
        ],
    }
    server.world.add(an_activity(review=[{"reason": "event-deleted", "address": None}]))
    console = host_in_frame(page, server, "/admin")

    links = console.get_by_role("link", name="412 live links")
    expect(links).to_have_attribute("href", re.compile(f"view=links&representativeId={ANNA['id']}"))
    failed = console.get_by_role("link", name="2 failed")
    expect(failed).to_have_attribute("href", re.compile("view=held"))
    marked = console.get_by_role("link", name="1 marked for editing")
    expect(marked).to_have_attribute("href", re.compile("view=reviews&mine=false"))
    console.get_by_text("2 differences by name").click()
    expect(console.get_by_text("not settled yet")).to_be_visible()
    expect(console.get_by_text("and 1 more")).to_be_visible()
    assert serious_problems(page, "/admin") == []


def test_what_waits_leads_to_what_waits(page: Page, server: PaneServer) -> None:
    server.world.lists["mailboxes"][0]["waiting"] = 4
    console = host_in_frame(page, server, "/admin")

    waiting = console.get_by_role("link", name="4 waiting")

    href = re.compile(f"view=held&representativeId={ANNA['id']}")
    expect(waiting).to_have_attribute("href", href)


def test_the_overview_says_from_left_to_right_whether_it_runs_is_in_step_and_needs_me(
    page: Page, server: PaneServer
) -> None:
    server.world.lists["mailboxes"][0] |= {"reconciledAt": "2026-11-20T09:00:00Z"}
    console = host_in_frame(page, server, "/admin")
    step = console.get_by_role("region", name="Is it in step")
    expect(step.get_by_role("heading")).to_have_text("In step")
    expect(step).to_contain_text("1 mailbox compared, 0 differences.")

    places = [
        console.get_by_role("region", name=name).bounding_box()
        for name in ("Is it running", "Is it in step", "What needs you")
    ]

    lefts = [place["x"] for place in places if place]
    assert lefts == sorted(set(lefts))
    assert len({place["y"] for place in places if place}) == 1


def test_what_is_allowed_to_somebody_is_ticked(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=representatives")
    allowed = console.get_by_role("group", name="Permissions of Anna Vogt")
    expect(allowed.get_by_label("may be synced")).to_be_checked()

    allowed.get_by_label("may plan for others").check()

    expect(console.get_by_role("status")).to_have_text("Done.")
    (call,) = server.calls_of("PATCH", "/api/admin/representatives/.*")
    assert call["body"] == {"permissions": ["EXCHANGE_SYNC_USER", "PLAN_FOR_OTHERS"]}


def test_a_tick_that_is_refused_goes_back(page: Page, server: PaneServer) -> None:
    refusal = problem(409, "version-mismatch", "Somebody changed this meanwhile.")
    server.world.faults.append(("PATCH", "representatives", 409, refusal))
    console = host_in_frame(page, server, "/admin?view=representatives")
    plans = console.get_by_label("may plan for others")

    plans.click()

    expect(console.get_by_role("alert")).to_contain_text("Somebody changed this meanwhile.")
    expect(plans).not_to_be_checked()


def test_the_log_goes_on_where_its_first_page_ends(page: Page, server: PaneServer) -> None:
    server.world.lists["decisions"] = [a_decision(f"Decision {n}.") for n in range(130)]
    console = host_in_frame(page, server, "/admin?view=log")
    expect(console.get_by_text("Decision 99.")).to_be_visible()
    expect(console.get_by_text("Decision 100.")).to_have_count(0)

    console.get_by_role("button", name="Show more").click()

    expect(console.get_by_text("Decision 129.")).to_be_visible()
    expect(console.get_by_text("Decision 99.")).to_be_visible()
    expect(console.get_by_role("button", name="Show more")).to_have_count(0)


def test_a_line_of_the_log_leads_to_its_activity(page: Page, server: PaneServer) -> None:
    server.world.lists["decisions"][0] |= {"activityId": "a1", "subject": "Renewal Contoso"}
    console = host_in_frame(page, server, "/admin?view=log")

    activity = console.get_by_role("link", name="Renewal Contoso")
    expect(activity).to_have_attribute("href", re.compile("/crm/activities/a1"))


def test_the_log_says_of_what_it_may_not_name_the_activity(page: Page, server: PaneServer) -> None:
    server.world.lists["decisions"][0]["activityId"] = "a1"
    console = host_in_frame(page, server, "/admin?view=log")

    expect(console.get_by_role("cell", name="confidential, or erased")).to_be_visible()


def test_the_log_begins_with_what_changed_something_and_shows_everything_on_request(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=log")
    shown = console.get_by_role("combobox", name="Show")
    expect(shown).to_have_value("")
    expect(console.get_by_text("Moved to Tue 10:00")).to_be_visible()

    with page.expect_response(lambda answer: "/api/admin/decisions" in answer.url):
        shown.select_option("everything")

    asked = [call["query"] for call in server.calls_of("GET", "/api/admin/decisions")]
    assert [query.get("news") for query in asked] == ["true", None]


def test_what_is_looked_at_a_second_time_waits_and_has_not_failed(
    page: Page, server: PaneServer
) -> None:
    later = a_decision("Liaison looks again in a minute.", reason="retry-later", outcome="failed")
    server.world.lists["decisions"] = [later]
    console = host_in_frame(page, server, "/admin?view=log")

    expect(console.get_by_role("cell", name="waits", exact=True)).to_be_visible()


def test_a_filter_that_nothing_fits_says_how_to_see_all(page: Page, server: PaneServer) -> None:
    server.world.lists["decisions"] = []
    console = host_in_frame(page, server, "/admin?view=log&reason=moved")

    expect(console.get_by_text("No decision fits.")).to_be_visible()
    expect(console.get_by_role("link", name="Show everything")).to_be_visible()


def test_the_log_of_one_mailbox_is_asked_for_by_address(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, f"/admin?view=log&representativeId={ANNA['id']}")

    expect(console.get_by_label("Mailbox")).to_have_value(ANNA["id"])
    expect(console.get_by_text("Moved to Tue 10:00")).to_be_visible()
    (call,) = server.calls_of("GET", "/api/admin/decisions")
    assert call["query"]["representativeId"] == ANNA["id"]


def test_an_outage_is_told_once_and_what_is_back_is_shown_on_request(
    page: Page, server: PaneServer
) -> None:
    down = problem(503, "unavailable", "Liaison is not available just now.")
    with ExitStack() as answered:
        for part in ("service", "sync-user", "held", "failed", "mailboxes"):
            server.world.faults.append(("GET", f"/api/admin/{part}", 503, down))
            answered.enter_context(page.expect_response(re.compile(f"/api/admin/{part}")))
        console = host_in_frame(page, server, "/admin")
    expect(console.get_by_role("alert")).to_have_count(1)
    expect(console.get_by_role("alert")).to_contain_text("Liaison is not available just now.")

    console.get_by_role("button", name="Try again").click()

    expect(console.get_by_role("heading", name="The service is stopped")).to_be_visible()
    expect(console.get_by_role("alert")).to_have_count(0)


def test_one_part_that_fails_hides_no_other(page: Page, server: PaneServer) -> None:
    broken = problem(500, "internal-error", "Something went wrong.")
    server.world.faults.append(("GET", "/api/admin/mailboxes", 500, broken))
    console = host_in_frame(page, server, "/admin")

    expect(console.get_by_role("alert")).to_have_count(1)
    expect(console.get_by_role("heading", name="The service is stopped")).to_be_visible()


def test_why_a_mailbox_has_trouble_is_told_in_words(page: Page, server: PaneServer) -> None:
    trouble = {"unavailableSince": "2026-11-20T09:02:00Z", "lastError": "mailbox-unavailable", "lastErrorSentence": "The mailbox cannot be read."}  # fmt: skip
    server.world.lists["mailboxes"][0] |= trouble
    console = host_in_frame(page, server, "/admin")

    row = console.get_by_role("row", name="Anna Vogt")
    expect(row).to_contain_text("unavailable The mailbox cannot be read.")
    expect(console.get_by_role("heading", name="1 mailbox cannot be read")).to_be_visible()


def test_in_high_contrast_only_the_place_where_one_is_carries_a_line(
    page: Page, server: PaneServer
) -> None:
    page.emulate_media(forced_colors="active")
    console = host_in_frame(page, server, "/admin")
    expect(console.get_by_role("heading", name="The service is stopped")).to_be_visible()

    lines = console.locator(".side a").evaluate_all(
        "links => links.map(link => [link.hasAttribute('aria-current'), getComputedStyle(link).borderInlineStartColor])"
    )

    ground = console.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
    assert {colour for is_here, colour in lines if not is_here} == {ground}
    assert ground not in {colour for is_here, colour in lines if is_here}


@pytest.mark.parametrize("view", ["overview", "representatives", "log"])
def test_it_fits_a_narrow_window_with_nothing_to_be_scrolled_to(
    page: Page, server: PaneServer, view: str
) -> None:
    page.set_viewport_size(NARROW)
    long = {"name": "Maximiliane Alexandra Freifrau von Hohenstein-Württemberg", "address": "maximiliane-alexandra.hohenstein@long-domain-of-the-company.example"}  # fmt: skip
    server.world.lists["representatives"][0] |= long
    server.world.lists["mailboxes"][0]["representative"] = ANNA | long
    console = host_in_frame(page, server, f"/admin?view={view}")
    expect(console.get_by_role("table").get_by_role("row").nth(1)).to_be_visible()

    assert not scrolls_sideways(page, "/admin")
    table = console.locator(".table-place")
    assert table.evaluate("place => place.scrollWidth <= place.clientWidth")
    assert serious_problems(page, "/admin") == []


def test_the_log_opens_to_what_was_and_what_is(page: Page, server: PaneServer) -> None:
    console = host_in_frame(page, server, "/admin?view=log")

    console.get_by_text("Moved to Tue 10:00").click()

    expect(console.locator(".changes ins")).to_have_text("B")
    assert serious_problems(page, "/admin") == []


def test_somebody_without_the_role_is_told_so(page: Page, server: PaneServer) -> None:
    server.world.me["isAdministrator"] = False
    console = host_in_frame(page, server, "/admin")

    expect(console.get_by_role("heading", name="The console is for administrators")).to_be_visible()
    assert server.calls_of("GET", "/api/admin/.*") == []
