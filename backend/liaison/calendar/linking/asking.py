"""A person asks for an event of an activity that had one before: only then it goes out once more. No network here."""

from __future__ import annotations

from sqlalchemy.orm import Session

from liaison.calendar import departing
from liaison.calendar.model import LinkState, NoteSource
from liaison.calendar.rules.outgoing import asks_for_event, awaiting_link, is_past
from liaison.calendar.stores import links, mailboxes, noted
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity
from liaison.db.tables import new_id
from liaison.people.model import Representative
from liaison.policy.store import read_policy


def ask_again(session: Session, tools: Tools, activity: Activity, own: Representative) -> None:
    """Reserve a new link, where the activity had one that ended and the organizer's mailbox can be written."""
    now, organizer_id = tools.clock.now(), activity.organizer.id
    former = links.find_latest_links(session, [activity.id]).get(activity.id)
    if former is None or former.state is not LinkState.ENDED or organizer_id is None:
        return
    policy = read_policy(session).policy
    if not asks_for_event(activity, policy) or is_past(activity, now):
        return
    if not mailboxes.find_followed(session, [organizer_id]):
        return
    wanted = awaiting_link(activity, new_id(), own.name)
    if departing.reserve(session, organizer_id, wanted, now) is not None:
        item = noted.by_activity(activity.id)
        noted.note_events(session, organizer_id, [item], NoteSource.PERSON, now)
        tools.wake_after_commit(session, organizer_id)
