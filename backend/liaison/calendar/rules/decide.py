"""Everything the engine decides about one event begins here. Pure.

The order is that of the documentation: run level (asked once per run, in run_level), item scope, copies, removal,
merge. Only the governing copy is judged for its scope, so the question whose copy counts comes before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from liaison.calendar.model import Link, LinkState
from liaison.calendar.rules.capture import decide_unlinked
from liaison.calendar.rules.copies import stand_back
from liaison.calendar.rules.decision import (
    Decision,
    EndLink,
    Leave,
    Rekey,
)
from liaison.calendar.rules.ended import decide_ended
from liaison.calendar.rules.freezing import decide_frozen
from liaison.calendar.rules.guard import counts
from liaison.calendar.rules.inbound import merge
from liaison.calendar.rules.markers import decide_marked, look_for_marker
from liaison.calendar.rules.removals import give_up_occurrence, look_twice, occurrence_facts, remove
from liaison.calendar.rules.scope import judge_scope
from liaison.calendar.rules.situation import Lost, Seen, Situation, Unreadable
from liaison.calendar.rules.taking_away import CANCELLED, take_away, taken_away


def decide(situation: Situation) -> Decision:
    """What to do about one event of one mailbox, and why."""
    link = situation.link
    if link is None:
        return decide_marked(situation) or look_for_marker(situation, decide_unlinked(situation))
    match link.state:
        case LinkState.ENDED:
            return decide_ended(situation, link)
        case LinkState.FROZEN:
            return decide_frozen(situation, link)
    return look_twice(situation) or stand_back(situation, link) or _follow(situation, link)


def decide_all(situations: Iterable[Situation]) -> Iterator[Decision]:
    """A decision for each of several situations of one mailbox that were gathered at once, in the same order.

    The guard over removals counts those decided before in the same batch.
    """
    removed = 0
    for situation in situations:
        decision = decide(_after(situation, removed) if removed else situation)
        removed += counts(situation, decision)
        yield decision


def _after(situation: Situation, removed: int) -> Situation:
    """The situation once so many others were removed."""
    counted = situation.removals
    last_day, live_links = counted.last_day + removed, counted.live_links - removed
    return replace(situation, removals=replace(counted, last_day=last_day, live_links=live_links))


def _follow(situation: Situation, link: Link) -> Decision:
    """The governing copy of a link that is followed."""
    match situation.observation:
        case Seen(event) as seen:
            return judge_scope(situation, link, event) or _follow_seen(situation, link, seen)
        case Unreadable(_, why):
            return Decision(Leave(copy_present=True), "unsupported", facts={"why": why})
        case Lost(new_start=datetime() as start):
            facts = {**occurrence_facts(link), "start": start.isoformat()}
            return Decision(Rekey(start), "occurrence-changed", facts=facts)
        case Lost():
            return give_up_occurrence(situation, link)
    return taken_away(situation, link) or remove(situation, link)


def _follow_seen(situation: Situation, link: Link, seen: Seen) -> Decision:
    activity = situation.activity
    if seen.event.is_cancelled:
        return taken_away(situation, link) or remove(situation, link)
    if activity is None:
        return Decision(EndLink(), CANCELLED)
    away = take_away(situation, link, seen, activity)
    return away or merge(situation, link, seen, activity)
