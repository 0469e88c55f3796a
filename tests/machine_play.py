"""One play of the state machine: several mailboxes, what people do in them, what goes wrong, and what must hold at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from liaison.calendar.linking.values import Linked
from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityStatus
from liaison_sandbox.person import Person
from scenario_runs import note_ids, sync
from scenario_world import World

# The guard lets so many removals of a mailbox through in a day.
MOST_REMOVALS = 4


class Death(BaseException):
    """The worker is gone: nothing in the product catches this."""


@dataclass
class Meeting:
    """A meeting that somebody linked. `people` of ours have a copy, the first organizes it."""

    event_id: str
    organizer: Person
    linked: Linked
    is_series: bool = False
    is_gone: bool = False
    is_unlinked: bool = False


@dataclass
class Play:
    """What the machine does, one method for each happening."""

    world: World
    people: list[Person]
    meetings: list[Meeting] = field(default_factory=list)
    hints: list[tuple[Person, str]] = field(default_factory=list)
    removals: dict[str, int] = field(default_factory=dict)
    happenings: int = 0

    # People

    def is_calm(self) -> bool:
        """Whether somebody may link now: everybody is there, and what was broken is mended first."""
        self.world.sandbox.faults.clear()
        are_there = all(one.mailbox_state == "ready" for one in self.people)
        return are_there and all(self.world.is_followed(one) for one in self.people)

    def make(self, organizer: Person, invited: list[Person], *, is_series: bool, by: int) -> None:
        """A meeting is made in Outlook, and one of its people makes an activity from it."""
        start = self.world.tomorrow(9) + timedelta(days=10 + len(self.meetings))
        more = {"recurrence": weekly(start)} if is_series else {}
        event_id = organizer.create_event(
            subject=f"Meeting {len(self.meetings)}",
            start=start,
            attendees=[one.address for one in invited],
            **more,
        )
        uid = organizer.event(event_id).ical_uid
        linker = [organizer, *invited][by % (len(invited) + 1)]
        copy = next(event for event in linker.events() if event.ical_uid == uid)
        scope = Scope.SERIES if is_series else Scope.SINGLE
        linked = self.world.create(linker, copy.id, scope=scope)
        immutable_id = organizer.event(event_id).immutable_id
        self.meetings.append(Meeting(immutable_id, organizer, linked, is_series))

    def rename(self, meeting: Meeting, subject: str) -> None:
        meeting.organizer.change_event(meeting.event_id, subject=subject)
        self.tell_all(meeting)

    def shift(self, meeting: Meeting, hours: int) -> None:
        start = meeting.organizer.event(meeting.event_id).start + timedelta(hours=hours)
        meeting.organizer.change_event(meeting.event_id, start=start)
        self.tell_all(meeting)

    def answer(self, meeting: Meeting, person: Person, response: str) -> None:
        for copy in self.copies(meeting, person):
            person.answer(copy.id, response)
            self.tell_all(meeting)

    def meddle(self, meeting: Meeting, person: Person) -> None:
        """An invitee writes into his own copy, which is nobody else's business."""
        for copy in self.copies(meeting, person):
            person.change_event(copy.id, subject="My own words")
            self.hints.append((person, copy.immutable_id))

    def leave(self, meeting: Meeting, person: Person) -> None:
        for copy in self.copies(meeting, person):
            person.delete_event(copy.id)
            self.hints.append((person, copy.immutable_id))

    def cancel_one(self, meeting: Meeting, number: int) -> None:
        start = meeting.organizer.event(meeting.event_id).start + timedelta(weeks=number)
        found = meeting.organizer.occurrences(meeting.event_id, start, start + timedelta(days=1))
        for occurrence in found[:1]:
            meeting.organizer.cancel_occurrence(meeting.event_id, occurrence.original_start)
            self.tell_all(meeting)

    def remove(self, meeting: Meeting) -> None:
        done = self.removals.get(meeting.organizer.oid, 0)
        if done < MOST_REMOVALS:
            self.removals[meeting.organizer.oid] = done + 1
            meeting.organizer.delete_event(meeting.event_id)
            meeting.is_gone = True
            self.tell_all(meeting)

    def unlink(self, meeting: Meeting) -> None:
        self.world.unlink(meeting.organizer, meeting.linked.link)
        meeting.is_unlinked = True

    def report(self, meeting: Meeting, outcome: str) -> None:
        activity = self.world.activity_now(meeting.linked.activity)
        if activity.deleted_at is None:
            owner = next(one for one in self.people if self.world.own(one).id == activity.owner_id)
            self.world.edit(owner, activity, outcome=outcome)

    # What Microsoft tells

    def tell_all(self, meeting: Meeting) -> None:
        self.hints.append((meeting.organizer, meeting.event_id))
        for person in self.people:
            for copy in self.copies(meeting, person):
                self.hints.append((person, copy.immutable_id))

    def deliver(self, number: int, *, is_lost: bool, is_doubled: bool) -> None:
        if self.hints:
            person, event_id = self.hints.pop(number % len(self.hints))
            for _ in range(0 if is_lost else 2 if is_doubled else 1):
                note_ids(self.world, person, event_id)

    # Workers

    def work(self, person: Person, dies_at: int | None) -> None:
        self.world.clock.advance(seconds=31)
        with dying(self.world, dies_at):
            sync(self.world, person)

    def be_quiet(self) -> None:
        """No more faults, everybody is there, and time goes by."""
        self.world.sandbox.faults.clear()
        for person in self.people:
            person.mailbox_state = "ready"
            if not self.world.own(person).sync_active:
                self.world.switch(person, active=True)
        for _ in range(3):
            self.world.clock.advance(hours=8)
            self.world.run(*self.people)

    # What must hold

    def check(self) -> None:
        for person in self.people:
            assert self.world.waiting(person) == []
        assert self.world.count("activities") == len(self.meetings)
        assert self.world.count("links") == len(self.meetings)
        for meeting in self.meetings:
            self._check(meeting)
        self._check_that_nothing_is_left_to_do()

    def _check(self, meeting: Meeting) -> None:
        link = self.world.link_now(meeting.linked.link)
        activity = self.world.activity_now(meeting.linked.activity)
        if meeting.is_unlinked:
            assert link.state is LinkState.ENDED
        elif meeting.is_gone:
            assert (link.state, activity.status) == (LinkState.ENDED, ActivityStatus.CANCELLED)
        else:
            event = meeting.organizer.event(meeting.event_id)
            assert link.state is LinkState.LIVE
            assert (activity.subject, activity.when.start) == (event.subject, event.start)
            assert {one.address for one in activity.participants} == {
                event.organizer.address,
                *(one.address for one in event.attendees),
            }
            assert (activity.recurrence is not None) is meeting.is_series

    def _check_that_nothing_is_left_to_do(self) -> None:
        before = [self.world.activity_now(one.linked.activity) for one in self.meetings]
        self.world.run(*self.people)
        assert [self.world.activity_now(one.linked.activity) for one in self.meetings] == before

    def copies(self, meeting: Meeting, person: Person) -> list:
        """The invitee's copies of the meeting in a person's calendar."""
        uid = meeting.organizer.event(meeting.event_id).ical_uid
        found = person.events(ical_uid=uid)
        return [one for one in found if not one.is_organizer and not one.is_cancelled]


def weekly(start) -> dict:
    return {
        "pattern": {
            "type": "weekly",
            "interval": 1,
            "daysOfWeek": [start.strftime("%A").lower()],
        },
        "range": {
            "type": "numbered",
            "startDate": start.date().isoformat(),
            "numberOfOccurrences": 5,
        },
    }


class dying:  # noqa: N801 - reads as what it does
    """The run within dies right after its nth transaction; None lets it live."""

    def __init__(self, world: World, at: int | None) -> None:
        self.database, self.at, self.done = world.database, at, 0

    def __enter__(self) -> None:
        self.original = self.database.transaction
        if self.at is not None:
            self.database.transaction = self._counted

    def __exit__(self, kind, *_rest) -> bool:
        self.database.__dict__.pop("transaction", None)
        return kind is Death

    def _counted(self):
        return _Counted(self, self.original())


class _Counted:
    def __init__(self, counter: dying, transaction) -> None:
        self.counter, self.transaction = counter, transaction

    def __enter__(self):
        return self.transaction.__enter__()

    def __exit__(self, *how):
        swallowed = self.transaction.__exit__(*how)
        self.counter.done += 1
        if how[0] is None and self.counter.done == self.counter.at:
            raise Death
        return swallowed
