"""Open in Outlook: what Graph names as an event's page is the pretend Outlook with that meeting open."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from playwright.sync_api import Page, expect

from liaison_sandbox.person import Person
from liaison_sandbox.server import Sandbox
from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant
from pretend_outlook import Outlook

NOW = datetime(2026, 11, 24, 7, tzinfo=UTC)


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    tenant = Tenant.create(clock=lambda: NOW)
    stage_people(tenant)
    stage_week(tenant, date(2026, 11, 24))
    with Sandbox.start(tenant, ca_folder=tmp_path) as sandbox:
        yield sandbox


def web_link(sandbox: Sandbox, owner: Person, subject: str) -> str:
    """As the product reads it from Graph."""
    [event] = owner.events(subject=subject)
    form = {
        "grant_type": "client_credentials",
        "client_id": sandbox.client_id,
        "client_secret": sandbox.client_secret,
        "scope": f"https://{urlsplit(sandbox.graph_url).netloc}/.default",
    }
    with httpx.Client(verify=ssl.create_default_context(cafile=sandbox.ca_file)) as client:
        issuer = f"{sandbox.login_url}/{sandbox.tenant_id}/oauth2/v2.0/token"
        token = client.post(issuer, data=form).json()["access_token"]
        address = f"{sandbox.graph_url}/users/{owner.oid}/events/{event.id}"
        answer = client.get(address, headers={"Authorization": f"Bearer {token}"})
    return str(answer.json()["webLink"])


def test_a_meeting_of_another_person_and_week_is_open(page: Page, sandbox: Sandbox) -> None:
    bo = sandbox.tenant.person("bo@nordwind.example")
    later = datetime(2026, 12, 16, 9, tzinfo=UTC)
    bo.create_event(subject="Far ahead", start=later)

    page.goto(web_link(sandbox, bo, "Far ahead"))

    outlook = Outlook(page, sandbox.tenant)
    expect(outlook.at("field-person")).to_have_value(bo.oid)
    expect(outlook.at("meeting-far-ahead")).to_have_attribute("aria-pressed", "true")


def test_of_a_series_the_next_occurrence_is_open(page: Page, sandbox: Sandbox) -> None:
    ann = sandbox.tenant.person("ann@nordwind.example")

    page.goto(web_link(sandbox, ann, "Sales team weekly"))

    expect(page.locator(".meeting.is-selected")).to_contain_text("Sales team weekly")


def test_a_meeting_that_is_gone_leaves_the_calendar_and_says_so(
    page: Page, sandbox: Sandbox
) -> None:
    ann = sandbox.tenant.person("ann@nordwind.example")
    ann.create_event(subject="Soon gone", start=NOW)
    link = web_link(sandbox, ann, "Soon gone")
    ann.delete_event(ann.events(subject="Soon gone")[0].id)

    page.goto(link)

    expect(page.locator("#notices")).to_contain_text("no longer, in Ann Berg's calendars")
    expect(page.get_by_test_id("meeting-quarterly-review-contoso")).to_be_visible()
