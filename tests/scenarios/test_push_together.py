"""Notifications tell of several meetings at once: they are looked at some at a time, and the failing one alone waits."""

import pytest

from fakes.unruly import CrowdedCalendars, PickyCrm
from held_world import Linkage
from liaison.calendar.looking_ahead import IN_FLIGHT
from scenario_runs import sync, with_calendars, with_crm


@pytest.fixture
def calendar(pushed):
    """Five linked meetings of somebody whose mailbox tells of its changes, all of it worked off."""
    ann = pushed.representative("Ann Berg")
    pushed.run(ann)
    calendar = Linkage.of(pushed, ann, 5)
    pushed.sandbox.notifier.drain()
    sync(pushed, ann)
    return calendar


def rename_all(calendar):
    """In Outlook, and Microsoft tells of it; nobody has looked yet."""
    for event in calendar.person.events():
        calendar.person.change_event(event.id, subject=f"{event.subject} moved")
    calendar.world.sandbox.notifier.drain()


def subjects(calendar):
    return [calendar.world.activity_now(one.activity).subject for one in calendar.linked]


def test_several_are_looked_at_at_a_time_but_never_more_than_may_be_in_flight(pushed, calendar):
    crowded = CrowdedCalendars(pushed.tools.outlook.calendars)
    with_calendars(pushed, crowded)
    rename_all(calendar)

    sync(pushed, calendar.person)

    assert subjects(calendar) == [f"Meeting {n} moved" for n in range(5)]
    assert crowded.looks == 5
    assert 2 <= crowded.most <= IN_FLIGHT
    assert pushed.waiting(calendar.person) == []


def test_one_that_cannot_be_stored_waits_alone(pushed, calendar):
    with_crm(pushed, PickyCrm(pushed.tools.crm, "Meeting 2 moved"))
    rename_all(calendar)

    sync(pushed, calendar.person)

    assert subjects(calendar) == [f"Meeting {n}{'' if n == 2 else ' moved'}" for n in range(5)]
    assert len(pushed.waiting(calendar.person)) == 1


def test_those_that_microsoft_throttles_come_when_it_allows(pushed, calendar):
    rename_all(calendar)
    pushed.sandbox.faults.add(path_regex="/events/", status=429, retry_after="30", times=1)

    sync(pushed, calendar.person)
    changed = [one for one in subjects(calendar) if one.endswith("moved")]
    pushed.clock.advance(minutes=1)
    sync(pushed, calendar.person)

    assert len(changed) < 5
    assert subjects(calendar) == [f"Meeting {n} moved" for n in range(5)]
    assert pushed.waiting(calendar.person) == []
