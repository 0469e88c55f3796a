"""What an administrator decides about changes that would mail many people: approve or discard. No network here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from liaison.calendar import departing
from liaison.calendar.crm_changes import governing_copy
from liaison.calendar.model import CANCELLATION, Link, NoteSource, Synced
from liaison.calendar.passes import Pass
from liaison.calendar.rules import synced
from liaison.calendar.rules.endings import ended, whose
from liaison.calendar.rules.identities import held_now
from liaison.calendar.rules.merge import OWNED_FIELDS, with_field
from liaison.calendar.rules.outgoing import awaiting_link
from liaison.calendar.stores import decisions, held_mails, holds, links, noted
from liaison.calendar.stores.held_mails import SentOrNot
from liaison.calendar.stores.holds import Hold, HoldState
from liaison.crm.model import Activity
from liaison.crm.port import Crm
from liaison.db.audit import record_act
from liaison.db.tables import new_id
from liaison.reasons.model import Outcome

TOMBSTONE = "unlinked-by-person"


def approve_mails(session: Session, crm: Crm, hold: Hold, this: Pass) -> None:
    """Have each looked at once more: what is still wanted is written, if it mails nobody outside of whom was not told."""
    holds.settle_hold(session, hold, HoldState.APPROVED, this.actor.name, this.now)
    found = crm.find_activities(session, list(hold.mails))
    tied = links.find_links_of_activities(session, found)
    for activity in found.values():
        link = tied.get(activity.id)
        copy = governing_copy(link) if link else None
        event_id = copy.event_id if copy else noted.by_activity(activity.id)
        noted.note_events(session, hold.mailbox_id, [event_id], NoteSource.PERSON, this.now)
    _log(session, hold, tied.values(), this, "approve-mail", "approved")
    record_act(
        session, this.actor.name, "held-approved", str(hold.mailbox_id), {"count": len(hold.mails)}
    )


def discard_mails(session: Session, crm: Crm, hold: Hold, this: Pass) -> None:
    """Nothing of it is sent: what was new stays in the CRM, what was changed takes Outlook's values again."""
    found = crm.find_activities(session, list(hold.mails))
    tied = links.find_links_of_activities(session, found)
    locked = {
        one.id: one for one in links.lock_links_by_ids(session, [t.id for t in tied.values()])
    }
    for activity in found.values():
        link = tied.get(activity.id)
        _drop(session, hold, activity, locked[link.id] if link else None, this)
    held_mails.settle_mails(session, list(hold.mails), SentOrNot.KEPT, this.now)
    holds.settle_hold(session, hold, HoldState.DISCARDED, this.actor.name, this.now)
    _log(session, hold, tied.values(), this, "discard-mail", "discarded")
    record_act(
        session, this.actor.name, "held-discarded", str(hold.mailbox_id), {"count": len(hold.mails)}
    )


def _drop(session: Session, hold: Hold, activity: Activity, link: Link | None, this: Pass) -> None:
    if link is None:
        # A tombstone, so that it goes out only when a person asks.
        wanted = awaiting_link(activity, new_id(), this.actor.name)
        link = departing.reserve(session, hold.mailbox_id, wanted, this.now)
    if link is None:
        return
    if link.awaits_event or CANCELLATION in link.going_out or link.baseline is None:
        links.save_links(session, [(link, ended(TOMBSTONE, this.actor.name, this.now))])
        return
    copy = governing_copy(link)
    links.save_links(session, [(link, _as_agreed(link, link.baseline, activity))])
    if copy:
        noted.note_events(session, copy.mailbox_id, [copy.event_id], NoteSource.PERSON, this.now)


def _as_agreed(link: Link, baseline: Synced, activity: Activity) -> dict[str, Any]:
    """The CRM's change counts as none, so that the ordinary rules carry Outlook's value over; the log keeps the CRM's."""
    crm = synced.from_activity(activity)
    for name in OWNED_FIELDS:
        if name in link.sent and name != "participants":
            baseline = with_field(baseline, name, crm)
    if "participants" in link.sent:
        baseline = replace(baseline, held=held_now(activity))
    return {"baseline": baseline, "sent": {}}


def _log(
    session: Session, hold: Hold, tied: Iterable[Link], this: Pass, action: str, settled: str
) -> None:
    by_activity = {link.activity_id: link for link in tied}
    entries = []
    for activity_id, mailed in hold.mails.items():
        link = by_activity.get(activity_id)
        named = (
            whose(link, hold.mailbox_id)
            if link
            else {"mailbox_id": hold.mailbox_id, "activity_id": activity_id}
        )
        facts = {"count": mailed.outsiders, "settled": settled}
        entries.append(
            this.entry(held_mails.REASON, action, outcome=Outcome.APPLIED, facts=facts, **named)
        )
    decisions.log_decisions(session, entries)
