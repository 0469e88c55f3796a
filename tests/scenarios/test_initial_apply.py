"""A plan is applied exactly as it was shown; what changed meanwhile is left out."""

from datetime import timedelta

import pytest

from initial_stage import MortalCrm, apply, begin, dry_run, items_of, run_now, work
from liaison.calendar.initial_sync.model import ItemState, RunStatus
from scenario_runs import mailbox_of, with_crm


def meeting(world, person, subject="Review", days=3, **fields):
    start = world.tomorrow() + timedelta(days=days)
    return person.create_event(subject=subject, start=start, **fields)


def renamed(world, person, subject="Review", days=3):
    """A linked meeting whose new name we do not know yet."""
    event = meeting(world, person, subject, days)
    made = world.create(person, event)
    person.change_event(event, subject=f"{subject} 2")
    return event, made


def states(world, run):
    return {
        stored.item.reason: stored.state
        for stored in items_of(world, run)
        if stored.item.fingerprint
    }


def test_a_plan_is_applied_as_it_was_shown(world, ann):
    _, first = renamed(world, ann, "Review")
    _, second = renamed(world, ann, "Offer", 5)
    plan = dry_run(world, ann)

    done = apply(world, plan)

    assert done.status is RunStatus.DONE
    assert world.activity_now(first.activity).subject == "Review 2"
    assert world.activity_now(second.activity).subject == "Offer 2"
    assert states(world, plan) == {"activity-updated": ItemState.APPLIED}


def test_what_is_captured_by_a_plan_is_what_it_showed(world, ann, bo):
    world.set_policy(capture="all")
    meeting(world, ann, "Renewal", attendees=[bo.address])
    plan = dry_run(world, ann, bo)

    apply(world, plan)

    assert world.count("activities") == 1
    assert world.count("links") == 1
    assert set(states(world, plan).values()) == {ItemState.APPLIED}


def test_what_changed_in_outlook_after_the_plan_is_left_out_as_plan_stale(world, ann):
    event, made = renamed(world, ann)
    _, other = renamed(world, ann, "Offer", 5)
    plan = dry_run(world, ann)
    ann.change_event(event, subject="Review 3")

    apply(world, plan)

    assert world.activity_now(made.activity).subject == "Review"
    assert world.activity_now(other.activity).subject == "Offer 2"
    assert world.reasons(made.link)[-1] == "plan-stale"
    assert [one.state for one in items_of(world, plan, state=ItemState.STALE)] == [ItemState.STALE]


def test_what_changed_in_the_crm_after_the_plan_is_left_out(world, ann):
    world.set_policy(owners={"subject": "both"})
    _, made = renamed(world, ann)
    plan = dry_run(world, ann)
    world.edit(ann, made.activity, subject="Ours")

    apply(world, plan)

    assert world.activity_now(made.activity).subject == "Ours"
    assert world.reasons(made.link)[-1] == "plan-stale"


def test_what_a_plan_does_not_name_is_not_done_by_it(world, ann):
    world.set_policy(capture="all")
    plan = dry_run(world, ann)
    meeting(world, ann, "After the plan")

    apply(world, plan)

    assert world.count("activities") == 0


def test_applying_moves_no_cursor(world, ann):
    renamed(world, ann)
    world.run(ann)
    plan = dry_run(world, ann)
    before = mailbox_of(world, ann)

    apply(world, plan)

    after = mailbox_of(world, ann)
    assert (after.delta_link, after.epoch_at) == (before.delta_link, before.epoch_at)


def test_applying_twice_changes_nothing_more(world, ann):
    _, made = renamed(world, ann)
    plan = dry_run(world, ann)
    apply(world, plan)
    version = world.activity_now(made.activity).version

    again = apply(world, plan)

    assert again.status is RunStatus.DONE
    assert world.activity_now(made.activity).version == version


@pytest.mark.parametrize("is_planned", [True, False])
def test_what_a_killed_worker_did_not_come_to_is_done_by_the_next_one(world, ann, bo, is_planned):
    _, first = renamed(world, ann)
    _, second = renamed(world, bo, "Offer")
    run = dry_run(world) if is_planned else begin(world)
    crm = world.tools.crm
    with_crm(world, MortalCrm(crm, "apply_changes"))
    with pytest.raises(SystemExit):
        apply(world, run) if is_planned else work(world, run)
    with_crm(world, crm)

    done = work(world, run)

    assert (done.status, done.done) == (RunStatus.DONE, 2)
    assert world.activity_now(first.activity).subject == "Review 2"
    assert world.activity_now(second.activity).subject == "Offer 2"
    assert [one.reason for one in world.log(second.link)].count("activity-updated") == 1


def test_a_real_initial_sync_counts_by_reason_and_mailbox_by_mailbox(world, ann, bo):
    renamed(world, ann)
    renamed(world, bo, "Offer")

    done = work(world, begin(world))

    assert (done.status, done.done, done.total) == (RunStatus.DONE, 2, 2)
    assert done.counts["activity-updated"] == 2
    assert run_now(world, done) == done
