"""What plans and the journal of undoing keep of a meeting goes when the meeting is to be forgotten."""

from datetime import timedelta

from sqlalchemy import text

from initial_stage import begin, dry_run, items_of, undo, work
from liaison.calendar.initial_sync.model import RunStatus
from liaison.worker.sweep import forget_old

SECRET = "Severance talks"


def renamed(world, ann):
    """A linked meeting with a name that nobody shall know later."""
    start = world.tomorrow() + timedelta(days=3)
    event = ann.create_event(subject="Review", start=start)
    made = world.create(ann, event)
    world.run(ann)
    world.clock.advance(minutes=1)
    ann.change_event(event, subject=SECRET)
    return event, made


def stored(world, table):
    with world.database.transaction() as session:
        return repr(session.execute(text(f"SELECT * FROM {table}")).all())


def test_a_retraction_erases_what_plans_show_of_the_meeting(world, ann):
    """Invariant 9."""
    _, made = renamed(world, ann)
    run = dry_run(world, ann)
    assert SECRET in stored(world, "plan_items")

    world.retract(ann, made.link)

    assert SECRET not in stored(world, "plan_items")
    assert [one.item.reason for one in items_of(world, run)] == ["activity-updated"]


def test_a_retraction_erases_what_undoing_would_put_back(world, ann):
    event, made = renamed(world, ann)
    work(world, begin(world, ann))
    ann.change_event(event, subject="Review again")
    world.clock.advance(minutes=1)
    run = work(world, begin(world, ann))
    assert SECRET in stored(world, "decisions")

    world.retract(ann, made.link)

    assert SECRET not in stored(world, "decisions")
    assert undo(world, run).status is RunStatus.UNDONE
    assert SECRET not in stored(world, "activities")


def test_a_meeting_that_turns_private_under_busy_only_is_erased_from_plans_too(world, ann):
    world.set_policy(private="busy-only")
    event, _ = renamed(world, ann)
    dry_run(world, ann)

    ann.change_event(event, sensitivity="private")
    world.run(ann)

    assert SECRET not in stored(world, "plan_items")
    assert SECRET not in stored(world, "decisions")


def test_plans_are_forgotten_with_the_log(world, ann):
    renamed(world, ann)
    dry_run(world, ann)
    world.clock.advance(days=401)

    forget_old(world.tools)

    counts = [world.count(name) for name in ("initial_runs", "initial_run_mailboxes", "plan_items")]
    assert counts == [0, 0, 0]
