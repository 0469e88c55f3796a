"""Carries decisions out: the only place that writes activities and links for the sync. Decides nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.capturing import capture, keep_copies
from liaison.calendar.guarding import keep_holds
from liaison.calendar.link_changes import changed_copies, link_changes
from liaison.calendar.log_lines import lines_of, waits_no_more
from liaison.calendar.model import NoteSource
from liaison.calendar.passes import Decided, Pass
from liaison.calendar.rules import journal
from liaison.calendar.rules.decision import (
    Action,
    GiveWay,
    LinkActivity,
    LookAgain,
    Rekey,
    RestoreLink,
    ResumeLink,
    activity_wish,
)
from liaison.calendar.rules.situation import Situation
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import copies, decisions, links, noted
from liaison.crm.model import ActivityChange, Applied, ChangeResult
from liaison.crm.port import Crm

_DECIDED_AFRESH = (ResumeLink, RestoreLink, Rekey, LinkActivity)


@dataclass
class Carried:
    """What came of it. `afresh`: to be decided again, because the activity changed or the link is live again."""

    decided: list[Decided] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    afresh: list[Situation] = field(default_factory=list)
    wake: set[UUID] = field(default_factory=set)


def carry_out(session: Session, crm: Crm, decided: Sequence[Decided], this: Pass) -> Carried:
    """Write what was decided: activities, links, copies, noted items, log."""
    captured = capture(session, crm, decided, this.actor, this.now)
    decided, carried = captured.decided, Carried(afresh=captured.rivals)
    results = _write_activities(session, crm, decided, this)
    settled = [pair for pair in decided if not _is_stale(results, pair, carried)]
    carried.decided = settled
    _forget(session, settled)
    links.save_links(session, link_changes(settled, results, this))
    copies.save_copies(session, changed_copies(settled), this.epoch)
    carried.wake |= keep_copies(session, settled, this.now)
    back = keep_holds(session, settled, this.now)
    for situation, decision in settled:
        _note(session, situation, decision.action, this.now, carried)
        carried.counts[decision.reason] += decision.is_told
    entries = [
        entry for pair in settled for entry in lines_of(*pair, journal.told(*pair, results), this)
    ]
    entries += [waits_no_more(situation, this) for situation in back]
    decisions.log_decisions(session, entries)
    return carried


def _write_activities(
    session: Session, crm: Crm, decided: Sequence[Decided], this: Pass
) -> dict[UUID, ChangeResult]:
    changes = [
        ActivityChange(situation.link.activity_id, version, members)
        for situation, decision in decided
        if situation.link and (wish := activity_wish(decision.action))
        for members, version in [wish]
    ]
    if not changes:
        return {}
    results = crm.apply_changes(session, changes, this.actor)
    return {change.activity_id: result for change, result in zip(changes, results, strict=True)}


def _is_stale(results: Mapping[UUID, ChangeResult], pair: Decided, carried: Carried) -> bool:
    """Whether the activity changed since it was read; then nothing of the decision is carried out."""
    situation, decision = pair
    result = results.get(situation.link.activity_id) if situation.link else None
    is_stale = result is not None and not isinstance(result, Applied)
    if is_stale or isinstance(decision.action, _DECIDED_AFRESH):
        carried.afresh.append(situation)
    return is_stale


def _note(
    session: Session, situation: Situation, action: Action, now: datetime, carried: Carried
) -> None:
    match action:
        case LookAgain(at, seen_absent_at):
            event_id = event_id_of(situation.observation)
            noted.look_again(session, situation.mailbox_id, event_id, at, seen_absent_at, now)
        case GiveWay(to_mailbox_id) if situation.link:
            other = situation.link.copy_of(to_mailbox_id)
            wanted = other.event_id if other else noted.by_ical_uid(situation.link.ical_uid)
            noted.note_events(session, to_mailbox_id, [wanted], NoteSource.LINK, now)
            carried.wake.add(to_mailbox_id)
        case _:
            pass


def _forget(session: Session, settled: Sequence[Decided]) -> None:
    for situation, decision in settled:
        if situation.link and decision.forgets:
            decisions.erase_values(session, situation.link.id, situation.link.activity_id)
