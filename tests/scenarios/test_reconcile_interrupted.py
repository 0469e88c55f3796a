"""When the proof is due, and what breaks it off: nothing of that ever states that all agree."""

from datetime import timedelta

import pytest

from liaison.calendar.rules.completeness import AFTER_DIFFERENCES, FRESH
from liaison.calendar.stores.change_ages import read_ages
from liaison.errors import GatewayTimeout
from reconcile_stage import (
    damage,
    linked,
    named,
    prove,
    reconcile_of,
    stated,
)
from scenario_runs import calls_during, mailbox_of, sync

VIEW = r"/calendarView\?"
EVENT = r"/events/[^/]+$"


def damage_subject(world, activity):
    damage(world, "UPDATE activities SET subject = 'Wrong' WHERE id = :id", id=activity.id)


def test_the_first_proof_has_a_time_of_its_own_within_one_interval(world, ann):
    linked(world, ann)

    assert stated(world, ann) == "nothing"
    assert reconcile_of(world, ann).next_at == world.clock.now() + timedelta(hours=12)


def test_a_proof_is_made_once_in_each_interval(world, ann):
    linked(world, ann)

    world.clock.advance(hours=12)
    sync(world, ann)
    first = reconcile_of(world, ann)
    world.clock.advance(hours=22)
    sync(world, ann)
    second = reconcile_of(world, ann)
    world.clock.advance(hours=1)
    sync(world, ann)

    assert stated(world, ann) == "1 link, 0 differences"
    assert first == second != reconcile_of(world, ann)


def test_the_mailbox_is_due_when_its_proof_is(world, ann):
    world.set_policy(calendarInterval="30 day", push=False)
    linked(world, ann)

    assert mailbox_of(world, ann).due_at == reconcile_of(world, ann).next_at


def test_a_shorter_interval_counts_at_once(world, ann):
    linked(world, ann)

    world.set_policy(reconcileInterval="1 hour")
    sync(world, ann)

    assert reconcile_of(world, ann).next_at == world.clock.now() + timedelta(minutes=30)


def test_a_proof_that_is_throttled_states_nothing_and_goes_on_later(world, ann, sandbox):
    activities = [linked(world, ann, f"Meeting {n}", days=1 + 40 * n)[1] for n in range(3)]
    for activity in activities:
        damage_subject(world, activity)
    sandbox.faults.add(method="GET", path_regex=EVENT, status=429, retry_after="60")

    report = prove(world, ann)

    assert report.stopped_by == "throttled"
    assert stated(world, ann) == "nothing"
    world.clock.advance(minutes=2)
    sync(world, ann)
    assert stated(world, ann) == "3 links, 3 differences (3 settled)"


def test_a_proof_that_breaks_off_does_not_look_twice(world, ann, sandbox):
    for number in range(3):
        linked(world, ann, f"Early {number}")
        linked(world, ann, f"Late {number}", days=200)
    world.after_call("list_between", lambda: break_next_view(sandbox))
    prove(world, ann)
    assert stated(world, ann) == "nothing"

    world.clock.advance(minutes=10)
    calls = calls_during(world, lambda: sync(world, ann))

    assert len([call for call in calls if call.path.endswith("/calendarView")]) == 1
    assert stated(world, ann) == "6 links, 0 differences"


def break_next_view(sandbox):
    sandbox.faults.add(method="GET", path_regex=VIEW, status=500)


def test_a_proof_that_broke_off_long_ago_begins_anew(world, ann, sandbox):
    for number in range(3):
        linked(world, ann, f"Early {number}")
    broken = linked(world, ann, "Late", days=200)[1]
    sandbox.faults.add(method="GET", path_regex=EVENT, status=429, retry_after="60")
    prove(world, ann)
    damage_subject(world, broken)

    world.clock.advance(hours=1 + FRESH / timedelta(hours=1))
    calls = calls_during(world, lambda: sync(world, ann))

    assert len([call for call in calls if call.path.endswith("/calendarView")]) == 1
    assert stated(world, ann) == "4 links, 1 difference (1 settled)"


def test_a_killed_run_states_nothing(world, ann):
    linked(world, ann)
    calendars = world.tools.outlook.calendars
    calendars.look_up = lambda *_: (_ for _ in ()).throw(KeyboardInterrupt)

    with pytest.raises(KeyboardInterrupt):
        prove(world, ann)

    assert stated(world, ann) == "nothing"
    assert reconcile_of(world, ann).began_at is not None


def test_one_meeting_that_cannot_be_looked_at_is_named_and_tried_again(world, ann, sandbox):
    event_id, _, _ = linked(world, ann)
    linked(world, ann, "Budget", days=100)
    wanted = ann.event(event_id).immutable_id
    sandbox.faults.add(method="GET", path_regex=f"/events/{wanted}", status=500, times=-1)

    prove(world, ann)

    assert named(world, ann) == [("meeting", False)]
    assert stated(world, ann) == "2 links, 1 difference (0 settled)"
    assert world.waiting(ann) == [wanted]


def test_what_is_not_settled_is_looked_at_again_sooner(world, ann):
    event_id, _, link = linked(world, ann)
    damage(world, "DELETE FROM link_copies WHERE link_id = :id", id=link.id)
    ann.delete_event(event_id, hard=True)

    prove(world, ann)

    assert reconcile_of(world, ann).next_at == world.clock.now() + AFTER_DIFFERENCES


def test_a_mailbox_that_does_not_answer_states_nothing(world, ann):
    for number in range(4):
        linked(world, ann, f"Meeting {number}", days=1 + 40 * number)

    def fail(*_):
        raise GatewayTimeout

    calendars = world.tools.outlook.calendars
    calendars.look_up = fail
    world.tools.outlook.directory.probe_mailbox = fail

    prove(world, ann)

    assert stated(world, ann) == "nothing"


def test_the_age_of_a_carried_change_is_counted_once(world, ann):
    event_id, _, _ = linked(world, ann)
    world.clock.advance(minutes=1)
    ann.change_event(event_id, subject="Moved on")
    world.clock.advance(seconds=4)

    world.run(ann)
    world.run(ann)

    with world.database.transaction() as session:
        reached, seconds = read_ages(session)
    assert (dict(reached)[2.5], dict(reached)[5.0], seconds) == (0, 1, 4.0)
