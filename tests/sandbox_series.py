"""A weekly series and what the tests of the stand-in ask about it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from liaison_sandbox.model import Event
from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant

# Mondays at nine in Berlin, from 2 November 2026 on.
FIRST = datetime(2026, 11, 2, 8, tzinfo=UTC)
SECOND, THIRD, FOURTH = (FIRST + timedelta(weeks=n) for n in (1, 2, 3))
NOVEMBER = (datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC))
WEEKLY = {"pattern": {"type": "weekly", "interval": 1}}
KIM = "kim@fabrikam.example"


def starts(person: Person, series: str) -> list[datetime]:
    return [one.start for one in person.occurrences(series, *NOVEMBER)]


def copy_of(person: Person, series: Event) -> Event:
    return next(one for one in person.events(ical_uid=series.ical_uid))


def mails_since(tenant: Tenant, number: int) -> list[tuple[str, str]]:
    return sorted((one.recipient, one.kind) for one in tenant.mails[number:])
