"""Compares what was seen of linked meetings with what we hold, and settles what differs by the ordinary rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.apply import carry_out
from liaison.calendar.model import Link, LinkState
from liaison.calendar.progress import Progress
from liaison.calendar.rules.decide import decide_all
from liaison.calendar.rules.decision import Decision
from liaison.calendar.rules.differences import (
    Difference,
    fields_apart,
    find_differences,
    is_on_its_way,
    state_differences,
)
from liaison.calendar.rules.situation import Observation, Seen, Situation
from liaison.calendar.second_looks import Look
from liaison.calendar.settle import Settled, settle
from liaison.calendar.situations import gather
from liaison.calendar.stores import links
from liaison.calendar.stores.reconciles import Named
from liaison.calendar.writing import note_writes

CLEARED = {
    "state": LinkState.LIVE,
    "frozen_reason": None,
    "ended_at": None,
    "ended_by": None,
    "ended_reason": None,
}


@dataclass(frozen=True, slots=True)
class _Judged:
    """A link's situation, what the rules decide, and what differs."""

    situation: Situation
    link: Link
    decision: Decision
    differences: tuple[Difference, ...]


def settle_looks(
    session: Session, run: Progress, looks: Sequence[Look], since: datetime
) -> list[Named]:
    """Settle what differs; the differences by name, with what each side keeps for itself.

    A change that came while we looked is settled like any other.
    """
    seen = {look.link.id: look.observation for look in looks if look.observation}
    odd = _straighten(session, run, seen)
    judged = [
        replace(one, differences=(*odd.get(one.link.id, ()), *one.differences))
        for one in _judge(session, run, seen)
    ]
    differing = [one for one in judged if one.differences]
    named = [one for one in differing if not _is_on_its_way(one, since)]
    if differing:
        _carry_out(session, run, differing, {one.link.id for one in named}, seen)
    left = _left(session, run, {one.link.id: seen[one.link.id] for one in named})
    found = [
        name_of(one.link, difference.field, is_settled=one.link.id not in left)
        for one in named
        for difference in one.differences
    ]
    return found + [_apart(one.link, name) for one in judged for name in fields_apart(one.decision)]


def name_of(link: Link, name: str, *, is_settled: bool) -> Named:
    """A difference as the statement lists it: without values."""
    return {
        "linkId": str(link.id),
        "activityId": str(link.activity_id),
        "field": name,
        "settled": is_settled,
    }


def _apart(link: Link, name: str) -> Named:
    return {**name_of(link, name, is_settled=True), "apart": True}


def _straighten(
    session: Session, run: Progress, seen: Mapping[UUID, Observation]
) -> dict[UUID, tuple[Difference, ...]]:
    """Make links live again that are half frozen or half ended; the rules then freeze or end them where they have to."""
    odd = {
        one.link.id: (one.link, found)
        for one in _judge(session, run, seen)
        if one.link.state in {LinkState.LIVE, LinkState.FROZEN}
        and (found := state_differences(one.link))
    }
    links.save_links(session, [(link, CLEARED) for link, _ in odd.values()])
    return {link_id: found for link_id, (_, found) in odd.items()}


def _judge(session: Session, run: Progress, seen: Mapping[UUID, Observation]) -> list[_Judged]:
    """An event may concern several links; only those that are asked for are judged."""
    observations = list({id(one): one for one in seen.values()}.values())
    if not observations:
        return []
    situations = [
        one
        for one in gather(
            session,
            run.tools.crm,
            run.row.id,
            observations,
            run.policy,
            run.now(),
            was_pushed=False,
        )
        if one.link and one.source is seen.get(one.link.id)
    ]
    return [
        _Judged(situation, situation.link, decision, find_differences(situation, decision))
        for situation, decision in zip(situations, decide_all(situations), strict=True)
        if situation.link
    ]


def _is_on_its_way(one: _Judged, since: datetime) -> bool:
    observation, activity = one.situation.observation, one.situation.activity
    if one.decision.outlook and activity and activity.changed_at > since:
        return True
    return isinstance(observation, Seen) and is_on_its_way(observation.event, one.link, since)


def _carry_out(
    session: Session,
    run: Progress,
    differing: Sequence[_Judged],
    named: set[UUID],
    seen: Mapping[UUID, Observation],
) -> None:
    this = run.this(was_pushed=False)
    decided = [
        (one.situation, _with_differences(one) if one.link.id in named else one.decision)
        for one in differing
    ]
    carried = carry_out(session, run.tools.crm, decided, this)
    settled = Settled()
    settled.add(carried)
    again = [seen[one.link.id] for one in carried.afresh if one.link]
    if again:
        settled.add(settle(session, run.tools.crm, run.row.id, again, run.policy, this))
    run.add(session, settled)
    note_writes(session, run.row.id, settled, this)


def _with_differences(one: _Judged) -> Decision:
    facts: dict[str, Any] = {
        "foundBy": "reconcile",
        "differences": [asdict(difference) for difference in one.differences],
    }
    return replace(one.decision, facts={**one.decision.facts, **facts}, log=True)


def _left(session: Session, run: Progress, seen: Mapping[UUID, Observation]) -> set[UUID]:
    """The links that still differ after they were settled."""
    return {one.link.id for one in _judge(session, run, seen) if one.differences}
