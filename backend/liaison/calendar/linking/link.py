"""Links an open meeting to an activity, in one transaction and in the person's own name."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.labelling import note_copies
from liaison.calendar.linking.claiming import as_known, claim, give_up_continued, told_of_rivals
from liaison.calendar.linking.governing import Governing, find_governing, meant
from liaison.calendar.linking.meetings import find_meeting, own_representative
from liaison.calendar.linking.values import Linked, MeetingQuery, Person
from liaison.calendar.model import Link, LinkState, NoteSource, Scope
from liaison.calendar.passes import Pass
from liaison.calendar.rules.ended import REMOVAL_REASONS
from liaison.calendar.rules.situation import Seen
from liaison.calendar.settle import settle
from liaison.calendar.sights import meeting_of
from liaison.calendar.stores import copies, links, noted
from liaison.calendar.tools import Tools
from liaison.calendar.veiling import veil_event
from liaison.calendar.writing import note_writes
from liaison.crm.model import Activity, Actor
from liaison.crm.rights import may_see
from liaison.errors import Conflict, NotFound, VersionMismatch
from liaison.outlook.model import CalendarEvent
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy, read_policy
from liaison.telemetry import current_trace_id


def link_meeting(
    tools: Tools, person: Person, query: MeetingQuery, activity_id: UUID, scope: Scope
) -> Linked:
    """Link the open meeting; the same again changes nothing. Outlook's values win once, the old ones are in the log.

    Raises `AlreadyLinked`, `ActivityTaken`, `NotFound`, `Conflict` (deleted activity), and what finding the meeting and
    the copy to follow raises.
    """
    own = own_representative(person)
    found = find_meeting(tools, person, query)
    governing = find_governing(tools, person, found, scope)
    with told_of_rivals(), tools.database.transaction() as session:
        activity = _get_activity(session, tools, activity_id, own)
        event = as_known(session, governing.event or meant(found, scope), governing.copies)
        policy = read_policy(session)
        event = veil_event(session, governing.mailbox_id, event, policy.policy.private)
        this = pass_of(tools, own, policy)
        is_back = _was_removed(session, event, activity_id)
        if is_back:
            sync_first(session, tools, governing, policy, this)
        give_up_continued(session, event, activity_id, own, this)
        link, is_new = claim(session, tools, event, activity_id, scope, own)
        if not (is_new or is_back):
            return Linked(link, activity, created=False)
        copies.save_copies(session, [(link.id, copy) for copy in governing.copies], None)
        if governing.event:
            sync_first(session, tools, governing, policy, this)
        else:
            _follow_later(session, tools, governing, link)
        linked = linked_now(session, tools, link.id)
        note_copies(session, tools, linked.link, policy.policy)
        return linked


def pass_of(tools: Tools, own: Representative, policy: StoredPolicy) -> Pass:
    """What the decisions of a person's request have in common. What the sync writes for him makes no echo."""
    actor = Actor(own.name, "sync", own.id)
    return Pass(actor, policy.version, tools.clock.now(), trace_id=current_trace_id())


def linked_now(session: Session, tools: Tools, link_id: UUID) -> Linked:
    """The link and its activity as they are after it was claimed."""
    link = links.find_link(session, link_id)
    if link is None or link.state is LinkState.ENDED:
        raise VersionMismatch
    activity = tools.crm.find_activities(session, [link.activity_id]).get(link.activity_id)
    return Linked(link, activity, created=True)


def _get_activity(
    session: Session, tools: Tools, activity_id: UUID, own: Representative
) -> Activity:
    activity = tools.crm.find_activities(session, [activity_id]).get(activity_id)
    if activity is None or not may_see(activity, own.id):
        raise NotFound("There is no such activity, or you may not see it.")
    if activity.deleted_at:
        raise Conflict("This activity is deleted. Restore it before you link it.")
    return activity


def _was_removed(session: Session, event: CalendarEvent, activity_id: UUID) -> bool:
    """Whether the sync had removed this very activity with the meeting; then it is restored like the sync would."""
    meeting = meeting_of(event)
    link = links.find_links_by_meetings(session, [meeting]).get(meeting)
    if link is None or link.state is not LinkState.ENDED or link.activity_id != activity_id:
        return False
    return link.ended_reason in REMOVAL_REASONS


def sync_first(
    session: Session, tools: Tools, governing: Governing, policy: StoredPolicy, this: Pass
) -> None:
    """Settle what was read, for all links of the meeting. What the CRM changed since is written by the sync."""
    if governing.source is None:
        return
    seen = Seen(governing.source)
    settled = settle(session, tools.crm, governing.mailbox_id, [seen], policy, this)
    note_writes(session, governing.mailbox_id, settled, this, NoteSource.PERSON)
    if settled.writes:
        tools.wake_after_commit(session, governing.mailbox_id)
    for mailbox_id in settled.wake:
        tools.wake_after_commit(session, mailbox_id)


def _follow_later(session: Session, tools: Tools, governing: Governing, link: Link) -> None:
    """Microsoft 365 does not show the organizer's copy right now: the sync looks for it by the meeting's uid."""
    wanted = noted.by_ical_uid(link.ical_uid)
    noted.note_events(session, governing.mailbox_id, [wanted], NoteSource.LINK, tools.clock.now())
    tools.wake_after_commit(session, governing.mailbox_id)
