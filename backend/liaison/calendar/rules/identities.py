"""Who stands behind the addresses of a meeting: Outlook knows people by address, the CRM by who they are. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from liaison.calendar.model import HeldPerson, Synced, SyncedPerson
from liaison.calendar.rules import synced
from liaison.crm.activity_changes import same_person
from liaison.crm.matching import Matches, MatchKind
from liaison.crm.model import Activity, Participant

_FOUND = {MatchKind.REPRESENTATIVE, MatchKind.CONTACT}


def held_now(activity: Activity) -> tuple[HeldPerson, ...]:
    """Everybody but the organizer, as a baseline remembers that the CRM had them."""
    return tuple(sorted(map(held, others_of(activity)), key=lambda one: one.who))


def others_of(activity: Activity, organizer_who: str | None = None) -> list[Participant]:
    """Everybody but the organizer, whoever that is in the meeting too."""
    return [
        one
        for one in activity.participants
        if one.response != synced.ORGANIZER
        and not same_person(one, activity.organizer)
        and who_is(one) != organizer_who
    ]


def invited_by_key(value: Synced) -> dict[str, SyncedPerson]:
    """Everybody but the organizer, by what makes two entries of a meeting the same person."""
    return {one.key: one for one in value.participants if not organizes(one)}


def organizes(one: SyncedPerson) -> bool:
    """Whether somebody organizes the meeting."""
    return one.response == synced.ORGANIZER


def identities_of(matches: Matches) -> dict[str, str]:
    """Who is behind each key of the meeting, where that is certain."""
    return {
        one.address or one.name.casefold(): f"{one.candidates[0].kind}:{one.candidates[0].id}"
        for one in matches.people
        if one.kind in _FOUND
    }


def keys_of(who: str, own: str, outlook: Iterable[str], known: Mapping[str, str]) -> set[str]:
    """The keys of the meeting behind which somebody stands, else his own."""
    return {key for key in outlook if key == own or known.get(key) == who} or {own}


def who_is(one: Participant) -> str:
    """Who somebody is to the CRM."""
    return f"{one.kind}:{one.id}" if one.id else own_key(one)


def own_key(one: Participant) -> str:
    """What would make him the same person in a meeting."""
    return one.address or one.name.casefold()


def held(one: Participant) -> HeldPerson:
    """Somebody as a baseline remembers him."""
    return HeldPerson(who_is(one), own_key(one), one.role)
