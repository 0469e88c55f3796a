"""From observations to a settled state, within one transaction: gather, decide, carry out, and afresh where needed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.apply import Carried, carry_out
from liaison.calendar.passes import Decided, Pass
from liaison.calendar.rules.ages import age_of_change
from liaison.calendar.rules.decide import decide_all
from liaison.calendar.rules.decision import ChangeEvent
from liaison.calendar.rules.situation import Observation, Situation
from liaison.calendar.sights import event_id_of
from liaison.calendar.situations import gather
from liaison.crm.port import Crm
from liaison.policy.store import StoredPolicy

NOTHING_WRITTEN: Mapping[UUID, ChangeEvent] = MappingProxyType({})
# Resumed or restored, then changed meanwhile, then settled: more rounds than that would be a loop.
ROUNDS = 6


@dataclass
class Settled:
    """What came of some observations: how often each reason came up, who else has to look.

    `decided`: what was decided and carried out. `ages`: how many seconds after they were made in Outlook changes reached their activities.
    """

    decided: list[Decided] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    wake: set[UUID] = field(default_factory=set)
    ages: list[float] = field(default_factory=list)

    @property
    def writes(self) -> list[Decided]:
        """What has to be written to Outlook now that the transaction has ended."""
        return [pair for pair in self.decided if pair[1].outlook is not None]

    @property
    def activities(self) -> list[UUID]:
        """Those that it was about."""
        return [one.link.activity_id for one, _ in self.decided if one.link]

    def add(self, carried: Carried | Settled) -> None:
        """Take in what one more round brought."""
        self.decided += carried.decided
        self.counts += carried.counts
        self.wake |= carried.wake


def settle(
    session: Session,
    crm: Crm,
    mailbox_id: UUID,
    observations: Sequence[Observation],
    policy: StoredPolicy,
    this: Pass,
    *,
    written: Mapping[UUID, ChangeEvent] = NOTHING_WRITTEN,
) -> Settled:
    """Decide about these observations of one mailbox and carry the decisions out.

    `written`: by link, what the observations are Outlook's answers to.
    """
    settled = Settled()
    waiting: list[Observation] = list(observations)
    again: list[Situation] | None = None
    for _ in range(ROUNDS):
        gathered = gather(
            session, crm, mailbox_id, waiting, policy, this.now, was_pushed=this.was_pushed
        )
        situations = [_choosing(_knowing(one, written), this) for one in gathered]
        first, later = _in_turn(_only(situations, again))
        decided = _permitted(zip(first, decide_all(first), strict=True), this)
        carried = carry_out(session, crm, decided, this)
        settled.add(carried)
        found = (age_of_change(*pair, this.now) for pair in decided)
        settled.ages += [age for age in found if age is not None]
        again = [*carried.afresh, *later]
        if not again:
            return settled
        waiting = list({id(one.source): one.source for one in again}.values())
    raise RuntimeError("Decisions about the same events do not come to an end.")


def _knowing(situation: Situation, written: Mapping[UUID, ChangeEvent]) -> Situation:
    link = situation.link
    return (
        replace(situation, written=written[link.id]) if link and link.id in written else situation
    )


def _choosing(situation: Situation, this: Pass) -> Situation:
    """The activity that somebody chose for a meeting without a link counts as the one that says the same."""
    if not this.chosen or situation.link:
        return situation
    chosen = this.chosen.get(event_id_of(situation.source))
    return replace(situation, alike=(chosen,)) if chosen else situation


def _permitted(decided: Iterable[Decided], this: Pass) -> list[Decided]:
    return [pair for pair in decided if this.permits is None or this.permits(pair)]


def _only(situations: Sequence[Situation], again: Sequence[Situation] | None) -> list[Situation]:
    """Those that are decided again: one look at a series concerns all of its links.

    Of a meeting that somebody else captured at the same moment it is the link that he made.
    """
    if again is None:
        return list(situations)
    of_links = {one.link.id for one in again if one.link}
    lost = {event_id_of(one.source) for one in again if one.link is None}
    return [
        one
        for one in situations
        if (one.link and one.link.id in of_links)
        or (event_id_of(one.source) in lost and _is_whole(one))
    ]


def _is_whole(situation: Situation) -> bool:
    return situation.link is None or situation.link.original_start is None


def _in_turn(situations: Sequence[Situation]) -> tuple[list[Situation], list[Situation]]:
    """The first of each link, and the others, which are decided on what came of it.

    A whole series waits for its linked occurrences, for it leaves out what they hold in the end.
    """
    parts = {id(one.source) for one in situations if one.link and one.link.original_start}
    first: list[Situation] = []
    later: list[Situation] = []
    links: set[UUID] = set()
    for situation in situations:
        link = situation.link
        waits = link and link.original_start is None and id(situation.source) in parts
        is_first = link is None or (link.id not in links and not waits)
        (first if is_first else later).append(situation)
        links |= {link.id} if link else set()
    return first, later
