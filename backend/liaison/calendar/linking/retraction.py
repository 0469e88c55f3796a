"""Erases what the CRM and the log hold of a meeting that a person takes back. Codes and times of decisions stay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from liaison.calendar.model import Link
from liaison.calendar.passes import Pass
from liaison.calendar.rules import synced
from liaison.calendar.rules.removals import occurrence_facts
from liaison.calendar.stores import decisions, links, noted_outcomes
from liaison.calendar.tools import Tools
from liaison.crm.model import Activity, ActivityChange, Applied, Participant, PersonKind
from liaison.errors import VersionMismatch
from liaison.people import representatives
from liaison.times import When

ERASED_SUBJECT = "Retracted"


def erase(session: Session, tools: Tools, link: Link, this: Pass) -> None:
    """Blank and hide the activity, forget the link's values in the log and what waits for its events.

    An activity that belongs to another meeting by now has that one's content and stays.
    The actor's origin is the sync's, so that no outbox row tells others what is to be forgotten.
    """
    activity = tools.crm.find_activities(session, [link.activity_id]).get(link.activity_id)
    present = links.find_link_of_activity(session, link.activity_id)
    if activity and (present is None or present.id == link.id):
        blank = _blank(activity, _owner(session, activity), this.now)
        change = ActivityChange(activity.id, activity.version, blank)
        [result] = tools.crm.apply_changes(session, [change], this.actor)
        if not isinstance(result, Applied):
            raise VersionMismatch
    decisions.erase_values(session, link.id, link.activity_id)
    if "originalStart" in (which := occurrence_facts(link)):
        tied = links.find_links_of_uids(session, {link.ical_uid})[link.ical_uid]
        decisions.erase_occurrence(session, [one.id for one in tied], which["originalStart"])
        _forget_contests(session, tied)
    noted_outcomes.erase_items(session, [(copy.mailbox_id, copy.event_id) for copy in link.copies])


def _forget_contests(session: Session, tied: Sequence[Link]) -> None:
    """What both sides changed of the times of a series tells of its occurrences, too."""
    locked = links.lock_links_by_ids(session, [one.id for one in tied if one.contested or one.sent])
    for link in locked:
        left = {name: one for name, one in link.contested.items() if name != "time"}
        links.save_links(session, [(link, {"contested": left, "sent": {}})])


def _blank(activity: Activity, owner: Participant, now: datetime) -> dict[str, Any]:
    today = now.date()
    return {
        "subject": ERASED_SUBJECT,
        "notes": "",
        "place": "",
        "internal_notes": "",
        "outcome": "",
        "next_step": "",
        "regarding": "",
        "when": When(today, today),
        "recurrence": None,
        "organizer": owner,
        "participants": (),
        "review": (),
        "company_id": None,
        "confidential": True,
        "deleted_at": activity.deleted_at or now,
    }


def _owner(session: Session, activity: Activity) -> Participant:
    """An activity has an organizer; only its owner has nothing to do with the meeting."""
    [one] = representatives.find_representatives(session, [activity.owner_id]).values()
    return Participant(
        PersonKind.REPRESENTATIVE, one.id, one.name, one.address, response=synced.ORGANIZER
    )
