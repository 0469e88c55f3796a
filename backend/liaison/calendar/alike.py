"""Looks for activities that say the same as meetings without a link: people may have planned them in both places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Link, LinkState, Synced
from liaison.calendar.rules.capture import why_not_captured
from liaison.calendar.rules.creation import organizer_of
from liaison.calendar.rules.outward import outward
from liaison.calendar.rules.people import NOBODY
from liaison.calendar.rules.situation import Situation, Standing
from liaison.calendar.rules.synced import from_activity
from liaison.calendar.stores import links
from liaison.crm.model import SYNC_MASTER, Activity, MeetingFacts
from liaison.crm.port import Crm


def know_alike(session: Session, crm: Crm, situations: Sequence[Situation]) -> list[Situation]:
    """The same situations; those of meetings that are captured know the activities that say the same.

    However many there are, it costs two statements.
    """
    told = {at: facts for at, one in enumerate(situations) if (facts := _facts(one))}
    if not told:
        return list(situations)
    found = crm.find_alike(session, list(told.values()))
    ids = {activity.id for several in found for activity in several}
    tied = links.find_latest_links(session, ids) if ids else {}
    alike = {
        at: tuple(one.id for one in several if _is_free(tied.get(one.id)))
        for at, several in zip(told, found, strict=True)
    }
    return [
        replace(one, alike=alike[at]) if alike.get(at) else one for at, one in enumerate(situations)
    ]


def know_under_way(session: Session, crm: Crm, situations: Sequence[Situation]) -> list[Situation]:
    """The same situations; those know it that may be invitations to an event of ours of which no answer has arrived.

    As long as the organizer's own mailbox is read, that settles it.
    """
    under_way = {
        organizer_id: list_under_way(session, crm, organizer_id)
        for one in situations
        if (organizer_id := _lost_organizer(one))
    }
    return [
        replace(one, is_perhaps_ours=True) if _is_perhaps_ours(one, under_way) else one
        for one in situations
    ]


def list_under_way(session: Session, crm: Crm, organizer_id: UUID) -> list[Activity]:
    """The activities of which an event was perhaps made in this organizer's calendar, with no answer yet."""
    tried = [one for one in links.list_awaiting(session, organizer_id) if one.going_out]
    return list(crm.find_activities(session, [one.activity_id for one in tried]).values())


def may_be_made_of(activity: Activity, offered: Synced, now: datetime) -> bool:
    """Whether a meeting may have been made of this activity, which somebody may have changed since: subject or time are the same."""
    crm = outward(from_activity(activity), offered, now)
    return crm.subject == offered.subject or crm.time == offered.time


def _lost_organizer(situation: Situation) -> UUID | None:
    is_lost = situation.organizer.standing is Standing.INACTIVE
    return situation.organizer.mailbox_id if is_lost and not why_not_captured(situation) else None


def _is_perhaps_ours(situation: Situation, under_way: Mapping[UUID, list[Activity]]) -> bool:
    organizer_id, offered = situation.organizer.mailbox_id, situation.offered
    if organizer_id is None or offered is None:
        return False
    some = under_way.get(organizer_id, ())
    return any(may_be_made_of(one, offered, situation.now) for one in some)


def _facts(situation: Situation) -> MeetingFacts | None:
    """By what an activity is known as the same meeting; None for what is not captured."""
    offered = situation.offered
    organizer = organizer_of(situation.matches or NOBODY)
    if why_not_captured(situation) or offered is None or organizer is None:
        return None
    return MeetingFacts(
        offered.subject, organizer, offered.time, is_series=offered.recurrence is not None
    )


def _is_free(link: Link | None) -> bool:
    """Whether the activity may be linked unasked: what a person took apart stays apart."""
    if link is None:
        return True
    return link.state is LinkState.ENDED and link.ended_by in {None, SYNC_MASTER.name}
