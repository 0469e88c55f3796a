"""The CRM that comes with Liaison, as people work with it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.clock import Clock
from liaison.crm.embedded.editing import Editing, FindColleagues
from liaison.crm.embedded.pages import Page
from liaison.crm.embedded.search import ActivityQuery, Viewer, find_marked, search_activities
from liaison.crm.model import Activity
from liaison.crm.rights import Editor


class Wanted(Protocol):
    """A search as the web asks it."""

    @property
    def representative_id(self) -> UUID | None: ...
    @property
    def is_administrator(self) -> bool: ...
    @property
    def text(self) -> str: ...
    @property
    def company_id(self) -> UUID | None: ...
    @property
    def contact_id(self) -> UUID | None: ...
    @property
    def status(self) -> str | None: ...
    @property
    def ends_after(self) -> datetime | None: ...
    @property
    def starts_before(self) -> datetime | None: ...
    @property
    def mine(self) -> bool: ...
    @property
    def in_review(self) -> bool: ...


class EmbeddedDesk:
    """Joins the caller's transaction in everything it does."""

    def __init__(self, clock: Clock, find_colleagues: FindColleagues) -> None:
        """`clock` stamps changes; `find_colleagues` finds representatives by id."""
        self._clock = clock
        self._find_colleagues = find_colleagues

    def search(
        self, session: Session, wanted: Wanted, *, limit: int, cursor: str | None = None
    ) -> Page[Activity]:
        """Only what the viewer may see, the latest first."""
        query = ActivityQuery(
            text=wanted.text,
            company_id=wanted.company_id,
            contact_id=wanted.contact_id,
            status=wanted.status,
            ends_after=wanted.ends_after,
            starts_before=wanted.starts_before,
            mine=wanted.mine,
            in_review=wanted.in_review,
        )
        viewer = Viewer(wanted.representative_id, wanted.is_administrator)
        return search_activities(
            session, query, viewer, now=self._clock.now(), limit=limit, cursor=cursor
        )

    def find_marked(self, session: Session, address: str, *, limit: int) -> list[UUID]:
        """Activities that are marked for editing because of this address."""
        return find_marked(session, address, limit=limit)

    def edit(self, session: Session, editor: Editor) -> Editing:
        """Begin this person's edits."""
        return Editing(session, editor, self._clock.now(), self._find_colleagues)
