"""What comes of a rehearsal: the items of a plan, each once, and how often each reason came up. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from liaison.calendar.initial_sync.reading import Reading
from liaison.calendar.log_lines import action_name, changes_of
from liaison.calendar.model import NotedItem
from liaison.calendar.passes import Decided
from liaison.calendar.rules.plan import AGREED, Changes, PlannedItem, fingerprint_of, planned
from liaison.calendar.sights import event_id_of
from liaison.reasons import registry


@dataclass
class Play:
    """What came of one play. `wanted`: what it would have to see to go on. `told`: how often the runs counted decisions.

    `activates`: whom it took for active although they were not, at which version.
    """

    items: list[PlannedItem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    wanted: list[tuple[Reading, NotedItem]] = field(default_factory=list)
    activates: dict[UUID, int] = field(default_factory=dict)

    def hear(self, decided: Sequence[Decided]) -> None:
        """Take down what was decided."""
        self.items += [_item(pair) for pair in decided]
        self.told += Counter(one.reason for _, one in decided if one.is_told)


def kept(items: Sequence[PlannedItem]) -> list[PlannedItem]:
    """Each once: the same may be decided by the round and by a look of its own, after which both sides agree."""
    once = list({_key(item): item for item in items}.values())
    busy = {_place(item) for item in once if not _is_idle(item)}
    return [item for item in once if not _is_idle(item) or _place(item) not in busy]


def _is_idle(item: PlannedItem) -> bool:
    return item.action == AGREED and not item.after and not item.outlook


def _place(item: PlannedItem) -> tuple[object, ...]:
    return item.mailbox_id, item.event_id, item.activity_id


def print_of(pair: Decided) -> str | None:
    """By what the same decision is known again; None: there is nothing to carry out."""
    situation, decision = pair
    return fingerprint_of(situation, decision, _changes(pair), event_id_of(situation.observation))


def _changes(pair: Decided) -> Changes:
    return Changes(action_name(pair[1].action), *changes_of(*pair))


def _item(pair: Decided) -> PlannedItem:
    situation, decision = pair
    return planned(
        situation,
        decision,
        _changes(pair),
        event_id=event_id_of(situation.observation),
        outcome=decision.outcome or registry.get_reason(decision.reason).outcome,
    )


def _key(item: PlannedItem) -> tuple[object, ...]:
    """The same may be decided several times: by the round, and by a look of its own."""
    return *_place(item), item.reason, item.fingerprint
