"""Reads a mailbox for a plan: all pages of its window and single events. The network, and nothing is written."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog

from liaison.calendar.identity import event_to_look_at
from liaison.calendar.marked_round import NOTHING_MARKED
from liaison.calendar.model import NotedItem
from liaison.calendar.observe import Observer
from liaison.calendar.progress import Progress
from liaison.calendar.rules.situation import Observation
from liaison.calendar.stores import mailboxes
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison.calendar.tools import Tools
from liaison.db.installation import has_marked
from liaison.errors import GatewayError
from liaison.outlook.model import DeltaPage, Mailbox
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy

Window = tuple[datetime, datetime]

log = structlog.get_logger(__name__)


@dataclass
class Reading:
    """What Outlook showed of one mailbox. `looks`: by noted event, None where nobody asks for it or it cannot be seen.

    All mailboxes of a plan are rehearsed together, perhaps several times, so that their pages are kept till the end:
    in memory only, since they show what the policy may exclude from being stored, and packed.
    """

    run: Progress
    looks: dict[str, Observation | None] = field(default_factory=dict)
    _packed: list[bytes] = field(default_factory=list)

    def keep(self, page: DeltaPage) -> None:
        """One more page was read."""
        self._packed.append(zlib.compress(pickle.dumps(page), level=1))

    def pages(self) -> Iterator[DeltaPage]:
        """What was read, one page at a time."""
        for one in self._packed:
            yield pickle.loads(zlib.decompress(one))  # noqa: S301 - packed above


def open_reading(
    tools: Tools, run_id: UUID, owner: Representative, policy: StoredPolicy
) -> Reading:
    """Of a mailbox that may never have been followed yet."""
    with tools.database.transaction() as session:
        row = mailboxes.find_mailbox(session, owner.id) or _never_followed(owner.id)
    mailbox = Mailbox(owner.tenant_id, owner.oid)
    return Reading(
        Progress(
            id=run_id,
            tools=tools,
            row=row,
            representative=owner,
            policy=policy,
            mailbox=mailbox,
            observer=Observer(tools.outlook, mailbox),
        )
    )


def pages_of(reading: Reading, window: Window) -> Iterator[DeltaPage]:
    """All pages of the window. The place up to which was read is forgotten. Raises `GatewayError`."""
    run = reading.run
    with run.tools.database.transaction() as session:
        marks = has_marked(session)
    run.markers = run.tools.outlook.writer.list_marked(run.mailbox) if marks else NOTHING_MARKED
    page = run.calendars.read_window(run.mailbox, *window)
    run.observer.has_answered = True
    yield page
    while page.next_link:
        page = run.calendars.read_changes(run.mailbox, page.next_link)
        yield page


def look_at(reading: Reading, item: NotedItem) -> None:
    """See what a run would see of a noted item. What cannot be seen is left out of the plan."""
    run = reading.run
    try:
        event_id = event_to_look_at(run, item)
        seen = run.observer.observe(event_id, item.seen_absent_at) if event_id else None
    except GatewayError as error:
        log.warning("plan-look-failed", run=str(run.id), error=error.code)
        seen = None
    reading.looks[item.event_id] = seen


def _never_followed(mailbox_id: UUID) -> FollowedMailbox:
    nothing: dict[str, Any] = dict.fromkeys(FollowedMailbox.__dataclass_fields__)
    plain = {"is_followed": False, "reads_window": False, "wants_delta": True, "attempts": 0}
    return FollowedMailbox(**{**nothing, **plain, "id": mailbox_id})
