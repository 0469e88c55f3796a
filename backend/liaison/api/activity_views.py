"""Activities and links as they are shown: names beside ids, times with the offset of their zone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_see
from liaison.api.contest_views import show_contests
from liaison.api.moments import show_when
from liaison.api.ownership import locked_members
from liaison.api.recurrence_views import Apart, show_recurrence
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.model import Link, LinkState, Scope
from liaison.calendar.outlook_states import read_standings
from liaison.calendar.rules.outlook_state import (
    Reached,
    Standing,
    judge_state,
    state_of_person,
)
from liaison.calendar.stores.links import find_latest_links, find_links_of_uids
from liaison.crm.model import Activity, Company, Participant
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.policy.settings import Policy
from liaison.policy.store import read_policy


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is told of activities and links beyond their own rows. `apart`: by the ical_uid of their series.

    `open_ids`: the activities of contested links that the viewer may see.
    """

    policy: Policy
    links: Mapping[UUID, Link]
    companies: Mapping[UUID, Company]
    people: Mapping[UUID, Representative]
    apart: Mapping[str, Apart]
    open_ids: frozenset[UUID]
    standings: Mapping[UUID, Standing]


def surroundings_of(
    session: Session, activities: Sequence[Activity], more_links: Sequence[Link] = ()
) -> Surroundings:
    """Read for a whole page at once. `more_links` are shown too, ended ones among them."""
    links = find_latest_links(session, [one.id for one in activities])
    companies = {one.company_id for one in activities if one.company_id}
    people = {one.owner_id for one in activities}
    people |= {copy.mailbox_id for link in [*links.values(), *more_links] for copy in link.copies}
    policy, now = read_policy(session).policy, services().clock.now()
    return Surroundings(
        policy,
        links,
        services().crm.find_companies(session, list(companies)),
        find_representatives(session, people),
        _apart(session, links.values()),
        _open_ids(session, [*links.values(), *more_links]),
        read_standings(session, activities, links, policy, now),
    )


def show_activity(activity: Activity, around: Surroundings) -> dict[str, Any]:
    """As `ActivityAnswer` writes it."""
    company = around.companies.get(activity.company_id) if activity.company_id else None
    owner = around.people.get(activity.owner_id)
    link = around.links.get(activity.id)
    standing = around.standings[activity.id]
    outlook = judge_state(standing)
    return {
        "id": activity.id,
        "type": activity.type,
        "subject": activity.subject,
        "notes": activity.notes,
        "internal_notes": activity.internal_notes,
        "outcome": activity.outcome,
        "next_step": activity.next_step,
        "regarding": activity.regarding,
        **show_when(activity.when),
        "location": activity.place,
        "status": activity.status,
        "deleted_at": activity.deleted_at,
        "confidential": activity.confidential,
        "owner": {"id": activity.owner_id, "name": owner.name if owner else ""},
        "organizer": {"id": activity.organizer.id, "name": activity.organizer.name},
        "company": {"id": company.id, "name": company.name} if company else None,
        "participants": [
            _show_participant(one) | {"outlook": state_of_person(one, outlook, standing)}
            for one in activity.participants
        ],
        "recurrence": show_recurrence(activity, _apart_of(link, around), services().clock.now()),
        "stub": activity.stub,
        "review": activity.review,
        "transfer_to_outlook": activity.transfer_to_outlook,
        "outlook": outlook,
        "link": show_link(link, around) if link and not link.awaits_event else None,
        "version": activity.version,
        "created_by": {"id": None, "name": activity.created_by},
        "changed_by": {"id": None, "name": activity.changed_by},
        "changed_at": activity.changed_at,
    }


def show_link(link: Link, around: Surroundings) -> dict[str, Any]:
    """As `LinkAnswer` writes it."""
    copy = governing_copy(link)
    follows = around.people.get(copy.mailbox_id) if copy else None
    return {
        "id": link.id,
        "activity_id": link.activity_id,
        "scope": link.scope,
        "state": link.state,
        "ical_uid": link.ical_uid,
        "original_start": link.original_start,
        "mailboxes": [
            {"address": around.people[copy.mailbox_id].address, "event_id": copy.event_id}
            for copy in link.copies
            if copy.mailbox_id in around.people and copy.is_present
        ],
        "last_synced_at": link.last_synced_at,
        "ended_at": link.ended_at,
        "ended_by": link.ended_by,
        "ended_reason": link.ended_reason,
        "frozen_reason": link.frozen_reason.value if link.frozen_reason else None,
        "followed_mailbox": follows.address if follows else None,
        "is_organizer_copy": copy.is_organizer if copy else None,
        "owned_by_outlook": locked_members(link, around.policy),
        "contested": show_contests(link) if link.activity_id in around.open_ids else [],
    }


def _open_ids(session: Session, links: Iterable[Link]) -> frozenset[UUID]:
    contested = [link.activity_id for link in links if link.contested]
    if not contested:
        return frozenset()
    found = services().crm.find_activities(session, contested).values()
    return frozenset(one.id for one in found if may_see(one, viewer()))


def etag_of(session: Session, activity: Activity) -> str:
    """What changes whenever the answer does: the activity's version, that of its link, and how far it is in Outlook."""
    links = find_latest_links(session, [activity.id])
    policy, now = read_policy(session).policy, services().clock.now()
    standing = read_standings(session, [activity], links, policy, now)[activity.id]
    link = links.get(activity.id)
    outlook = list(Reached).index(judge_state(standing).state)
    return f"{activity.version}.{link.version if link else 0}.{outlook}"


def _apart(session: Session, links: Iterable[Link]) -> dict[str, Apart]:
    """The occurrences that are linked by themselves, of all series among these links."""
    series = {link.ical_uid for link in links if link.scope is Scope.SERIES}
    tied = [
        link
        for found in find_links_of_uids(session, series).values()
        for link in found
        if link.original_start and link.state is not LinkState.ENDED
    ]
    activities = services().crm.find_activities(session, [link.activity_id for link in tied])
    visible = {one.id for one in activities.values() if may_see(one, viewer())}
    apart: dict[str, dict[datetime, UUID | None]] = {}
    for link in tied:
        if link.original_start:
            shown = link.activity_id if link.activity_id in visible else None
            apart.setdefault(link.ical_uid, {})[link.original_start] = shown
    return dict(apart)


def _apart_of(link: Link | None, around: Surroundings) -> Apart:
    return around.apart.get(link.ical_uid, {}) if link and link.scope is Scope.SERIES else {}


def _show_participant(one: Participant) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "address": one.address,
        "role": one.role,
        "response": one.response,
        "invite": one.invite,
    }
