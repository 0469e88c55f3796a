"""Sensible values of which a test overrides what matters to it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from liaison.crm.model import Contact, NewActivity, Participant, PersonKind
from liaison.people.model import Representative
from liaison.times import When
from people import ANN, CONTOSO

MONDAY_TEN = datetime(2026, 11, 23, 9, tzinfo=UTC)


def a_time(start: datetime = MONDAY_TEN, **length: float) -> When:
    """A timed span in Berlin, an hour unless said otherwise."""
    return When(start, start + timedelta(**length or {"hours": 1}), "Europe/Berlin")


def a_representative_participant(one: Representative = ANN, **members: Any) -> Participant:
    """One of ours who takes part."""
    return Participant(PersonKind.REPRESENTATIVE, one.id, one.name, one.address, **members)


def a_contact_participant(one: Contact, **members: Any) -> Participant:
    """Somebody of theirs who takes part."""
    return Participant(PersonKind.CONTACT, one.id, one.name, one.addresses[0], **members)


def a_stranger(address: str = "mia@unknown.example", **members: Any) -> Participant:
    """Somebody nobody knows."""
    return Participant(PersonKind.OTHER, None, members.pop("name", "Mia"), address, **members)


def activity_fields(**members: Any) -> dict[str, Any]:
    """What a new activity needs: Ann's appointment on Monday at ten."""
    defaults = {
        "subject": "Renewal Contoso",
        "when": a_time(),
        "owner_id": ANN.id,
        "organizer": a_representative_participant(),
    }
    return defaults | members


def a_new_activity(**members: Any) -> NewActivity:
    """An activity to be made, with a key of its own."""
    return NewActivity(members.pop("key", None) or uuid4(), activity_fields(**members))


def a_contact(**members: Any) -> dict[str, Any]:
    """The members of a contact at Contoso, as they are given to the CRM."""
    defaults = {"given_name": "Ines", "surname": "Moreau", "addresses": ["ines@contoso.example"]}
    return defaults | members


def a_company(**members: Any) -> dict[str, Any]:
    """The members of a company, as they are given to the CRM."""
    return {"name": CONTOSO.name, "kind": "customer", "domains": ["contoso.example"]} | members


PLAN = {
    "subject": "Renewal",
    "start": a_time().start,
    "end": a_time().end,
    "time_zone": "Europe/Berlin",
}
