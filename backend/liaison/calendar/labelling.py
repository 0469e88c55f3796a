"""Puts labels on copies of linked meetings, and has copies looked at that may need some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.orm import Session

from liaison.calendar.model import Link, NoteSource
from liaison.calendar.passes import Pass
from liaison.calendar.rules.labels import (
    OWN_CATEGORIES,
    Labels,
    failure_of,
    labels_of,
    makes_link,
    wants_labels,
)
from liaison.calendar.settle import Settled
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import decisions, noted
from liaison.calendar.tools import Tools
from liaison.errors import ConsentMissing, GatewayError, RequestRejected
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.policy.settings import Policy

log = structlog.get_logger(__name__)


def labels_after(settled: Settled, public_url: str = "") -> list[Labels]:
    """What the copies lack that were just decided about; of each what was decided last."""
    found = {
        event_id_of(situation.source): labels_of(situation, decision, public_url)
        for situation, decision in settled.decided
        if situation.link and situation.link.original_start is None
    }
    return [labels for labels in found.values() if labels is not None]


def to_be_labelled(settled: Settled) -> set[str]:
    """The events that have to be looked at by themselves for the sake of their labels."""
    return _made(settled) | {labels.event_id for labels in labels_after(settled)}


def note_made(session: Session, mailbox_id: UUID, settled: Settled, now: datetime) -> None:
    """Have meetings looked at again that were linked just now."""
    noted.note_events(session, mailbox_id, _made(settled), NoteSource.DELTA, now)


def note_copies(session: Session, tools: Tools, link: Link, policy: Policy) -> None:
    """Have all copies of a meeting looked at whose link began or ended, where they get labels."""
    if not wants_labels(policy) or link.original_start is not None:
        return
    for copy in link.copies:
        if copy.is_present and copy.is_followed:
            now = tools.clock.now()
            noted.note_events(session, copy.mailbox_id, [copy.event_id], NoteSource.DELTA, now)
            tools.wake_after_commit(session, copy.mailbox_id)


def _made(settled: Settled) -> set[str]:
    return {
        event_id_of(situation.source)
        for situation, decision in settled.decided
        if makes_link(decision) and wants_labels(situation.policy)
    }


def put_on(tools: Tools, mailbox: Mailbox, labels: Iterable[Labels]) -> list[Labels]:
    """Write them; those that were written. Raises `GatewayError`, but not where Microsoft 365 refuses labels: the meeting is in step without.

    `EventChangedMeanwhile`: the copy has to be looked at again.
    """
    done = []
    for each in labels:
        try:
            _put(tools, mailbox, each)
        except (ConsentMissing, RequestRejected) as error:
            log.warning("labels-refused", error=error.code, event_id=each.event_id)
        else:
            done.append(each)
    return done


def mark_failed(tools: Tools, mailbox: Mailbox, link: Link, event_id: str) -> list[Labels]:
    """Let the category say that this meeting could not be brought into step; if that fails too, the text log says it."""
    try:
        event = tools.outlook.calendars.find_event(mailbox, event_id)
        labels = failure_of(link, event) if isinstance(event, CalendarEvent) else None
        return put_on(tools, mailbox, [labels] if labels else [])
    except GatewayError as error:
        log.warning("labels-refused", error=error.code, event_id=event_id)
        return []


def labelled(session: Session, mailbox_id: UUID, done: Iterable[Labels], this: Pass) -> Settled:
    """Log what was written."""
    entries = [
        this.entry(
            "marked",
            "label-event",
            mailbox_id=mailbox_id,
            event_id=each.event_id,
            link_id=each.link.id,
            activity_id=each.link.activity_id,
            facts={"what": each.what},
        )
        for each in done
    ]
    decisions.log_decisions(session, entries)
    return Settled(counts=Counter({"marked": len(entries)} if entries else {}))


def _put(tools: Tools, mailbox: Mailbox, labels: Labels) -> None:
    writer, etag = tools.outlook.writer, labels.etag
    if labels.lines:
        etag = writer.add_lines(mailbox, labels.event_id, labels.lines, etag).etag
    if labels.categories is None:
        return
    for name in set(OWN_CATEGORIES).intersection(labels.categories):
        writer.ensure_category(mailbox, name)
    writer.set_categories(mailbox, labels.event_id, labels.categories, etag)
