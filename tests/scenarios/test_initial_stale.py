"""A plan that is not true any more says so and changes nothing; whatever happens in between, nothing is done twice."""

from datetime import timedelta

import pytest

from initial_stage import (
    MortalCrm,
    apply,
    approve,
    dry_run,
    everything,
    items_of,
    mailbox_errors,
    work,
    written,
)
from liaison.calendar.initial_sync.model import ItemState, RunStatus
from liaison.errors import LiaisonError, PlanStale, RunActive, SyncUserLocked
from liaison.people import service_switch, sync_user
from scenario_runs import mailbox_of, with_crm
from scenario_world import at_once
from transfer_stage import INES, guest, mails, plan


def meeting(world, person, subject="Review", days=3, **fields):
    start = world.tomorrow() + timedelta(days=days)
    return person.create_event(subject=subject, start=start, **fields)


def states(world, run):
    return sorted(one.state for one in items_of(world, run) if one.item.fingerprint)


@pytest.fixture
def eva(world):
    """Imported, and not active yet."""
    person = world.person("Eva Holm")
    world.import_person(person)
    return person


def test_a_plan_made_under_another_policy_is_refused_and_changes_nothing(world, ann, eva):
    world.set_policy(capture="all")
    meeting(world, ann)
    run = dry_run(world)
    world.set_policy(onCancel="mark")
    before = everything(world)

    with pytest.raises(PlanStale):
        apply(world, run)

    assert everything(world) == before
    assert not world.own(eva).is_synced


def test_where_the_policy_changes_while_a_plan_is_applied_the_rest_is_left(world, ann, bo):
    world.set_policy(capture="all")
    meeting(world, ann)
    run = dry_run(world)
    approve(world, run)
    world.set_policy(onCancel="mark")

    done = work(world, run)

    assert (done.status, done.error, world.count("activities")) == (
        RunStatus.FAILED,
        "plan-stale",
        0,
    )
    with pytest.raises(PlanStale):
        apply(world, run)


def test_a_plan_is_applied_while_the_service_is_stopped_and_nothing_else_happens(world, ann, bo):
    """So that whoever stops the service, takes a preset and looks at the plan gets exactly that."""
    world.run(ann, bo)
    world.change(service_switch.stop)
    world.set_policy(capture="all")
    meeting(world, ann, attendees=[bo.address])
    run = dry_run(world)
    assert world.run(ann)[0].stopped_by == "service-stopped"

    done = apply(world, run)
    meeting(world, ann, "After the plan")
    assert world.run(ann)[0].stopped_by == "service-stopped"

    assert done.status is RunStatus.DONE
    assert (world.count("activities"), set(states(world, run))) == (1, {ItemState.APPLIED})


def test_after_the_start_of_the_service_what_a_plan_did_is_not_done_again(world, ann, bo):
    world.run(ann, bo)
    world.change(service_switch.stop)
    world.set_policy(capture="all")
    meeting(world, ann, attendees=[bo.address])
    apply(world, dry_run(world))
    before = written(world)

    world.start_service()
    world.run(ann, bo)

    assert written(world) == before


def test_applying_moves_no_cursor_of_a_stopped_service(world, ann):
    world.run(ann)
    world.change(service_switch.stop)
    run = dry_run(world)
    before = mailbox_of(world, ann)

    apply(world, run)

    after = mailbox_of(world, ann)
    assert (after.delta_link, after.epoch_at) == (before.delta_link, before.epoch_at)


def test_no_plan_is_applied_while_the_sync_user_is_locked(world, ann, eva):
    run = dry_run(world)
    world.change(sync_user.lock)

    with pytest.raises(SyncUserLocked):
        apply(world, run)

    assert not world.own(eva).is_synced


def test_two_administrators_apply_one_plan_once(world, ann, eva):
    world.writes_allowed = True
    world.run(ann)
    plan(world, ann, people=[guest()])
    run = dry_run(world)

    came = at_once(lambda: approve(world, run), lambda: approve(world, run))
    work(world, run)

    assert [one for one in came if isinstance(one, LiaisonError)] == []
    assert world.own(eva).is_synced
    assert mails(world) == {(INES, "invitation"): 1}


def test_of_two_plans_for_the_same_people_the_second_finds_nothing_left_to_do(world, ann):
    world.set_policy(capture="all")
    meeting(world, ann)
    first, second = dry_run(world), dry_run(world)
    apply(world, first)

    done = apply(world, second)

    assert (done.status, states(world, second)) == (RunStatus.DONE, [ItemState.STALE])
    assert world.count("activities") == 1


def test_a_plan_is_not_applied_beside_another_one_for_the_same_people(world, ann, eva):
    first, second = dry_run(world), dry_run(world)
    approve(world, first)

    with pytest.raises(RunActive):
        approve(world, second)

    assert work(world, first).status is RunStatus.DONE


def test_a_mailbox_that_was_lost_after_the_plan_is_named_and_done_when_it_is_back(world, ann, bo):
    world.set_policy(capture="all")
    meeting(world, ann)
    meeting(world, bo, "Offer")
    run = dry_run(world)
    bo.mailbox_state = "unlicensed"

    lost = apply(world, run)
    assert (lost.status, mailbox_errors(world, lost)) == (
        RunStatus.FAILED,
        {world.own(bo).id: "mailbox-unavailable"},
    )
    assert world.count("activities") == 1
    bo.mailbox_state = "ready"
    back = apply(world, run)

    assert (back.status, world.count("activities")) == (RunStatus.DONE, 2)


def test_somebody_who_left_the_tenant_is_named_and_stops_nobody(world, ann, bo):
    world.set_policy(capture="all")
    meeting(world, ann)
    run = dry_run(world)
    world.sandbox.tenant.people.remove(bo)

    done = apply(world, run)

    assert mailbox_errors(world, done) == {world.own(bo).id: "mailbox-unavailable"}
    assert world.count("activities") == 1


def test_a_plan_that_microsoft_asks_to_wait_goes_on_at_the_time_it_named(world, ann, bo):
    """pains 36. No ordinary run is faster meanwhile, and nobody has to apply it again."""
    world.set_policy(capture="all")
    meeting(world, ann)
    meeting(world, bo, "Offer")
    run = dry_run(world)
    of_ann = f"users/{ann.oid}/"
    world.sandbox.faults.add(path_regex=of_ann, status=429, retry_after="60", times=1)

    waiting = apply(world, run)
    assert (waiting.status, waiting.done) == (RunStatus.RUNNING, 1)
    assert world.run(ann) == [None]
    too_early = len(world.sandbox.log)
    assert work(world, run).status is RunStatus.RUNNING
    assert len(world.sandbox.log) == too_early
    world.clock.advance(minutes=2)

    assert work(world, run).status is RunStatus.DONE
    assert (world.count("activities"), set(states(world, run))) == (2, {ItemState.APPLIED})


def test_a_worker_killed_midway_is_followed_by_one_that_goes_on(world, ann, eva):
    """Nobody is faster than the plan meanwhile, and nothing is done twice."""
    world.set_policy(capture="all")
    meeting(world, ann)
    meeting(world, eva, "Offer")
    run = dry_run(world)
    crm = world.tools.crm
    with_crm(world, MortalCrm(crm, "create_activities"))
    with pytest.raises(SystemExit):
        apply(world, run)
    with_crm(world, crm)
    assert None in world.run(ann, eva)

    done = work(world, run)
    world.run(ann, eva)

    assert (done.status, set(states(world, run))) == (RunStatus.DONE, {ItemState.APPLIED})
    assert (world.count("activities"), world.count("links")) == (2, 2)
