"""Having workers look at mailboxes once what caused it is committed."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.services import services
from liaison.calendar.stores.mailboxes import make_all_due
from liaison.db.session import after_commit


def wake_all(session: Session) -> None:
    """Every mailbox is due: the service was started, or the sync user is ready."""
    wake(session, make_all_due(session, services().clock.now()))


def wake(session: Session, mailbox_ids: Iterable[UUID]) -> None:
    """Wake a worker for each, after the commit."""
    ids, call = list(mailbox_ids), services().wake
    after_commit(session, lambda: call(*ids))
