"""What people changed in the CRM, noted for the mailboxes that have to look. No network here.

Called in the transaction of the change; a sweep does the same for what was left over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import (
    CANCELLATION,
    Copy,
    Link,
    LinkState,
    LoggedDecision,
    NoteSource,
)
from liaison.calendar.rules.endings import ended
from liaison.calendar.rules.outgoing import INACTIVE, asks_for_event, is_over, leaves_meeting
from liaison.calendar.rules.taking_away import CANCELLED
from liaison.calendar.stores import decisions, held_mails, links, mailboxes, noted
from liaison.calendar.stores.held_mails import SentOrNot
from liaison.calendar.tools import Tools
from liaison.crm.model import SYNC_MASTER, Activity, CrmChange
from liaison.policy.settings import Policy
from liaison.policy.store import StoredPolicy, read_policy
from liaison.reasons.model import Outcome
from liaison.telemetry import current_trace_id

AT_ONCE = 500
ENDING = frozenset({"status", "deleted_at"})
# What Outlook shows of an activity, or what decides whether it shows it at all. The rest is the CRM's alone.
CARRIED = frozenset(
    {
        "subject",
        "notes",
        "when",
        "place",
        "recurrence",
        "participants",
        "organizer",
        "type",
        "status",
        "review",
        "deleted_at",
        "transfer_to_outlook",
    }
)


def note_crm_changes(
    session: Session, tools: Tools, activity_ids: Sequence[UUID] | None = None
) -> int:
    """Note what people changed of these activities, or of all (None), and wake the mailboxes; how many changes."""
    changes = tools.crm.take_changes(session, activity_ids, limit=AT_ONCE)
    concerned = {one.activity_id for one in changes if _concerns_outlook(one)}
    ending = {one.activity_id: one.actor for one in changes if not ENDING.isdisjoint(one.fields)}
    if ending:
        _end_links(session, tools, ending)
    if concerned:
        note_activities(session, tools, concerned)
    return len(changes)


def note_activities(
    session: Session,
    tools: Tools,
    activity_ids: Iterable[UUID],
    source: NoteSource = NoteSource.CRM,
) -> None:
    """Have the governing mailboxes look at the events of these activities, those to be made among them."""
    found = tools.crm.find_activities(session, sorted(activity_ids))
    latest = links.find_latest_links(session, found)
    stored, now = read_policy(session), tools.clock.now()
    policy = stored.policy
    for activity in found.values():
        link = latest.get(activity.id)
        place = _where_to_look(session, activity, link, policy)
        if place is None and (link is None or link.state is LinkState.ENDED):
            held_mails.settle_mails(session, [activity.id], SentOrNot.GONE, now)
        if place is None and link is None:
            _tell_why_not(session, activity, stored, now)
        if place is not None:
            mailbox_id, event_id = place
            noted.note_events(session, mailbox_id, [event_id], source, now)
            tools.wake_after_commit(session, mailbox_id)


def governing_copy(link: Link) -> Copy | None:
    """The copy that an activity follows: the organizer's, else that of the smallest mailbox; None if none can be read."""
    readable = [copy for copy in link.copies if copy.is_followed]
    if not readable:
        return None
    return min(readable, key=lambda one: (not one.is_organizer, not one.is_present, one.mailbox_id))


def _end_links(session: Session, tools: Tools, ending: Mapping[UUID, str]) -> None:
    """Of activities that somebody cancelled or deleted: the link ends here, or the meeting is to be taken away.

    Of those that somebody restored in time the meeting stays.
    """
    found = tools.crm.find_activities(session, sorted(ending))
    tied = links.find_links_of_activities(session, found)
    stored = read_policy(session)
    for link in links.lock_links_by_ids(session, [one.id for one in tied.values()]):
        if link.state is LinkState.ENDED or link.awaits_event:
            continue
        if not is_over(found[link.activity_id]):
            links.save_links(session, [(link, {"going_out": link.going_out - {CANCELLATION}})])
        elif leaves_meeting(link, stored.policy):
            actor = ending[link.activity_id]
            _end(session, link, actor, stored.version, tools.clock.now())
        else:
            links.save_links(session, [(link, {"going_out": link.going_out | {CANCELLATION}})])


def _tell_why_not(
    session: Session, activity: Activity, stored: StoredPolicy, now: datetime
) -> None:
    """Said once, as long as nothing else happens."""
    if not asks_for_event(activity, stored.policy):
        return
    if decisions.last_reason(session, activity.id) == INACTIVE:
        return
    entry = LoggedDecision(
        reason=INACTIVE,
        action="leave",
        outcome=Outcome.SKIPPED,
        actor=SYNC_MASTER.name,
        policy_version=stored.version,
        at=now,
        trace_id=current_trace_id(),
        activity_id=activity.id,
        facts={"organizer": activity.organizer.name},
    )
    decisions.log_decisions(session, [entry])


def _end(session: Session, link: Link, actor: str, policy_version: int, now: datetime) -> None:
    links.save_links(session, [(link, ended(CANCELLED, actor, now))])
    entry = LoggedDecision(
        reason=CANCELLED,
        action="end-link",
        outcome=Outcome.APPLIED,
        actor=actor,
        policy_version=policy_version,
        at=now,
        trace_id=current_trace_id(),
        link_id=link.id,
        activity_id=link.activity_id,
    )
    decisions.log_decisions(session, [entry])


def _concerns_outlook(change: CrmChange) -> bool:
    return not CARRIED.isdisjoint(change.fields)


def _where_to_look(
    session: Session, activity: Activity, link: Link | None, policy: Policy
) -> tuple[UUID, str] | None:
    """The mailbox and the event that waits there; None where nothing of it is to be seen in Outlook.

    What had a link that ended goes out only when a person asks for just that.
    """
    if link is not None and link.state is LinkState.ENDED:
        return None
    if link is not None:
        copy = governing_copy(link)
        return (copy.mailbox_id, copy.event_id) if copy else None
    organizer_id = activity.organizer.id
    if organizer_id is None or not asks_for_event(activity, policy):
        return None
    if not mailboxes.find_followed(session, [organizer_id]):
        return None
    return organizer_id, noted.by_activity(activity.id)
