"""Claims the one link of a meeting for an activity: made, found, or revived from its tombstone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from liaison.calendar.linking.suggesting import is_continued_by
from liaison.calendar.model import Copy, Link, LinkState, Scope
from liaison.calendar.passes import Pass
from liaison.calendar.rules.endings import ended, whose
from liaison.calendar.sights import meeting_of
from liaison.calendar.stores import decisions, links
from liaison.calendar.tools import Tools
from liaison.crm.rights import may_see
from liaison.db.tables import new_id
from liaison.errors import ActivityTaken, AlreadyLinked
from liaison.outlook.model import CalendarEvent
from liaison.people.model import Representative


def claim(
    session: Session,
    tools: Tools,
    event: CalendarEvent,
    activity_id: UUID,
    scope: Scope,
    own: Representative,
) -> tuple[Link, bool]:
    """The meeting's link to this activity, locked, and whether it was claimed just now.

    Raises `AlreadyLinked`, `ActivityTaken`.
    """
    wanted = _new_link(event, activity_id, scope, own)
    link = links.reserve_link(session, wanted, tools.clock.now())
    if link is None:
        raise _activity_taken(session, tools, activity_id, own)
    if link.id == wanted.id:
        return link, True
    if link.state is not LinkState.ENDED:
        if link.activity_id == activity_id:
            return link, False
        raise already_linked(session, tools, link, own)
    return _revive(session, tools, link, wanted, own), True


def give_up_continued(
    session: Session, event: CalendarEvent, activity_id: UUID, own: Representative, this: Pass
) -> None:
    """A series that was shortened gives its activity to the one that continues it, when a person links that."""
    link = links.find_link_of_activity(session, activity_id)
    if link is None or link.ical_uid == event.ical_uid or not is_continued_by(link, event):
        return
    links.save_links(session, [(link, ended("unlinked-by-person", own.name, this.now))])
    decisions.log_decisions(
        session, [this.entry("unlinked-by-person", "end-link", **whose(link, own.id))]
    )


def as_known(session: Session, event: CalendarEvent, copies: Sequence[Copy]) -> CalendarEvent:
    """The meeting under the uid of the link that knows one of its copies; some systems give copies uids of their own."""
    for copy in copies:
        known = links.find_links_by_events(session, copy.mailbox_id, [copy.event_id])
        if known:
            return replace(event, ical_uid=known[copy.event_id].ical_uid)
    return event


def already_linked(
    session: Session, tools: Tools, link: Link, own: Representative
) -> AlreadyLinked:
    """The refusal; it names the other activity only to somebody who may see it."""
    activity = tools.crm.find_activities(session, [link.activity_id]).get(link.activity_id)
    if activity is None or not may_see(activity, own.id):
        return AlreadyLinked(link=None, activity=None)
    sentence = f"This meeting is already linked to “{activity.subject}”."
    named = {"id": str(activity.id), "subject": activity.subject}
    return AlreadyLinked(sentence, link=_named(link), activity=named)


@contextmanager
def told_of_rivals() -> Iterator[None]:
    """Of two who claim one activity at the same moment the second is told, as if he had come later."""
    try:
        yield
    except IntegrityError as error:
        if "uq_links_activity" not in str(error.orig):
            raise
        raise ActivityTaken(link=None, activity=None) from error


def _new_link(event: CalendarEvent, activity_id: UUID, scope: Scope, own: Representative) -> Link:
    ical_uid, original_start = meeting_of(event)
    return Link(
        id=new_id(),
        scope=scope,
        state=LinkState.RESERVED,
        ical_uid=ical_uid,
        original_start=original_start,
        activity_id=activity_id,
        organizer_address=event.organizer.address,
        copies=(),
        baseline=None,
        created_by=own.name,
        version=1,
    )


def _revive(session: Session, tools: Tools, link: Link, wanted: Link, own: Representative) -> Link:
    """A tombstone that only a person revives, to the same or another activity."""
    if links.find_link_of_activity(session, wanted.activity_id):
        raise _activity_taken(session, tools, wanted.activity_id, own)
    fresh: dict[str, Any] = {
        "state": LinkState.RESERVED,
        "activity_id": wanted.activity_id,
        "scope": wanted.scope,
        "organizer_address": wanted.organizer_address,
        "baseline": None,
        "created_by": wanted.created_by,
        "frozen_reason": None,
        "ended_at": None,
        "ended_by": None,
        "ended_reason": None,
        "removal_version": None,
    }
    links.save_links(session, [(link, fresh)])
    return replace(link, **fresh, version=link.version + 1)


def _activity_taken(
    session: Session, tools: Tools, activity_id: UUID, own: Representative
) -> ActivityTaken:
    """Names the other link only to those who may see the activity; of its meeting it tells nothing."""
    link = links.find_link_of_activity(session, activity_id)
    activity = tools.crm.find_activities(session, [activity_id]).get(activity_id)
    if link is None or activity is None or not may_see(activity, own.id):
        return ActivityTaken(link=None, activity=None)
    named = {"id": str(activity.id), "subject": activity.subject}
    return ActivityTaken(link=_named(link), activity=named)


def _named(link: Link) -> dict[str, str]:
    return {"id": str(link.id), "activityId": str(link.activity_id), "state": link.state.value}
