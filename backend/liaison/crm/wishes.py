"""What a person asks of an activity, turned into its members: every problem at once. Pure.

Wishes have the names of the API in snake_case: people and companies by id, `start`, `end`, `time_zone`, `all_day`
for the time, `location` for the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any, Protocol
from uuid import UUID
from zoneinfo import available_timezones

from liaison.crm.activity_changes import same_person
from liaison.crm.model import (
    Activity,
    ActivityStatus,
    ActivityType,
    Company,
    Contact,
    Participant,
    PersonKind,
)
from liaison.crm.record_fields import Errors, is_address
from liaison.crm.recurrence_wishes import read_recurrence
from liaison.errors import InvalidRequest
from liaison.times import When

TEXTS = ("subject", "notes", "internal_notes", "outcome", "next_step", "regarding")
TIMES = ("start", "end", "time_zone", "all_day")
ROLES = ("required", "optional", "resource")
OTHERS = ("type", "status", "location", "owner", "organizer", "company", "participants")
SWITCHES = ("transfer_to_outlook",)
MEMBERS = frozenset({*TEXTS, *TIMES, *OTHERS, *SWITCHES, "recurrence"})


class Colleague(Protocol):
    """One of our people, as far as an activity names him."""

    @property
    def id(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def address(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Known:
    """Those of the people and companies named in a wish that exist."""

    colleagues: Mapping[UUID, Colleague] = field(default_factory=dict)
    contacts: Mapping[UUID, Contact] = field(default_factory=dict)
    companies: Mapping[UUID, Company] = field(default_factory=dict)


def named_ids(wishes: Mapping[str, Any], kind: PersonKind) -> set[UUID]:
    """The ids of the people of this kind that a wish names."""
    people = wishes.get("participants") or ()
    ids = {one.get("id") for one in people if one.get("kind") == kind}
    if kind is PersonKind.REPRESENTATIVE:
        ids |= {wishes.get("owner"), wishes.get("organizer")}
    return {one for one in ids if one is not None}


def read_wishes(
    wishes: Mapping[str, Any], current: Activity | None, known: Known, time_zone: str = "UTC"
) -> dict[str, Any]:
    """The members of `Activity` that are wished. `time_zone` is that of whoever plans, where none is given.

    Raises `InvalidRequest` with `errors` {camelCase name: [sentence]}.
    """
    errors: Errors = {}
    fields: dict[str, Any] = {name: wishes[name] for name in TEXTS if name in wishes}
    fields |= {name: bool(wishes[name]) for name in SWITCHES if name in wishes}
    if not str(fields.get("subject", "-")).strip():
        errors["subject"] = ["An activity has a subject."]
    if "location" in wishes:
        fields["place"] = wishes["location"]
    fields |= _words(wishes, errors)
    fields |= _people(wishes, current, known, errors)
    if any(name in wishes for name in TIMES):
        when = _read_when(wishes, current, time_zone, errors)
        fields |= {} if when is None else {"when": when}
    fields |= read_recurrence(wishes, fields.get("when"), current, errors)
    errors |= {name: ["This cannot be given."] for name in set(wishes) - MEMBERS}
    if errors:
        raise InvalidRequest(
            " ".join(line for one in errors.values() for line in one), errors=errors
        )
    return fields


def _words(wishes: Mapping[str, Any], errors: Errors) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name, words in (("type", ActivityType), ("status", ActivityStatus)):
        if name in wishes and wishes[name] not in list(words):
            errors[name] = [f"It is one of {', '.join(words)}."]
        elif name in wishes:
            fields[name] = words(wishes[name])
    return fields


def _people(
    wishes: Mapping[str, Any], current: Activity | None, known: Known, errors: Errors
) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if "owner" in wishes:
        fields["owner_id"] = wishes["owner"]
        if wishes["owner"] not in known.colleagues:
            errors["owner"] = ["There is no such representative."]
    if "organizer" in wishes:
        fields |= _organizer(wishes["organizer"], current, known, errors)
    if "company" in wishes:
        fields["company_id"] = wishes["company"]
        if wishes["company"] is not None and wishes["company"] not in known.companies:
            errors["company"] = ["There is no such company."]
    if "participants" in wishes:
        people = wishes["participants"] or ()
        fields["participants"] = tuple(_participants(people, current, known, errors))
    return fields


def _organizer(
    organizer_id: UUID, current: Activity | None, known: Known, errors: Errors
) -> dict[str, Any]:
    if current is not None and current.organizer.id == organizer_id:
        return {}
    colleague = known.colleagues.get(organizer_id)
    if colleague is None:
        errors["organizer"] = ["There is no such representative."]
        return {}
    return {"organizer": representative_participant(colleague)}


def representative_participant(colleague: Colleague) -> Participant:
    """One of ours as he takes part."""
    return Participant(PersonKind.REPRESENTATIVE, colleague.id, colleague.name, colleague.address)


def _participants(
    people: Sequence[Mapping[str, Any]], current: Activity | None, known: Known, errors: Errors
) -> list[Participant]:
    """Those who take part already stay as they are known: a GET's answer sent back changes nobody."""
    present = () if current is None else current.participants
    found: list[Participant] = []
    for number, wish in enumerate(people):
        role = wish.get("role") or "required"
        if role not in ROLES:
            errors[f"participants.{number}.role"] = [f"It is one of {', '.join(ROLES)}."]
        named = _standing(wish, present) or _named(wish, known)
        if isinstance(named, str):
            member = ".address" if wish.get("kind") == PersonKind.OTHER else ""
            errors[f"participants.{number}{member}"] = [named]
            continue
        known_one = next((one for one in present if _is_the_same(one, named)), named)
        invite = known_one.invite if wish.get("invite") is None else wish["invite"]
        one = replace(known_one, role=str(role), invite=invite)
        if not any(same_person(one, other) for other in found):
            found.append(one)
    return found


def _standing(wish: Mapping[str, Any], present: Sequence[Participant]) -> Participant | None:
    """Who takes part already, whatever became of the contact, and however unusable the address is."""
    given = (wish.get("kind"), wish.get("id"))
    named = (str(wish.get("address") or "").lower(), str(wish.get("name") or ""))
    for one in present:
        is_named = one.id is not None or (one.address.lower(), one.name) == named
        if (one.kind, one.id) == given and is_named:
            return one
    return None


def _is_the_same(present: Participant, named: Participant) -> bool:
    same_name = named.kind is not PersonKind.OTHER or present.name == named.name or not named.name
    return present.kind is named.kind and same_person(present, named) and same_name


def _named(wish: Mapping[str, Any], known: Known) -> Participant | str:
    address = str(wish.get("address") or "").strip().lower()
    match wish.get("kind"):
        case PersonKind.REPRESENTATIVE:
            colleague = known.colleagues.get(wish["id"]) if wish.get("id") else None
            return representative_participant(colleague) if colleague else _nobody("representative")
        case PersonKind.CONTACT:
            contact = known.contacts.get(wish["id"]) if wish.get("id") else None
            return _contact(contact, address) if contact else _nobody("contact")
        case PersonKind.OTHER:
            name = str(wish.get("name") or "")
            if (address and not is_address(address)) or not (address or name):
                return "Give a mail address or a name."
            return Participant(PersonKind.OTHER, None, name, address)
    return f"The kind is one of {', '.join(PersonKind)}."


def _nobody(kind: str) -> str:
    return f"There is no such {kind}."


def _contact(contact: Contact, address: str) -> Participant:
    main = contact.addresses[0] if contact.addresses else ""
    chosen = address if address in contact.addresses else main
    return Participant(PersonKind.CONTACT, contact.id, contact.name, chosen)


def _read_when(
    wishes: Mapping[str, Any], current: Activity | None, time_zone: str, errors: Errors
) -> When | None:
    now = None if current is None else current.when
    start = wishes.get("start", now.start if now else None)
    end = wishes.get("end", now.end if now else None)
    zone = wishes.get("time_zone") or (now.time_zone if now else time_zone)
    all_day = wishes.get("all_day", not isinstance(start, datetime))
    wrong = _wrong_time(start, end, zone, all_day=all_day)
    errors |= wrong
    return None if wrong or start is None or end is None else When(_utc(start), _utc(end), zone)


def _utc(moment: date) -> date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _wrong_time(start: date | None, end: date | None, zone: str, *, all_day: bool) -> Errors:
    wrong: Errors = {}
    if zone not in available_timezones():
        wrong["timeZone"] = [f"{zone} is no time zone such as Europe/Berlin."]
    for name, moment in (("start", start), ("end", end)):
        sentence = _wrong_moment(moment, all_day=all_day)
        if sentence:
            wrong[name] = [sentence]
    if not wrong and start is not None and end is not None and end < start:
        wrong["end"] = ["It ends before it starts."]
    return wrong


def _wrong_moment(moment: date | None, *, all_day: bool) -> str | None:
    if moment is None:
        return "This is needed."
    if all_day:
        is_day = not isinstance(moment, datetime)
        return None if is_day else "Whole days are given as dates, without a time."
    if not isinstance(moment, datetime):
        return "Give a time, or say that it lasts whole days."
    return "Give the time with its offset." if moment.tzinfo is None else None
