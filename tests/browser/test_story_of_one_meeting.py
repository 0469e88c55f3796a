"""The story of the product, in a real browser, on real processes: what `make demo` shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest
from playwright.sync_api import Page, expect

from demo_stage import Demo, running_demo
from pretend_outlook import Outlook

MEETING = "meeting-quarterly-review-contoso"
SUBJECT = "Quarterly review Contoso"
# The year is told where it is not this one.
FRIDAY = r"Fri \d+ \w+( \d{4})?"
# Exchange keeps deleted items answering: the second look comes half a minute after the first.
UNTIL_THE_SECOND_LOOK = 180_000


@pytest.fixture
def demo(postgres_folder: Path) -> Iterator[Demo]:
    with running_demo(Path(mkdtemp(dir=postgres_folder))) as running:
        yield running


@pytest.fixture
def address(demo: Demo) -> str:
    return demo.address


def open_meeting(page: Page, address: str) -> Outlook:
    page.goto(address)
    outlook = Outlook(page, tenant=None)
    outlook.become("Ann Berg")
    outlook.at(MEETING).click()
    return outlook


def mails(address: str) -> list[tuple[str, str]]:
    items = httpx.get(f"{address}api/mails").json()["items"]
    return [(item["recipient"], item["kind"]) for item in items]


def day_of(outlook: Outlook, offset: int) -> str:
    days = outlook.page.locator('[data-testid^="day-2"]').all()
    return (days[offset].get_attribute("data-testid") or "").removeprefix("day-")


def test_the_story_of_one_meeting(page: Page, demo: Demo, address: str) -> None:
    outlook = open_meeting(page, address)
    pane = outlook.pane
    expect(pane.get_by_role("heading", name="Not linked")).to_be_visible()

    # The activity is created from the open meeting, in one step, and nobody gets a mail.
    pane.get_by_role("button", name="Create activity from meeting").click()
    expect(pane.get_by_role("link", name=SUBJECT)).to_be_visible()
    assert mails(address) == []
    with page.expect_popup() as opened:
        pane.get_by_role("link", name=SUBJECT).click()
    crm = opened.value
    expect(crm.get_by_text(SUBJECT).first).to_be_visible()
    expect(crm.locator("body")).to_contain_text("10:00")

    # Dragged to another day in Outlook, the activity follows without reloading.
    friday = day_of(outlook, 4)
    outlook.drag(outlook.at(MEETING), friday, 15 * 60)
    expect(crm.locator("body")).to_contain_text(re.compile(rf"{FRIDAY}, 1\d:\d\d"))
    expect(pane.locator("body")).to_contain_text("Moved from")
    told = mails(address)
    assert len(told) == len(set(told)) > 0
    assert {kind for _, kind in told} == {"update"}

    # Killed while the meeting is moved again, the worker is replaced, and nothing is lost or mailed twice.
    demo.worker().kill()
    outlook.drag(outlook.at(MEETING), friday, 11 * 60)
    expect(crm.locator("body")).to_contain_text(re.compile(rf"{FRIDAY}, 1[01]:\d\d"))
    again = mails(address)[len(told) :]
    assert sorted(again) == sorted(told)

    # The words of an invitee's own copy change nothing; his answer arrives.
    outlook.become("Bo Lind")
    outlook.at(MEETING).click()
    outlook.at("action-edit").click()
    outlook.at("field-subject").fill("My own words")
    outlook.at("action-save").click()
    outlook.at("meeting-my-own-words").click()
    outlook.at("action-accept").click()
    expect(crm.locator("body")).to_contain_text("accepted")
    expect(crm.get_by_text(SUBJECT).first).to_be_visible()
    assert "My own words" not in crm.locator("body").inner_text()

    cancel_in_outlook(outlook, crm, address)


def cancel_in_outlook(outlook: Outlook, crm: Page, address: str) -> None:
    """Deleted in Outlook, the activity is cancelled, and the reasons say so."""
    outlook.become("Ann Berg")
    outlook.at(MEETING).click()
    expect(outlook.at("selected-subject")).to_have_text(SUBJECT)
    before = len(mails(address))
    outlook.at("action-cancel").click()
    expect(outlook.at(MEETING)).to_have_count(0)
    expect(crm.locator("body")).to_contain_text("cancelled", timeout=UNTIL_THE_SECOND_LOOK)
    cancelled = mails(address)[before:]
    assert len(cancelled) == len(set(cancelled)) > 0
    expect(crm.locator("body")).to_contain_text("because")
