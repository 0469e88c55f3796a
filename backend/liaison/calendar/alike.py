"""Looks for activities that say the same as meetings without a link: people may have planned them in both places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules.capture import why_not_captured
from liaison.calendar.rules.creation import organizer_of
from liaison.calendar.rules.people import NOBODY
from liaison.calendar.rules.situation import Situation
from liaison.calendar.stores import links
from liaison.crm.model import SYNC_MASTER, MeetingFacts
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
