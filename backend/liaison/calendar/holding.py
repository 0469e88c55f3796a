"""What an administrator decides about held removals: approve or discard. May be repeated. No network here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.mail_holding import approve_mails, discard_mails
from liaison.calendar.model import Link, LoggedDecision, NoteSource
from liaison.calendar.passes import Pass
from liaison.calendar.rules import log_values
from liaison.calendar.rules.ended import is_removed, undone
from liaison.calendar.rules.endings import ended, whose
from liaison.calendar.stores import decisions, held_removals, holds, links, noted
from liaison.calendar.stores.holds import Hold, HoldState
from liaison.crm.model import Activity, ActivityChange, Applied
from liaison.crm.port import Crm
from liaison.db.audit import record_act
from liaison.errors import HoldSettled, NotFound, VersionMismatch
from liaison.reasons.model import Outcome

HELD = holds.REASON
TOMBSTONE = "unlinked-by-person"


def approve(session: Session, crm: Crm, hold_id: UUID, this: Pass) -> Hold:
    """Have each looked up again: what is still gone is removed whatever the guard says, what is back stays.

    Of mails that wait each is sent, once, as far as it is still wanted.

    The caller wakes a worker for the mailbox. Raises `HoldSettled`.
    """
    hold = _find_open(session, hold_id, HoldState.APPROVED)
    if hold.state is HoldState.APPROVED:
        return hold
    if hold.mails:
        approve_mails(session, crm, hold, this)
        return _again(session, hold)
    held = links.list_links(session, hold.links)
    holds.settle_hold(session, hold, HoldState.APPROVED, this.actor.name, this.now)
    event_ids = [copy.event_id for link in held if (copy := link.copy_of(hold.mailbox_id))]
    noted.note_events(session, hold.mailbox_id, event_ids, NoteSource.PERSON, this.now)
    entries = [
        this.entry(
            HELD,
            "approve-removal",
            outcome=Outcome.APPLIED,
            facts={"settled": "approved"},
            **whose(link, hold.mailbox_id),
        )
        for link in held
    ]
    decisions.log_decisions(session, entries)
    count = {"count": len(held)}
    record_act(session, this.actor.name, "held-approved", str(hold.mailbox_id), count)
    return _again(session, hold)


def discard(session: Session, crm: Crm, hold_id: UUID, this: Pass) -> Hold:
    """Keep the activities and end the links; take back what was removed before the guard closed. Raises `HoldSettled`."""
    known = holds.find_hold(session, hold_id)
    if known is None:
        raise NotFound
    removed = list_removed(session, known)
    # Links before the hold, as a run locks them.
    locked = {link.id: link for link in links.lock_links_by_ids(session, {*known.links, *removed})}
    hold = _find_open(session, hold_id, HoldState.DISCARDED)
    if hold.state is HoldState.DISCARDED:
        return hold
    if hold.mails:
        discard_mails(session, crm, hold, this)
        return _again(session, hold)
    if hold.links.keys() != known.links.keys():
        raise VersionMismatch
    _end(session, [locked[link_id] for link_id in hold.links], hold, this)
    restored = _restore(session, crm, [locked[link_id] for link_id in removed], hold, this)
    holds.settle_hold(session, hold, HoldState.DISCARDED, this.actor.name, this.now)
    counts = {"count": len(hold.links), "restored": restored, "left": len(removed) - restored}
    record_act(session, this.actor.name, "held-discarded", str(hold.mailbox_id), counts)
    return _again(session, hold)


def list_removed(session: Session, hold: Hold) -> list[UUID]:
    """The links of what was removed in the 24 hours before the guard closed, as far as that ended them still."""
    if hold.state is not HoldState.OPEN:
        return []
    judged = held_removals.last_settled_at(session, hold.mailbox_id)
    found = decisions.list_removed_links(session, hold.mailbox_id, hold.opened_at, judged)
    return [link.id for link in links.list_links(session, found) if is_removed(link)]


def _find_open(session: Session, hold_id: UUID, wanted: HoldState) -> Hold:
    """The hold, locked, if it waits or was settled as wanted before. Raises `NotFound`, `HoldSettled`."""
    hold = holds.find_hold(session, hold_id, lock=True)
    if hold is None:
        raise NotFound
    if hold.state is wanted or hold.is_waiting:
        return hold
    raise HoldSettled


def _end(session: Session, held: Sequence[Link], hold: Hold, this: Pass) -> None:
    members = ended(TOMBSTONE, this.actor.name, this.now)
    links.save_links(session, [(link, members) for link in held])
    entries = [this.entry(TOMBSTONE, "end-link", **whose(link, hold.mailbox_id)) for link in held]
    decisions.log_decisions(session, entries)


def _restore(session: Session, crm: Crm, removed: Sequence[Link], hold: Hold, this: Pass) -> int:
    """Take back what was removed, where nobody changed the activity since; how many those were.

    Their links stay ended by the sync, so that a meeting that comes back is followed again.
    """
    activities = crm.find_activities(session, [link.activity_id for link in removed])
    taken = links.find_links_of_activities(session, activities)
    wishes = [
        (link, activity, undone(activity))
        for link in removed
        if (activity := activities.get(link.activity_id))
        and activity.version == link.removal_version
        and activity.id not in taken
    ]
    changes = [ActivityChange(one.id, one.version, fields) for _, one, fields in wishes]
    results = crm.apply_changes(session, changes, this.actor) if changes else []
    done = [wish for wish, came in zip(wishes, results, strict=True) if isinstance(came, Applied)]
    decisions.log_decisions(session, [_restored_entry(*wish, hold, this) for wish in done])
    return len(done)


def _restored_entry(
    link: Link, activity: Activity, fields: Mapping[str, Any], hold: Hold, this: Pass
) -> LoggedDecision:
    was, now_is = log_values.only_changes(
        log_values.values_of(activity, fields), log_values.to_log(fields)
    )
    return this.entry(
        HELD,
        "restore-activity",
        outcome=Outcome.APPLIED,
        before=was,
        after=now_is,
        facts={"settled": "restored"},
        **whose(link, hold.mailbox_id),
    )


def _again(session: Session, hold: Hold) -> Hold:
    """The hold as it is after the decision."""
    return holds.find_hold(session, hold.id) or hold
