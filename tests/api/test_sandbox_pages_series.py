"""Series in the pretend Outlook: one occurrence, this and following, the whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from liaison_sandbox.ids import to_ews
from liaison_sandbox.pages import create_pages
from liaison_sandbox.person import Person
from liaison_sandbox.settings import Settings
from liaison_sandbox.tenant import Tenant
from sandbox_series import FIRST, NOVEMBER, SECOND, THIRD, WEEKLY, starts

NOVEMBER_SHOWN = "from=2026-11-01&to=2026-12-01"
DAILY = {"pattern": {"type": "daily", "interval": 2}}


@pytest.fixture
def tenant() -> Tenant:
    return Tenant.create(clock=lambda: datetime(2026, 11, 24, 8, tzinfo=UTC))


@pytest.fixture
def ann(tenant: Tenant) -> Person:
    return tenant.add_person("Ann Berg", "ann@nordwind.example")


@pytest.fixture
def team(ann: Person) -> str:
    return ann.create_event(subject="Team", start=FIRST, recurrence=WEEKLY)


@pytest.fixture
def settings() -> Settings:
    return Settings()


@pytest.fixture
def client(tenant: Tenant, settings: Settings) -> FlaskClient:
    app = create_pages(tenant, token_for=lambda address, **_: address, settings=settings)
    return app.test_client()


@pytest.fixture
def path(ann: Person) -> Callable[[str], str]:
    return lambda rest: f"/api/people/{ann.oid}/events{rest}"


def listed(client: FlaskClient, path: Callable[[str], str]) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = client.get(path(f"?{NOVEMBER_SHOWN}")).get_json()["items"]
    return items


def test_the_week_shows_occurrences_with_their_own_ids(client, ann, path, team):
    ann.change_occurrence(team, SECOND, subject="Late")

    shown = listed(client, path)

    assert [one["type"] for one in shown][:3] == ["occurrence", "exception", "occurrence"]
    assert {one["seriesMasterId"] for one in shown} == {team}
    assert shown[1]["originalStart"] == "2026-11-09T08:00:00Z"
    assert shown[0]["ewsId"] == to_ews(shown[0]["id"])


def test_the_pane_may_get_the_series_id_as_from_classic_outlook(client, path, settings, team):
    settings.pane_gets_master_id = True

    assert {one["ewsId"] for one in listed(client, path)} == {to_ews(team)}


def test_without_bounds_the_series_is_shown_a_year_around_now(client, path, team):
    shown = client.get(path("")).get_json()["items"]

    assert len(shown) == 56


def test_a_series_is_made_and_ended_in_the_form(client, ann, path):
    fields = {"subject": "Daily", "start": "2026-11-02T08:00:00Z", "recurrence": DAILY}
    made = client.post(path(""), json=fields).get_json()
    assert made["type"] == "seriesMaster"

    single = client.patch(path(f"/{made['id']}"), json={"recurrence": None}).get_json()
    assert (single["type"], single["id"]) == ("singleInstance", made["id"])

    again = client.patch(path(f"/{made['id']}"), json={"recurrence": DAILY}).get_json()
    assert again["recurrence"]["pattern"]["interval"] == 2
    assert len(ann.occurrences(made["id"], *NOVEMBER)) == 15


def test_one_occurrence_is_changed_by_its_own_id(client, ann, path, team):
    one = ann.occurrence(team, SECOND)

    changed = client.patch(path(f"/{one.id}"), json={"subject": "Late"}).get_json()

    assert (changed["type"], changed["subject"]) == ("exception", "Late")
    assert ann.event(team).subject == "Team"


def test_the_whole_series_is_read_and_changed_by_its_masters_id(client, path, team):
    master = client.get(path(f"/{team}")).get_json()
    changed = client.patch(path(f"/{team}"), json={"subject": "All"}).get_json()

    assert master["recurrence"]["pattern"]["type"] == "weekly"
    assert {one["subject"] for one in listed(client, path)} == {"All"}
    assert changed["icalUid"] == master["icalUid"]


def test_this_and_following_becomes_a_meeting_of_its_own(client, ann, path, team):
    one = ann.occurrence(team, THIRD)

    made = client.patch(path(f"/{one.id}/following"), json={"subject": "New"}).get_json()

    assert starts(ann, team) == [FIRST, SECOND]
    assert made["icalUid"] != ann.event(team).ical_uid


def test_this_and_following_can_be_deleted(client, ann, path, team):
    one = ann.occurrence(team, THIRD)

    assert client.delete(path(f"/{one.id}/following")).status_code == 204
    assert starts(ann, team) == [FIRST, SECOND]


def test_from_the_first_one_on_the_whole_series_is_deleted(client, ann, path, team):
    one = ann.occurrence(team, FIRST)

    client.delete(path(f"/{one.id}/following"))

    assert ann.events() == []


@pytest.mark.parametrize(
    "recurrence",
    [
        {},
        {"pattern": "daily"},
        {"pattern": {"type": "daily"}, "range": []},
        {"pattern": {"type": "daily"}, "range": {"recurrenceTimeZone": []}},
        {"pattern": {"type": "hourly"}},
        {"pattern": {"type": "daily"}, "range": {"type": "endDate", "endDate": "2020-01-01"}},
    ],
)
def test_a_wrong_recurrence_is_a_sentence(client, path, recurrence):
    fields = {"subject": "X", "start": "2026-11-02T08:00:00Z", "recurrence": recurrence}

    answer = client.post(path(""), json=fields)

    assert (answer.status_code, answer.get_json()["error"][-1]) == (400, ".")


def test_only_an_occurrence_has_followers(client, ann, path):
    single = ann.create_event(subject="Offer", start=FIRST)

    assert client.delete(path(f"/{single}/following")).status_code == 409
