"""Finds what our markers on events say: of events without a link, and of all events before a whole round captures any."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules.markers import marked_activity
from liaison.calendar.rules.situation import Marked, MarkedAs, Seen, Situation
from liaison.calendar.stores import links
from liaison.crm.model import Activity
from liaison.crm.port import Crm
from liaison.db.installation import installation_key


def know_markers(session: Session, crm: Crm, situations: Sequence[Situation]) -> list[Situation]:
    """The same situations; those of events without a link know the activity that their marker names."""
    marked = {at: marker for at, one in enumerate(situations) if (marker := _marker(one))}
    if not marked:
        return list(situations)
    found = find_marked(session, crm, set(marked.values()))
    known = {at: found.get(marker) for at, marker in marked.items()}
    return [replace(one, marked=known.get(at)) for at, one in enumerate(situations)]


def find_marked(session: Session, crm: Crm, markers: Iterable[str]) -> dict[str, Marked]:
    """What these markers say; one of another installation, or of an unknown activity, says nothing."""
    key = installation_key(session)
    named = {marker: marked_activity(marker, key) for marker in markers}
    ids = {activity_id for activity_id in named.values() if activity_id}
    activities = crm.find_activities(session, sorted(ids)) if ids else {}
    tied = links.find_latest_links(session, activities) if activities else {}
    found = {}
    for marker, activity_id in named.items():
        activity = activities.get(activity_id) if activity_id else None
        standing = _standing(activity, tied) if activity else None
        if activity and standing:
            found[marker] = Marked(activity.id, standing)
    return found


def _marker(situation: Situation) -> str | None:
    if situation.link is not None or not isinstance(situation.observation, Seen):
        return None
    return situation.observation.event.marker


def _standing(activity: Activity, tied: Mapping[UUID, Link]) -> MarkedAs | None:
    """None: the activity's link ended, or what it is linked to is gone."""
    link = tied.get(activity.id)
    if link is None:
        return MarkedAs.SPOKEN_FOR if activity.deleted_at else MarkedAs.UNLINKED
    if link.state is LinkState.ENDED:
        return None
    if link.awaits_event or not link.copies:
        # The event was made just now, and the link does not know it yet.
        return MarkedAs.SPOKEN_FOR
    is_there = any(copy.is_present for copy in link.copies)
    return MarkedAs.LINKED_ELSEWHERE if is_there else None
