"""Series written on the page of an activity: the rhythm in fields and words, and single occurrences one by one."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from fakes.pane_activities import GUESTS
from fakes.pane_api import problem
from fakes.pane_server import PaneServer
from fakes.pane_stage import host_in_frame, scrolls_sideways, serious_problems
from fakes.pane_world import a_recurrence, an_activity, an_exception

RULE = "FREQ=WEEKLY;BYDAY=TU;WKST=MO;UNTIL=20261218T090000Z"
FIRST = {"start": "2026-10-06T10:00:00+02:00", "end": "2026-10-06T11:00:00+02:00"}
MOVED = an_exception(
    "2026-12-08T10:00:00+01:00",
    "changed",
    fields={"start": "2026-12-09T14:00:00+01:00", "end": "2026-12-09T15:00:00+01:00"},
)
CANCELLED = an_exception("2026-12-15T10:00:00+01:00")
OURS: dict[str, Any] = {"isOrganizerCopy": True, "ownedByOutlook": ["notes"]}


@pytest.fixture
def server(page: Page) -> Iterator[PaneServer]:
    page.clock.set_fixed_time("2026-11-20T09:00:00Z")
    with PaneServer() as server:
        server.world.lists = {"companies": [], "contacts": [], "representatives": []}
        yield server


def opened(
    page: Page, server: PaneServer, link: dict[str, Any] | None = None, **changes: Any
) -> FrameLocator:
    """The page of a weekly series."""
    repeats = a_recurrence(MOVED, CANCELLED)
    activity = server.world.add(an_activity("Team", **({"recurrence": repeats} | FIRST | changes)))
    if link is not None:
        server.world.link_with(activity, scope="series", **link)
    crm = host_in_frame(page, server, f"/crm/activities/{activity['id']}")
    expect(crm.get_by_role("heading", name="Team", level=1)).to_be_visible()
    return crm


def sent(server: PaneServer) -> Any:
    """The recurrence that was asked for last."""
    return server.calls_of("PATCH", "/api/activities/.*")[-1]["body"]["recurrence"]


def test_a_single_activity_becomes_a_series_and_is_one_again(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server, recurrence=None)
    words = crm.locator("#rule-words")
    expect(words).to_have_text("Takes place once.")

    crm.get_by_label("Rhythm").select_option("Weekly")
    expect(words).to_have_text("Repeats every Tuesday.")
    crm.get_by_label("Every how many weeks").fill("2")
    crm.get_by_label("Thu", exact=True).check()
    crm.get_by_label("Ends").select_option("On a date")
    expect(words).to_have_text("Say on which day it ends.")
    crm.get_by_label("Last day").fill("2026-12-18")
    expect(words).to_have_text("Repeats every second week on Tuesday and Thursday until 18 Dec.")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("region", name="Series")).to_be_visible()
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;WKST=MO;UNTIL=20261218"
    assert sent(server) == {"rule": rule}
    crm.get_by_label("Rhythm").select_option("Never")
    crm.get_by_role("button", name="Save").click()
    expect(crm.get_by_role("region", name="Series")).to_have_count(0)
    assert sent(server) is None


def test_a_month_is_meant_by_its_day_or_by_a_weekday(page: Page, server: PaneServer) -> None:
    crm = opened(page, server)
    words = crm.locator("#rule-words")

    crm.get_by_label("Rhythm").select_option("Monthly")
    expect(words).to_have_text("Repeats monthly on the 6th until 18 Dec.")
    crm.get_by_label("Which day").select_option("On a weekday of the month")
    crm.locator("#rule-place").select_option("last")
    crm.locator("#rule-kind").select_option("Thursday")
    crm.get_by_label("Ends").select_option("After a number of times")
    crm.locator("#rule-count").fill("6")
    expect(words).to_have_text("Repeats monthly on the last Thursday, 6 times.")
    crm.get_by_label("Rhythm").select_option("Yearly")
    expect(words).to_have_text("Repeats yearly on the last Thursday of October, 6 times.")
    expect(crm.get_by_text("Exceptions of dates that the series has no more")).to_be_visible()
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("button", name="Save")).to_have_count(0)
    assert sent(server) == {"rule": "FREQ=YEARLY;BYMONTH=10;BYDAY=-1TH;COUNT=6"}


def test_what_is_wrong_with_a_rhythm_is_said_and_nothing_is_sent(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server)

    crm.get_by_label("Tue", exact=True).uncheck()
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("alert")).to_contain_text("Choose at least one day of the week.")
    assert server.calls_of("PATCH", "/api/activities/.*") == []


def test_a_refused_rhythm_is_told_in_place_and_the_words_stay(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server, link=OURS, participants=GUESTS)
    said = "The series does not take place on the day on which it starts."
    refused = problem(422, "invalid-request", said, errors={"recurrence": [said]})
    server.world.faults.append(("PATCH", "/api/activities", 422, refused))

    crm.get_by_label("Tue", exact=True).uncheck()
    crm.get_by_label("Wed", exact=True).check()
    expect(crm.get_by_text("Changes the meeting in Outlook.")).to_contain_text("2 people get mail")
    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("alert")).to_contain_text(said)
    expect(crm.locator("#rule-words")).to_have_text("Repeats every Wednesday until 18 Dec.")


def test_a_rhythm_that_somebody_else_changed_is_not_overwritten_unseen(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server)
    crm.get_by_label("Every how many weeks").fill("3")
    [activity] = server.world.activities.values()
    other = a_recurrence() | {"rule": "FREQ=DAILY"}
    server.world.change(activity["id"], recurrence=other, changedBy="Bo Lind")

    crm.get_by_role("button", name="Save").click()

    expect(crm.get_by_role("alert")).to_contain_text("Bo Lind changed this activity")
    expect(crm.get_by_role("alert")).to_contain_text("Repeats is now “every day”")
    crm.get_by_role("button", name="Save mine").click()
    expect(crm.get_by_role("alert")).to_have_count(0)
    assert sent(server)["rule"].startswith("FREQ=WEEKLY;INTERVAL=3")


def test_where_outlook_owns_the_time_the_page_says_so(page: Page, server: PaneServer) -> None:
    crm = opened(page, server, link={"isOrganizerCopy": True})

    expect(crm.get_by_label("Rhythm")).to_have_count(0)
    expect(crm.get_by_text("every Tuesday until 18 Dec", exact=True)).to_be_visible()
    series = crm.get_by_role("region", name="Series")
    expect(series).to_contain_text("Its dates are changed in Outlook while the link lives.")
    expect(series.get_by_role("button")).to_have_count(0)


def test_one_occurrence_is_moved_and_lasts_as_long(page: Page, server: PaneServer) -> None:
    crm = opened(page, server, link=OURS, participants=GUESTS)
    crm.get_by_role("button", name="Change: Tue 1 Dec, 10:00").click()
    form = crm.get_by_role("form", name="Only Tue 1 Dec, 10:00")
    expect(form.get_by_label("Subject")).to_be_focused()
    expect(form).to_contain_text("Changes the meeting in Outlook. 2 people get mail")

    form.get_by_label("Start").fill("2026-12-02T14:00")
    expect(form.get_by_label("End")).to_have_value("2026-12-02T15:00")
    form.get_by_role("button", name="Save this one").click()

    expect(form).to_have_count(0)
    kept, cancelled, moved = sent(server)["exceptions"]
    assert (kept, cancelled) == (MOVED, CANCELLED)
    assert moved["originalStart"] == "2026-12-01T10:00:00+01:00"
    assert moved["fields"]["start"] == "2026-12-02T14:00:00+01:00"
    assert "rule" not in sent(server)


def test_one_occurrence_is_cancelled_after_a_question(page: Page, server: PaneServer) -> None:
    crm = opened(page, server)
    button = crm.get_by_role("button", name="Cancel: Tue 1 Dec, 10:00")
    button.click()
    question = crm.get_by_role("alertdialog", name="Cancel only Tue 1 Dec, 10:00?")
    expect(question).to_contain_text("The series goes on without it. Nobody is mailed.")
    expect(question.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_have_count(0)
    expect(button).to_be_focused()
    assert server.calls_of("PATCH", "/api/activities/.*") == []

    button.click()
    question.get_by_role("button", name="Cancel this one").click()

    expect(question).to_have_count(0)
    assert [one["kind"] for one in sent(server)["exceptions"]] == [
        "changed",
        "cancelled",
        "cancelled",
    ]


def test_exceptions_are_taken_back(page: Page, server: PaneServer) -> None:
    crm = opened(page, server)

    crm.get_by_role("button", name="As the series has it: Tue 8 Dec, 10:00").click()
    question = crm.get_by_role("alertdialog", name="Take back Tue 8 Dec, 10:00?")
    expect(question).to_contain_text("as the series has it: Tue 8 Dec, 10:00")
    question.get_by_role("button", name="Take it back").click()
    expect(question).to_have_count(0)
    assert sent(server) == {"exceptions": [CANCELLED]}
    crm.get_by_role("button", name="Let it take place: Tue 15 Dec, 10:00").click()
    crm.get_by_role("button", name="Take it back").click()
    expect(crm.get_by_role("alertdialog")).to_have_count(0)
    assert sent(server) == {"exceptions": []}


REFUSALS = [
    (422, "invalid-request", "Outlook keeps each occurrence between its neighbours."),
    (409, "owned-by-outlook", "These fields are changed in Outlook."),
    (409, "occurrence-stays-cancelled", "An occurrence that was cancelled stays cancelled."),
]


@pytest.mark.parametrize(("status", "code", "said"), REFUSALS)
def test_what_is_refused_of_an_occurrence_is_told_in_its_place(
    page: Page, server: PaneServer, status: int, code: str, said: str
) -> None:
    crm = opened(page, server, link=OURS)
    server.world.faults.append(("PATCH", "/api/activities", status, problem(status, code, said)))
    crm.get_by_role("button", name="Change: Tue 1 Dec, 10:00").click()
    form = crm.get_by_role("form", name="Only Tue 1 Dec, 10:00")

    form.get_by_label("Subject").fill("Last one")
    form.get_by_role("button", name="Save this one").click()

    expect(form.get_by_role("alert")).to_contain_text(said)
    expect(form.get_by_label("Subject")).to_have_value("Last one")
    in_place = form.get_by_role("link", name="Plan one in its place")
    expect(in_place).to_have_count(int(code == "occurrence-stays-cancelled"))
    form.get_by_role("button", name="Save this one").click()
    expect(form).to_have_count(0)


def test_of_an_occurrence_that_somebody_else_changed_the_words_are_kept(
    page: Page, server: PaneServer
) -> None:
    crm = opened(page, server)
    crm.get_by_role("button", name="Change: Tue 1 Dec, 10:00").click()
    form = crm.get_by_role("form", name="Only Tue 1 Dec, 10:00")
    form.get_by_label("Subject").fill("Mine")
    [activity] = server.world.activities.values()
    theirs = {"subject": "Theirs"}
    repeats = a_recurrence(an_exception("2026-12-01T10:00:00+01:00", "changed", fields=theirs))
    server.world.change(activity["id"], recurrence=repeats, changedBy="Bo Lind")

    form.get_by_role("button", name="Save this one").click()

    expect(form.get_by_role("alert")).to_contain_text("Bo Lind changed this activity meanwhile")
    expect(form.get_by_label("Subject")).to_have_value("Mine")
    form.get_by_role("button", name="Save this one").click()
    expect(form).to_have_count(0)
    assert sent(server)["exceptions"][0]["fields"] == {"subject": "Mine"}


@pytest.mark.parametrize("look", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_editor_is_readable_everywhere(
    page: Page, server: PaneServer, width: int, look: str
) -> None:
    page.emulate_media(
        color_scheme="dark" if look == "dark" else "light",
        forced_colors="active" if look == "forced" else "none",
    )
    page.set_viewport_size({"width": width, "height": 900})
    crm = opened(page, server)
    crm.get_by_label("Rhythm").select_option("Monthly")
    crm.get_by_label("Which day").select_option("On a weekday of the month")
    crm.get_by_role("button", name="Change: Tue 1 Dec, 10:00").click()
    expect(crm.get_by_role("form", name="Only Tue 1 Dec, 10:00")).to_be_visible()

    assert serious_problems(page, "/crm") == []
    assert not scrolls_sideways(page, "/crm")


def test_a_series_is_planned(page: Page, server: PaneServer) -> None:
    crm = host_in_frame(page, server, "/crm?view=plan")
    crm.locator("#subject").fill("Team")
    crm.locator("#start").fill("2026-11-26T10:00")
    crm.locator("#end").fill("2026-11-26T11:00")
    crm.get_by_label("Rhythm").select_option("Weekly")
    expect(crm.locator("#rule-words")).to_have_text("Repeats every Thursday.")

    crm.get_by_role("button", name="Plan").click()

    expect(crm.get_by_role("heading", name="Team", level=1)).to_be_visible()
    body = server.calls_of("POST", "/api/activities")[0]["body"]
    assert body["recurrence"] == {"rule": "FREQ=WEEKLY;BYDAY=TH;WKST=MO"}
