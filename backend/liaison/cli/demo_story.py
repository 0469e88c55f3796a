"""What the CRM of the demo holds: Nordwind's customers, and what its sales team plans this week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from liaison.crm.embedded import companies, contacts
from liaison.crm.embedded.activities import create_activities
from liaison.crm.model import (
    ActivityStatus,
    ActivityType,
    Actor,
    Company,
    Contact,
    NewActivity,
    Participant,
    PersonKind,
)
from liaison.crm.wishes import representative_participant
from liaison.people.model import Representative
from liaison.people.representatives import find_by_addresses
from liaison.times import When

STORY = UUID("0192f7a0-7c1e-7000-8000-1d2a3b4c5d6e")
TIME_ZONE = "Europe/Berlin"
THURSDAY = 3
ANN, BO, CARLA = "ann@nordwind.example", "bo@nordwind.example", "carla@nordwind.example"
# An address that two people read: it identifies nobody, and the pane says so.
SHARED = "office@contoso.example"
COMPANIES = {"Contoso": ("contoso.example",), "Fabrikam": ("fabrikam.example",)}
CONTACTS = (
    ("Ines", "Moreau", "Head of purchasing", "Contoso", ("ines@contoso.example", SHARED)),
    ("Jon", "Okafor", "Plant manager", "Contoso", ("jon@contoso.example", SHARED)),
    ("Kim", "Sato", "Engineer", "Fabrikam", ("kim@fabrikam.example",)),
)


@dataclass(frozen=True, slots=True)
class Plan:
    """`day` counts from the Monday of the story's week, the clock is the wall's in Berlin."""

    subject: str
    owner: str
    day: int
    clock: str
    company: str
    people: tuple[str, ...]
    type: ActivityType = ActivityType.APPOINTMENT
    regarding: str = ""
    outcome: str = ""
    next_step: str = ""


PLANS = (
    Plan("First talk about terms", ANN, -4, "10:00", "Contoso", ("Ines",), ActivityType.CALL,
         "Renewal", "They want to stay, price is open", "Send draft of the terms"),
    Plan("Renewal Contoso", ANN, 3, "15:00", "Contoso", ("Ines",), regarding="Renewal"),
    Plan("Quarterly review", ANN, 1, "10:00", "Contoso", ("Ines", "Jon")),
    Plan("Roll-out Contoso: prepare", BO, 4, "13:00", "Contoso", ("Jon",), ActivityType.OTHER),
    Plan("Fabrikam demo", BO, 2, "09:00", "Fabrikam", ("Kim",), regarding="Line 2"),
    Plan("Visit Fabrikam plant 2", ANN, 8, "13:00", "Fabrikam", ("Kim",), ActivityType.VISIT),
    Plan("Support Fabrikam 4711", CARLA, 2, "15:00", "Fabrikam", ("Kim",), ActivityType.CALL),
)  # fmt: skip


def seed(session: Session, now: datetime) -> None:
    """Fill the CRM. Repeatable: what is there already stays as it is. Plans of people who were not imported are left out."""
    firms = {name: _company(session, name, domains) for name, domains in COMPANIES.items()}
    known = {
        given_name: _contact(session, (given_name, surname), title, firms[firm], addresses)
        for given_name, surname, title, firm, addresses in CONTACTS
    }
    people = find_by_addresses(session, {plan.owner for plan in PLANS})
    monday = _monday(now.astimezone(ZoneInfo(TIME_ZONE)).date())
    for plan in PLANS:
        owner = people.get(plan.owner)
        if owner is not None:
            new = _activity(plan, owner, monday, firms, [known[name] for name in plan.people])
            create_activities(session, [new], Actor(owner.name, "crm", owner.id), now)


def _company(session: Session, name: str, domains: Iterable[str]) -> Company:
    ids = companies.find_ids_by_domains(session, set(domains))
    known = companies.find_companies(session, ids)
    wishes = {"name": name, "kind": "customer", "domains": list(domains)}
    return next(iter(known.values()), None) or companies.create_company(session, wishes)


def _contact(
    session: Session, name: tuple[str, str], title: str, firm: Company, addresses: tuple[str, ...]
) -> Contact:
    known = contacts.find_by_addresses(session, addresses[:1]).get(addresses[0])
    wishes = {
        "given_name": name[0],
        "surname": name[1],
        "job_title": title,
        "company_id": firm.id,
        "addresses": list(addresses),
    }
    return known[0] if known else contacts.create_contact(session, wishes)


def _activity(
    plan: Plan,
    owner: Representative,
    monday: date,
    firms: Mapping[str, Company],
    guests: Iterable[Contact],
) -> NewActivity:
    day = monday + timedelta(days=plan.day)
    wall = datetime.combine(day, time.fromisoformat(plan.clock), ZoneInfo(TIME_ZONE))
    start = wall.astimezone(UTC)
    fields = {
        "subject": plan.subject,
        "type": plan.type,
        "status": ActivityStatus.COMPLETED if plan.outcome else ActivityStatus.PLANNED,
        "when": When(start, start + timedelta(hours=1), TIME_ZONE),
        "owner_id": owner.id,
        "organizer": representative_participant(owner),
        "participants": tuple(
            Participant(PersonKind.CONTACT, one.id, one.name, one.addresses[0]) for one in guests
        ),
        "company_id": firms[plan.company].id,
        "regarding": plan.regarding,
        "outcome": plan.outcome,
        "next_step": plan.next_step,
    }
    return NewActivity(uuid5(STORY, f"{plan.subject} {day}"), fields)


def _monday(today: date) -> date:
    """From Friday on the story plays in the coming week."""
    weekday = today.weekday()
    return today - timedelta(days=weekday if weekday <= THURSDAY else weekday - 7)
