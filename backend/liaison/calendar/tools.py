"""What the parts of a run work with; put together by bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.clock import Clock
from liaison.crm.port import Crm
from liaison.db.session import Database, after_commit
from liaison.outlook.port import Outlook


class Wake(Protocol):
    """Asks the workers to look at these mailboxes, in this order."""

    def __call__(self, *mailbox_ids: UUID) -> None: ...


def _left_to_the_sweep(_initial_run_id: UUID) -> None:
    """Nobody is told; the sweep finds it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """`lease`: enters with True for one worker at a time per mailbox.

    `begin_run`: has a worker begin with an initial sync.

    `jitter`: a number from 0 to 1, so that what was due together does not stay together. `public_url`: where people
    reach our pages.
    """

    database: Database
    crm: Crm
    outlook: Outlook
    clock: Clock
    wake: Wake
    lease: Callable[[UUID], AbstractContextManager[bool]]
    jitter: Callable[[], float]
    begin_run: Callable[[UUID], None] = _left_to_the_sweep
    public_url: str = "http://localhost"

    def wake_after_commit(self, session: Session, mailbox_id: UUID) -> None:
        """Wake the workers for this mailbox once what was noted is stored."""
        after_commit(session, lambda: self.wake(mailbox_id))

    def begin_after_commit(self, session: Session, initial_run_id: UUID) -> None:
        """Have a worker begin with an initial sync once it is stored."""
        after_commit(session, lambda: self.begin_run(initial_run_id))
