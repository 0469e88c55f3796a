"""Makes activities and links of meetings that nobody linked, a page of them in a constant number of statements.

The link is made first: whoever comes second with the same meeting waits, takes that link and decides afresh. Its
id is the key of the activity, so that the CRM never makes a second one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.model import Copy, Link, LinkState, NoteSource
from liaison.calendar.passes import Decided
from liaison.calendar.rules.capture import is_worth_remembering
from liaison.calendar.rules.decision import CreateActivity, Decision, LinkActivity
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.situation import Seen, Situation
from liaison.calendar.stores import copies, noted, unlinked_copies
from liaison.calendar.stores.links import save_links
from liaison.calendar.stores.making import make_links
from liaison.calendar.stores.unlinked_copies import UnlinkedCopy
from liaison.crm.model import Actor, NewActivity
from liaison.crm.port import Crm
from liaison.db.tables import new_id
from liaison.outlook.model import CalendarEvent


@dataclass
class Captured:
    """What was decided, now with the links that were made. `rivals`: somebody else was first, to be decided afresh."""

    decided: list[Decided] = field(default_factory=list)
    rivals: list[Situation] = field(default_factory=list)


def capture(
    session: Session, crm: Crm, decided: Sequence[Decided], actor: Actor, now: datetime
) -> Captured:
    """Make the links of what is captured, and the activities."""
    wanted = {at: link for at, pair in enumerate(decided) if (link := _new_link(*pair, actor, now))}
    made = make_links(session, list(wanted.values()), now)
    ours = {at: link for at, link in wanted.items() if link.id in made}
    ours |= _make_activities(session, crm, decided, ours, actor)
    captured = Captured()
    for at, (situation, decision) in enumerate(decided):
        if at in wanted and at not in ours:
            captured.rivals.append(situation)
            continue
        captured.decided.append((_tied(situation, ours.get(at)), decision))
    return captured


def keep_copies(session: Session, settled: Sequence[Decided], now: datetime) -> set[UUID]:
    """Remember what has no link yet, and give new links the copies that were remembered; which mailboxes have to look."""
    unlinked_copies.remember(
        session,
        [
            UnlinkedCopy(one.mailbox_id, event.event_id, event.ical_uid)
            for one, decision in settled
            if (event := _event(one)) and is_worth_remembering(one, decision)
        ],
    )
    captured = {
        one.link.ical_uid: (one, one.link, decision)
        for one, decision in settled
        if one.link and isinstance(decision.action, CreateActivity | LinkActivity)
    }
    known, wake = [], set()
    for copy in unlinked_copies.take_copies(session, captured):
        situation, link, decision = captured[copy.ical_uid]
        if _governs_instead(copy, situation, decision):
            noted.note_events(session, copy.mailbox_id, [copy.event_id], NoteSource.LINK, now)
            wake.add(copy.mailbox_id)
        elif copy.mailbox_id != situation.mailbox_id:
            remembered = Copy(copy.mailbox_id, copy.event_id, is_organizer=False, is_present=True)
            known.append((link.id, remembered))
    copies.save_copies(session, known, None)
    return wake


def _tied(situation: Situation, link: Link | None) -> Situation:
    return replace(situation, link=link) if link else situation


def _governs_instead(copy: UnlinkedCopy, situation: Situation, decision: Decision) -> bool:
    """Whether the activity follows that copy as soon as it is looked at: of invitees' copies the first mailbox's."""
    event = _event(situation)
    follows_invitee = event is not None and not event.is_organizer
    return (
        follows_invitee
        and decision.reason != "activity-created"
        and copy.mailbox_id < situation.mailbox_id
    )


def _event(situation: Situation) -> CalendarEvent | None:
    return situation.observation.event if isinstance(situation.observation, Seen) else None


def _new_link(situation: Situation, decision: Decision, actor: Actor, now: datetime) -> Link | None:
    event, action = _event(situation), decision.action
    if event is None or not isinstance(action, CreateActivity | LinkActivity):
        return None
    link_id, made = new_id(), action if isinstance(action, CreateActivity) else None
    return Link(
        id=link_id,
        scope=scope_of(event),
        state=LinkState.LIVE if made else LinkState.RESERVED,
        ical_uid=event.ical_uid,
        original_start=None,
        # Until it is made a new activity goes by the link's own id.
        activity_id=action.activity_id if isinstance(action, LinkActivity) else link_id,
        organizer_address=event.organizer.address,
        copies=(),
        baseline=made.baseline if made else None,
        created_by=actor.name,
        version=1,
        last_synced_at=now if made else None,
    )


def _make_activities(
    session: Session,
    crm: Crm,
    decided: Sequence[Decided],
    ours: Mapping[int, Link],
    actor: Actor,
) -> dict[int, Link]:
    """The links whose activities the CRM gave ids of its own."""
    actions = {at: (link.id, decided[at][1].action) for at, link in ours.items()}
    new = {
        at: NewActivity(key, action.fields)
        for at, (key, action) in actions.items()
        if isinstance(action, CreateActivity)
    }
    if not new:
        return {}
    made = crm.create_activities(session, list(new.values()), actor)
    others = {
        at: replace(ours[at], activity_id=activity.id)
        for at, activity in zip(new, made, strict=True)
        if activity.id != ours[at].activity_id
    }
    save_links(session, [(link, {"activity_id": link.activity_id}) for link in others.values()])
    return others
