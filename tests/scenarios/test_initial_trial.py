"""A dry run of a policy that is not in force: what would happen if it were taken, with the policy untouched."""

from datetime import timedelta

import pytest

from initial_stage import apply, begin, dry_run, everything, items_of, reasons, run_now
from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import ItemState, RunStatus, Trial
from liaison.errors import InvalidRequest, NotAvailableYet, PlanStale
from liaison.people import service_switch
from liaison.policy.store import read_policy, save_preset
from scenario_traffic import writes_of
from scenario_world import ADMIN
from transfer_stage import INES

MIRROR = Trial("mirror")


def meeting(world, person, subject="Review", **fields):
    start = world.tomorrow() + timedelta(days=3)
    return person.create_event(subject=subject, start=start, **fields)


def take(world, preset):
    with world.database.transaction() as session:
        now = read_policy(session)
        save_preset(session, preset, if_version=now.version, actor=ADMIN)


def stale(world, run):
    now = run_now(world, run)
    with world.database.transaction() as session:
        return acts.is_stale(session, now)


def test_a_dry_run_shows_what_a_preset_would_do_that_is_not_in_force(world, ann):
    meeting(world, ann, attendees=[INES])
    before = everything(world)

    run = dry_run(world, ann, trial=MIRROR)

    assert (run.status, reasons(world, run, ann)) == (RunStatus.PLANNED, ["activity-created"])
    assert (run.trial.preset, run.trial.keys["capture"]) == ("mirror", "all")
    assert everything(world) == before
    assert writes_of(world.sandbox) == []


def test_a_dry_run_shows_what_single_keys_would_do(world, ann):
    meeting(world, ann)

    run = dry_run(world, ann, trial=Trial(keys={"capture": "all", "onCancel": "cancel"}))

    assert reasons(world, run, ann) == ["activity-created"]
    # The other one is in force already.
    assert run.trial == Trial(keys={"capture": "all"})


def test_such_a_plan_is_refused_until_its_policy_is_in_force_and_then_applied_exactly(world, ann):
    meeting(world, ann)
    run = dry_run(world, ann, trial=MIRROR)
    before = everything(world)

    with pytest.raises(PlanStale) as refused:
        apply(world, run)

    assert "(the preset mirror). Take that first" in refused.value.sentence
    assert (everything(world), stale(world, run)) == (before, True)
    world.change(service_switch.stop)
    take(world, "mirror")
    assert not stale(world, run)
    assert apply(world, run).status is RunStatus.DONE
    assert [one.state for one in items_of(world, run)] == [ItemState.APPLIED]
    assert world.count("activities") == 1


def test_a_plan_of_the_policy_in_force_is_true_again_when_that_is_in_force_again(world, ann):
    run = dry_run(world, ann)
    world.set_policy(onCancel="mark")
    assert stale(world, run)

    world.set_policy(onCancel="cancel")

    assert not stale(world, run)


def test_what_is_in_force_already_makes_an_ordinary_plan(world, ann):
    run = dry_run(world, ann, trial=Trial(keys={"capture": "linked"}))

    assert (run.trial, stale(world, run)) == (None, False)


def test_a_policy_that_cannot_be_is_refused_with_all_that_is_wrong(world, ann):
    wrong = Trial(keys={"windowPastDays": "soon", "nope": 1, "push": "maybe"})
    before = world.count("initial_runs")

    with pytest.raises(InvalidRequest) as refused:
        begin(world, ann, dry_run=True, trial=wrong)

    assert set(refused.value.facts["errors"]) == {"windowPastDays", "nope", "push"}
    assert world.count("initial_runs") == before


@pytest.mark.parametrize(
    ("trial", "dry", "error"),
    [
        (Trial("nope"), True, InvalidRequest),
        (Trial("mirror", {"push": "on"}), True, InvalidRequest),
        (Trial(keys={"tasks": "on"}), True, NotAvailableYet),
        (MIRROR, False, InvalidRequest),
    ],
)
def test_a_policy_is_only_looked_at_and_only_one_that_could_be_taken(world, ann, trial, dry, error):
    with pytest.raises(error):
        begin(world, ann, dry_run=dry, trial=trial)
