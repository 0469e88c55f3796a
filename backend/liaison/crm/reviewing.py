"""What a person answers to the marks of an activity: whom an address is, or that a mark is settled. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from liaison.crm.activity_changes import ORGANIZER
from liaison.crm.model import Activity, Participant, PersonKind, ReviewNote
from liaison.errors import InvalidRequest, ReviewSettled


def entered(activity: Activity, address: str, person: Participant) -> Mapping[str, Any]:
    """The members after somebody who stood there by address was found to be this person.

    The part, the answer and the address of the meeting stay. Somebody who is there under several addresses is one.
    Raises `ReviewSettled` where nobody stands there by this address any more.
    """
    unknown = [one for one in activity.participants if _stands_by(one, address)]
    if not unknown:
        raise ReviewSettled
    if not unknown[0].address:
        raise InvalidRequest(
            "Nobody without a mail address can be matched. Set the mark aside, or add the address in the meeting.",
            errors={"address": ["Is no mail address."]},
        )
    people = [_as(person, one) if one in unknown else one for one in activity.participants]
    fields: dict[str, Any] = {
        "participants": _once(people, person),
        "review": _without(activity, lambda note: note.address == address),
    }
    if _stands_by(activity.organizer, address):
        fields["organizer"] = _as(person, activity.organizer)
    return fields


def set_aside(activity: Activity, *, address: str | None, reason: str | None) -> Mapping[str, Any]:
    """The members without this mark: of this address, or of this reason. Raises `ReviewSettled` where it is gone."""
    left = _without(
        activity,
        lambda note: note.address == address if address is not None else note.reason == reason,
    )
    if left == activity.review:
        raise ReviewSettled
    return {"review": left}


def _stands_by(one: Participant, address: str) -> bool:
    return one.kind is PersonKind.OTHER and (one.address or one.name.casefold()) == address


def _as(person: Participant, one: Participant) -> Participant:
    return replace(one, kind=person.kind, id=person.id, name=person.name)


def _once(people: list[Participant], person: Participant) -> tuple[Participant, ...]:
    """Under several addresses the organizer's counts, else the first by name: as the sync chooses, too."""
    same = [one for one in people if (one.kind, one.id) == (person.kind, person.id)]
    kept = min(same, key=lambda one: (one.response != ORGANIZER, one.address))
    return tuple(one for one in people if one not in same or one is kept)


def _without(activity: Activity, is_meant: Any) -> tuple[ReviewNote, ...]:
    return tuple(note for note in activity.review if not is_meant(note))
