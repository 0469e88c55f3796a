"""Finds the meeting that a person has open, in his own name wherever it is not his own mailbox.

Whose data: the caller's own mailbox is read freely; another one only in his name, with his token; no read in the
application's name comes before that one succeeded.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from liaison.calendar.linking.values import FoundMeeting, MeetingQuery, Person
from liaison.calendar.rules.own_answer import with_own_answer
from liaison.calendar.rules.series import key_of, occurrence_at, occurrence_shown
from liaison.calendar.tools import Tools
from liaison.errors import (
    EventAccessDenied,
    InvalidRequest,
    MailboxUnavailable,
    MeetingNotFound,
    NotAUser,
    NotFound,
    SeveralMeetings,
    UnsupportedMeeting,
)
from liaison.outlook.model import (
    CalendarEvent,
    CalendarPlace,
    Caller,
    EventKind,
    Mailbox,
    UnreadableEvent,
)
from liaison.people import representatives
from liaison.people.model import Representative
from liaison.times import When

NEAR = timedelta(minutes=1)
# It becomes a part of a path at Microsoft, so nothing that would mean another path.
_ADDRESS = re.compile(r"[^@\s/\\?#%]+@[^@\s/\\?#%]+")


def own_representative(person: Person) -> Representative:
    """The representative that this person is. Raises `NotAUser`."""
    if person.representative is None:
        raise NotAUser
    return person.representative


def find_meeting(tools: Tools, person: Person, query: MeetingQuery) -> FoundMeeting:
    """The meeting that is open.

    Raises `MeetingNotFound`, `SeveralMeetings`, `UnsupportedMeeting` (unreadable), `InvalidRequest`, and what reading in the
    caller's name raises: `EventAccessDenied`, `InteractionRequired`.
    """
    mailbox, address, owner, caller = _mailbox_of(tools, person, query.mailbox)
    try:
        if query.item_id:
            event = _by_id(tools, mailbox, query.item_id, caller)
        else:
            event = _by_content(tools, mailbox, query, caller)
    except MailboxUnavailable as error:
        if caller is None:
            raise
        # Whether such a mailbox exists at all is nothing to tell somebody who may not read it.
        raise EventAccessDenied from error
    own = frozenset({owner.address, *owner.aliases}) if owner else frozenset[str]()
    master = read_master(tools, mailbox, event, caller)
    master = with_own_answer(master, own) if master else None
    shown = occurrence_open(event, master, query.start) if master else event
    return FoundMeeting(with_own_answer(shown, own), mailbox, address, owner, caller, master)


def read_master(
    tools: Tools, mailbox: Mailbox, event: CalendarEvent, caller: Caller | None = None
) -> CalendarEvent | None:
    """The whole series to which this event belongs; None for a single meeting.

    Raises `UnsupportedMeeting` where the series cannot be read.
    """
    if event.kind is EventKind.SINGLE_INSTANCE:
        return None
    if event.kind is EventKind.SERIES_MASTER and event.knows_exceptions:
        return event
    if event.kind is not EventKind.SERIES_MASTER and event.series_master_id is None:
        raise UnsupportedMeeting(
            "This mailbox was invited to this occurrence only and does not show its series."
            " Somebody who was invited to the series can link it."
        )
    master_id = event.series_master_id or event.event_id
    found = tools.outlook.calendars.read_series(mailbox, master_id, caller=caller)
    if isinstance(found, CalendarEvent) and found.recurrence:
        return found
    raise UnsupportedMeeting("Outlook does not show the series to which this meeting belongs.")


def occurrence_open(
    event: CalendarEvent, master: CalendarEvent, start: datetime | date | None
) -> CalendarEvent:
    """What is open: the occurrence that begins at `start`, else the event as it was found.

    Outlook is known to name the series in the place of an occurrence, so what it shows counts for more than the id.
    An opened series begins like its first occurrence, which is taken for open then: whoever links is asked anyway.
    """
    if event.kind is not EventKind.SERIES_MASTER:
        original = event.original_start or event.when.start
        return occurrence_at(master, key_of(original)) or event
    if start is None:
        return master
    shown = occurrence_shown(master, key_of(start))
    is_first = key_of(start) == key_of(master.when.start)
    return master if shown is None or (is_first and shown.is_cancelled) else shown


def _mailbox_of(
    tools: Tools, person: Person, address: str | None
) -> tuple[Mailbox, str, Representative | None, Caller | None]:
    """The mailbox, its address, its owner if one of ours, and the caller where it is not his own."""
    own = own_representative(person)
    if address is None or address.lower() in own.addresses:
        return Mailbox(own.tenant_id, own.oid), own.address, own, None
    if not _ADDRESS.fullmatch(address):
        raise InvalidRequest(errors={"mailbox": ["Give the address of a mailbox."]})
    caller = Caller(person.oid, person.token)
    with tools.database.transaction() as session:
        owner = representatives.find_by_addresses(session, [address]).get(address.lower())
    if owner:
        return Mailbox(owner.tenant_id, owner.oid), owner.address, owner, caller
    # Microsoft takes an address in the place of an object id, so nobody has to be looked up first.
    return Mailbox(person.tenant_id, address.lower()), address.lower(), None, caller


def _by_id(tools: Tools, mailbox: Mailbox, item_id: str, caller: Caller | None) -> CalendarEvent:
    calendars = tools.outlook.calendars
    event_id = calendars.immutable_id(mailbox, item_id, caller=caller)
    if event_id is None:
        raise MeetingNotFound
    if caller:
        return _readable(calendars.find_event(mailbox, event_id, caller=caller))
    presence = calendars.look_up(mailbox, event_id)
    if presence.calendar is CalendarPlace.NONE and not presence.is_listed:
        raise MeetingNotFound
    return _readable(presence.event)


def _readable(event: CalendarEvent | UnreadableEvent | None) -> CalendarEvent:
    if event is None:
        raise MeetingNotFound
    if isinstance(event, UnreadableEvent):
        raise UnsupportedMeeting(f"Outlook's answer about this meeting cannot be read: {event.why}")
    return event


def _by_content(
    tools: Tools, mailbox: Mailbox, query: MeetingQuery, caller: Caller | None
) -> CalendarEvent:
    wanted = _span(query)
    # A whole day lies otherwise in each zone.
    margin = timedelta(days=1) if wanted.is_all_day else NEAR
    shown = tools.outlook.calendars.list_between(
        mailbox, wanted.starts_at - margin, wanted.ends_at + margin, caller=caller
    )
    found = [event for event in shown if _fits(event, query, wanted)]
    if len(found) > 1:
        raise SeveralMeetings
    if not found:
        raise MeetingNotFound
    return found[0]


def _span(query: MeetingQuery) -> When:
    """The time that is asked for: two instants, or two days."""
    start, end = query.start, query.end
    if start is None or end is None or isinstance(start, datetime) is not isinstance(end, datetime):
        raise InvalidRequest(
            "Name the meeting by itemId, or by subject, start and end.",
            errors={"itemId": ["Give it, or subject, start and end."]},
        )
    wanted = When(start, end)
    if wanted.ends_at < wanted.starts_at:
        raise InvalidRequest(errors={"end": ["It is not before “start”."]})
    return wanted


def _fits(event: CalendarEvent, query: MeetingQuery, wanted: When) -> bool:
    organizer = (query.organizer or "").strip().lower()
    return (
        " ".join(event.subject.split()) == " ".join((query.subject or "").split())
        and _is_same_time(event.when, wanted)
        and (not organizer or organizer == event.organizer.address)
    )


def _is_same_time(one: When, wanted: When) -> bool:
    """To the minute: Office.js gives whole minutes where Exchange keeps seconds."""
    if wanted.is_all_day:
        return one.same_span(wanted)
    return abs(one.starts_at - wanted.starts_at) < NEAR and abs(one.ends_at - wanted.ends_at) < NEAR


def find_organizers_copy(
    tools: Tools, found: FoundMeeting, organizer: Representative, person: Person
) -> CalendarEvent:
    """The organizer's own copy of a meeting of which the caller has read another.

    By iCalUId, else by start and subject; accepted only if the caller, or the one in whose mailbox he may read it, is
    among its attendees. Raises `MeetingNotFound`, `SeveralMeetings`, `NotFound`, `GatewayError`.
    """
    mailbox = Mailbox(organizer.tenant_id, organizer.oid)
    calendars = tools.outlook.calendars
    wanted = found.master or found.event
    copies = calendars.list_by_ical_uid(mailbox, wanted.ical_uid)
    if not copies and not found.master:
        when = found.event.when
        shown = calendars.list_between(mailbox, when.starts_at - NEAR, when.ends_at + NEAR)
        copies = [e for e in shown if e.subject == found.event.subject and e.when.same_span(when)]
    own = [event for event in copies if event.is_organizer]
    if len(own) > 1:
        raise SeveralMeetings
    if not own:
        raise MeetingNotFound("The organizer's copy of this meeting is not there (yet).")
    whole = read_master(tools, mailbox, own[0]) or own[0]
    readable = found.owner.addresses if found.owner else ()
    allowed = {*own_representative(person).addresses, *readable, found.address}
    if not allowed & _invited(whole):
        raise NotFound("You are not among the attendees of the organizer's meeting.")
    return whole


def _invited(event: CalendarEvent) -> set[str]:
    """The addresses invited to the meeting, or to some occurrence of the series."""
    return {attendee.address for one in (event, *event.exceptions) for attendee in one.attendees}
