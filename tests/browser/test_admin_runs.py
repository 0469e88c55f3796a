"""The console's page of initial syncs: dry run, plan, apply, undo."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from fakes.pane_runs import ITEM, a_run
from fakes.pane_server import PaneServer
from fakes.pane_stage import NARROW, host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import ANNA

PERSON = {"oid": "o1", "aliases": [], "permissions": [], "mailbox": True, "version": 1}
EVA = {"id": "eva", "name": "Eva Holm", "address": "eva@nordwind.example"}


@pytest.fixture
def server() -> Iterator[PaneServer]:
    with PaneServer() as server:
        server.world.lists = {
            "representatives": [
                ANNA | PERSON | {"syncActive": True},
                EVA | PERSON | {"syncActive": False},
            ]
        }
        server.world.documents["service"] = {"running": True, "generation": 1, "activePeople": 1}
        yield server


def dry_run(page: Page, server: PaneServer) -> FrameLocator:
    """The plan of everybody who is active."""
    console = host_in_frame(page, server, "/admin?view=initial")
    console.get_by_role("button", name="Dry run", exact=True).click()
    expect(console.get_by_role("heading", name="The plan is ready")).to_be_visible()
    return console


def test_a_dry_run_is_made_of_chosen_people_also_of_those_who_are_not_active(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=initial")

    console.get_by_label("These people").check()
    console.get_by_label(re.compile("Eva Holm.*not active")).check()
    console.get_by_role("button", name="Dry run", exact=True).click()

    expect(console.get_by_role("heading", name="The plan is ready")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"] == {"kind": "initial", "representativeIds": ["eva"], "dryRun": True}


def test_a_plan_says_its_numbers_its_mails_and_what_was_and_would_be(
    page: Page, server: PaneServer
) -> None:
    """pains 1: the mails of a first sync are shown beforehand."""
    console = dry_run(page, server)

    mails = "Outlook would mail 3 people, 2 of them outside."
    expect(console.get_by_text(mails).first).to_be_visible()
    expect(console.get_by_role("button", name="40, show only not-linked")).to_have_text("40")
    changes = console.get_by_role("row", name=re.compile("Renewal Contoso"))
    expect(changes.locator("del").first).to_have_text("Offer")
    expect(changes.locator("ins").first).to_have_text("Renewal Contoso")
    assert server.calls_of("POST", "/api/admin/runs/.*") == []
    assert serious_problems(page, "/admin") == []


def test_more_of_a_cut_that_was_left_meanwhile_is_of_no_use(page: Page, server: PaneServer) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    dry_run(page, server)
    server.world.documents["run"]["next"] = "later"
    page.route("**/api/admin/runs/r1?*cursor=later*", hold)
    console = host_in_frame(page, server, "/admin?view=initial&run=r1")
    with page.expect_request("**/api/admin/runs/r1?*cursor=later*"):
        console.get_by_role("button", name="More", exact=True).click()
    console.get_by_role("button", name="40, show only not-linked").click()
    expect(console.get_by_role("heading", name="The plan: not-linked")).to_be_visible()

    with page.expect_response("**/api/admin/runs/r1?*cursor=later*"):
        held[0].fulfill(json=a_run(items=[ITEM | {"id": "i9", "subject": "Of another cut"}]))

    expect(console.get_by_role("button", name="More", exact=True)).to_be_enabled()
    expect(console.get_by_text("Of another cut")).to_have_count(0)


def test_the_items_of_one_reason_are_shown_alone(page: Page, server: PaneServer) -> None:
    console = dry_run(page, server)

    console.get_by_role("button", name="40, show only not-linked").click()

    expect(console.get_by_role("heading", name="The plan: not-linked")).to_be_visible()
    expect(console.get_by_text("Renewal Contoso")).to_have_count(0)
    console.get_by_role("button", name="Show all").click()
    expect(console.get_by_role("link", name="Renewal Contoso")).to_be_visible()


def test_what_changes_nothing_is_left_out_at_first(page: Page, server: PaneServer) -> None:
    console = dry_run(page, server)
    expect(console.get_by_text("1 of 41 would change something").first).to_be_visible()
    switch = console.get_by_label("Only what changes something")
    expect(switch).to_be_checked()
    expect(console.get_by_role("cell", name="not shown")).to_have_count(0)

    switch.uncheck()

    expect(console.get_by_role("cell", name="not shown")).to_be_visible()
    why = "Private, confidential, or only in Outlook"
    expect(console.get_by_text(why)).to_be_visible()
    assert serious_problems(page, "/admin") == []


def test_a_plan_is_applied_followed_and_undone(page: Page, server: PaneServer) -> None:
    console = dry_run(page, server)

    console.get_by_role("button", name="Apply exactly this plan").click()
    expect(
        console.get_by_role("heading", name="Carried out, without what had changed")
    ).to_be_visible()
    stale = "1 change applied, 1 left out because it changed after the plan was made."
    expect(console.get_by_text(stale)).to_be_visible()

    console.get_by_role("button", name="Undo…").click()
    expect(console.get_by_text("Takes back 3 activities")).to_be_visible()
    burnt = "2 that it made are deleted and can be restored; their meetings are not captured again"
    expect(console.get_by_text(burnt)).to_be_visible()
    expect(console.get_by_text("1 meeting that it made in Outlook stays there")).to_be_visible()
    console.get_by_text("1 meeting that stays in Outlook").click()
    expect(console.get_by_role("link", name="Quarterly review")).to_be_visible()
    expect(console.get_by_text("Outlook is not touched and nobody is mailed")).to_be_visible()
    console.get_by_text("1 with something newer").click()
    expect(console.get_by_role("link", name="Contract talk")).to_be_visible()
    assert server.calls_of("POST", "/api/admin/runs/r1/undo") == []
    assert serious_problems(page, "/admin") == []

    console.get_by_role("group", name="Undo").get_by_role("button", name="Undo").click()
    expect(console.get_by_role("heading", name="Undone")).to_be_visible()


def activating(**members: object) -> dict[str, object]:
    """A plan that took Eva for active."""
    eva = {"id": "m2", "name": "Eva Holm", "mailbox": EVA["address"], "done": False}
    told = eva | {"activates": True, "error": None, "sentence": None}
    return a_run(activates=1, mailboxes=[told]) | members


def test_everybody_may_be_planned_for_also_who_is_not_active_yet(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=initial")
    expect(console.get_by_label("Everybody who is active")).to_be_checked()

    console.get_by_label("Everybody, also who is not active yet").check()
    expect(console.get_by_role("button", name="Start without a dry run…")).to_have_count(0)
    console.get_by_role("button", name="Dry run", exact=True).click()

    expect(console.get_by_role("heading", name="The plan is ready")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"] == {"kind": "initial", "representativeIds": None, "dryRun": True}


def test_a_plan_says_before_whom_applying_it_activates(page: Page, server: PaneServer) -> None:
    server.world.documents["run"] = activating()
    console = host_in_frame(page, server, "/admin?view=initial&run=r1")

    words = "Applying it activates 1 person, whose mailbox is followed from then on: Eva Holm."
    expect(console.get_by_text(words)).to_be_visible()
    console.get_by_role("button", name="Apply and activate 1 person").click()

    expect(console.get_by_text("1 person activated: Eva Holm.")).to_be_visible()
    assert len(server.calls_of("POST", "/api/admin/runs/r1/apply")) == 1
    assert serious_problems(page, "/admin") == []


def test_a_plan_of_another_policy_is_not_applied_but_made_again(
    page: Page, server: PaneServer
) -> None:
    server.world.documents["run"] = activating(stale=True)
    console = host_in_frame(page, server, "/admin?view=initial&run=r1")

    expect(console.get_by_role("heading", name="This plan is not true any more")).to_be_visible()
    expect(console.get_by_role("button", name=re.compile("^Apply"))).to_have_count(0)
    console.get_by_role("button", name="Dry run again").click()

    expect(console.get_by_role("heading", name="The plan is ready")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"] == {"kind": "initial", "representativeIds": ["m2"], "dryRun": True}


def test_while_the_service_is_stopped_a_plan_is_applied_and_the_start_is_offered(
    page: Page, server: PaneServer
) -> None:
    server.world.documents["service"] = {"running": False, "generation": 1, "activePeople": 1}
    console = dry_run(page, server)
    expect(console.get_by_text("nothing comes before this plan")).to_be_visible()

    console.get_by_role("button", name="Apply exactly this plan").click()
    console.get_by_role("button", name="Start the service").click()

    expect(console.get_by_text("The service is stopped")).to_have_count(0)
    assert len(server.calls_of("POST", "/api/admin/service/start")) == 1


def test_a_plan_is_taken_away_as_a_table(page: Page, server: PaneServer) -> None:
    console = dry_run(page, server)

    with page.expect_download() as download:
        console.get_by_role("button", name="Download CSV").click()

    assert download.value.suggested_filename == "plan-r1.csv"


def test_starting_without_a_dry_run_says_first_what_it_will_do(
    page: Page, server: PaneServer
) -> None:
    console = host_in_frame(page, server, "/admin?view=initial")

    console.get_by_role("button", name="Start without a dry run…").click()
    expect(console.get_by_text("Reads 1 mailbox from the beginning")).to_be_visible()
    assert server.calls_of("POST", "/api/admin/runs") == []
    console.get_by_role("group", name="Start").get_by_role("button", name="Start").click()

    expect(
        console.get_by_role("heading", name="Carried out: 1 of 1 mailbox", exact=True)
    ).to_be_visible()


def test_a_mailbox_that_could_not_be_done_is_named_with_its_reason(
    page: Page, server: PaneServer
) -> None:
    stopped = {"id": "m1", "name": "Bo Lind", "mailbox": "bo@nordwind.example", "done": False}
    why = {"error": "mailbox-unavailable", "sentence": "The mailbox cannot be read."}
    server.world.documents["run"] = a_run(status="failed", mailboxes=[stopped | why])
    console = host_in_frame(page, server, "/admin?view=initial&run=r1")

    expect(console.get_by_text("The mailbox cannot be read.")).to_be_visible()
    expect(console.get_by_role("button", name="Go on with this plan")).to_be_visible()


def twin(number: int, **members: object) -> dict[str, object]:
    """An activity that resembles a captured meeting."""
    write = {"write": "create-event", "fields": [], "people": 1, "resembles": True}
    names = {"id": f"t{number}", "subject": f"Review {number}", "outlook": write}
    return ITEM | names | {"linkable": True} | members


def test_what_resembles_a_captured_meeting_is_linked_instead_one_by_one_or_all_at_once(
    page: Page, server: PaneServer
) -> None:
    items = [twin(1), twin(2), twin(3, linkable=False)]
    server.world.documents["run"] = a_run(items=items, twins=3, linkable=2)
    console = host_in_frame(page, server, "/admin?view=initial&run=r1")
    expect(console.get_by_text("2 can be linked to the meeting instead")).to_be_visible()
    expect(console.get_by_role("button", name=re.compile("^Link them instead"))).to_have_count(2)

    console.get_by_role("button", name="Link them instead: Review 1").click()

    expect(console.get_by_text("chosen for 1.")).to_be_visible()
    expect(console.get_by_text("Outlook would mail 2 people, 1 of them outside.")).to_be_visible()
    row = console.get_by_role("row", name=re.compile("Review 1"))
    expect(row).to_contain_text("both are linked, and no event is made")
    assert serious_problems(page, "/admin") == []
    console.get_by_role("button", name="Link all that can be").click()
    expect(console.get_by_text("chosen for 2.")).to_be_visible()
    console.get_by_role("button", name="Make all anew").click()
    expect(console.get_by_text("chosen for none.")).to_be_visible()
    assert [call["body"] for call in server.calls_of("POST", "/api/admin/runs/r1/twins")] == [
        {"itemIds": ["t1"], "link": True},
        {"itemIds": None, "link": True},
        {"itemIds": None, "link": False},
    ]


def test_a_preset_is_looked_at_without_taking_it(page: Page, server: PaneServer) -> None:
    server.world.lists["presets"] = [{"name": "mirror", "meaning": "", "keys": {}, "notYet": []}]
    console = host_in_frame(page, server, "/admin?view=initial")

    console.get_by_label("With this preset").select_option("mirror")
    expect(console.get_by_text("a dry run only shows what mirror would do")).to_be_visible()
    expect(console.get_by_role("button", name="Start without a dry run…")).to_have_count(0)
    assert serious_problems(page, "/admin") == []
    console.get_by_role("button", name="Dry run", exact=True).click()

    expect(console.get_by_role("heading", name="What the preset mirror would do")).to_be_visible()
    expect(console.get_by_text("It is not in force, and nothing was written.")).to_be_visible()
    expect(console.get_by_role("button", name=re.compile("^Apply|again"))).to_have_count(0)
    expect(console.get_by_role("button", name="Take the preset mirror…")).to_be_visible()
    expect(console.get_by_role("button", name="Stop the service first")).to_be_visible()
    console.get_by_text("Made with the preset mirror: 1 key differs").click()
    expect(console.get_by_text("Meetings that become activities")).to_be_visible()
    assert serious_problems(page, "/admin") == []
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"]["preset"] == "mirror"
    assert server.calls_of("PUT", ".*") == []


@pytest.mark.parametrize(
    ("run", "said", "offered"),
    [
        (None, "Next: make a dry run, apply its plan", "Start without looking first"),
        ({"policyInForce": False}, "Next: make a dry run, apply", "Start without looking first"),
        ({"status": "planned"}, "a plan is ready. Next: apply it", "Start without looking first"),
        ({"status": "done"}, "are followed again when it is started", "Start the service"),
    ],
)
def test_the_next_step_is_the_one_that_is_left(
    page: Page, server: PaneServer, run: dict[str, object] | None, said: str, offered: str
) -> None:
    server.world.documents["service"] = {"running": False, "generation": 1, "activePeople": 1}
    if run:
        server.world.documents["run"] = a_run(**run)
    console = host_in_frame(page, server, "/admin?view=initial")

    step = console.locator('[data-key="next-step"]')
    expect(step).to_contain_text(said)
    expect(step.get_by_role("button")).to_have_text(offered)
    assert serious_problems(page, "/admin") == []


def test_others_than_the_first_of_many_people_are_found_and_ticked(
    page: Page, server: PaneServer
) -> None:
    crowd = [
        {"id": f"p{number}", "name": f"Person {number}", "address": f"p{number}@nordwind.example"}
        for number in range(250)
    ]
    eva = server.world.lists["representatives"].pop()
    server.world.lists["representatives"] += [one | PERSON | {"syncActive": True} for one in crowd]
    server.world.lists["representatives"].append(eva)
    console = host_in_frame(page, server, "/admin?view=initial")
    console.get_by_label("These people").check()
    console.get_by_label(re.compile("Person 7 ")).check()
    expect(console.get_by_text("These are the first 200 by name.")).to_be_visible()

    console.get_by_label("Find").fill("eva")
    console.get_by_label(re.compile("Eva Holm")).check()
    expect(console.get_by_text("Ticked: Person 7, Eva Holm")).to_be_visible()
    assert serious_problems(page, "/admin") == []
    console.get_by_role("button", name="Dry run", exact=True).click()

    expect(console.get_by_role("heading", name="The plan is ready")).to_be_visible()
    (call,) = server.calls_of("POST", "/api/admin/runs")
    assert call["body"]["representativeIds"] == ["p7", "eva"]


@pytest.mark.parametrize("path", ["/admin?view=initial", "/admin?view=initial&run=r1"])
def test_initial_syncs_fit_a_narrow_window(page: Page, server: PaneServer, path: str) -> None:
    server.world.documents["run"] = a_run()
    page.set_viewport_size(NARROW)
    console = host_in_frame(page, server, path)
    expect(console.get_by_text("Anna Vogt").or_(console.get_by_text("The plan is ready")).first).to_be_visible()  # fmt: skip

    assert not scrolls_sideways(page, "/admin")
    assert serious_problems(page, "/admin") == []
