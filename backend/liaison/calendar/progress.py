"""What one run over one mailbox knows and has counted so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from liaison.calendar.model import Link, NotedItem
from liaison.calendar.observe import Observer
from liaison.calendar.passes import Decided, Pass
from liaison.calendar.rules.mail_budget import NOBODY, Mailing
from liaison.calendar.settle import Settled
from liaison.calendar.stores import decisions, links, mailboxes, noted, noted_outcomes
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.tools import Tools
from liaison.crm.model import SYNC_MASTER
from liaison.outlook.model import Mailbox
from liaison.outlook.port import Calendars
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy
from liaison.telemetry import current_trace_id

log = structlog.get_logger(__name__)


def _tell_nobody(_news: object) -> None:
    """Nobody waits for the run."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """What a run would write without a request of a person, and whom that mails, by activity."""

    item: NotedItem
    mailings: Mapping[UUID, Mailing]


@dataclass
class Progress:
    """`epoch`: set while a full round is read. `covered`: the events that the round of changes returned.

    `permits`: of what is decided only this is carried out, where a plan is applied. `chosen`: by event, the activity that
    somebody chose there. `hear`: hears what was decided.

    `markers`: our markers in the mailbox by event, None where they were not read.
    `deferred`: what waits until all is known that the run would send; `is_admitted`: it may be sent.
    `spent`: whom outside the same action mails in other mailboxes, disguised; `gathers`: that is not known yet, so that what
    was gathered is left to a later run. `mailed`: whom this run has mailed so far
    without being asked.

    `knows_window`: its whole window was read just now, whatever the cursor says.

    `wants_round`: something was told that only a round of changes can show. `tell`: hears how many decisions were taken,
    each time some were.
    """

    id: UUID
    tools: Tools
    row: FollowedMailbox
    representative: Representative
    policy: StoredPolicy
    mailbox: Mailbox
    observer: Observer
    epoch: datetime | None = None
    covered: set[str] = field(default_factory=set)
    markers: Mapping[str, str] | None = field(default_factory=dict)
    knows_window: bool = False
    wants_round: bool = False
    counts: Counter[str] = field(default_factory=Counter)
    ages: list[float] = field(default_factory=list)
    tell: Callable[[int], None] = _tell_nobody
    permits: Callable[[Decided], bool] | None = None
    chosen: Mapping[str, UUID] = field(default_factory=dict)
    deferred: list[Deferred] = field(default_factory=list)
    is_admitted: bool = False
    spent: frozenset[str] = frozenset()
    gathers: bool = False
    mailed: Mailing = NOBODY
    hear: Callable[[Sequence[Decided]], None] = _tell_nobody

    @property
    def calendars(self) -> Calendars:
        """Outlook's calendars."""
        return self.tools.outlook.calendars

    @property
    def gathered(self) -> list[UUID]:
        """The items that wait until all is known that the run would send."""
        return [later.item.id for later in self.deferred]

    def now(self) -> datetime:
        """The present instant."""
        return self.tools.clock.now()

    def this(self, *, was_pushed: bool = True) -> Pass:
        """What the decisions of this run have in common, as of now."""
        return Pass(
            actor=SYNC_MASTER,
            policy_version=self.policy.version,
            now=self.now(),
            run_id=self.id,
            trace_id=current_trace_id(),
            epoch=self.epoch,
            was_pushed=was_pushed,
            permits=self.permits,
            chosen=self.chosen,
        )

    def add(self, session: Session, settled: Settled) -> None:
        """Count what was settled, and wake the other mailboxes that have to look."""
        self.counts += settled.counts
        self.ages += settled.ages
        self.tell(settled.counts.total())
        self.hear(settled.decided)
        for mailbox_id in settled.wake:
            self.tools.wake_after_commit(session, mailbox_id)

    def save(self, **changes: Any) -> None:
        """Write members of the mailbox in a transaction of their own."""
        with self.tools.database.transaction() as session:
            mailboxes.save_mailbox(session, self.row.id, changes)

    def quarantine(self, event_id: str, error: Exception, item: NotedItem | None = None) -> None:
        """List one event as failed, so that it stops nobody else and is not forgotten.

        `item`: what it was looked at for. Noted again meanwhile it is looked at once more instead.
        """
        kind = type(error).__name__
        log.error("event-failed", event_id=event_id, run=str(self.id), error=kind, exc_info=error)
        self.covered.discard(event_id)
        with self.tools.database.transaction() as session:
            failed = item or noted.note_event(session, self.row.id, event_id, self.now())
            noted_outcomes.bury_item(session, failed, kind)
            why = {"why": "Liaison could not carry it out"}
            self.log_failure(session, event_id, "failed-permanent", why)

    def log_failure(
        self, session: Session, event_id: str, reason: str, facts: Mapping[str, Any]
    ) -> None:
        """Log that an event could not be looked at, if it is linked; count it in any case."""
        self.counts[reason] += 1
        link = self._find_link(session, event_id)
        if link is None:
            return
        entry = self.this().entry(
            reason,
            "look-again",
            mailbox_id=self.row.id,
            event_id=event_id,
            link_id=link.id,
            activity_id=link.activity_id,
            facts=facts,
        )
        decisions.log_decisions(session, [entry])

    def _find_link(self, session: Session, event_id: str) -> Link | None:
        """Also that of a meeting whose id in this mailbox is not known yet."""
        if event_id.startswith(noted.BY_ICAL_UID):
            meeting = (event_id.removeprefix(noted.BY_ICAL_UID), None)
            return links.find_links_by_meetings(session, [meeting]).get(meeting)
        return links.find_links_by_events(session, self.row.id, [event_id]).get(event_id)
