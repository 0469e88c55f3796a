"""The story of a series that begins in the CRM, in a real browser, on real processes: written, uneven, brought to Outlook."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import Locator, Page, expect

from demo_stage import running_demo
from pretend_outlook import Outlook

WITHIN_SECONDS = 20_000
SUBJECT = "Pipeline review"


@pytest.fixture
def address(postgres_folder: Path) -> Iterator[str]:
    with running_demo(Path(mkdtemp(dir=postgres_folder))) as demo:
        yield demo.address


def plan_weekly(crm: Page, first: date) -> None:
    crm.get_by_role("link", name="Plan an activity").click()
    crm.locator("#subject").fill(SUBJECT)
    crm.locator("#start").fill(f"{first}T15:00")
    crm.locator("#end").fill(f"{first}T15:30")
    crm.get_by_label("Rhythm").select_option("Weekly")
    crm.get_by_label("Ends").select_option("After a number of times")
    crm.locator("#rule-count").fill("5")
    crm.get_by_role("button", name="Plan").click()
    expect(crm.get_by_role("heading", name=SUBJECT, level=1)).to_be_visible(timeout=WITHIN_SECONDS)


def answer(series: Locator, deed: str, which: int, yes: str) -> None:
    """One occurrence of the list of next dates: its question, and yes."""
    line = series.get_by_role("list", name="Next dates").get_by_role("listitem").nth(which)
    line.get_by_role("button", name=deed).click()
    series.get_by_role("button", name=yes).click()


def test_the_story_of_a_series_of_the_crm(page: Page, address: str) -> None:
    page.goto(address)
    outlook = Outlook(page, tenant=None)
    outlook.become("Ann Berg")
    outlook.at("meeting-quarterly-review-contoso").wait_for()
    heads = page.locator('[data-testid^="day-2"]').first.get_attribute("data-testid") or ""
    first = date.fromisoformat(heads.removeprefix("day-")) + timedelta(weeks=1, days=2)
    with page.expect_popup() as opened:
        outlook.at("action-open-crm").click()
    crm = opened.value
    plan_weekly(crm, first)
    series = crm.get_by_role("region", name="Series")
    dates = series.get_by_role("list", name="Next dates").get_by_role("listitem")
    exceptions = series.get_by_role("list", name="Exceptions")
    expect(dates).to_have_count(5, timeout=WITHIN_SECONDS)

    # One is cancelled, takes place after all, and another one is moved by an hour.
    answer(series, "Cancel", 1, "Cancel this one")
    expect(exceptions).to_contain_text("cancelled", timeout=WITHIN_SECONDS)
    exceptions.get_by_role("button", name="Let it take place").click()
    series.get_by_role("button", name="Take it back").click()
    expect(exceptions).to_have_count(0, timeout=WITHIN_SECONDS)
    dates.nth(3).get_by_role("button", name="Change").click()
    form = series.get_by_role("form")
    form.get_by_label("Start").fill(f"{first + timedelta(weeks=3)}T16:00")
    form.get_by_role("button", name="Save this one").click()
    expect(exceptions).to_contain_text("moved", timeout=WITHIN_SECONDS)

    # A shorter series drops the one that was moved: Why keeps it.
    crm.locator("#rule-count").fill("3")
    expect(crm.get_by_text("Exceptions of dates that the series has no more")).to_be_visible()
    crm.get_by_role("button", name="Save", exact=True).click()
    expect(dates).to_have_count(3, timeout=WITHIN_SECONDS)
    expect(crm.get_by_role("region", name="Why")).to_contain_text(
        "1 exception was dropped", timeout=WITHIN_SECONDS
    )

    # In Outlook it is one series, and from now on Outlook's to change.
    crm.get_by_role("button", name="Transfer to Outlook…").click()
    crm.get_by_role("button", name="Transfer to Outlook", exact=True).click()
    expect(series).to_contain_text(
        "Its dates are changed in Outlook while the link lives.", timeout=WITHIN_SECONDS
    )
    expect(crm.get_by_label("Rhythm")).to_have_count(0)
    with crm.expect_popup() as meeting:
        crm.get_by_role("link", name="Open in Outlook").click()
    shown = meeting.value.locator(".meeting.is-selected")
    expect(shown).to_contain_text(SUBJECT, timeout=WITHIN_SECONDS)
