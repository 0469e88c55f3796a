"""Carries out what was decided for Outlook, after the transaction of the decision.

The item stays noted until the write was answered and stored: whatever is lost in between is decided again after a
fresh look, and what had arrived shows as agreed then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.changing import change_event
from liaison.calendar.labelling import to_be_labelled
from liaison.calendar.model import Link, LinkState, NoteSource
from liaison.calendar.passes import Decided, Pass
from liaison.calendar.progress import Progress
from liaison.calendar.rules.decision import CancelEvent, ChangeEvent
from liaison.calendar.rules.endings import ended
from liaison.calendar.rules.situation import Seen
from liaison.calendar.settle import Settled, settle
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import decisions, links, noted
from liaison.calendar.tools import Tools
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.policy.store import StoredPolicy

CANCELLED = "event-cancelled-by-crm"


@dataclass(frozen=True, slots=True)
class Desk:
    """With what an event of one mailbox is written, by a run or at the request of a person.

    `this`: what the decisions have in common, as of now. `hear`: hears what was settled after a write.
    """

    tools: Tools
    mailbox_id: UUID
    mailbox: Mailbox
    policy: StoredPolicy
    this: Callable[[], Pass]
    hear: Callable[[Session, Settled], None]


def desk_of(run: Progress) -> Desk:
    """The desk of a run."""
    return Desk(run.tools, run.row.id, run.mailbox, run.policy, run.this, run.add)


def note_writes(
    session: Session,
    mailbox_id: UUID,
    settled: Settled,
    this: Pass,
    source: NoteSource = NoteSource.DELTA,
) -> None:
    """Have the events looked at by themselves that are to be written: each write follows a look of its own."""
    events = {event_id_of(situation.source) for situation, _ in settled.writes}
    events |= to_be_labelled(settled)
    noted.note_events(session, mailbox_id, events, source, this.now)


def write(desk: Desk, writes: Iterable[Decided]) -> None:
    """Write to Outlook what was decided, and store what came of it. Raises `GatewayError`; nothing is lost then.

    `EventChangedMeanwhile`: somebody was faster, and all of it has to be decided afresh.
    """
    for situation, decision in writes:
        link = situation.link
        match decision.outlook:
            case ChangeEvent() as change if link:
                now = desk.this().now
                event = change_event(desk.tools.outlook, desk.mailbox, change, now)
                _store_change(desk, link, change, event)
            case CancelEvent() as cancel if link:
                _cancel(desk, cancel)
                _store_cancel(desk, link, cancel)


def _store_change(desk: Desk, link: Link, change: ChangeEvent, event: CalendarEvent) -> None:
    """The ordinary rules take over what Outlook made of it, knowing what was written."""
    with desk.tools.database.transaction() as session:
        settled = settle(
            session,
            desk.tools.crm,
            desk.mailbox_id,
            [Seen(event)],
            desk.policy,
            desk.this(),
            written={link.id: change},
        )
        note_writes(session, desk.mailbox_id, settled, desk.this())
        desk.hear(session, settled)


def _cancel(desk: Desk, cancel: CancelEvent) -> None:
    event_id = _event_to_cancel(desk, cancel)
    writer = desk.tools.outlook.writer
    if event_id is None:
        return
    if cancel.has_attendees:
        writer.cancel_event(desk.mailbox, event_id)
    else:
        writer.delete_event(desk.mailbox, event_id)


def _event_to_cancel(desk: Desk, cancel: CancelEvent) -> str | None:
    """The event itself, or the one occurrence that is meant, if it is still there."""
    if cancel.original_start is None:
        return cancel.event_id
    found = desk.tools.outlook.calendars.find_occurrence(
        desk.mailbox, cancel.event_id, cancel.original_start
    )
    return found.event_id if found else None


def _store_cancel(desk: Desk, link: Link, cancel: CancelEvent) -> None:
    this = desk.this()
    with desk.tools.database.transaction() as session:
        now = links.find_link(session, link.id, lock=True)
        if now is None or now.state is LinkState.ENDED:
            return
        members = ended(CANCELLED, this.actor.name, this.now) | {"going_out": frozenset()}
        links.save_links(session, [(now, members)])
        entry = this.entry(
            CANCELLED,
            "cancel-event",
            mailbox_id=desk.mailbox_id,
            event_id=cancel.event_id,
            link_id=link.id,
            activity_id=link.activity_id,
            facts={"taken": True},
        )
        decisions.log_decisions(session, [entry])
        settled = Settled()
        settled.counts[CANCELLED] += 1
        desk.hear(session, settled)
