"""Which links an observation concerns, and what each of them sees in it.

A single meeting has one link at most. A series has one for the whole and one for each occurrence that was linked by
itself; all of them follow from one look at the master.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Link, LinkState, Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.own_answer import is_answered, with_own_answer
from liaison.calendar.rules.series import occurrence_at, repeats, was_taken_out
from liaison.calendar.rules.shifting import origin_of, shifted_starts
from liaison.calendar.rules.situation import Absent, Lost, NotFound, Observation, Seen, Unreadable
from liaison.calendar.stores import copies, links
from liaison.outlook.model import CalendarEvent, EventKind
from liaison.people import representatives
from liaison.policy.values import Private

Meeting = tuple[str, datetime | None]


@dataclass(frozen=True, slots=True)
class Sight:
    """What one link sees: the observation as it concerns it, and the synced fields that are offered to it."""

    source: Observation
    observation: Observation
    link: Link | None
    offered: Synced | None = None


def see_links(
    session: Session,
    mailbox_id: UUID,
    observations: Sequence[Observation],
    private: Private = Private.SKIP,
    *,
    captures: bool = False,
) -> list[Sight]:
    """A sight for each link that an observation concerns, or one without a link. The links are locked.

    `private`: what the policy lets in of single occurrences that are private. `captures`: meetings that nobody
    linked may become activities, so that what they offer matters, too.
    """
    found = _find_links(session, mailbox_id, observations)
    own = _own_addresses(session, mailbox_id, observations)
    sights: list[Sight] = []
    for observation in observations:
        tied = found.get(event_id_of(observation), [])
        sights += _sights(observation, tied, private, own)
        if captures and isinstance(observation, Seen) and _is_unlinked(tied):
            whole = offer(with_own_answer(observation.event, own), tied, private)
            sights.append(Sight(observation, observation, None, whole))
        elif not tied:
            sights.append(Sight(observation, observation, None))
    return sights


def event_id_of(observation: Observation) -> str:
    """The id of the event that was observed; an occurrence goes by its master's."""
    match observation:
        case Seen(event):
            return event.event_id
        case Absent(event_id) | NotFound(event_id) | Unreadable(event_id) | Lost(event_id):
            return event_id


def meeting_of(event: CalendarEvent) -> Meeting:
    """What makes two copies the same meeting: ical_uid, and the original start of an occurrence."""
    is_part = event.kind in {EventKind.OCCURRENCE, EventKind.EXCEPTION}
    return event.ical_uid, event.original_start if is_part else None


def offer(
    event: CalendarEvent, tied: Iterable[Link] = (), private: Private = Private.SKIP
) -> Synced:
    """The synced fields that the event offers: of a series without the occurrences that links hold by themselves."""
    if event.kind is not EventKind.SERIES_MASTER:
        return synced.from_event(event)
    return synced.from_event(event, repeats(event, _left_out(tied), private))


def _own_addresses(
    session: Session, mailbox_id: UUID, observations: Iterable[Observation]
) -> frozenset[str]:
    """Those of the mailbox's owner, where something depends on them."""
    if not any(isinstance(one, Seen) and is_answered(one.event) for one in observations):
        return frozenset()
    owner = representatives.get_representative(session, mailbox_id)
    return frozenset({owner.address, *owner.aliases})


def _sights(
    observation: Observation, tied: Sequence[Link], private: Private, own: frozenset[str]
) -> list[Sight]:
    if not isinstance(observation, Seen):
        return [Sight(observation, observation, link) for link in tied]
    if not tied:
        return []
    shifted = _shifted(observation.event, tied)
    whole = offer(with_own_answer(observation.event, own), tied, private)
    return [_sight(observation, link, whole, shifted, own) for link in tied]


def _sight(
    seen: Seen,
    link: Link,
    whole: Synced,
    shifted: Mapping[UUID, datetime],
    own: frozenset[str],
) -> Sight:
    if link.original_start is None:
        return Sight(seen, seen, link, whole)
    occurrence = occurrence_at(seen.event, link.original_start)
    if occurrence is None:
        return Sight(seen, Lost(seen.event.event_id, seen.event, shifted.get(link.id)), link)
    if was_taken_out(seen.event, occurrence):
        return Sight(seen, NotFound(seen.event.event_id), link)
    answered = synced.from_event(with_own_answer(occurrence, own))
    offered = replace(answered, origin=origin_of(seen.event))
    return Sight(seen, replace(seen, event=occurrence), link, offered)


def _is_unlinked(tied: Sequence[Link]) -> bool:
    """Whether no link covers the whole meeting; single occurrences may have links all the same."""
    return all(link.original_start is not None for link in tied)


def _shifted(master: CalendarEvent, tied: Iterable[Link]) -> dict[UUID, datetime]:
    """The new original starts of linked occurrences that are none any more. A tombstone keeps its own."""
    starts = [(link, link.original_start) for link in tied if link.original_start]
    lost = {
        link.id: (link.baseline, start)
        for link, start in starts
        if link.state is not LinkState.ENDED and occurrence_at(master, start) is None
    }
    taken = {start for link, start in starts if link.id not in lost}
    return shifted_starts(master, lost, taken) if lost else {}


def _left_out(tied: Iterable[Link]) -> list[datetime]:
    """The original starts of occurrences with links of their own, and of those that a person took back."""
    return [
        one.original_start
        for one in tied
        if one.original_start
        and (one.state is not LinkState.ENDED or one.ended_reason == "retracted")
    ]


def _find_links(
    session: Session, mailbox_id: UUID, observations: Sequence[Observation]
) -> dict[str, list[Link]]:
    """By the events of this mailbox and by the meetings; by event id. Each is read once, when it is locked."""
    ids = [event_id_of(observation) for observation in observations]
    found = copies.find_link_ids(session, mailbox_id, ids)
    events = [one.event for one in observations if isinstance(one, Seen)]
    strangers = [
        one for one in events if one.event_id not in found or one.kind is EventKind.SERIES_MASTER
    ]
    by_uid = links.find_links_of_uids(session, {one.ical_uid for one in strangers})
    for event in strangers:
        known = found.setdefault(event.event_id, [])
        known += [
            link.id
            for link in by_uid.get(event.ical_uid, ())
            if link.id not in known and _concerns(link, event)
        ]
    locked = links.lock_links_by_ids(session, {one for known in found.values() for one in known})
    by_id = {link.id: link for link in locked}
    return {event_id: [by_id[one] for one in known] for event_id, known in found.items()}


def _concerns(link: Link, event: CalendarEvent) -> bool:
    return link.original_start is None or event.kind is EventKind.SERIES_MASTER
