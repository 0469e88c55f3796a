from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from liaison.calendar.linking.values import Linked
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from liaison_sandbox.person import Person
from passing_faults import passing_faults
from scenario_runs import note_ids, settle_down, sync
from scenario_world import World

STEPS = 60
# The guard over removals lets so many through in a day, restored ones included.
MOST_DELETIONS = 4
FAULTS = passing_faults("30.5")


@dataclass
class Week:
    """What may happen to one person's linked meetings; one method each."""

    world: World
    person: Person
    dice: random.Random
    linked: dict[str, Linked] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    deletions: int = 0

    def link_one(self) -> None:
        start = self.world.tomorrow() + timedelta(days=self.dice.randint(10, 20))
        subject = f"Meeting {len(self.linked)}"
        event_id = self.person.create_event(subject=subject, start=start)
        immutable_id = self.person.event(event_id).immutable_id
        self.linked[immutable_id] = self.world.create(self.person, event_id)

    def rename(self) -> None:
        self._change(subject=f"Renamed {self.dice.random()}")

    def shift(self) -> None:
        days = self.dice.choice([1, 2, 900])
        self._change(start=self.world.tomorrow() + timedelta(days=10 + days))

    def delete(self) -> None:
        present = self._present()
        if present and self.deletions < MOST_DELETIONS:
            self.deletions += 1
            event_id = self.dice.choice(present)
            self.person.delete_event(event_id)
            self.deleted.add(event_id)
            self._tell(event_id)

    def restore(self) -> None:
        if self.deleted:
            event_id = self.dice.choice(sorted(self.deleted))
            self.person.restore_event(event_id)
            self.deleted.remove(event_id)
            # Outside the window nothing but the notification tells of it, so that one arrives.
            note_ids(self.world, self.person, event_id)

    def break_something(self) -> None:
        self.world.sandbox.faults.add(**self.dice.choice(FAULTS))

    def expire_tokens(self) -> None:
        self.world.sandbox.tenant.expire_delta_tokens()

    def deny_or_allow(self) -> None:
        denied = self.person.mailbox_state == "denied"
        self.person.mailbox_state = "ready" if denied else "denied"

    def look(self) -> None:
        self.world.clock.advance(seconds=self.dice.choice([1, 31, 400, 3600]))
        sync(self.world, self.person)

    def be_quiet(self) -> None:
        self.world.sandbox.faults.clear()
        self.person.mailbox_state = "ready"
        settle_down(self.world, self.person)

    def _change(self, **members: object) -> None:
        if present := self._present():
            event_id = self.dice.choice(present)
            self.person.change_event(event_id, **members)
            self._tell(event_id)

    def _tell(self, event_id: str) -> None:
        """Every second notification is lost."""
        if self.dice.random() < 0.5:
            note_ids(self.world, self.person, event_id)

    def _present(self) -> list[str]:
        return [event_id for event_id in self.linked if event_id not in self.deleted]


HAPPENINGS = {
    Week.rename: 4,
    Week.shift: 3,
    Week.delete: 2,
    Week.restore: 2,
    Week.break_something: 5,
    Week.expire_tokens: 1,
    Week.deny_or_allow: 1,
    Week.look: 9,
}


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_both_sides_agree_once_it_is_quiet(world, ann, sandbox, seed):
    dice = random.Random(seed)
    sandbox.settings.deleted_items_still_answer = dice.random() < 0.5
    sandbox.settings.delta_replays = dice.random() < 0.5
    week = Week(world, ann, dice)
    for _ in range(5):
        week.link_one()
    world.run(ann)

    for happens in dice.choices(list(HAPPENINGS), list(HAPPENINGS.values()), k=STEPS):
        happens(week)
    week.be_quiet()

    assert world.waiting(ann) == []
    for event_id, made in week.linked.items():
        link, activity = world.link_now(made.link), world.activity_now(made.activity)
        if event_id in week.deleted:
            assert (link.state, activity.status) == (LinkState.ENDED, ActivityStatus.CANCELLED)
        else:
            event = ann.event(event_id)
            assert (link.state, activity.status) == (LinkState.LIVE, ActivityStatus.PLANNED)
            assert (activity.subject, activity.when.start) == (event.subject, event.start)

    before = [world.activity_now(made.activity) for made in week.linked.values()]
    world.run(ann)
    assert [world.activity_now(made.activity) for made in week.linked.values()] == before
    assert {call.method for call in sandbox.log if call.mailbox} == {"GET"}
