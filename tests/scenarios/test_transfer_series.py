"""A series of the CRM becomes one series in Outlook, from its next occurrence on, with its exceptions."""

from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState, Scope
from liaison.crm.model import ActivityRecurrence, OccurrenceException, OccurrenceKind
from liaison.times import When
from scenario_runs import sync
from transfer_stage import INES, guest, link_of, mails, plan

# Exchange tells of an occurrence that differs by a message of its own; of one that is cancelled nobody hears.
WITH_AN_EXCEPTION = {(INES, "invitation"): 1, (INES, "update"): 1}


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.run(ann)


def daily(count, *exceptions):
    return ActivityRecurrence(f"FREQ=DAILY;COUNT={count}", None, tuple(exceptions))


def series(world, ann, recurrence, first, **fields):
    when = When(first, first + timedelta(hours=1), "UTC")
    return plan(world, ann, "Training", [guest()], when=when, recurrence=recurrence, **fields)


def members(world, ann, master):
    now = world.clock.now()
    return ann.occurrences(master.id, now - timedelta(days=30), now + timedelta(days=60))


def test_a_series_becomes_one_series_and_each_guest_gets_one_invitation(world, ann):
    """SA-07, AA-05; pains 8."""
    activity = series(world, ann, daily(5), world.tomorrow())

    sync(world, ann)

    [master] = ann.events(subject="Training")
    assert master.type == "seriesMaster"
    assert mails(world) == {(INES, "invitation"): 1}
    link = link_of(world, activity)
    assert (link.scope, link.state) == (Scope.SERIES, LinkState.LIVE)


def test_its_exceptions_are_written_before_anybody_is_invited(world, ann):
    first = world.tomorrow()
    gone = OccurrenceException(first + timedelta(days=1), OccurrenceKind.CANCELLED)
    renamed = OccurrenceException(
        first + timedelta(days=2), OccurrenceKind.CHANGED, {"subject": "Exam"}
    )
    series(world, ann, daily(4, gone, renamed), first)

    sync(world, ann)

    [master] = ann.events(subject="Training")
    subjects = [one.subject for one in members(world, ann, master)]
    assert subjects == ["Training", "Exam", "Training"]
    assert mails(world) == WITH_AN_EXCEPTION


def test_a_series_already_begun_goes_out_from_its_next_occurrence_on(world, ann):
    """pains 7: what is past is never made, and nobody is invited to it."""
    first = world.tomorrow() - timedelta(days=3)
    activity = series(world, ann, daily(10), first)

    sync(world, ann)

    [master] = ann.events(subject="Training")
    assert master.start > world.clock.now()
    assert mails(world) == {(INES, "invitation"): 1}
    assert link_of(world, activity).state is LinkState.LIVE


@pytest.mark.parametrize("kind", ["drop-before", "drop-after"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_a_lost_answer_at_any_call_makes_no_twin_and_no_second_invitation(world, ann, kind, method):
    first = world.tomorrow()
    gone = OccurrenceException(first + timedelta(days=1), OccurrenceKind.CANCELLED)
    renamed = OccurrenceException(
        first + timedelta(days=2), OccurrenceKind.CHANGED, {"subject": "Exam"}
    )
    series(world, ann, daily(4, gone, renamed), first)
    world.sandbox.faults.add(method=method, path_regex="/events", kind=kind, times=1)

    for _ in range(4):
        sync(world, ann)
        world.clock.advance(minutes=15)

    [master] = ann.events(subject="Training")
    assert [one.subject for one in members(world, ann, master)] == ["Training", "Exam", "Training"]
    assert mails(world) == WITH_AN_EXCEPTION
