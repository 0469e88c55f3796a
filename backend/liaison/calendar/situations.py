"""Puts together what a decision needs: observation, link, activity, policy, organizer, matches and time.

Reads in batches, so that a page of events costs as many statements as one event. The links are locked in the
order of their ids, so that nobody else changes them before the decision is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.alike import know_alike, know_under_way
from liaison.calendar.guarding import count_removals
from liaison.calendar.markers import know_markers
from liaison.calendar.model import Link, LinkState, Synced, SyncedPerson
from liaison.calendar.rules.capture import is_from_outside
from liaison.calendar.rules.people import as_people_said
from liaison.calendar.rules.situation import (
    Lost,
    Observation,
    OrganizerStanding,
    Seen,
    Situation,
    Standing,
    Veiled,
)
from liaison.calendar.sights import Sight, see_links
from liaison.calendar.stores import held_removals, links, mailboxes
from liaison.calendar.veiling import veil_private
from liaison.crm.matching import Candidate, Matches, match_people
from liaison.crm.model import Activity, Contact, PersonKind
from liaison.crm.port import Crm
from liaison.people import representatives
from liaison.people.model import Representative
from liaison.policy.store import StoredPolicy
from liaison.policy.values import Capture


@dataclass(frozen=True, slots=True)
class Acquaintances:
    """Our people and theirs behind the addresses of some meetings. `followed`: whose mailbox is read."""

    ours: Mapping[str, Representative]
    followed: frozenset[UUID]
    theirs: Mapping[str, Sequence[Contact]]
    internal_domains: frozenset[str]


def gather(
    session: Session,
    crm: Crm,
    mailbox_id: UUID,
    observations: Sequence[Observation],
    policy: StoredPolicy,
    now: datetime,
    *,
    was_pushed: bool = True,
) -> list[Situation]:
    """A situation for each link that an observation concerns, or one without: a series may have several links.

    `was_pushed`: a notification or a person drew attention to it, not a round of changes.
    """
    private = policy.policy.private
    sights = see_links(
        session,
        mailbox_id,
        veil_private(session, mailbox_id, observations, private),
        private,
        captures=policy.policy.capture is not Capture.LINKED,
    )
    tied = [sight.link for sight in sights if sight.link]
    activities = crm.find_activities(session, [link.activity_id for link in tied])
    offers = [sight.offered for sight in sights if sight.offered]
    others = [link.organizer_address for link in tied] + _veiled_people(sights)
    known = read_acquaintances(session, crm, offers, others, policy)
    taken = _find_taken_activities(session, tied)
    held = held_removals.read_held(session, mailbox_id, {link.id for link in tied})
    removals = count_removals(session, mailbox_id, sights, now)

    def situation(sight: Sight) -> Situation:
        link = sight.link
        activity = activities.get(link.activity_id) if link else None
        return Situation(
            mailbox_id=mailbox_id,
            link=link,
            activity=activity,
            policy=policy.policy,
            now=now,
            removals=removals,
            held=held.get(link.id) if link else None,
            was_pushed=was_pushed,
            is_activity_taken=link is not None and link.activity_id in taken,
            known_organizer=_known_organizer(link, known),
            **_of_sight(sight, known, activity),
        )

    situations = know_markers(session, crm, [situation(sight) for sight in sights])
    return know_under_way(session, crm, know_alike(session, crm, situations))


def _of_sight(sight: Sight, known: Acquaintances, activity: Activity | None) -> dict[str, Any]:
    """What is seen, and who is in it."""
    offered = sight.offered
    found = match(offered.participants, known) if offered else None
    return {
        "observation": sight.observation,
        "source": sight.source,
        "organizer": _standing(_organizer_address(sight.source, sight.link), known),
        "offered": offered,
        "matches": as_people_said(found, activity) if found else None,
        "invited": _invited(sight.source, known),
        "is_from_outside": _has_veiled_outsider(sight.source, known),
    }


def read_acquaintances(
    session: Session,
    crm: Crm,
    offers: Iterable[Synced],
    more_addresses: Iterable[str],
    policy: StoredPolicy,
) -> Acquaintances:
    """Everybody behind the addresses of these meetings: two statements for our people, one for theirs."""
    addresses = {person.address for offer in offers for person in offer.participants}
    addresses = (addresses | set(more_addresses)) - {""}
    if not addresses:
        return Acquaintances({}, frozenset(), {}, frozenset())
    ours = representatives.find_by_addresses(session, addresses)
    theirs = crm.find_contacts(session, sorted(addresses))
    followed = mailboxes.find_followed(session, {one.id for one in ours.values()})
    return Acquaintances(ours, followed, theirs, _internal_domains(session, policy))


def match(people: Sequence[SyncedPerson], known: Acquaintances) -> Matches:
    """Who these people are to the CRM."""
    candidates = {
        address: Candidate(PersonKind.REPRESENTATIVE, one.id, one.name)
        for address, one in known.ours.items()
    }
    return match_people(people, candidates, known.theirs, known.internal_domains)


def _standing(address: str, known: Acquaintances) -> OrganizerStanding:
    one = known.ours.get(address)
    if one is None:
        return OrganizerStanding(Standing.OUTSIDE)
    is_active = one.id in known.followed
    return OrganizerStanding(Standing.ACTIVE if is_active else Standing.INACTIVE, one.id)


def _known_organizer(link: Link | None, known: Acquaintances) -> UUID | None:
    one = known.ours.get(link.organizer_address) if link else None
    return one.id if one else None


def _veiled_people(sights: Iterable[Sight]) -> list[str]:
    """Whose standing counts though nothing of them is stored."""
    veiled = (sight.source.veiled for sight in sights if isinstance(sight.source, Seen))
    return [address for one in veiled if one for address in (one.organizer, *one.invited)]


def _invited(observation: Observation, known: Acquaintances) -> frozenset[UUID]:
    if not isinstance(observation, Seen) or observation.veiled is None:
        return frozenset()
    invited = observation.veiled.invited
    return frozenset(one.id for address, one in known.ours.items() if address in invited)


def _has_veiled_outsider(observation: Observation, known: Acquaintances) -> bool:
    """Whether somebody from outside takes part in an event of which that is not told."""
    if not isinstance(observation, Seen) or observation.veiled is None:
        return False
    veiled = observation.veiled
    people = [SyncedPerson(address, "") for address in (veiled.organizer, *veiled.invited)]
    return any(is_from_outside(one) for one in match(people, known).people)


def _organizer_address(observation: Observation, link: Link | None) -> str:
    match observation:
        case Seen(veiled=Veiled(organizer)):
            return organizer
        case Seen(event) | Lost(master=event):
            return event.organizer.address
    return link.organizer_address if link else ""


def _find_taken_activities(session: Session, found: Iterable[Link]) -> frozenset[UUID]:
    """The activities of ended links that have another link by now."""
    former = [link.activity_id for link in found if link.state is LinkState.ENDED]
    return frozenset(links.find_links_of_activities(session, former)) if former else frozenset()


def _internal_domains(session: Session, policy: StoredPolicy) -> frozenset[str]:
    named = policy.policy.internal_domains
    return frozenset(representatives.list_domains(session) if named is None else named)
