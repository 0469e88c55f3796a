"""How far activities have come to Outlook, read for a whole page at once. No network here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules.outgoing import asks_for_event
from liaison.calendar.rules.outlook_state import Standing
from liaison.calendar.stores import decisions, held_mails, mailboxes, noted
from liaison.crm.model import Activity
from liaison.policy.settings import Policy

Place = tuple[UUID, str]


def read_standings(
    session: Session,
    activities: Sequence[Activity],
    tied: Mapping[UUID, Link],
    policy: Policy,
    now: datetime,
) -> dict[UUID, Standing]:
    """By activity. `tied`: the latest link of each."""
    places = {one.id: place for one in activities if (place := _place(one, tied.get(one.id)))}
    items = noted.find_items(session, places.values())
    organizers = {one.organizer.id for one in activities if one.organizer.id}
    followed = mailboxes.find_followed(session, organizers)
    waiting = held_mails.read_held_mails(session, [one.id for one in activities])
    held = {key for key, mail in waiting.items() if not mail.is_approved}
    asking = [one.id for one in activities if one.id not in tied and asks_for_event(one, policy)]
    return {
        one.id: Standing(
            activity=one,
            link=tied.get(one.id),
            waits=items.get(places[one.id]) if one.id in places else None,
            is_held=one.id in held,
            can_be_written=one.organizer.id in followed,
            policy=policy,
            now=now,
            last_reason=decisions.last_reason(session, one.id) if one.id in asking else None,
        )
        for one in activities
    }


def _place(activity: Activity, link: Link | None) -> Place | None:
    """Where something may wait for the activity."""
    if link is not None and link.state is not LinkState.ENDED:
        copy = governing_copy(link)
        return (copy.mailbox_id, copy.event_id) if copy else None
    organizer_id = activity.organizer.id
    return (organizer_id, noted.by_activity(activity.id)) if organizer_id else None
