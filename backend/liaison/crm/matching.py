"""Who the people of a meeting are to the CRM. Pure: nothing is guessed, only unambiguous addresses match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from liaison.crm.model import Contact, Participant, PersonKind


class MatchKind(StrEnum):
    """What was found for one person of a meeting."""

    REPRESENTATIVE = "representative"
    CONTACT = "contact"
    UNKNOWN = "unknown"
    AMBIGUOUS = "ambiguous"
    RESOURCE = "resource"


class Invited(Protocol):
    """Somebody in a meeting, as the engine normalises him."""

    @property
    def address(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def response(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of ours or of theirs who carries an address. `company_id`: where a contact works."""

    kind: PersonKind
    id: UUID
    name: str
    company_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for one person. `candidates` has one entry when found, several when ambiguous.

    `is_internal`: the address is of one of our own domains, so that not knowing it causes no review.
    """

    address: str
    name: str
    role: str
    response: str
    kind: MatchKind
    candidates: tuple[Candidate, ...] = ()
    is_internal: bool = False

    def as_participant(self, *, invite: bool | None = None) -> Participant:
        """The participant to enter: the found person, else the address as it is."""
        kind, person_id, name = PersonKind.OTHER, None, self.name
        if self.kind in {MatchKind.REPRESENTATIVE, MatchKind.CONTACT}:
            found = self.candidates[0]
            kind, person_id, name = found.kind, found.id, found.name
        return Participant(kind, person_id, name, self.address, self.role, self.response, invite)


@dataclass(frozen=True, slots=True)
class Matches:
    """The people of one meeting, in the order in which the meeting names them, the organizer first."""

    people: tuple[Match, ...]

    @property
    def participants(self) -> tuple[Participant, ...]:
        """Everybody, to be entered into the activity."""
        return tuple(match.as_participant() for match in self.people)

    def of_kind(self, kind: MatchKind) -> tuple[Match, ...]:
        """Those of one kind."""
        return tuple(match for match in self.people if match.kind is kind)

    @property
    def needing_review(self) -> tuple[Match, ...]:
        """Unknown or ambiguous people from outside: they mark an activity under `unknownParticipants: review`."""
        doubtful = {MatchKind.UNKNOWN, MatchKind.AMBIGUOUS}
        return tuple(m for m in self.people if m.kind in doubtful and not m.is_internal)


def match_people(
    people: Sequence[Invited],
    representatives: Mapping[str, Candidate],
    contacts: Mapping[str, Sequence[Contact]],
    internal_domains: frozenset[str],
) -> Matches:
    """Find each person by address: a representative first, else the one contact that carries it.

    `representatives` and `contacts` are keyed by lower-case address.
    """
    return Matches(
        tuple(_match(one, representatives, contacts, internal_domains) for one in people)
    )


def _match(
    one: Invited,
    representatives: Mapping[str, Candidate],
    contacts: Mapping[str, Sequence[Contact]],
    internal_domains: frozenset[str],
) -> Match:
    address = one.address
    is_internal = address.rpartition("@")[2] in internal_domains
    kind = MatchKind.RESOURCE
    found: tuple[Candidate, ...] = ()
    if one.role != "resource" and address in representatives:
        kind, found = MatchKind.REPRESENTATIVE, (representatives[address],)
    elif one.role != "resource":
        kind, found = _match_contact(contacts.get(address, ()) if address else ())
    return Match(address, one.name, one.role, one.response, kind, found, is_internal)


def _match_contact(carriers: Sequence[Contact]) -> tuple[MatchKind, tuple[Candidate, ...]]:
    found = tuple(
        Candidate(PersonKind.CONTACT, contact.id, contact.name, contact.company_id)
        for contact in carriers
    )
    kinds = {0: MatchKind.UNKNOWN, 1: MatchKind.CONTACT}
    return kinds.get(len(found), MatchKind.AMBIGUOUS), found
