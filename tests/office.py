"""An office in which everything happens, both ways: its meetings, what people did to each, and how to find both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from liaison.calendar.model import Link, LinkState
from liaison.calendar.stores import links
from liaison.calendar.stores.tables import LinkRow
from liaison.crm.embedded.activities import find_activities
from liaison.crm.model import Activity
from liaison_sandbox.call_log import GraphCall
from liaison_sandbox.model import Event
from liaison_sandbox.person import Person
from liaison_sandbox.tenant import Tenant
from scenario_traffic import check_writes
from scenario_world import World

NAMES = ("Ann Berg", "Bo Lind", "Carla Ruiz")
GUESTS = tuple(f"guest{number}@contoso.example" for number in range(4))


@dataclass
class Item:
    """A meeting or an activity that somebody made. What people did to it is told by side and field.

    `uid` is the meeting's where it began in Outlook, `activity_id` the activity's where it began in the CRM.
    """

    number: int
    base: datetime
    uid: str | None = None
    activity_id: UUID | None = None
    is_from_outside: bool = False
    last: dict[tuple[str, str], object] = field(default_factory=dict)
    # What may have ended it, or may have been kept from it, by the names of the happenings.
    ends: list[str] = field(default_factory=list)
    # Each happening to it and whether it came about: equal in two worlds where both may be compared.
    told: list[tuple[int, str, bool]] = field(default_factory=list)


@dataclass(frozen=True)
class Calls:
    """Some of the calls to a tenant."""

    log: Sequence[GraphCall]
    tenant: Tenant


@dataclass
class Office:
    """One world with its people, and what was made in it, in the order of the script."""

    world: World
    people: list[Person]
    items: list[Item] = field(default_factory=list)
    hints: list[tuple[Person, str]] = field(default_factory=list)
    step: int = 0
    removals: int = 0
    checked: int = 0

    @classmethod
    def open(cls, world: World) -> Office:
        world.writes_allowed = True
        world.set_policy(push=False)
        return cls(world, [world.representative(name) for name in NAMES])

    def check_writes(self) -> None:
        """Of the calls since this was asked last. Asked before an organizer changes, who is looked at as he is now."""
        calls = list(self.world.sandbox.log)[self.checked :]
        self.checked += len(calls)
        check_writes(Calls(calls, self.world.sandbox.tenant), allowed=True)

    def check_calls(self) -> None:
        """At the end of the play: as World.close, with what is checked already left out."""
        assert self.world.watch.caught == []
        self.check_writes()

    def new_item(self, **more: object) -> Item:
        """Each has a day of its own, so that none is taken for another."""
        number = len(self.items)
        item = Item(number, self.world.tomorrow(9) + timedelta(days=10 + number), **more)
        self.items.append(item)
        return item

    def pick(self, number: int) -> Item | None:
        return self.items[number % len(self.items)] if self.items else None

    # Both sides of an item

    def links_of(self, item: Item) -> list[Link]:
        """All links of its meetings and its activity, the newest last."""
        with self.world.database.transaction() as session:
            of_meeting = links.find_links_of_uids(session, [item.uid]) if item.uid else {}
            activities = {one.activity_id for found in of_meeting.values() for one in found}
            mine = LinkRow.activity_id.in_(activities | ({item.activity_id} - {None}))
            ids = session.scalars(select(LinkRow.id).where(mine)).all()
            return sorted(links.list_links(session, ids), key=lambda one: one.id)

    def link_of(self, item: Item) -> Link | None:
        """The link that has not ended, else the last one."""
        found = self.links_of(item)
        open_ones = [one for one in found if one.state is not LinkState.ENDED]
        return open_ones[-1] if open_ones else found[-1] if found else None

    def activity_of(self, item: Item) -> Activity | None:
        link = self.link_of(item)
        wanted = item.activity_id or (link.activity_id if link else None)
        if wanted is None:
            return None
        with self.world.database.transaction() as session:
            return find_activities(session, [wanted]).get(wanted)

    def uid_of(self, item: Item) -> str | None:
        link = self.link_of(item)
        return item.uid or (link.ical_uid if link else None)

    def copies_of(self, item: Item) -> list[tuple[Person, Event]]:
        """Present copies of its meeting: no occurrence, nothing cancelled."""
        uid = self.uid_of(item)
        return [
            (person, event)
            for person in self.people
            for event in person.events(ical_uid=uid)
            if not event.is_cancelled and event.original_start is None
        ]

    def organized(self, item: Item) -> tuple[Person, Event] | None:
        """The organizer's copy."""
        return next((one for one in self.copies_of(item) if one[1].is_organizer), None)

    def person_in_charge(self, activity: Activity) -> Person:
        return next(one for one in self.people if self.world.own(one).id == activity.owner_id)

    def tell(self, item: Item) -> None:
        """Microsoft has something to say about each copy, whether it arrives or not."""
        for person, event in self.copies_of(item):
            self.hints.append((person, event.immutable_id))
