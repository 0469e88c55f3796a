"""What a person does with a link: unlink, sync now, retry, retract."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.labelling import note_copies
from liaison.calendar.linking.link import pass_of
from liaison.calendar.linking.meetings import own_representative
from liaison.calendar.linking.resuming import resume_undone
from liaison.calendar.linking.retraction import erase
from liaison.calendar.linking.rights import get_link_to_act_on
from liaison.calendar.linking.values import Person
from liaison.calendar.model import Copy, Link, LinkState, NoteSource, Scope
from liaison.calendar.rules.endings import ended, whose
from liaison.calendar.stores import decisions, links, noted
from liaison.calendar.stores.decisions import LogFilter, StoredDecision
from liaison.calendar.stores.held_mails import SentOrNot, settle_mails
from liaison.calendar.tools import Tools
from liaison.errors import LinkEnded, LinkFrozen, NotFound, ServiceStopped, SyncUserLocked
from liaison.people import service_switch, sync_user
from liaison.policy.store import read_policy

LONGEST_WAIT = timedelta(seconds=5)
NOTHING_KEPT: dict[str, Any] = {"contested": {}, "sent": {}}
PAUSE = timedelta(milliseconds=50)


def unlink(tools: Tools, person: Person, link_id: UUID) -> Link:
    """End the link; meeting and activity stay as they are. One that has ended stays as it is."""
    own = own_representative(person)
    get_link_to_act_on(tools, person, link_id)
    with tools.database.transaction() as session:
        link = _lock(session, link_id)
        if link.state is LinkState.ENDED:
            return link
        policy = read_policy(session)
        this = pass_of(tools, own, policy)
        links.save_links(session, [(link, ended("unlinked-by-person", own.name, this.now))])
        entry = this.entry("unlinked-by-person", "end-link", **whose(link, own.id))
        decisions.log_decisions(session, [entry])
        settle_mails(session, [link.activity_id], SentOrNot.GONE, this.now)
        note_copies(session, tools, link, policy.policy)
        if link.scope is Scope.OCCURRENCE:
            # The series' own activity has this occurrence again.
            _note_governing(session, tools, link, NoteSource.LINK)
        return _lock(session, link_id)


def retract(tools: Tools, person: Person, link_id: UUID) -> Link:
    """End the link and erase what the CRM holds of the meeting, in one transaction. Outlook is not touched."""
    own = own_representative(person)
    get_link_to_act_on(tools, person, link_id)
    with tools.database.transaction() as session:
        link = _lock(session, link_id)
        this = pass_of(tools, own, read_policy(session))
        erase(session, tools, link, this)
        settle_mails(session, [link.activity_id], SentOrNot.GONE, this.now)
        forgotten = {"baseline": None, "organizer_address": "", **NOTHING_KEPT}
        links.save_links(session, [(link, ended("retracted", own.name, this.now) | forgotten)])
        entry = this.entry("retracted", "retract", **whose(link, own.id))
        decisions.log_decisions(session, [entry])
        return _lock(session, link_id)


def retry(tools: Tools, person: Person, link_id: UUID) -> Link:
    """Have the sync look at the meeting again, also if it was given up. Raises `LinkEnded`, `LinkFrozen`."""
    get_link_to_act_on(tools, person, link_id)
    with tools.database.transaction() as session:
        link = _lock(session, link_id)
        _refuse_idle(link)
        resume_undone(session, tools, person, link)
        _note_for_person(session, tools, link)
    return link


def sync_now(
    tools: Tools,
    person: Person,
    link_id: UUID,
    *,
    pause: Callable[[float], None] = time.sleep,
) -> list[StoredDecision] | None:
    """Have the sync look at this meeting now and wait for it; None when it takes longer than five seconds.

    Raises `ServiceStopped`, `SyncUserLocked`, `LinkEnded`, `LinkFrozen`.
    """
    get_link_to_act_on(tools, person, link_id)
    with tools.database.transaction() as session:
        if not service_switch.read_service(session).running:
            raise ServiceStopped
        if not sync_user.read_sync_user(session).is_ready:
            raise SyncUserLocked
        link = _lock(session, link_id)
        _refuse_idle(link)
        since = tools.clock.now()
        resume_undone(session, tools, person, link)
        copy = _note_for_person(session, tools, link)
    deadline = time.monotonic() + LONGEST_WAIT.total_seconds()
    while time.monotonic() < deadline:
        if _is_done(tools, copy):
            wanted = LogFilter(link_id=link_id, since=since)
            with tools.database.transaction() as session:
                return decisions.list_decisions(session, wanted, limit=50)
        pause(PAUSE.total_seconds())
    return None


def _lock(session: Session, link_id: UUID) -> Link:
    link = links.find_link(session, link_id, lock=True)
    if link is None:
        raise NotFound
    return link


def _refuse_idle(link: Link) -> None:
    if link.state is LinkState.ENDED:
        raise LinkEnded
    if link.state is LinkState.FROZEN and not any(copy.is_followed for copy in link.copies):
        raise LinkFrozen


def _note_for_person(session: Session, tools: Tools, link: Link) -> Copy:
    """Raises `LinkFrozen` where no mailbox with a copy can be read."""
    copy = _note_governing(session, tools, link, NoteSource.PERSON)
    if copy is None:
        raise LinkFrozen
    return copy


def _note_governing(session: Session, tools: Tools, link: Link, source: NoteSource) -> Copy | None:
    """Note the copy that governs."""
    copy = governing_copy(link)
    if copy is None:
        return None
    noted.note_events(session, copy.mailbox_id, [copy.event_id], source, tools.clock.now())
    tools.wake_after_commit(session, copy.mailbox_id)
    return copy


def _is_done(tools: Tools, copy: Copy) -> bool:
    """Whether it was looked at; what has to be looked at once more waits for a later time."""
    with tools.database.transaction() as session:
        item = noted.find_item(session, copy.mailbox_id, copy.event_id)
    return item is None or item.is_dead or item.next_at > tools.clock.now()
