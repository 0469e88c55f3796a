"""The story of a series, in a real browser, on real processes: one occurrence apart, the rest in one activity."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from zoneinfo import ZoneInfo

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from demo_stage import running_demo
from liaison_sandbox.ids import to_ews
from pretend_outlook import Outlook

MEETING = "meeting-sales-team-weekly"
SUBJECT = "Sales team weekly"
SEPTEMBER = 9
# Thursdays of the story: next week's is moved, that of the week after is cancelled; the later ones are as the series has them.
OWN_WEEK, SERIES_WEEK = 3, 4


@pytest.fixture
def address(postgres_folder: Path) -> Iterator[str]:
    with running_demo(Path(mkdtemp(dir=postgres_folder))) as demo:
        yield demo.address


class Desk:
    """Ann's calendar, which is turned from week to week."""

    def __init__(self, page: Page, address: str) -> None:
        page.goto(address)
        self.outlook = Outlook(page, tenant=None)
        self.outlook.become("Ann Berg")
        self.week = 0
        self.outlook.at(MEETING).wait_for()
        heads = page.locator('[data-testid^="day-2"]').first.get_attribute("data-testid") or ""
        self.monday = date.fromisoformat(heads.removeprefix("day-"))

    def day(self, week: int, weekday: int) -> date:
        return self.monday + timedelta(weeks=week, days=weekday)

    def open_meeting(self, week: int) -> None:
        """The team's meeting of the week that is so many weeks after the story's."""
        while self.week != week:
            step = 1 if week > self.week else -1
            self.outlook.at("action-next-week" if step > 0 else "action-previous-week").click()
            self.week += step
            self.outlook.at(f"day-{self.day(self.week, 0)}").wait_for()
        self.outlook.at(MEETING).click()
        expect(self.outlook.pane.locator("header")).to_contain_text(said(self.day(week, 3)))

    def create(self, choice: str) -> Page:
        """From the open meeting; the activity's page, in a window of its own."""
        pane, button = self.outlook.pane, "Create activity from meeting"
        pane.get_by_role("button", name=button).click()
        pane.get_by_role("button", name=choice).click()
        with self.outlook.page.expect_popup() as opened:
            pane.get_by_role("link", name=SUBJECT).first.click()
        expect(opened.value.get_by_role("heading", name=SUBJECT)).to_be_visible()
        return opened.value


def name_the_series(route: Route) -> None:
    """As classic Outlook does: every occurrence goes by the id of its series, and only its start tells which it is."""
    answer = route.fetch()
    events = answer.json()
    for event in events["items"]:
        if event["seriesMasterId"]:
            event["ewsId"] = to_ews(event["seriesMasterId"])
    route.fulfill(response=answer, json=events)


def said(day: date) -> str:
    """As the pages write a day: with the year only where it is not this one."""
    year = "" if day.year == datetime.now(ZoneInfo("Europe/Berlin")).year else f" {day.year}"
    month = "Sept" if day.month == SEPTEMBER else f"{day:%b}"
    return f"{day:%a} {day.day} {month}{year}"


def test_the_story_of_a_series(page: Page, address: str) -> None:
    desk = Desk(page, address)
    pane = desk.outlook.pane

    # One occurrence gets an activity of its own.
    desk.open_meeting(OWN_WEEK)
    own = desk.create("This occurrence")
    expect(pane.get_by_text("This occurrence has an activity of its own.")).to_be_visible()
    expect(own.locator("body")).to_contain_text("One occurrence of a series, meant for")

    # All others are one activity, with what is moved, cancelled and left out.
    page.route(re.compile(r"/api/people/[^/]+/events\?"), name_the_series)
    desk.open_meeting(SERIES_WEEK)
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()
    whole = desk.create("The whole series")
    expect(pane.get_by_text("belongs to the activity of the whole series")).to_be_visible()
    series = whole.get_by_role("region", name="Series")
    expect(series).to_contain_text("Repeats every Thursday")
    expect(series).to_contain_text(f"{said(desk.day(1, 3))}, 09:00 moved")
    expect(series).to_contain_text(f"{said(desk.day(2, 3))}, 09:00 cancelled")
    left_out = f"{said(desk.day(OWN_WEEK, 3))}, 09:00 has an activity of its own"
    expect(series).to_contain_text(left_out)
    assert httpx.get(f"{address}api/mails").json()["items"] == []

    # The occurrence that is linked by itself is moved: its activity follows, the series' stays.
    desk.open_meeting(OWN_WEEK)
    friday = desk.day(OWN_WEEK, 4)
    desk.outlook.drag(desk.outlook.at(MEETING), str(friday), 15 * 60)
    desk.outlook.at("scope-one").click()
    moved = re.compile(rf"{said(friday)}, 1\d:\d\d")
    expect(own.locator("body")).to_contain_text(moved)
    expect(pane.get_by_text("This occurrence has an activity of its own.")).to_be_visible()
    expect(series).to_contain_text(left_out)

    # Another one is cancelled: now the activity of the series follows, and the other stays.
    desk.open_meeting(SERIES_WEEK)
    desk.outlook.at("action-cancel").click()
    desk.outlook.at("scope-one").click()
    expect(desk.outlook.at(MEETING)).to_have_count(0)
    expect(series).to_contain_text(f"{said(desk.day(SERIES_WEEK, 3))}, 09:00 cancelled")
    expect(own.locator("body")).to_contain_text("planned")
    expect(whole.get_by_role("region", name="Why")).to_contain_text("because")
