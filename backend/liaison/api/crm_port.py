"""What the views ask of the CRM in a person's name. Each call joins the caller's transaction through `session`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.crm.model import Activity, Company, Contact, Participant
from liaison.crm.rights import Editor

Item = TypeVar("Item")


class Page(Protocol, Generic[Item]):
    """Some items, and the cursor of those after them; None at the end."""

    @property
    def items(self) -> list[Item]: ...
    @property
    def next(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Search:
    """Which activities are sought, by whom. `status` is planned, completed, cancelled or deleted."""

    representative_id: UUID | None
    is_administrator: bool
    text: str = ""
    company_id: UUID | None = None
    contact_id: UUID | None = None
    status: str | None = None
    ends_after: datetime | None = None
    starts_before: datetime | None = None
    mine: bool = False
    in_review: bool = False


class Edited(Protocol):
    """An activity before and after an edit; the very same where nothing differed."""

    @property
    def before(self) -> Activity: ...
    @property
    def after(self) -> Activity: ...


class Editing(Protocol):
    """One person's edits in one transaction.

    Everything raises `NotFound` (also for what the person may not see), `Forbidden`, `InvalidRequest`; changes also
    `VersionMismatch`.
    """

    def plan(self, wishes: Mapping[str, Any], *, key: UUID) -> Activity:
        """Make an activity; owner and organizer are the person unless others are named."""
        ...

    def read(self, wishes: Mapping[str, Any]) -> dict[str, Any]:
        """The members of `Activity` that are wished, checked; nothing is written."""
        ...

    def change(
        self,
        activity_id: UUID,
        wishes: Mapping[str, Any],
        *,
        if_version: int,
        locked_fields: frozenset[str] = frozenset(),
    ) -> Edited:
        """Change members. Raises `OwnedByOutlook` where one of the locked synced fields would differ."""
        ...

    def enter(self, activity_id: UUID, address: str, person: Participant) -> Edited:
        """Somebody who stands there by address is this person. Also raises `ReviewSettled`."""
        ...

    def set_aside(self, activity_id: UUID, *, address: str | None, reason: str | None) -> Edited:
        """Take a mark away, of an address or of a reason. Also raises `ReviewSettled`."""
        ...

    def delete(self, activity_id: UUID, *, if_version: int) -> Edited:
        """Hide it; it can be restored."""
        ...

    def restore(self, activity_id: UUID, *, if_version: int) -> Edited:
        """Show it again."""
        ...


class ActivityDesk(Protocol):
    """Where people work with activities."""

    def search(
        self, session: Session, wanted: Search, *, limit: int, cursor: str | None = None
    ) -> Page[Activity]:
        """Only what the viewer may see, the latest start first. Raises `InvalidRequest` for a foreign cursor."""
        ...

    def find_marked(self, session: Session, address: str, *, limit: int) -> list[UUID]:
        """Activities that are marked for editing because of this address (lower-case), whoever may see them."""
        ...

    def edit(self, session: Session, editor: Editor) -> Editing:
        """Begin this person's edits."""
        ...


class ContactBook(Protocol):
    """The contacts of the CRM. Raises `NotFound`, `VersionMismatch`, `InvalidRequest`."""

    def find_contacts(self, session: Session, ids: Collection[UUID]) -> dict[UUID, Contact]:
        """Those that exist and are not deleted."""
        ...

    def get_contact(self, session: Session, contact_id: UUID) -> Contact:
        """This one."""
        ...

    def search_contacts(
        self,
        session: Session,
        text: str = "",
        *,
        company_id: UUID | None = None,
        limit: int,
        cursor: str | None = None,
    ) -> Page[Contact]:
        """Those with words that begin as typed."""
        ...

    def create_contact(self, session: Session, wishes: Mapping[str, Any]) -> Contact:
        """Make one; the wishes are members of `Contact`."""
        ...

    def change_contact(
        self, session: Session, contact_id: UUID, wishes: Mapping[str, Any], *, if_version: int
    ) -> Contact:
        """Change members."""
        ...

    def remember_alias(self, session: Session, contact_id: UUID, address: str) -> None:
        """From now on this address finds this contact, and nobody else."""
        ...

    def delete_contact(
        self, session: Session, contact_id: UUID, *, if_version: int, now: datetime
    ) -> None:
        """Take it out of lists and matching."""
        ...


class CompanyBook(Protocol):
    """The companies of the CRM. Raises `NotFound`, `VersionMismatch`, `InvalidRequest`."""

    def find_companies(self, session: Session, ids: Collection[UUID]) -> dict[UUID, Company]:
        """Those that exist, deleted ones included."""
        ...

    def get_company(self, session: Session, company_id: UUID) -> Company:
        """This one."""
        ...

    def search_companies(
        self, session: Session, text: str = "", *, limit: int, cursor: str | None = None
    ) -> Page[Company]:
        """Those with words that begin as typed."""
        ...

    def create_company(self, session: Session, wishes: Mapping[str, Any]) -> Company:
        """Make one; the wishes are members of `Company`."""
        ...

    def change_company(
        self, session: Session, company_id: UUID, wishes: Mapping[str, Any], *, if_version: int
    ) -> Company:
        """Change members."""
        ...

    def delete_company(
        self, session: Session, company_id: UUID, *, if_version: int, now: datetime
    ) -> None:
        """Take it out of the lists."""
        ...
