"""What is stored of an activity on its way to Outlook: before the event is made, and when it is there. No network here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.mail_guard import Rest, admit, internal_domains
from liaison.calendar.model import Copy, Link, LinkState, NotedItem, NoteSource
from liaison.calendar.progress import Progress
from liaison.calendar.rules import log_values
from liaison.calendar.rules.drafts import Draft, draft_of
from liaison.calendar.rules.endings import ended
from liaison.calendar.rules.mail_budget import guests_to_invite, invited_names, mailing
from liaison.calendar.rules.markers import marker_of
from liaison.calendar.rules.outgoing import (
    Departure,
    Step,
    Verdict,
    awaiting_link,
    decide_departure,
)
from liaison.calendar.rules.scope import scope_of
from liaison.calendar.rules.situation import Seen
from liaison.calendar.settle import settle
from liaison.calendar.sights import offer
from liaison.calendar.stores import copies, decisions, held_mails, links, noted
from liaison.calendar.stores.held_mails import SentOrNot
from liaison.calendar.writing import note_writes
from liaison.crm.model import Activity
from liaison.db.installation import installation_key, will_mark
from liaison.db.tables import new_id
from liaison.outlook.model import CalendarEvent
from liaison.recurrence.model import ImpossibleRecurrence

# Of a link whose event is still to be made: a try was begun, so that the event may be there.
TRIED = frozenset({"event"})
NO_FACTS: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Way:
    """An activity on its way.

    `was_tried`: an earlier try may have made the event. `draft`: None makes nothing. `facts` fill the reason's sentence.
    """

    step: Step
    reason: str | None
    link: Link
    activity_id: UUID
    was_tried: bool
    draft: Draft | None = None
    facts: Mapping[str, Any] = field(default_factory=lambda: NO_FACTS)


def depart(
    session: Session, run: Progress, activity_id: UUID, item: NotedItem | None = None
) -> Way | Rest:
    """Decide, and reserve the link where an event is to be made and may be. `item`: what asks; None where it was made."""
    activity = run.tools.crm.find_activities(session, [activity_id]).get(activity_id)
    link = _lock(session, activity_id)
    former = links.find_latest_links(session, [activity_id]).get(activity_id)
    case = Departure(activity, link, former is not None, run.policy.policy, run.now())
    verdict = decide_departure(case)
    match verdict.step:
        case Step.NOTHING:
            _say_once(session, run, activity_id, verdict)
        case Step.FOLLOW if link:
            _look_at_event(session, run, link, item)
        case Step.CREATE if activity:
            rest = _ask(session, run, activity, item) if item and not _was_tried(link) else None
            return rest or _reserve(session, run, activity, link)
        case step if link:
            facts = {"unwanted": True} if verdict.still_there else NO_FACTS
            return Way(step, verdict.reason, link, activity_id, _was_tried(link), facts=facts)
    held_mails.settle_mails(session, [activity_id], SentOrNot.GONE, run.now())
    return Rest.DONE


def _was_tried(link: Link | None) -> bool:
    return link is not None and bool(link.going_out)


def _ask(session: Session, run: Progress, activity: Activity, item: NotedItem) -> Rest | None:
    domains = internal_domains(session, run.policy)
    invited = mailing(guests_to_invite(activity), domains)
    return admit(session, run, item, {activity.id: invited})


def take_up(session: Session, run: Progress, link: Link) -> Way | None:
    """The way of a link whose event turned out to be there; None when it is settled otherwise meanwhile."""
    now = links.find_link(session, link.id, lock=True)
    if now is None or now.state is LinkState.ENDED or not now.awaits_event:
        return None
    way = depart(session, run, link.activity_id)
    return way if isinstance(way, Way) and way.step is not Step.WITHDRAW else None


def arrive(session: Session, run: Progress, way: Way, event: CalendarEvent) -> None:
    """The event is there: the link is live, with what Outlook made of it as the baseline; then the rules look at it."""
    link = links.find_link(session, way.link.id, lock=True)
    if link is None or link.state is LinkState.ENDED:
        return
    this = run.this()
    live = {
        "state": LinkState.LIVE,
        "ical_uid": event.ical_uid,
        "scope": scope_of(event),
        "organizer_address": event.organizer.address,
        "baseline": offer(event),
        "last_synced_at": this.now,
        "going_out": frozenset(),
        "web_link": event.web_link,
    }
    links.save_links(session, [(link, live)])
    copy = Copy(run.row.id, event.event_id, is_organizer=True, is_present=True)
    copies.save_copies(session, [(link.id, copy)], run.epoch)
    _log_created(session, run, way, event)
    settled = settle(session, run.tools.crm, run.row.id, [Seen(event)], run.policy, this)
    run.add(session, settled)
    note_writes(session, run.row.id, settled, this)


def give_up(session: Session, run: Progress, way: Way) -> None:
    """Nothing of it is in Outlook, and nothing comes: the link ends."""
    link = links.find_link(session, way.link.id, lock=True)
    if link is None or link.state is LinkState.ENDED or way.reason is None:
        return
    this = run.this()
    members = ended(way.reason, this.actor.name, this.now) | {"going_out": frozenset()}
    links.save_links(session, [(link, members)])
    entry = this.entry(
        way.reason,
        "end-link",
        mailbox_id=run.row.id,
        link_id=link.id,
        activity_id=link.activity_id,
        facts={**way.facts, "pending": True},
    )
    decisions.log_decisions(session, [entry])
    run.counts[way.reason] += 1


def marker(session: Session, activity_id: UUID) -> str:
    """The marker of the event that this installation makes for this activity."""
    return marker_of(installation_key(session), activity_id)


def _lock(session: Session, activity_id: UUID) -> Link | None:
    link = links.find_link_of_activity(session, activity_id)
    return links.find_link(session, link.id, lock=True) if link else None


def _reserve(session: Session, run: Progress, activity: Activity, link: Link | None) -> Way | Rest:
    """Reserve the link, or take the one that is reserved, and remember that a try begins."""
    link_id = link.id if link else new_id()
    try:
        draft = _draft(session, run, activity, link_id)
    except ImpossibleRecurrence as error:
        why = Verdict(Step.NOTHING, "unsupported")
        if link is not None and link.going_out:
            return Way(Step.ADOPT, why.reason, link, activity.id, was_tried=True)
        _say_once(session, run, activity.id, why, {"why": str(error).rstrip(".")})
        return Rest.DONE
    reserved = link or _new_link(session, run, activity, link_id)
    if reserved is None:
        return Rest.DONE
    if not reserved.going_out:
        links.save_links(session, [(reserved, {"going_out": TRIED})])
    return Way(Step.CREATE, None, reserved, activity.id, bool(reserved.going_out), draft)


def _draft(session: Session, run: Progress, activity: Activity, link_id: UUID) -> Draft:
    return draft_of(
        activity,
        run.policy.policy,
        public_url=run.tools.public_url,
        transaction_id=str(link_id),
        marker=marker_of(will_mark(session), activity.id),
        now=run.now(),
    )


def _new_link(session: Session, run: Progress, activity: Activity, link_id: UUID) -> Link | None:
    wanted = awaiting_link(activity, link_id, run.this().actor.name)
    return reserve(session, run.row.id, wanted, run.now())


def reserve(session: Session, mailbox_id: UUID, wanted: Link, now: datetime) -> Link | None:
    """Reserve a link whose meeting is still to be made; None where the activity got another one meanwhile."""
    link = links.reserve_link(session, wanted, now)
    if link is not None:
        stands_for = noted.by_activity(wanted.activity_id)
        place = Copy(mailbox_id, stands_for, is_organizer=True, is_present=False)
        copies.save_copies(session, [(link.id, place)], None)
    return link


def _look_at_event(session: Session, run: Progress, link: Link, item: NotedItem | None) -> None:
    copy = link.copy_of(run.row.id)
    if copy is not None:
        source = item.source if item else NoteSource.CRM
        noted.note_events(session, run.row.id, [copy.event_id], source, run.now())


def _say_once(
    session: Session,
    run: Progress,
    activity_id: UUID,
    verdict: Verdict,
    facts: Mapping[str, Any] = NO_FACTS,
) -> None:
    """Why nothing goes out is told once, not at every look."""
    if verdict.reason is None:
        return
    run.counts[verdict.reason] += 1
    if decisions.last_reason(session, activity_id) != verdict.reason:
        entry = run.this().entry(
            verdict.reason, "leave", mailbox_id=run.row.id, activity_id=activity_id, facts=facts
        )
        decisions.log_decisions(session, [entry])


def _log_created(session: Session, run: Progress, way: Way, event: CalendarEvent) -> None:
    draft = way.draft
    facts = {"organizer": event.organizer.name, "invited": invited_names(event)}
    if draft and draft.unreachable:
        facts["unreachable"] = [*draft.unreachable]
    values = log_values.to_log({"subject": event.subject, "when": event.when, "place": event.place})
    entry = run.this().entry(
        "event-created",
        "create-event",
        mailbox_id=run.row.id,
        event_id=event.event_id,
        link_id=way.link.id,
        activity_id=way.activity_id,
        after=values,
        facts=facts,
    )
    decisions.log_decisions(session, [entry])
    run.counts["event-created"] += 1
