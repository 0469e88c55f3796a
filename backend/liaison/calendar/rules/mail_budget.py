"""Whom a write to Outlook mails, and whether that is more than one action may without being asked. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from uuid import UUID

from liaison.calendar.model import Synced
from liaison.calendar.rules import synced
from liaison.calendar.rules.decision import ChangeEvent, Decision
from liaison.calendar.rules.drafts import guests_of
from liaison.calendar.rules.series import original_day_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.crm.model import Activity
from liaison.outlook.model import CalendarEvent, Role
from liaison.policy.settings import Policy

ONLY_PEOPLE = frozenset({"participants"})


@dataclass(frozen=True, slots=True)
class Mailing:
    """The addresses that a write mails, and those of them that are outside."""

    people: frozenset[str]
    outsiders: frozenset[str]


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
    return frozenset(one.address for one in guests_of(activity) if one.role is not Role.RESOURCE)


def mailed_by(situation: Situation, decision: Decision) -> frozenset[str]:
    """Who gets mail from what this decision writes. An edit of the list alone is told only to those it concerns."""
    seen = situation.observation
    if decision.outlook is None or not isinstance(seen, Seen):
        return frozenset()
    # Of a veiled event nobody is shown, and yet they are mailed.
    present = _guests(seen.event) | (seen.veiled.invited if seen.veiled else frozenset())
    match decision.outlook:
        case ChangeEvent(fields=fields, wanted=wanted) as change:
            if fields == ONLY_PEOPLE and not change.occurrences:
                return present ^ _invited(wanted)
            here = present | _invited(wanted)
            return here | (_of_parts(seen.event) if fields else _of_those(seen.event, change))
    return present | _of_parts(seen.event)


def _guests(event: CalendarEvent) -> frozenset[str]:
    return frozenset(one.address for one in event.attendees if one.role is not Role.RESOURCE)


def _of_parts(event: CalendarEvent) -> frozenset[str]:
    """Who is invited to single occurrences: what is done to the whole series is told to them too."""
    return frozenset[str]().union(*(_guests(one) for one in event.exceptions))


def _of_those(event: CalendarEvent, change: ChangeEvent) -> frozenset[str]:
    """Who is, or shall be, invited to the occurrences that are written."""
    days = {original_day_of(event, one.original_start) for one in change.occurrences}
    parts = (
        one
        for one in event.exceptions
        if one.original_start and original_day_of(event, one.original_start) in days
    )
    named = (
        str(person.get("address", ""))
        for one in change.occurrences
        for person in one.fields.get("participants", ())
        if person.get("response") != synced.ORGANIZER and person.get("role") != Role.RESOURCE
    )
    return frozenset(named).union(*map(_guests, parts))


def _invited(wanted: Synced) -> frozenset[str]:
    return frozenset(
        one.address
        for one in wanted.participants
        if one.response != synced.ORGANIZER and one.role != Role.RESOURCE and one.address
    )
