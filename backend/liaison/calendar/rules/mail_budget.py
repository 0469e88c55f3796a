"""Whom a write to Outlook mails, and whether that is more than one action may without being asked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from liaison.calendar.model import Synced
from liaison.calendar.rules import drafts, synced
from liaison.calendar.rules.decision import ChangeEvent, Decision
from liaison.calendar.rules.occurrence_changes import people_of
from liaison.calendar.rules.series import original_day_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.crm.model import Activity
from liaison.outlook.model import Attendee, CalendarEvent, Role
from liaison.policy.settings import Policy

ONLY_PEOPLE = frozenset({"participants"})


@dataclass(frozen=True, slots=True)
class Mailing:
    """The addresses that a write mails, and those of them that are outside."""

    people: frozenset[str]
    outsiders: frozenset[str]

    def disguised(self, key: UUID) -> Mailing:
        """The same people without their addresses."""
        return Mailing(disguised(self.people, key), disguised(self.outsiders, key))


NOBODY = Mailing(frozenset(), frozenset())


def mailing(addresses: Iterable[str], internal_domains: Collection[str]) -> Mailing:
    """Each address once, whatever its case."""
    people = frozenset(one.lower() for one in addresses if one)
    outside = (one for one in people if one.rpartition("@")[2] not in internal_domains)
    return Mailing(people, frozenset(outside))


def together(some: Iterable[Mailing]) -> Mailing:
    """Distinct people of several writes."""
    found = list(some)
    return Mailing(
        frozenset().union(*(one.people for one in found)),
        frozenset().union(*(one.outsiders for one in found)),
    )


def disguised(addresses: Iterable[str], key: UUID) -> frozenset[str]:
    """The same for the same people, and no addresses. `key`: the installation's, so that nobody else can compare them."""
    return frozenset(
        blake2b(one.encode(), key=key.bytes, digest_size=16).hexdigest() for one in addresses
    )


def is_too_much(outsiders: int, policy: Policy) -> bool:
    """Whether an administrator has to be asked."""
    return outsiders > policy.mail_budget_per_action


def guests_to_invite(activity: Activity) -> frozenset[str]:
    """Who gets an invitation when this activity is brought to Outlook."""
    return _people_among(drafts.guests_of(activity))


def mailed_by(situation: Situation, decision: Decision) -> frozenset[str]:
    """Who gets mail from what this decision writes. An edit of the list alone is told only to those it concerns."""
    seen = situation.observation
    if decision.outlook is None or not isinstance(seen, Seen):
        return frozenset()
    match decision.outlook:
        case ChangeEvent(fields=fields, wanted=wanted) as change:
            if fields == ONLY_PEOPLE and not change.occurrences:
                return guests_of(seen) ^ _invited(wanted)
            here = guests_of(seen) | _invited(wanted)
            return here | (_of_parts(seen) if fields else _of_those(seen, change))
    return guests_of(seen) | _of_parts(seen)


def guests_in(event: CalendarEvent) -> frozenset[str]:
    """The addresses of the people whom an event invites."""
    return _people_among(event.attendees)


def invited_names(event: CalendarEvent) -> list[str]:
    """The same people as they are told: by name, else by address."""
    return [one.name or one.address for one in event.attendees if one.role is not Role.RESOURCE]


def guests_of(seen: Seen) -> frozenset[str]:
    """Who is invited to what was observed, also where it is private and nobody is shown."""
    found = guests_in(seen.event) | (seen.veiled.invited if seen.veiled else frozenset())
    start = seen.event.original_start
    return found | seen.hidden_guests.get(start, frozenset()) if start else found


def _of_parts(seen: Seen) -> frozenset[str]:
    """Who is invited to single occurrences: what is done to the whole series is told to them too."""
    hidden = seen.hidden_guests.values() if seen.event.recurrence else ()
    return frozenset[str]().union(*map(guests_in, seen.event.exceptions), *hidden)


def _of_those(seen: Seen, change: ChangeEvent) -> frozenset[str]:
    """Who is, or shall be, invited to the occurrences that are written."""
    event = seen.event
    days = {original_day_of(event, one.original_start) for one in change.occurrences}
    there = [(one.original_start, guests_in(one)) for one in event.exceptions]
    there += seen.hidden_guests.items()
    named = (_people_among(people_of(one)) for one in change.occurrences)
    in_those = (found for start, found in there if start and original_day_of(event, start) in days)
    return frozenset[str]().union(*named, *in_those)


def _people_among(attendees: Iterable[Attendee]) -> frozenset[str]:
    return frozenset(
        one.address for one in attendees if one.address and one.role is not Role.RESOURCE
    )


def _invited(wanted: Synced) -> frozenset[str]:
    return frozenset(
        one.address
        for one in wanted.participants
        if one.response != synced.ORGANIZER and one.role != Role.RESOURCE and one.address
    )
