"""A plan as people read it: content only of activities that the reader may read by now."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.rules.plan_table import write_lines, write_names
from liaison.calendar.stores import links, plan_items
from liaison.calendar.stores.plan_items import ItemFilter, StoredItem
from liaison.crm.model import Activity
from liaison.crm.port import Crm
from liaison.people.representatives import find_representatives
from liaison.reasons.registry import find_reason

AT_ONCE = 500

MayRead = Callable[[Activity], bool]


def show(
    session: Session, crm: Crm, found: Sequence[StoredItem], may_read: MayRead
) -> list[dict[str, Any]]:
    """The items with mailbox and sentence, and the subject where it is to be read."""
    owners = find_representatives(session, {one.item.mailbox_id for one in found})
    activities = _activities(session, crm, found)
    return [_shown(one, activities, owners[one.item.mailbox_id].address, may_read) for one in found]


def show_table(session: Session, crm: Crm, run_id: UUID, may_read: MayRead) -> Iterator[str]:
    """The whole plan, line by line, for spreadsheets."""
    yield write_names()
    after = None
    while page := plan_items.list_items(session, run_id, ItemFilter(), limit=AT_ONCE, after=after):
        yield from write_lines(show(session, crm, page, may_read))
        after = page[-1].id


def _shown(
    stored: StoredItem,
    activities: Mapping[UUID | str, Activity],
    address: str,
    may_read: MayRead,
) -> dict[str, Any]:
    item, reason = stored.item, find_reason(stored.item.reason)
    present = activities.get(item.activity_id or item.ical_uid or "")
    is_hidden = present is not None and not may_read(present)
    after = None if is_hidden else item.after
    named = present.subject if present and item.activity_id and after is not None else None
    return {
        "id": stored.id,
        "mailbox": address,
        "start": item.start,
        "reason": item.reason,
        "means": reason.means if reason else "",
        "action": item.action,
        "outcome": item.outcome,
        "state": stored.state,
        "changes": item.is_change,
        "activity_id": item.activity_id,
        "subject": (after or {}).get("subject") or named,
        "before": None if is_hidden else item.before,
        "after": after,
        "outlook": _without_mail(item.outlook) if stored.is_linked else item.outlook,
        "linkable": item.twin is not None,
        "linked": stored.is_linked,
    }


def _without_mail(outlook: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """No event is made of what is linked instead, so nobody is mailed."""
    return {**outlook, "people": 0} if outlook else None


def _activities(
    session: Session, crm: Crm, found: Sequence[StoredItem]
) -> dict[UUID | str, Activity]:
    """By their ids, and by the meetings of what did not exist yet when the plan was made."""
    ids = {one.item.activity_id for one in found if one.item.activity_id}
    uids = {one.item.ical_uid for one in found if one.item.ical_uid and not one.item.activity_id}
    tied = links.find_links_of_uids(session, uids)
    since = {uid: each[0].activity_id for uid, each in tied.items()}
    known = crm.find_activities(session, sorted(ids | set(since.values())))
    activities: dict[UUID | str, Activity] = dict(known.items())
    activities |= {uid: known[one] for uid, one in since.items() if one in known}
    return activities
