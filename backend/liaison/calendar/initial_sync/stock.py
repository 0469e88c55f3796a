"""What became of a plan in one mailbox, once all of it was looked at: carried out, or left out because it changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.model import ItemState
from liaison.calendar.progress import Progress
from liaison.calendar.stores import decisions, links, plan_items
from liaison.calendar.stores.plan_items import StoredItem

STALE = "plan-stale"


def take_stock(
    run: Progress, plan_id: UUID, items: Mapping[str, StoredItem], done: Collection[str]
) -> None:
    """Remember what was left out, and log it of what is linked. `done`: the marks of what was carried out just now.

    What a worker did that was killed before it could say so is not stale, though it was not decided again.
    """
    left = [one for mark, one in items.items() if mark not in done]
    if not left:
        return
    with run.tools.database.transaction() as session:
        told = plan_items.list_done(session, plan_id, run.row.id)
        before = {one.id for one in left if any(each.is_of(one.item) for each in told)}
        stale = [one for one in left if one.id not in before]
        plan_items.save_state(session, before, ItemState.APPLIED)
        plan_items.save_state(session, [one.id for one in stale], ItemState.STALE)
        _log(session, run, stale)
    run.counts[STALE] += len(stale)


def _log(session: Session, run: Progress, stale: Collection[StoredItem]) -> None:
    items = [one.item for one in stale]
    tied = links.find_latest_links(session, {one.activity_id for one in items if one.activity_id})
    entries = [
        run.this().entry(
            STALE,
            "leave",
            mailbox_id=run.row.id,
            event_id=one.event_id,
            link_id=tied[one.activity_id].id,
            activity_id=one.activity_id,
        )
        for one in items
        if one.activity_id in tied
    ]
    decisions.log_decisions(session, entries)
