"""What the pane shows: one meeting with everything about it, my meetings, my links."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.linking.comparing import compare
from liaison.calendar.linking.meetings import find_meeting, own_representative
from liaison.calendar.linking.rights import get_link_to_act_on
from liaison.calendar.linking.suggesting import suggest
from liaison.calendar.linking.values import (
    FoundMeeting,
    MeetingLine,
    MeetingQuery,
    MeetingView,
    Person,
    Repetition,
)
from liaison.calendar.looking import why_not_captured
from liaison.calendar.markers import find_marked
from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules import synced
from liaison.calendar.rules.people import as_people_said, with_known_answers
from liaison.calendar.rules.series import repeats
from liaison.calendar.rules.situation import MarkedAs
from liaison.calendar.sights import meeting_of
from liaison.calendar.situations import match, read_acquaintances
from liaison.calendar.stores import decisions, links
from liaison.calendar.stores.decisions import StoredDecision
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity
from liaison.crm.rights import may_see
from liaison.db.tables import new_id
from liaison.errors import InvalidRequest
from liaison.outlook.model import CalendarEvent, Mailbox
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy, read_policy

LATEST = 20
LONGEST_SPAN = timedelta(days=62)


def show_meeting(tools: Tools, person: Person, query: MeetingQuery) -> MeetingView:
    """The open meeting, its link, activity, people and reasons. Raises what finding the meeting raises."""
    own = own_representative(person)
    found = find_meeting(tools, person, query)
    with tools.database.transaction() as session:
        tied = _links_of_meeting(session, found)
        link = _link_of(found.event, tied)
        activity = _visible(session, tools, link, own)
        offered = synced.from_event(found.event)
        policy = read_policy(session)
        known = read_acquaintances(session, tools.crm, [offered], [], policy)
        is_tied = link is not None and link.state is not LinkState.ENDED
        people = as_people_said(match(offered.participants, known), activity)
        if is_tied and not found.event.is_organizer:
            people = with_known_answers(people, activity)
        return MeetingView(
            event=found.event,
            mailbox=found.address,
            link=link,
            activity=activity,
            matches=people,
            differences=compare(found, link, tied, activity, policy.policy) if is_tied else (),
            suggestions=() if is_tied else suggest(session, tools, found, own),
            decisions=_latest(session, link, activity)
            if link
            else _foreseen(session, tools, found, policy),
            repetition=_repetition(found.master),
            copied_from=None if link else _copied_from(session, tools, found.event.marker, own),
        )


def list_meetings(
    tools: Tools, person: Person, start: datetime, end: datetime, *, linked: bool | None
) -> list[MeetingLine]:
    """My meetings in this span, at most two months; linked ones, others, or both."""
    own = own_representative(person)
    if not start < end <= start + LONGEST_SPAN:
        raise InvalidRequest(errors={"to": ["It is after “from”, and at most 62 days later."]})
    mailbox = Mailbox(own.tenant_id, own.oid)
    events = tools.outlook.calendars.list_between(mailbox, start, end)
    with tools.database.transaction() as session:
        tied = _links_of(session, own, events)
        activities = tools.crm.find_activities(
            session, [link.activity_id for link in tied.values()]
        )
    lines = [_line(event, tied.get(event.event_id), activities, own) for event in events]
    return [line for line in lines if linked is None or linked is (line.link is not None)]


def list_links(tools: Tools, person: Person, *, limit: int, before: UUID | None) -> list[Link]:
    """Links of meetings in my mailbox, the newest first; `before` continues after its last id."""
    own = own_representative(person)
    with tools.database.transaction() as session:
        return links.list_links_of_mailbox(
            session, own.id, list(LinkState), before=before, limit=limit
        )


def list_link_decisions(
    tools: Tools, person: Person, link_id: UUID, *, limit: int, before: UUID | None
) -> list[StoredDecision]:
    """The log of one link and of its activity, the newest first. Whoever may not see that needs what acting needs."""
    own = own_representative(person)
    with tools.database.transaction() as session:
        link = links.find_link(session, link_id)
        activity = _visible(session, tools, link, own)
    if activity is None:
        get_link_to_act_on(tools, person, link_id)
    seen = activity.id if activity else None
    with tools.database.transaction() as session:
        return decisions.list_told(session, link_id, seen, limit=limit, before=before)


def _links_of_meeting(session: Session, found: FoundMeeting) -> list[Link]:
    """The links of this meeting and, for a series, of all of its occurrences."""
    event = found.event
    by_uid = links.find_links_of_uids(session, {event.ical_uid}).get(event.ical_uid, [])
    if not found.owner:
        return by_uid
    by_event = links.find_links_of_events(session, found.owner.id, [event.event_id])
    return by_event.get(event.event_id, []) or by_uid


def _link_of(event: CalendarEvent, tied: Sequence[Link]) -> Link | None:
    """That of the occurrence that is open, else that of the whole; one that has ended only where there is no other."""
    _, original_start = meeting_of(event)
    fitting = [link for link in tied if link.original_start in {None, original_start}]
    return min(
        fitting,
        key=lambda link: (link.state is LinkState.ENDED, link.original_start is None),
        default=None,
    )


def _visible(
    session: Session, tools: Tools, link: Link | None, own: Representative
) -> Activity | None:
    if link is None:
        return None
    activity = tools.crm.find_activities(session, [link.activity_id]).get(link.activity_id)
    return activity if activity and may_see(activity, own.id) else None


def _copied_from(
    session: Session, tools: Tools, marker: str | None, own: Representative
) -> Activity | None:
    marked = find_marked(session, tools.crm, {marker}).get(marker) if marker else None
    if marked is None or marked.found is not MarkedAs.LINKED_ELSEWHERE:
        return None
    activity = tools.crm.find_activities(session, [marked.activity_id]).get(marked.activity_id)
    return activity if activity and may_see(activity, own.id) else None


def _repetition(master: CalendarEvent | None) -> Repetition | None:
    recurrence = repeats(master) if master else None
    return Repetition(recurrence, master.when) if master and recurrence else None


def _latest(session: Session, link: Link, activity: Activity | None) -> tuple[StoredDecision, ...]:
    """`activity`: only where it may be seen."""
    seen = activity.id if activity else None
    return tuple(decisions.list_told(session, link.id, seen, limit=LATEST))


def _foreseen(
    session: Session, tools: Tools, found: FoundMeeting, policy: StoredPolicy
) -> tuple[StoredDecision, ...]:
    """Nothing is logged of a meeting that nobody linked: what the sync would say of it now."""
    if found.owner is None:
        return ()
    event = found.master or found.event
    why = why_not_captured(session, tools, found.owner, event, policy)
    return (StoredDecision(new_id(), why),) if why else ()


def _links_of(
    session: Session, own: Representative, events: list[CalendarEvent]
) -> dict[str, Link]:
    """Links that have not ended, by event id; of an occurrence its own, else that of its series."""
    masters = {event.series_master_id or event.event_id for event in events}
    by_event = links.find_links_of_events(session, own.id, masters)
    by_uid = links.find_links_of_uids(session, {event.ical_uid for event in events})
    found = {}
    for event in events:
        known = by_event.get(event.series_master_id or event.event_id, [])
        link = _link_of(event, known or by_uid.get(event.ical_uid, []))
        if link and link.state is not LinkState.ENDED:
            found[event.event_id] = link
    return found


def _line(
    event: CalendarEvent, link: Link | None, activities: dict[UUID, Activity], own: Representative
) -> MeetingLine:
    activity = activities.get(link.activity_id) if link else None
    visible = activity if activity and may_see(activity, own.id) else None
    return MeetingLine(event, link, visible)
