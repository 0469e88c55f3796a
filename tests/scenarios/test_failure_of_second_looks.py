import pytest
from sqlalchemy.exc import OperationalError

from fakes.unruly import WatchedCalendars
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from scenario_runs import (
    calls_during,
    looks_in,
    mailbox_of,
    note,
    note_ids,
    settle_down,
    sync,
    with_calendars,
)

FAULTS = {
    "429": {"status": 429, "retry_after": "2.128"},
    "500": {"status": 500},
    "404 without a code": {"status": 404, "code": ""},
    "404 of the mailbox": {"status": 404, "code": "MailboxNotEnabledForRESTAPI"},
    "401": {"status": 401, "code": "InvalidAuthenticationToken"},
    "403": {"status": 403, "code": "ErrorAccessDenied"},
    "dropped": {"kind": "drop-before"},
    "cut off": {"kind": "truncate"},
}


@pytest.fixture
def linked(world, ann):
    made = world.create(ann, ann.create_event(subject="Alone", start=world.tomorrow(20)))
    world.run(ann)
    world.clock.advance(minutes=6)
    return made


def is_removed(world, made):
    return world.activity_now(made.activity).status is ActivityStatus.CANCELLED


def delete_and_note(world, ann):
    [event] = ann.events()
    ann.delete_event(event.id)
    note_ids(world, ann, event.immutable_id)


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_removed_unless_the_mailbox_answers_otherwise(
    world, ann, sandbox, linked, fault
):
    sandbox.settings.deleted_items_still_answer = False
    delete_and_note(world, ann)
    # Everything but the look at the event itself, which Outlook says does not exist.
    sandbox.faults.add(path_regex=r"/events\?|delta", times=-1, **FAULTS[fault])

    sync(world, ann)

    assert not is_removed(world, linked)
    assert world.link_now(linked.link).state is not LinkState.ENDED

    sandbox.faults.clear()
    world.clock.advance(minutes=20)
    sync(world, ann)

    assert is_removed(world, linked)


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_removed_unless_the_calendar_says_that_it_does_not_list_it(
    world, ann, sandbox, linked, fault
):
    sandbox.settings.deleted_items_still_answer = True
    delete_and_note(world, ann)
    sandbox.faults.add(path_regex=r"calendarView\?", times=-1, **FAULTS[fault])
    sync(world, ann)
    world.clock.advance(minutes=1)
    sync(world, ann)

    assert not is_removed(world, linked)

    sandbox.faults.clear()
    for _ in range(3):
        world.clock.advance(minutes=20)
        sync(world, ann)

    assert is_removed(world, linked)


def test_a_run_that_loses_the_database_loses_nothing(world, ann, linked):
    own = world.tools.outlook.calendars

    def database_goes_away():
        raise OperationalError("SELECT", {}, Exception("terminating connection"))

    with_calendars(world, WatchedCalendars(own, database_goes_away))
    [event] = ann.events()
    ann.change_event(event.id, subject="Renamed")
    note(world, ann, event.id)
    report = sync(world, ann)
    with_calendars(world, own)

    assert report.stopped_by == "interrupted"
    assert mailbox_of(world, ann).due_at <= world.clock.now()

    sync(world, ann)

    assert world.activity_now(linked.activity).subject == "Renamed"


def test_a_deletion_that_is_told_costs_two_looks_and_a_sign_of_life(world, ann, sandbox, linked):
    sandbox.settings.deleted_items_still_answer = False
    sync(world, ann)
    delete_and_note(world, ann)

    calls = calls_during(world, lambda: sync(world, ann))

    assert is_removed(world, linked)
    # With and without its calendar; then another reading, as a denied mailbox may say so of everything.
    assert len(looks_in(calls)) == 2
    assert len(calls) == 3


def test_a_day_of_trouble_ends_with_no_entry_left_behind(world, ann, sandbox, linked):
    sandbox.faults.add(path_regex="/events/", status=500, times=3)
    [event] = ann.events()
    ann.change_event(event.id, subject="Renamed")
    note(world, ann, event.id)
    sync(world, ann)

    settle_down(world, ann)

    assert world.activity_now(linked.activity).subject == "Renamed"
    assert world.waiting(ann) == []
