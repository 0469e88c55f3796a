"""Activities that are marked for editing, and what people answer, over HTTP."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from api_world import World
from builders import a_contact, a_new_activity, a_representative_participant, a_stranger
from liaison.crm.embedded import contacts
from liaison.crm.model import Activity, Contact, Participant, ReviewNote
from liaison.people.model import Representative
from people import ANN, BO

MIA = "mia@unknown.example"
UNKNOWN = ReviewNote("participants-unknown", MIA)


def marked(
    world: World,
    *more: Participant,
    review: tuple[ReviewNote, ...] = (UNKNOWN,),
    **members: Any,
) -> Activity:
    """Ann's activity with Bo and somebody unknown."""
    people = (
        a_representative_participant(),
        a_representative_participant(BO),
        a_stranger(MIA, role="optional", response="accepted", invite=True),
        *more,
    )
    return world.plan(a_new_activity(participants=people, review=review, **members))


def resolve(
    world: World,
    activity: Activity,
    answer: dict[str, Any],
    by: Representative = ANN,
    **headers: str,
) -> TestResponse:
    return world.as_(by).post(f"/api/reviews/{activity.id}/resolve", answer, **headers)


def add_contact(world: World, **members: Any) -> Contact:
    with world.services.database.transaction() as session:
        return contacts.create_contact(session, a_contact(**members))


def found_by(world: World, *addresses: str) -> dict[str, list[Any]]:
    with world.services.database.transaction() as session:
        found = world.services.crm.find_contacts(session, addresses)
    return {address: [one.id for one in carriers] for address, carriers in found.items()}


def participants_of(answer: TestResponse) -> list[tuple[str, str | None, str]]:
    return [(one["kind"], one["id"], one["address"]) for one in answer.json["participants"]]
