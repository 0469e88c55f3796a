"""What an update brings to a stub besides its fields: its owner, and that it becomes an ordinary activity. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from liaison.calendar.model import Link
from liaison.calendar.rules.copies import organizing_mailbox
from liaison.calendar.rules.situation import Situation
from liaison.crm.model import Activity


def stub_members(situation: Situation, link: Link, activity: Activity) -> Mapping[str, Any]:
    """Members of `Activity` besides those that the meeting fills."""
    if not activity.stub:
        return {}
    return {**_adopted(situation, link), **_owner(situation, link, activity)}


def updated_reason(situation: Situation, link: Link, activity: Activity) -> str:
    """The reason of an update of this activity."""
    if not activity.stub:
        return "activity-updated"
    return "stub-adopted" if organizing_mailbox(situation, link) else "stub-updated"


def _adopted(situation: Situation, link: Link) -> Mapping[str, Any]:
    return {"stub": False} if organizing_mailbox(situation, link) else {}


def _owner(situation: Situation, link: Link, activity: Activity) -> Mapping[str, Any]:
    """A stub belongs to whom the governing copy belongs, whichever mailbox was visited first.

    It moves only when that copy begins to govern, and never away from somebody whom a person chose.
    """
    begins = link.copy_of(situation.mailbox_id) is None or organizing_mailbox(situation, link)
    sharers = {copy.mailbox_id for copy in link.copies}
    if not begins or activity.owner_id not in sharers - {situation.mailbox_id}:
        return {}
    return {"owner_id": situation.mailbox_id}
