"""Which activities the pane offers for a meeting that is not linked."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.linking.values import FoundMeeting
from liaison.calendar.markers import find_marked
from liaison.calendar.model import Link, LinkState, Scope
from liaison.calendar.rules import synced
from liaison.calendar.rules.situation import MarkedAs
from liaison.calendar.stores import links
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity
from liaison.crm.rights import may_see
from liaison.outlook.model import CalendarEvent, EventKind
from liaison.people.model import Representative

SUGGESTIONS = 5
MOST_SERIES = 200

Suggestion = tuple[Activity, str]


def suggest(
    session: Session, tools: Tools, found: FoundMeeting, own: Representative
) -> tuple[Suggestion, ...]:
    """The best first: for which the meeting was made, or whose series it continues; then what the CRM finds likely."""
    sure = _made_for(session, tools, found, own)
    sure += _continued(session, tools, found, own) if found.master else ()
    known = {activity.id for activity, _ in sure}
    likely = (one for one in _likely(session, tools, found.event, own) if one[0].id not in known)
    return (*sure, *likely)[:SUGGESTIONS]


def is_continued_by(link: Link, master: CalendarEvent) -> bool:
    """Whether a series that is linked was shortened and goes on as this one: the same words, organizer, and no overlap."""
    before = link.baseline
    if link.scope is not Scope.SERIES or link.state is not LinkState.LIVE or before is None:
        return False
    if master.kind is not EventKind.SERIES_MASTER:
        return False
    end = synced.ends_at(before)
    after = synced.from_event(master)
    is_same = (before.subject, link.organizer_address) == (after.subject, master.organizer.address)
    return is_same and end is not None and end <= master.when.starts_at


def _made_for(
    session: Session, tools: Tools, found: FoundMeeting, own: Representative
) -> tuple[Suggestion, ...]:
    """The sync makes such a link again by itself; whoever is faster need not make a second activity."""
    marker = (found.master or found.event).marker
    marked = find_marked(session, tools.crm, [marker]).get(marker) if marker else None
    if marked is None or marked.found is not MarkedAs.UNLINKED:
        return ()
    [activity] = tools.crm.find_activities(session, [marked.activity_id]).values()
    return ((activity, "the meeting was made for it"),) if may_see(activity, own.id) else ()


def _continued(
    session: Session, tools: Tools, found: FoundMeeting, own: Representative
) -> tuple[Suggestion, ...]:
    """«This and following» shortens a series in Outlook and makes a new one of the rest."""
    mailbox_id = found.owner.id if found.owner else own.id
    known = links.list_links_of_mailbox(session, mailbox_id, [LinkState.LIVE], limit=MOST_SERIES)
    tied = {
        link.activity_id for link in known if found.master and is_continued_by(link, found.master)
    }
    activities: dict[UUID, Activity] = tools.crm.find_activities(session, sorted(tied))
    return tuple(
        (activity, "continues this series")
        for activity in activities.values()
        if may_see(activity, own.id) and activity.deleted_at is None
    )


def _likely(
    session: Session, tools: Tools, event: CalendarEvent, own: Representative
) -> tuple[Suggestion, ...]:
    addresses = [attendee.address for attendee in event.attendees] + [event.organizer.address]
    found = tools.crm.suggest_activities(
        session,
        viewer_id=own.id,
        addresses=[address for address in addresses if address],
        when=event.when,
        limit=SUGGESTIONS * 3,
    )
    taken = links.find_links_of_activities(session, [activity.id for activity, _ in found])
    return tuple(one for one in found if one[0].id not in taken)
