"""A plan is made as if people were active; applying it activates them, and no ordinary run is faster."""

from datetime import timedelta

import pytest

from initial_stage import apply, approve, dry_run, items_of, mailbox_errors, work, written
from liaison.calendar.initial_sync.model import ItemState, RunStatus
from liaison.calendar.model import LinkState
from liaison.errors import InvalidRequest
from liaison.people import representatives
from scenario_traffic import writes_of
from scenario_world import ADMIN
from transfer_stage import INES, KIM, guest, mails, plan


@pytest.fixture
def eva(world):
    """Imported, and not active yet."""
    return newcomer(world, "Eva Holm")


@pytest.fixture
def finn(world):
    return newcomer(world, "Finn Oda")


def newcomer(world, name):
    person = world.person(name)
    world.import_person(person)
    return person


def meeting(world, person, subject="Review", days=3, **fields):
    start = world.tomorrow() + timedelta(days=days)
    return person.create_event(subject=subject, start=start, **fields)


def states(world, run):
    return {one.state for one in items_of(world, run) if one.item.fingerprint}


def change(world, person, **wishes):
    own = world.own(person)
    with world.database.transaction() as session:
        representatives.change_representative(
            session, own.id, if_version=own.version, actor=ADMIN, **wishes
        )


def lose_mailbox(world, person):
    """What an import finds after the licence was taken away."""
    person.mailbox_state = "none"
    world.import_person(person)


def test_applying_a_plan_activates_whom_it_took_for_active(world, eva, finn):
    world.set_policy(capture="all")
    meeting(world, eva, attendees=[finn.address])
    run = dry_run(world)
    assert (run.total, world.own(eva).is_synced, world.count("activities")) == (2, False, 0)

    done = apply(world, run)

    assert done.status is RunStatus.DONE
    assert world.own(eva).is_synced
    assert world.own(finn).is_synced
    assert (world.count("activities"), states(world, run)) == (1, {ItemState.APPLIED})


def test_after_a_plan_that_activated_people_ordinary_runs_write_nothing_more(world, eva, finn):
    world.set_policy(capture="all")
    meeting(world, eva, attendees=[finn.address])
    meeting(world, finn, "Offer", 5, attendees=[INES])
    apply(world, dry_run(world))
    before = written(world)

    world.run(eva, finn)
    world.run(eva, finn)

    assert written(world) == before
    assert writes_of(world.sandbox) == []


def test_categories_come_with_the_first_ordinary_run_and_mail_nobody(world, eva):
    """They are no part of a plan: nothing else is written then."""
    world.writes_allowed = True
    world.set_policy(capture="all", mark=True)
    event = meeting(world, eva, attendees=[INES])
    apply(world, dry_run(world))
    before = world.count("activities"), eva.event(event).categories

    world.run(eva)
    world.run(eva)

    assert (before, eva.event(event).categories) == ((1, ()), ("In CRM",))
    assert writes_of(world.sandbox) == []
    assert mails(world) == {(INES, "invitation"): 1}


def test_no_ordinary_run_comes_before_the_plan(world, ann, eva):
    world.set_policy(capture="all")
    meeting(world, ann)
    meeting(world, eva, "Offer")
    run = dry_run(world)
    approve(world, run)

    assert world.run(ann, eva) == [None, None]
    assert world.count("activities") == 0
    work(world, run)
    assert states(world, run) == {ItemState.APPLIED}
    assert [report.stopped_by for report in world.run(ann, eva)] == [None, None]


def test_whoever_waited_for_the_plan_is_looked_at_right_after_it(world, eva):
    run = dry_run(world)
    world.woken.clear()

    apply(world, run)

    assert world.woken == [world.own(eva).id]
    assert world.own(eva).id in world.due()


def test_somebody_who_was_switched_off_is_not_taken_for_active_unless_he_is_named(world, ann, bo):
    world.switch(bo, active=False)
    meeting(world, bo)

    everybody, named = dry_run(world), dry_run(world, bo)
    apply(world, everybody)
    assert (everybody.total, world.own(bo).is_synced) == (1, False)
    apply(world, named)

    assert world.own(bo).is_synced


def test_what_was_frozen_with_its_mailbox_goes_on_by_the_plan_that_activates_it(world, bo):
    event = meeting(world, bo)
    made = world.create(bo, event)
    world.switch(bo, active=False)
    world.run(bo)
    assert world.link_now(made.link).state is LinkState.FROZEN
    bo.change_event(event, subject="Review 2")

    done = apply(world, dry_run(world, bo))

    assert done.status is RunStatus.DONE
    assert world.activity_now(made.activity).subject == "Review 2"
    assert world.link_now(made.link).state is LinkState.LIVE


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (lambda world, eva: change(world, eva, permissions=[]), "representative-inactive"),
        (lose_mailbox, "representative-inactive"),
        (
            lambda world, eva: [world.switch(eva, active=one) for one in (True, False)],
            "representative-inactive",
        ),
    ],
    ids=["lost the permission", "lost the mailbox", "was switched off by an administrator"],
)
def test_who_changed_after_the_plan_stays_as_he_is_and_is_named(world, ann, eva, meanwhile, why):
    world.set_policy(capture="all")
    meeting(world, ann)
    meeting(world, eva, "Offer")
    run = dry_run(world)
    meanwhile(world, eva)

    done = apply(world, run)

    assert not world.own(eva).is_synced
    assert mailbox_errors(world, done) == {world.own(eva).id: why}
    assert done.status is RunStatus.FAILED
    assert world.count("activities") == 1


def test_somebody_active_whose_mailbox_was_lost_is_named_as_incomplete(world, ann, bo):
    run = dry_run(world)
    lose_mailbox(world, bo)

    done = apply(world, run)

    assert mailbox_errors(world, done) == {world.own(bo).id: "representative-incomplete"}


def test_no_plan_is_made_for_somebody_without_the_permission(world, ann, eva):
    change(world, eva, permissions=[])
    meeting(world, eva)

    everybody, named = dry_run(world), dry_run(world, ann, eva)

    assert everybody.total == 1
    assert mailbox_errors(world, named) == {world.own(eva).id: "representative-inactive"}
    apply(world, named)
    assert not world.own(eva).is_synced


def test_where_nobody_is_there_nothing_is_planned(world):
    with pytest.raises(InvalidRequest):
        dry_run(world)


def test_events_of_a_plan_are_made_also_in_a_mailbox_that_was_never_followed(world, eva):
    """pains 1, 2: what was shown is what goes out, once."""
    world.writes_allowed = True
    plan(world, eva, people=[guest(), guest(KIM)])
    run = dry_run(world)
    assert (run.people, run.outsiders) == (2, 2)

    apply(world, run)
    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}
    world.run(eva)
    world.run(eva)

    assert mails(world) == {(INES, "invitation"): 1, (KIM, "invitation"): 1}
    assert (len(eva.events()), len(writes_of(world.sandbox))) == (1, 1)


def test_what_a_plan_mails_above_the_budget_waits_also_for_who_is_activated_by_it(world, eva):
    world.set_policy(mailBudgetPerAction=1)
    plan(world, eva, people=[guest(), guest(KIM)])
    run = dry_run(world)

    apply(world, run)
    world.run(eva)

    assert mails(world) == {}
    assert "mail-held" in world.mailbox_log(eva)
