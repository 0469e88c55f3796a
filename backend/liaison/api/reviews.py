"""Activities marked for editing: listed, and settled mark by mark."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.activity_views import show_activity, surroundings_of
from liaison.api.caller import user
from liaison.api.crm_port import Edited, Search
from liaison.api.repeating import Made, once
from liaison.api.routes import Routes
from liaison.api.schemas.activities import ActivitiesAnswer, ActivityAnswer
from liaison.api.schemas.reviews import ReviewQuery, ReviewRequest
from liaison.api.services import services
from liaison.api.viewer import editor, viewer
from liaison.calendar.crm_changes import note_activities
from liaison.calendar.linking.crm_side import follow_crm_edit
from liaison.calendar.linking.matched import log_match
from liaison.calendar.linking.settling import require_chosen
from liaison.calendar.model import NoteSource
from liaison.calendar.rules.contests import REASONS
from liaison.crm.model import Activity, Contact, Participant, PersonKind
from liaison.crm.record_fields import is_address
from liaison.crm.wishes import representative_participant
from liaison.errors import InvalidRequest, NotFound
from liaison.people.representatives import find_representatives
from liaison.policy.values import Conflict

# Whoever is in more meetings than this is met by the daily proof.
MOST_OTHERS = 200

reviews = Routes("Reviews", __name__, "Activities marked for editing.")


@reviews.get("/api/reviews")
@reviews.asks(ReviewQuery)
@reviews.answers(ActivitiesAnswer)
def list_reviews(query: dict[str, Any]) -> dict[str, Any]:
    """Activities that somebody has to look at; the marks stand in `review`."""
    who = viewer()
    wanted = Search(who.representative_id, who.is_administrator, mine=query["mine"], in_review=True)
    with services().database.transaction() as session:
        page = services().desk.search(session, wanted, limit=query["limit"], cursor=query["cursor"])
        around = surroundings_of(session, page.items)
    return {"items": [show_activity(one, around) for one in page.items], "next": page.next}


@reviews.post("/api/reviews/<uuid:activity_id>/resolve")
@reviews.takes(ReviewRequest)
@reviews.answers(ActivityAnswer)
def resolve(answer: dict[str, Any], activity_id: UUID) -> tuple[dict[str, Any], int]:
    """Say who somebody is, so that this address is known from now on; or set a mark aside."""

    def settle(session: Session) -> Made[dict[str, Any]]:
        edited = _settle(session, activity_id, answer)
        follow_crm_edit(session, services().tools, edited.before, edited.after, user())
        return Made(activity_id, _show(session, edited.after), 200)

    return once(settle, _read)


def _settle(session: Session, activity_id: UUID, answer: dict[str, Any]) -> Edited:
    editing = services().desk.edit(session, editor())
    address = answer["address"].strip().lower() if "address" in answer else None
    if address is None or "ignore" in answer:
        edited = editing.set_aside(activity_id, address=address, reason=answer.get("reason"))
        if answer.get("reason") == REASONS[Conflict.HOLD]:
            require_chosen(session, services().tools, activity_id)
        return edited
    edited = editing.enter(activity_id, address, _person(session, address, answer))
    log_match(session, services().tools, edited.before, edited.after, address, user())
    _look_at_others(session, activity_id, address)
    return edited


def _look_at_others(session: Session, activity_id: UUID, address: str) -> None:
    """Other meetings of this person are looked at again: who was not known to them is known now."""
    marked = services().desk.find_marked(session, address, limit=MOST_OTHERS)
    others = [one for one in marked if one != activity_id]
    note_activities(session, services().tools, others, NoteSource.DELTA)


def _person(session: Session, address: str, answer: dict[str, Any]) -> Participant:
    if "representative_id" in answer:
        found = find_representatives(session, [answer["representative_id"]])
        if not found:
            raise _nobody("representativeId", "representative")
        return representative_participant(found[answer["representative_id"]])
    contact = _contact(session, address, answer)
    services().contacts.remember_alias(session, contact.id, address)
    return Participant(PersonKind.CONTACT, contact.id, contact.name, address)


def _contact(session: Session, address: str, answer: dict[str, Any]) -> Contact:
    book = services().contacts
    if "new_contact" in answer:
        wishes = answer["new_contact"]
        own = [*wishes.get("addresses", ()), *([address] if is_address(address) else [])]
        return book.create_contact(session, wishes | {"addresses": own})
    found = book.find_contacts(session, [answer["contact_id"]])
    if not found:
        raise _nobody("contactId", "contact")
    return found[answer["contact_id"]]


def _nobody(member: str, kind: str) -> InvalidRequest:
    sentence = f"There is no such {kind}."
    return InvalidRequest(sentence, errors={member: [sentence]})


def _read(session: Session, activity_id: UUID) -> dict[str, Any]:
    found = services().crm.find_activities(session, [activity_id]).get(activity_id)
    if found is None or not may_see(found, viewer()):
        raise NotFound
    return _show(session, found)


def _show(session: Session, activity: Activity) -> dict[str, Any]:
    return show_activity(activity, surroundings_of(session, [activity]))
