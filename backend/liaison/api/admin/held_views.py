"""What waits and what failed as administrators read it: content only of activities they may read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.api.access import may_read_values
from liaison.api.services import services
from liaison.api.viewer import viewer
from liaison.calendar.holding import list_removed
from liaison.calendar.stores.holds import Hold
from liaison.calendar.stores.noted_lists import ListedItem
from liaison.crm.model import Activity
from liaison.people.model import Representative
from liaison.people.representatives import find_representatives
from liaison.reasons.error_document import sentence_of

SAMPLES = 5
UNNAMED = "Liaison could not carry it out."
UNTRIED = "It was noted, and is looked at with the next run."


def show_holds(session: Session, found: Sequence[Hold]) -> list[dict[str, Any]]:
    """As `HeldAnswer` writes them."""
    ids = {activity_id for hold in found for activity_id in hold.activity_ids}
    activities = services().crm.find_activities(session, sorted(ids))
    owners = find_representatives(session, {hold.mailbox_id for hold in found})
    return [_held(session, hold, activities, owners) for hold in found]


def show_listed(session: Session, found: Sequence[ListedItem]) -> list[dict[str, Any]]:
    """As `FailedAnswer` and `WaitingItemAnswer` write them."""
    ids = [item.activity_id for item in found if item.activity_id]
    activities = services().crm.find_activities(session, ids)
    owners = find_representatives(session, {item.mailbox_id for item in found})
    return [_listed(item, activities, owners) for item in found]


def _held(
    session: Session,
    hold: Hold,
    activities: Mapping[UUID, Activity],
    owners: Mapping[UUID, Representative],
) -> dict[str, Any]:
    own = [activities[one] for one in hold.activity_ids if one in activities]
    readable = [one for one in own if may_read_values(one, viewer())]
    return {
        "id": hold.id,
        "reason": hold.reason,
        "mailbox": _address(owners, hold.mailbox_id),
        "activity_ids": hold.activity_ids,
        "count": len(hold.activity_ids),
        "mails": _mails(hold),
        "at": hold.opened_at,
        "status": hold.state,
        "removed_before": len(list_removed(session, hold)),
        "samples": readable[:SAMPLES],
        "settled_at": hold.settled_at,
        "settled_by": hold.settled_by,
    }


def _mails(hold: Hold) -> dict[str, int] | None:
    """Somebody in several meetings gets several mails, and is counted for each."""
    if not hold.mails:
        return None
    mails = hold.mails.values()
    return {
        "people": sum(one.people for one in mails),
        "outsiders": sum(one.outsiders for one in mails),
    }


def _listed(
    item: ListedItem,
    activities: Mapping[UUID, Activity],
    owners: Mapping[UUID, Representative],
) -> dict[str, Any]:
    activity = activities.get(item.activity_id) if item.activity_id else None
    readable = activity if may_read_values(activity, viewer()) else None
    return {
        "id": item.id,
        "mailbox": _address(owners, item.mailbox_id),
        "event_id": item.event_id,
        "error": item.error,
        "sentence": _sentence(item),
        "attempts": item.attempts,
        "at": item.noted_at,
        "next_at": item.next_at,
        "activity_id": item.activity_id,
        "subject": readable.subject if readable else None,
    }


def _address(owners: Mapping[UUID, Representative], mailbox_id: UUID) -> str | None:
    owner = owners.get(mailbox_id)
    return owner.address if owner else None


def _sentence(item: ListedItem) -> str:
    if item.error is None:
        return UNTRIED
    return sentence_of(item.error) or UNNAMED
