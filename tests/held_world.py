"""Mailboxes from which many meetings vanish, and what an administrator decides about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from liaison.calendar.holding import approve, discard
from liaison.calendar.linking.values import Linked
from liaison.calendar.model import LinkState
from liaison.calendar.passes import Pass
from liaison.calendar.stores import holds
from liaison.calendar.stores.holds import Hold
from liaison.crm.model import ActivityStatus, Actor
from liaison.policy.store import read_policy
from liaison_sandbox.person import Person
from scenario_world import World

ADMINISTRATOR = Actor("Ada Admin", "sync")


@dataclass
class Linkage:
    """One person's linked meetings, by their order."""

    world: World
    person: Person
    ids: list[str]
    linked: list[Linked]

    @classmethod
    def of(cls, world: World, person: Person, many: int) -> Linkage:
        """Meetings from now on, each two hours after the one before, linked and in step."""
        first = world.clock.now() + timedelta(hours=3)
        ids = [
            person.create_event(subject=f"Meeting {n}", start=first + timedelta(hours=2 * n))
            for n in range(many)
        ]
        linked = [world.create(person, event_id) for event_id in ids]
        world.run(person)
        return cls(world, person, ids, linked)

    def vanish(self, *which: int) -> None:
        """Somebody, or something, empties the calendar; the next run sees it."""
        for n in which:
            self.person.delete_event(self.ids[n], hard=True)
        self.world.run(self.person)

    def having(self, status: ActivityStatus) -> list[int]:
        """Whose activities are in this state."""
        return [
            n
            for n, one in enumerate(self.linked)
            if self.world.activity_now(one.activity).status is status
        ]

    @property
    def cancelled(self) -> list[int]:
        return self.having(ActivityStatus.CANCELLED)

    @property
    def live(self) -> list[int]:
        """Whose links are live."""
        links = [self.world.link_now(one.link) for one in self.linked]
        return [n for n, link in enumerate(links) if link.state is LinkState.LIVE]

    def held(self) -> list[int]:
        """Whose removals wait."""
        waiting = {link for hold in open_holds(self.world) for link in hold.links}
        return [n for n, one in enumerate(self.linked) if one.link.id in waiting]


def open_holds(world: World) -> list[Hold]:
    with world.database.transaction() as session:
        return holds.list_open_holds(session, limit=50)


def the_hold(world: World) -> Hold:
    [hold] = open_holds(world)
    return hold


def approve_as(world: World, hold: Hold) -> Hold:
    with world.database.transaction() as session:
        return approve(session, world.tools.crm, hold.id, _pass(world, session))


def discard_as(world: World, hold: Hold) -> Hold:
    with world.database.transaction() as session:
        return discard(session, world.tools.crm, hold.id, _pass(world, session))


def _pass(world: World, session: object) -> Pass:
    return Pass(ADMINISTRATOR, read_policy(session).version, world.clock.now())
