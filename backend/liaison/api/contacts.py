"""Contacts: people at customers, suppliers and partners."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.repeating import Made, once
from liaison.api.routes import Routes
from liaison.api.schemas.directory import (
    ContactAnswer,
    ContactQuery,
    ContactsAnswer,
    ContactValue,
)
from liaison.api.services import services
from liaison.api.standing import sent_back
from liaison.api.versions import required_version, version_or
from liaison.crm.model import Contact

contacts = Routes("Contacts", __name__, "People at customers, suppliers and partners.")


@contacts.get("/api/contacts")
@contacts.asks(ContactQuery)
@contacts.answers(ContactsAnswer)
def list_contacts(query: dict[str, Any]) -> Any:
    """Search contacts, by surname."""
    with services().database.transaction() as session:
        return services().contacts.search_contacts(
            session,
            query["query"],
            company_id=query["company_id"],
            limit=query["limit"],
            cursor=query["cursor"],
        )


@contacts.post("/api/contacts")
@contacts.takes(ContactValue)
@contacts.answers(ContactAnswer, 201)
def create_contact(wishes: dict[str, Any]) -> tuple[Contact, int]:
    """Make a contact."""

    def make(session: Session) -> Made[Contact]:
        made = services().contacts.create_contact(session, wishes)
        return Made(made.id, made)

    return once(make, services().contacts.get_contact)


@contacts.get("/api/contacts/<uuid:contact_id>")
@contacts.answers(ContactAnswer)
def read_contact(contact_id: UUID) -> Contact:
    """One contact."""
    return _find(contact_id)


@contacts.patch("/api/contacts/<uuid:contact_id>")
@sent_back(lambda contact_id: _find(contact_id), ContactAnswer)  # noqa: PLW0108 - it stands below
@contacts.takes(ContactValue)
@contacts.answers(ContactAnswer)
def change_contact(wishes: dict[str, Any], contact_id: UUID) -> Contact:
    """Change members of a contact. What is sent back as GET gave it is no wish."""
    version = required_version()
    with services().database.transaction() as session:
        return services().contacts.change_contact(session, contact_id, wishes, if_version=version)


@contacts.delete("/api/contacts/<uuid:contact_id>")
@contacts.answers(status=204)
def delete_contact(contact_id: UUID) -> None:
    """Take a contact out of lists and matching."""
    known, now = services().contacts, services().clock.now()
    with services().database.transaction() as session:
        version = version_or(lambda: known.get_contact(session, contact_id).version)
        known.delete_contact(session, contact_id, if_version=version, now=now)


def _find(contact_id: UUID) -> Contact:
    with services().database.transaction() as session:
        return services().contacts.get_contact(session, contact_id)
