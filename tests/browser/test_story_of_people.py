"""The people of a meeting, and a transfer, on the real product in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import httpx
import pytest
from playwright.sync_api import Page, expect

from demo_stage import running_demo
from fakes.pane_stage import serious_problems
from pretend_outlook import Outlook

STRANGER = "sam.lee@litware.example"


@pytest.fixture
def address(postgres_folder: Path) -> Iterator[str]:
    with running_demo(Path(mkdtemp(dir=postgres_folder))) as running:
        yield running.address


def mailed(address: str) -> set[str]:
    return {item["recipient"] for item in httpx.get(f"{address}api/mails").json()["items"]}


@pytest.fixture
def outlook(page: Page, address: str) -> Outlook:
    page.goto(address)
    outlook = Outlook(page, tenant=None)
    outlook.become("Bo Lind")
    return outlook


def test_a_stranger_is_matched_in_the_pane_and_remembered(
    page: Page, address: str, outlook: Outlook
) -> None:
    outlook.at("meeting-first-visit-litware").click()
    pane = outlook.pane
    pane.get_by_role("button", name="Create activity from meeting").click()

    # Nobody carries the address: he is said to be Kim, who is remembered under it.
    pane.get_by_role("button", name=f"Match {STRANGER}").click()
    pane.get_by_role("searchbox", name=f"Who is {STRANGER}?").fill("kim")
    pane.get_by_role("button", name="This one: Kim Sato").click()
    expect(pane.get_by_role("button", name=f"Match {STRANGER}")).to_have_count(0)
    assert serious_problems(page, "/panel") == []

    # The CRM shows the alias with the contact, and an activity goes to Outlook from there.
    with page.expect_popup() as opened:
        pane.get_by_role("link", name="First visit Litware").click()
    crm = opened.value
    crm.get_by_role("link", name="Contacts").click()
    crm.get_by_role("button", name="Kim Sato").click()
    expect(crm.get_by_label(STRANGER)).to_be_checked()
    transfer(crm)
    assert mailed(address) == set()


def transfer(crm: Page) -> None:
    """Said first whom it mails; then it arrives in Outlook by itself."""
    crm.get_by_role("link", name="Activities").click()
    crm.get_by_role("link", name="Roll-out Contoso: prepare").click()
    crm.get_by_role("button", name="Transfer to Outlook…").click()
    dialog = crm.get_by_role("alertdialog")
    expect(dialog).to_contain_text("Makes a meeting in the calendar of Bo Lind. Nobody is mailed.")
    dialog.get_by_role("button", name="Transfer to Outlook").click()
    expect(crm.get_by_role("heading", name="In step with Outlook")).to_be_visible()
