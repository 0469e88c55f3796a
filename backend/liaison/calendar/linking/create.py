"""Makes an activity from the open meeting and links it, in one transaction and in the person's own name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.orm import Session

from liaison.calendar.labelling import note_copies
from liaison.calendar.linking.claiming import already_linked, as_known, claim, told_of_rivals
from liaison.calendar.linking.governing import find_governing
from liaison.calendar.linking.link import linked_now, pass_of, sync_first
from liaison.calendar.linking.meetings import find_meeting, own_representative
from liaison.calendar.linking.values import Linked, MeetingQuery, Person
from liaison.calendar.model import Link, LinkState, LoggedDecision, Scope
from liaison.calendar.passes import Pass
from liaison.calendar.rules import log_values, synced
from liaison.calendar.rules.creation import CREATED_MEMBERS, content_of, organizer_of
from liaison.calendar.rules.decision import Remark
from liaison.calendar.rules.people import marks_of_new, people_remarks
from liaison.calendar.rules.private import private_members, private_remarks
from liaison.calendar.rules.shifting import origin_of
from liaison.calendar.sights import meeting_of, offer
from liaison.calendar.situations import match, read_acquaintances
from liaison.calendar.stores import copies, decisions, links
from liaison.calendar.tools import Tools
from liaison.calendar.veiling import veil_event
from liaison.crm.model import (
    Activity,
    NewActivity,
    Participant,
    PersonKind,
)
from liaison.errors import GatewayUnavailable
from liaison.outlook.model import CalendarEvent
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy, read_policy


def create_from_meeting(
    tools: Tools, person: Person, query: MeetingQuery, scope: Scope, fields: Mapping[str, Any]
) -> Linked:
    """Make the activity and its link. `fields`: members of `Activity` that are always the CRM's.

    Raises `AlreadyLinked`, `GatewayUnavailable` while the organizer's copy cannot be read, and what finding the meeting and
    the copy to follow raises.
    """
    own = own_representative(person)
    found = find_meeting(tools, person, query)
    governing = find_governing(tools, person, found, scope)
    if governing.event is None:
        raise GatewayUnavailable(
            "The organizer's meeting cannot be read right now. Try again in a minute."
        )
    with told_of_rivals(), tools.database.transaction() as session:
        policy = read_policy(session)
        this = pass_of(tools, own, policy)
        event = as_known(session, governing.event, governing.copies)
        event = veil_event(session, governing.mailbox_id, event, policy.policy.private)
        link = _create(
            session, tools, _Wish(event, governing.source, scope, own, fields), policy, this
        )
        copies.save_copies(session, [(link.id, copy) for copy in governing.copies], None)
        if scope is Scope.OCCURRENCE:
            # The series' own activity leaves out what has an activity of its own.
            sync_first(session, tools, governing, policy, this)
        linked = linked_now(session, tools, link.id)
        note_copies(session, tools, linked.link, policy.policy)
        return linked


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is to be made: from which event, for whom, with which members that are the CRM's.

    `source`: of an occurrence its series.
    """

    event: CalendarEvent
    source: CalendarEvent | None
    scope: Scope
    own: Representative
    fields: Mapping[str, Any]


def _create(session: Session, tools: Tools, wish: _Wish, policy: StoredPolicy, this: Pass) -> Link:
    event, own = wish.event, wish.own
    meeting = meeting_of(event)
    present = links.find_links_by_meetings(session, [meeting]).get(meeting)
    if present and present.state is not LinkState.ENDED:
        raise already_linked(session, tools, present, own)
    private = policy.policy.private
    offered = offer(event, _others(session, event), private)
    known = read_acquaintances(session, tools.crm, [offered], [], policy)
    matches = match(offered.participants, known)
    organizer = organizer_of(matches) or _as_organizer(own)
    content = {
        **content_of(offered, matches, own.id, organizer),
        **private_members(event, private, None),
        "review": marks_of_new(matches, policy.policy.unknown_participants),
        **wish.fields,
    }
    new = NewActivity(_key(event, present), content)
    [activity] = tools.crm.create_activities(session, [new], this.actor)
    link, is_new = claim(session, tools, event, activity.id, wish.scope, own)
    if not is_new:
        raise already_linked(session, tools, link, own)
    if wish.source and wish.scope is Scope.OCCURRENCE:
        offered = replace(offered, origin=origin_of(wish.source))
    live = {"state": LinkState.LIVE, "baseline": offered, "last_synced_at": this.now}
    links.save_links(session, [(link, live)])
    remarks = private_remarks(event, private, None, None) + people_remarks(matches)
    decisions.log_decisions(session, _entries(event, own, link, activity, remarks, this))
    return link


def _key(event: CalendarEvent, tombstone: Link | None) -> UUID:
    """The same meeting never makes a second activity, however often the request is repeated; a revived one does once."""
    ical_uid, original_start = meeting_of(event)
    age = tombstone.version if tombstone else 0
    return uuid5(NAMESPACE_URL, f"{ical_uid}|{original_start}|{age}")


def _others(session: Session, event: CalendarEvent) -> list[Link]:
    """The links of single occurrences of this series."""
    return links.find_links_of_uids(session, {event.ical_uid}).get(event.ical_uid, [])


def _as_organizer(own: Representative) -> Participant:
    return Participant(
        PersonKind.REPRESENTATIVE, own.id, own.name, own.address, response=synced.ORGANIZER
    )


def _entries(
    event: CalendarEvent,
    own: Representative,
    link: Link,
    activity: Activity,
    told: Sequence[Remark],
    this: Pass,
) -> list[LoggedDecision]:
    whose: dict[str, Any] = {
        "mailbox_id": own.id,
        "event_id": event.event_id,
        "link_id": link.id,
        "activity_id": activity.id,
    }
    after = log_values.to_log({name: getattr(activity, name) for name in CREATED_MEMBERS})
    kept = {"confidential": True} if activity.confidential else {}
    created = this.entry("activity-created", "create-activity", after=after, facts=kept, **whose)
    remarks = [
        this.entry(
            remark.reason,
            "create-activity",
            outcome=remark.outcome,
            facts={**remark.facts, **kept},
            **whose,
        )
        for remark in told
    ]
    return [*remarks, created]
