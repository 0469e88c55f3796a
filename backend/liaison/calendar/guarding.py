"""What the guard over removals knows before a decision, and what is kept of it afterwards. No network here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.passes import Decided
from liaison.calendar.rules.decision import (
    Decision,
    EndLink,
    HoldRemoval,
    LookAgain,
    RemoveActivity,
    ResumeLink,
)
from liaison.calendar.rules.situation import Observation, RemovalCount, Seen, Situation
from liaison.calendar.sights import Sight
from liaison.calendar.stores import decisions, held_removals, links
from liaison.calendar.stores.holds import CameOf


def count_removals(
    session: Session, mailbox_id: UUID, sights: Iterable[Sight], now: datetime
) -> RemovalCount:
    """How many removals there were, where one of these may become another; their links are locked.

    Counting goes through all links of the mailbox, and few pages of changes need it.
    """
    if not any(sight.link and _may_be_gone(sight.observation) for sight in sights):
        return RemovalCount()
    since = held_removals.last_settled_at(session, mailbox_id)
    return RemovalCount(
        decisions.count_removals(session, mailbox_id, now, since),
        links.count_live_links(session, mailbox_id),
        held_removals.has_open(session, mailbox_id),
    )


def keep_holds(session: Session, decided: Sequence[Decided], now: datetime) -> list[Situation]:
    """Hold what was decided to be held, and release what waits no more; which held meetings are back."""
    held: dict[UUID, dict[UUID, str]] = defaultdict(dict)
    came: dict[UUID, dict[UUID, CameOf]] = defaultdict(dict)
    back = []
    for situation, decision in decided:
        link = situation.link
        if link is None:
            continue
        if isinstance(decision.action, HoldRemoval) and situation.held is None:
            copy = link.copy_of(situation.mailbox_id)
            held[situation.mailbox_id][link.id] = copy.event_id if copy else ""
        outcome = _came_of(situation, decision)
        if outcome:
            came[situation.mailbox_id][link.id] = outcome
        if outcome is CameOf.BACK and isinstance(situation.observation, Seen):
            back.append(situation)
    for mailbox_id, released in came.items():
        held_removals.release_links(session, mailbox_id, released, now)
    for mailbox_id, events in held.items():
        held_removals.hold_links(session, mailbox_id, events, now)
    return back


def _may_be_gone(observation: Observation) -> bool:
    return not isinstance(observation, Seen) or observation.event.is_cancelled


def _came_of(situation: Situation, decision: Decision) -> CameOf | None:
    """What became of a held removal; None while it waits, or where nothing was held."""
    if situation.held is None:
        return None
    match decision.action:
        case HoldRemoval() | LookAgain() | ResumeLink():
            return None
        case RemoveActivity() | EndLink():
            return CameOf.REMOVED
    return CameOf.BACK
