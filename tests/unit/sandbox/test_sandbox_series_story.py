"""The series of the story, in whichever week it is told."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from liaison_sandbox.staging import stage_people, stage_week
from liaison_sandbox.tenant import Tenant

MONDAY = date(2026, 11, 23)


def told(today: date) -> Tenant:
    tenant = Tenant.create(lambda: datetime(2026, 11, 20, 9, tzinfo=UTC))
    stage_people(tenant)
    stage_week(tenant, today)
    return tenant


def shown(tenant: Tenant, name: str, subject: str) -> list[str]:
    person = tenant.person(f"{name}@nordwind.example")
    [series] = person.events(subject=subject, type="seriesMaster")
    window = datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 12, 24, tzinfo=UTC)
    return [f"{one.start:%a %d %H:%M}" for one in person.occurrences(series.id, *window)]


def test_the_team_meets_weekly_but_for_one_moved_and_one_cancelled():
    tenant = told(MONDAY)

    assert shown(tenant, "ann", "Sales team weekly") == [
        "Thu 26 08:00",
        "Fri 04 07:30",
        "Thu 17 08:00",
    ]


def test_the_customer_is_reviewed_monthly():
    assert shown(told(MONDAY), "bo", "Monthly review Contoso") == ["Fri 27 12:00"]


@pytest.mark.parametrize("today", [date(2026, month, 28) for month in range(1, 13)])
def test_the_story_can_be_told_in_every_month(today):
    tenant = told(today)

    assert len(tenant.person("ann@nordwind.example").events(type="seriesMaster")) == 2
    assert tenant.mails == []
