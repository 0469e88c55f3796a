"""Which copy of a meeting a new link will follow, judged before anything is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from liaison.calendar.alike import list_under_way, may_be_made_of
from liaison.calendar.linking.meetings import find_organizers_copy
from liaison.calendar.linking.values import FoundMeeting, Person
from liaison.calendar.model import Copy, Scope
from liaison.calendar.rules.series import occurrence_at
from liaison.calendar.sights import offer
from liaison.calendar.stores import mailboxes
from liaison.calendar.tools import Tools
from liaison.errors import (
    Conflict,
    GatewayError,
    MeetingCancelled,
    MeetingNotFound,
    PrivateMeeting,
    RepresentativeInactive,
    ScopeMismatch,
)
from liaison.outlook.model import CalendarEvent, EventKind
from liaison.people import representatives
from liaison.people.model import Representative
from liaison.policy.store import read_policy
from liaison.policy.values import Private


@dataclass(frozen=True, slots=True)
class Governing:
    """The copy to follow and whose it is; `event` is None while the organizer's copy could not be read.

    `event` is what is linked: a single meeting, a series, or one occurrence; `source` what was read, which of an
    occurrence is its series. `copies`: what is known of the meeting's copies in our mailboxes.
    """

    mailbox_id: UUID
    event: CalendarEvent | None
    copies: tuple[Copy, ...]
    source: CalendarEvent | None = None


def find_governing(tools: Tools, person: Person, found: FoundMeeting, scope: Scope) -> Governing:
    """The organizer's copy if he is active, else the copy that was found.

    Raises `ScopeMismatch`, `PrivateMeeting`, `MeetingCancelled`, `RepresentativeInactive`, `Conflict`, and what reading the
    organizer's copy raises, failures of Microsoft 365 excepted: then the link follows by itself.
    """
    _check_scope(found, scope)
    # The organizer's copy may be gone altogether, so this one has to tell.
    if meant(found, scope).is_cancelled:
        raise MeetingCancelled
    organizer = _active_organizer(tools, found)
    if organizer is None:
        governing = _followed_copy(tools, found, scope)
    elif found.owner and found.owner.id == organizer.id:
        governing = _of(found.owner, found, scope)
    else:
        governing = _organizers_copy(tools, person, found, organizer, scope)
    if governing.event:
        _check_content(tools, governing.event)
    return governing


def meant(found: FoundMeeting, scope: Scope) -> CalendarEvent:
    """What is to be linked of a meeting that was found: the series, or what is open."""
    return found.master if found.master and scope is Scope.SERIES else found.event


def _check_scope(found: FoundMeeting, scope: Scope) -> None:
    if found.master is None:
        if scope is not Scope.SINGLE:
            raise ScopeMismatch("This meeting does not recur: link it with scope single.")
        return
    if scope is Scope.SINGLE:
        raise ScopeMismatch("This meeting recurs: link this occurrence, or the whole series.")
    if scope is Scope.OCCURRENCE and found.event.kind is EventKind.SERIES_MASTER:
        raise ScopeMismatch("Open the occurrence to link it by itself.")


def _of(owner: Representative, found: FoundMeeting, scope: Scope) -> Governing:
    event = meant(found, scope)
    return Governing(owner.id, event, (_copy(owner, event),), found.master or event)


def _check_content(tools: Tools, event: CalendarEvent) -> None:
    with tools.database.transaction() as session:
        policy = read_policy(session).policy
    if event.is_private and policy.private is Private.SKIP:
        raise PrivateMeeting
    if event.is_cancelled:
        raise MeetingCancelled


def _active_organizer(tools: Tools, found: FoundMeeting) -> Representative | None:
    address = found.event.organizer.address
    with tools.database.transaction() as session:
        organizer = representatives.find_by_addresses(session, [address]).get(address)
        if organizer is None and found.event.is_organizer:
            organizer = found.owner
        ids = {organizer.id} if organizer else set()
        return organizer if mailboxes.find_followed(session, ids) else None


def _followed_copy(tools: Tools, found: FoundMeeting, scope: Scope) -> Governing:
    """The organizer is outside or not active: the copy that was found, if its mailbox is followed."""
    owner = found.owner
    with tools.database.transaction() as session:
        is_followed = owner and mailboxes.find_followed(session, {owner.id})
    if owner is None or not is_followed:
        raise RepresentativeInactive(
            "Neither the organizer nor the owner of this mailbox is active in Liaison."
        )
    if _is_perhaps_ours(tools, found):
        raise Conflict(
            "This meeting seems to be made of an activity that is being brought to Outlook. Try again when "
            "its organizer's mailbox can be read."
        )
    return _of(owner, found, scope)


def _is_perhaps_ours(tools: Tools, found: FoundMeeting) -> bool:
    """Whether the organizer's mailbox was lost before the answer to a write of ours, which this may be an invitation to."""
    offered, address = offer(found.master or found.event), found.event.organizer.address
    with tools.database.transaction() as session:
        organizer = representatives.find_by_addresses(session, [address]).get(address)
        if organizer is None:
            return False
        under_way = list_under_way(session, tools.crm, organizer.id)
    return any(may_be_made_of(one, offered, tools.clock.now()) for one in under_way)


def _organizers_copy(
    tools: Tools,
    person: Person,
    found: FoundMeeting,
    organizer: Representative,
    scope: Scope,
) -> Governing:
    own = (_copy(found.owner, found.event),) if found.owner else ()
    try:
        source = find_organizers_copy(tools, found, organizer, person)
    except GatewayError:
        if found.owner is None:
            # Nobody could tell later whether the organizer invited whoever links it.
            raise
        return Governing(organizer.id, None, own)
    event = source
    if scope is Scope.OCCURRENCE and found.event.original_start:
        event = occurrence_at(source, found.event.original_start) or _no_occurrence()
    return Governing(organizer.id, event, (*own, _copy(organizer, event)), source)


def _no_occurrence() -> NoReturn:
    raise MeetingNotFound("The organizer's series has no such occurrence (yet).")


def _copy(owner: Representative, event: CalendarEvent) -> Copy:
    return Copy(owner.id, event.event_id, event.is_organizer, is_present=True)
