"""Puts a story into the mailboxes. The mails of that are not kept: what the page lists is what
somebody causes afterwards."""

from dataclasses import asdict
from datetime import date
from typing import Any

from liaison_sandbox.story import EMPLOYEES, Meeting, tell_week
from liaison_sandbox.story_series import Series, tell_series
from liaison_sandbox.tenant import Tenant


def stage_people(tenant: Tenant) -> None:
    for one in EMPLOYEES:
        tenant.add_person(one.name, one.address, aliases=one.aliases, roles=one.roles)


def stage_week(tenant: Tenant, today: date) -> None:
    for meeting in tell_week(today):
        _stage(tenant, meeting)
    for series in tell_series(today):
        _stage_series(tenant, series)
    forget_mails(tenant)


def _stage_series(tenant: Tenant, series: Series) -> None:
    organizer = tenant.person(series.first.organizer.address)
    event_id = _stage(tenant, series.first, recurrence=series.recurrence)
    for day, start in series.moved.items():
        organizer.change_occurrence(event_id, day, start=start)
    for day in series.cancelled:
        organizer.cancel_occurrence(event_id, day)


def _stage(tenant: Tenant, meeting: Meeting, **more: Any) -> str:
    """Returns the organizer's id of it, nothing for an outsider's."""
    event_id = ""
    organizer = tenant.find_person(meeting.organizer.address)
    given: dict[str, Any] = {
        "subject": meeting.subject,
        "start": meeting.when.start,
        "end": meeting.when.end,
        "all_day": meeting.all_day,
        "location": meeting.location,
        "body": meeting.body,
        "sensitivity": meeting.sensitivity,
    } | more
    people = [asdict(one) for one in meeting.people]
    if organizer is None:
        sender = (meeting.organizer.name, meeting.organizer.address)
        ical_uid = tenant.outside.invite(sender, people, **given)
    else:
        event_id = organizer.create_event(**given, attendees=people)
        ical_uid = organizer.event(event_id).ical_uid
    for address, response in meeting.answers.items():
        answer(tenant, address, ical_uid, response)
    if meeting.is_cancelled and organizer is not None:
        organizer.cancel_event(event_id)
    return event_id


def answer(tenant: Tenant, address: str, ical_uid: str, response: str) -> None:
    invitee = tenant.find_person(address)
    if invitee is None:
        tenant.outside.answer(address, ical_uid, response)
        return
    for copy in invitee.events(ical_uid=ical_uid):
        invitee.answer(copy.id, response)


def forget_mails(tenant: Tenant) -> None:
    with tenant.exchange.lock:
        tenant.exchange.mails.clear()
