"""An administrator looks first and then applies: a preset, its plan, whom it activates, and undoing, on the real product."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest
from playwright.sync_api import Page, expect

from demo_stage import running_demo
from fakes.pane_stage import NARROW, serious_problems
from pretend_outlook import Outlook


@pytest.fixture
def address(postgres_folder: Path) -> Iterator[str]:
    with running_demo(Path(mkdtemp(dir=postgres_folder))) as running:
        yield running.address


@pytest.fixture
def console(page: Page, address: str) -> Page:
    """The console in a window of its own, opened by an administrator."""
    page.goto(address)
    outlook = Outlook(page, tenant=None)
    outlook.become("Ann Berg")
    with page.expect_popup() as opened:
        outlook.at("action-open-admin").click()
    return opened.value


def test_a_preset_is_looked_at_applied_followed_and_undone(console: Page, address: str) -> None:
    stop_and_take_preset(console)
    plan_for_all(console)
    apply_plan(console)
    start_and_see_that_nothing_more_is_done(console)
    undo(console)
    assert httpx.get(f"{address}api/mails").json()["items"] == []


def test_a_preset_is_looked_at_before_it_is_taken_and_its_plan_is_applied_then(
    console: Page, address: str
) -> None:
    """The service runs while somebody looks; it is stopped before the preset acts on anybody."""
    console.get_by_role("link", name="Policy").click()
    console.get_by_role("button", name="Look at the preset organizer").click()
    console.get_by_role("group", name="What the preset organizer would change").get_by_role(
        "button", name="Dry run with it"
    ).click()
    expect(heading(console, "What the preset organizer would do")).to_be_visible()
    expect(console.get_by_role("button", name=re.compile("^Apply"))).to_have_count(0)
    assert serious_problems(console, "/admin") == []

    console.get_by_role("button", name="Stop the service first").click()
    console.get_by_role("button", name="Take the preset organizer…").click()
    question = console.get_by_role("group", name="Take the preset organizer")
    expect(question).to_contain_text("Before that this plan can be applied.")
    question.get_by_role("button", name="Take the preset organizer").click()
    console.get_by_role("button", name="Apply exactly this plan").click()

    expect(heading(console, "Carried out as planned")).to_be_visible()
    console.get_by_role("button", name="Start the service").click()
    expect(console.get_by_text("The service is stopped")).to_have_count(0)
    assert httpx.get(f"{address}api/mails").json()["items"] == []


def stop_and_take_preset(console: Page) -> None:
    console.get_by_role("link", name="Policy").click()
    console.get_by_role("button", name="Look at the preset organizer").click()
    question = console.get_by_role("group", name="What the preset organizer would change")
    expect(question).to_contain_text("3 people are active and the service runs")
    question.get_by_role("button", name="Stop the service first").click()
    expect(question).to_contain_text("nothing is done until it is started")
    question.get_by_role("button", name="Take it: the preset organizer").click()
    expect(question).to_have_count(0)


def plan_for_all(console: Page) -> None:
    console.get_by_role("link", name="Initial sync").click()
    console.get_by_label("Everybody, also who is not active yet").check()
    console.get_by_role("button", name="Dry run", exact=True).click()
    expect(heading(console, "The plan is ready")).to_be_visible()
    expect(
        console.get_by_text(re.compile("^Applying it activates 1 person.*Dev Patel"))
    ).to_be_visible()
    assert serious_problems(console, "/admin") == []
    console.set_viewport_size(NARROW)
    assert not console.evaluate("document.documentElement.scrollWidth > innerWidth")
    console.set_viewport_size({"width": 1280, "height": 800})


def apply_plan(console: Page) -> None:
    console.get_by_role("button", name="Apply and activate 1 person").click()
    expect(heading(console, "Carried out as planned")).to_be_visible()
    expect(console.get_by_text("1 person activated: Dev Patel.")).to_be_visible()
    console.reload()
    expect(heading(console, "Carried out as planned")).to_be_visible()


def start_and_see_that_nothing_more_is_done(console: Page) -> None:
    """Every mailbox is looked at after the start, and agrees with what the plan did."""
    console.get_by_role("button", name="Start the service").click()
    expect(console.get_by_text("The service is stopped")).to_have_count(0)
    console.get_by_role("link", name="Overview").click()
    followed = console.get_by_role("row", name=re.compile("Dev Patel.*followed"))
    expect(followed).to_be_visible()


def undo(console: Page) -> None:
    console.get_by_role("link", name="Initial sync").click()
    console.get_by_role("link", name=re.compile(r"\d+:\d\d")).first.click()
    console.get_by_role("button", name="Undo…").click()
    expect(console.get_by_text(re.compile(r"^Takes back \d+ activities"))).to_be_visible()
    console.get_by_role("group", name="Undo").get_by_role("button", name="Undo").click()
    expect(heading(console, "Undone")).to_be_visible()


def heading(console: Page, name: str):
    return console.get_by_role("heading", name=name)
