"""Links the activities of a plan to the meetings that they resemble, where somebody chose that and both are as planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy.orm import Session

from liaison.calendar.initial_sync.play import print_of
from liaison.calendar.initial_sync.rehearsal import foresee_event
from liaison.calendar.model import NotedItem
from liaison.calendar.passes import Decided
from liaison.calendar.progress import Progress
from liaison.calendar.rules.decide import decide_all
from liaison.calendar.rules.decision import LinkActivity
from liaison.calendar.rules.twins import MADE_HERE
from liaison.calendar.sights import event_id_of
from liaison.calendar.stores import noted
from liaison.calendar.stores.plan_items import StoredItem

Items = Mapping[str, StoredItem]


@dataclass
class Twins:
    """What was chosen in one mailbox. `marks`: of each meeting the marks of both items.

    `chosen`: by event, the activity that it is linked to, where that is still what was planned.
    """

    marks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chosen: Mapping[str, UUID] = field(default_factory=dict)
    linked: set[UUID] = field(default_factory=set)

    def concerns(self, pair: Decided) -> bool:
        """Whether somebody chose for this meeting; then it is captured in no other way."""
        return pair[0].link is None and event_id_of(pair[0].source) in self.marks

    def links(self, pair: Decided, items: Items) -> bool:
        """Whether this links it as chosen, and would have captured it as planned."""
        situation, decision = pair
        activity_id = self.chosen.get(event_id_of(situation.source))
        if activity_id is None or decision.action != LinkActivity(activity_id):
            return False
        bare = replace(situation, alike=())
        [captured] = decide_all([bare])
        if print_of((bare, captured)) not in items:
            return False
        self.linked.add(activity_id)
        return True

    def brings(self, pair: Decided) -> bool:
        """Whether this is what the meeting brings to the activity that it was just linked to."""
        link = pair[0].link
        return link is not None and link.activity_id in self.linked

    def marks_of(self, decided: Sequence[Decided]) -> set[str]:
        """The marks of both items of each pair that was linked."""
        events = {
            event_id_of(situation.source)
            for situation, decision in decided
            if isinstance(decision.action, LinkActivity)
        }
        return {mark for event_id in events & self.chosen.keys() for mark in self.marks[event_id]}


def true_twins(run: Progress, items: Items) -> Twins:
    """The choices for one mailbox, with those activities whose events would still be made as planned."""
    made = {
        stored.item.event_id: mark
        for mark, stored in items.items()
        if stored.item.action == MADE_HERE
    }
    wanted = {mark: stored.item for mark, stored in items.items() if stored.is_linked}
    twins = {item.twin: mark for mark, item in wanted.items() if item.twin in made}
    marks = {event: frozenset({mark, made[event]}) for event, mark in twins.items() if event}
    true = _still_true(run, {mark: items[mark] for mark in twins.values()}) if twins else set()
    chosen = {
        event: activity_id
        for event, mark in twins.items()
        if event and mark in true and (activity_id := wanted[mark].activity_id)
    }
    return Twins(marks, chosen)


def _still_true(run: Progress, wanted: Items) -> set[str]:
    with run.tools.database.rehearsal() as session:
        foreseen = {
            mark: foresee_event(session, run, _noted(session, run, stored))
            for mark, stored in wanted.items()
        }
    return {mark for mark, item in foreseen.items() if item and item.fingerprint == mark}


def _noted(session: Session, run: Progress, stored: StoredItem) -> NotedItem:
    event_id = stored.item.event_id
    known = noted.find_item(session, run.row.id, event_id)
    return known or noted.note_event(session, run.row.id, event_id, run.now())
