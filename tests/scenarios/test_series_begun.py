"""A series that had begun before it went out: Outlook has it from its next occurrence on, the activity all of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.outlook.model import Mailbox
from liaison.times import When
from scenario_runs import sync
from scenario_traffic import writes_of
from transfer_stage import INES, guest, mails, plan

BOTH = {"subject": "both", "time": "both"}


in_both = pytest.mark.parametrize("may_write", [BOTH], indirect=True, ids=["both"])


@pytest.fixture(autouse=True, params=[BOTH, {}], ids=["both", "outlook"])
def may_write(request, world, ann):
    world.set_policy(owners=request.param)
    world.writes_allowed = True
    world.run(ann)


@pytest.fixture
def begun(world, ann):
    """Six weeks of Mondays' daily, of which two are over; one of those was cancelled."""
    start = world.tomorrow() - timedelta(days=14)
    gone = OccurrenceException(start + timedelta(days=7), OccurrenceKind.CANCELLED)
    repeats = ActivityRecurrence("FREQ=WEEKLY;COUNT=6", None, (gone,))
    when = When(start, start + timedelta(hours=1), "Europe/Vienna")
    activity = plan(world, ann, people=[guest()], when=when, recurrence=repeats)
    sync(world, ann)
    return activity


def master_of(world, ann):
    [event] = [one for one in ann.events(subject="Renewal") if one.type == "seriesMaster"]
    mailbox = Mailbox(world.sandbox.tenant_id, ann.oid)
    return world.tools.outlook.calendars.find_event(mailbox, event.immutable_id)


def test_outlook_has_what_lies_ahead_and_the_activity_keeps_all(world, ann, begun):
    """SA-09"""
    master = master_of(world, ann)

    assert master.when.start == world.tomorrow()
    assert master.recurrence.range.count == 4
    assert mails(world) == {(INES, "invitation"): 1}
    now = world.activity_now(begun)
    assert (now.when, now.recurrence) == (begun.when, begun.recurrence)


def test_a_further_run_writes_nothing_on_either_side(world, ann, begun):
    for _ in range(2):
        world.clock.advance(days=3)
        world.run(ann)

    now = world.activity_now(begun)
    assert (now.when, now.recurrence) == (begun.when, begun.recurrence)
    assert len(writes_of(world.sandbox)) == 1


def test_an_occurrence_that_is_moved_in_outlook_joins_what_the_activity_has(world, ann, begun):
    later = world.tomorrow() + timedelta(days=7)
    [master] = [one for one in ann.events(subject="Renewal") if one.type == "seriesMaster"]

    ann.cancel_occurrence(master.id, later)
    world.run(ann)
    world.run(ann)

    now = world.activity_now(begun)
    assert (now.when, now.recurrence.rule) == (begun.when, begun.recurrence.rule)
    assert [one.original_start for one in now.recurrence.exceptions] == [
        begun.recurrence.exceptions[0].original_start,
        later,
    ]
    assert len(writes_of(world.sandbox)) == 1


def test_a_series_that_is_moved_in_outlook_is_the_activitys_series_from_then_on(world, ann, begun):
    [master] = [one for one in ann.events(subject="Renewal") if one.type == "seriesMaster"]

    ann.change_event(master.id, start=world.tomorrow(15))
    world.run(ann)
    world.run(ann)

    now = world.activity_now(begun)
    assert now.when.start == world.tomorrow(15)
    assert now.recurrence.rule.startswith("FREQ=WEEKLY")
    assert "COUNT=4" in now.recurrence.rule
    assert len(writes_of(world.sandbox)) == 1


@in_both
def test_another_end_changes_what_lies_ahead(world, ann, begun):
    world.edit(ann, begun, recurrence={"rule": "FREQ=WEEKLY;COUNT=7"})
    sync(world, ann)
    world.run(ann)

    master = master_of(world, ann)
    assert (master.when.start, master.recurrence.range.count) == (world.tomorrow(), 5)
    assert len(writes_of(world.sandbox)) == 2
    assert world.activity_now(begun).recurrence.rule.endswith("COUNT=7")


@in_both
def test_another_hour_moves_what_lies_ahead(world, ann, begun):
    first = begun.when.start.replace(hour=15)
    world.edit(ann, begun, start=first, end=first + timedelta(hours=1))
    sync(world, ann)
    world.run(ann)

    master = master_of(world, ann)
    assert (master.when.start, master.recurrence.range.count) == (world.tomorrow(15), 4)
    assert world.activity_now(begun).when.start == first
    assert mails(world) == {(INES, "invitation"): 1, (INES, "update"): 1}


@in_both
def test_one_occurrence_is_cancelled_and_the_first_one_too(world, ann, begun):
    def cancelled(start):
        return {"originalStart": start.isoformat(), "kind": "cancelled"}

    known = cancelled(begun.recurrence.exceptions[0].original_start)
    gone = [cancelled(world.tomorrow() + timedelta(days=days)) for days in (0, 14)]
    repeats = {"rule": begun.recurrence.rule, "exceptions": [known, *gone]}
    world.edit(ann, begun, recurrence=repeats)
    sync(world, ann)
    world.run(ann)

    master = master_of(world, ann)
    assert len(master.cancelled) == 2
    assert len(world.activity_now(begun).recurrence.exceptions) == 3
    assert mails(world) == {(INES, "invitation"): 1, (INES, "cancellation"): 2}
