"""What stories of runs look at beside the two sides: the mailbox row, what waits, and the calls that were made."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from liaison.calendar.model import NotedItem, NoteSource
from liaison.calendar.report import RunReport
from liaison.calendar.run import sync_mailbox
from liaison.calendar.stores import mailboxes, noted
from liaison.calendar.stores.mailboxes import FollowedMailbox
from liaison_sandbox.call_log import GraphCall
from liaison_sandbox.person import Person
from scenario_world import World

DELTA = "/calendarView/delta"


def sync(world: World, person: Person) -> RunReport:
    """The run that a worker does when it is woken."""
    return sync_mailbox(world.tools, world.own(person).id)


def mailbox_of(world: World, person: Person) -> FollowedMailbox:
    """The mailbox as the database knows it."""
    own = world.own(person)
    with world.database.transaction() as session:
        return mailboxes.get_mailbox(session, own.id)


def change_mailbox(world: World, person: Person, **members: Any) -> None:
    """Write members of the mailbox as another process would."""
    own = world.own(person)
    with world.database.transaction() as session:
        mailboxes.save_mailbox(session, own.id, members)


def note(world: World, person: Person, *event_ids: str) -> None:
    """What the notifications about these events leave behind."""
    ids = [person.event(event_id).immutable_id for event_id in event_ids]
    note_ids(world, person, *ids)


def note_ids(world: World, person: Person, *immutable_ids: str) -> None:
    """The same by the ids that the notifications carry."""
    own = world.own(person)
    with world.database.transaction() as session:
        source = NoteSource.NOTIFICATION
        noted.note_events(session, own.id, immutable_ids, source, world.clock.now())


def item_of(world: World, person: Person, event_id: str) -> NotedItem | None:
    """What waits for this event, failed ones included."""
    own = world.own(person)
    with world.database.transaction() as session:
        return noted.find_item(session, own.id, person.event(event_id).immutable_id)


def calls_during(world: World, happening: Any) -> list[GraphCall]:
    """The calls to Graph that this causes."""
    before = len(world.sandbox.log)
    happening()
    return list(world.sandbox.log)[before:]


def rounds_in(calls: list[GraphCall]) -> list[GraphCall]:
    """Of these calls those that read changes."""
    return [call for call in calls if DELTA in call.path]


def looks_in(calls: list[GraphCall]) -> list[GraphCall]:
    """Of these calls those that read a single event."""
    return [call for call in calls if "/events/" in call.path]


def full_rounds_in(calls: list[GraphCall]) -> list[GraphCall]:
    """Of these calls those that begin a round over the whole window."""
    return [call for call in rounds_in(calls) if "startDateTime" in call.query]


def with_calendars(world: World, calendars: Any) -> None:
    """Let the runs read calendars through this."""
    world.tools = replace(world.tools, outlook=replace(world.tools.outlook, calendars=calendars))


def with_crm(world: World, crm: Any) -> None:
    """Let the runs write through this."""
    world.tools = replace(world.tools, crm=crm)


def settle_down(world: World, *people: Person) -> None:
    """A day goes by, longer than any wait, and every mailbox is looked at, until nothing is left to do."""
    for _ in range(3):
        world.clock.advance(hours=7)
        for person in people:
            sync(world, person)


def linked_meetings(world: World, person: Person, number: int) -> list[Any]:
    """So many meetings of this person, linked and looked at."""
    start = world.tomorrow() + timedelta(days=4)
    made = [
        world.create(person, person.create_event(subject=f"Meeting {at}", start=start))
        for at in range(number)
    ]
    world.run(person)
    return made
