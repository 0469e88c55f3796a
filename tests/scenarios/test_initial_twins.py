"""Of an activity that resembles a captured meeting somebody chooses: both are linked, or both are made anew."""

from datetime import timedelta

import pytest

from initial_stage import apply, dry_run, items_of, run_now, undo
from liaison.calendar.initial_sync import acts
from liaison.calendar.initial_sync.model import ItemState
from liaison.calendar.initial_sync.twins import choose_twins
from liaison.calendar.model import LinkState
from liaison.errors import InvalidRequest, RunNotReady
from scenario_traffic import writes_of
from scenario_world import ADMIN
from transfer_stage import INES, KIM, guest, link_of, mails, plan


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.run(ann)
    world.set_policy(capture="all")


def twins(world, ann, subject="Quarterly review", **fields):
    """An activity that waits for its event, and a meeting like it that nobody linked."""
    activity = plan(world, ann, subject, people=[guest()])
    start = activity.when.start
    event = ann.create_event(subject=f"{subject} Contoso", start=start, **fields)
    return activity, event


def choose(world, run, *items, link=True):
    with world.database.transaction() as session:
        now = acts.get_run(session, run.id, lock=True)
        choose_twins(session, now, [one.id for one in items] or None, link=link, actor=ADMIN)
    return run_now(world, run)


def made(world, run):
    [item] = items_of(world, run, reason="event-created")
    return item


def states(world, run):
    return {one.item.action: one.state for one in items_of(world, run)}


def test_what_is_chosen_is_linked_and_nothing_is_made_or_mailed(world, ann):
    activity, event = twins(world, ann)
    run = dry_run(world, ann)
    assert (run.people, run.outsiders) == (1, 1)

    chosen = choose(world, run, made(world, run))
    apply(world, run)
    world.run(ann)

    assert (chosen.people, chosen.outsiders) == (0, 0)
    assert (world.count("activities"), mails(world)) == (1, {})
    link = link_of(world, activity)
    assert (link.state, link.ical_uid) == (LinkState.LIVE, ann.event(event).ical_uid)
    assert writes_of(world.sandbox) == []
    assert states(world, run) == {
        "create-activity": ItemState.APPLIED,
        "create-event": ItemState.APPLIED,
    }
    assert "matched-existing" in world.reasons(link)
    assert world.activity_now(activity).subject == "Quarterly review Contoso"


def test_undoing_takes_back_what_was_linked(world, ann):
    activity, _ = twins(world, ann)
    run = dry_run(world, ann)
    choose(world, run)
    apply(world, run)

    undo(world, run)

    assert world.activity_now(activity).subject == "Quarterly review"
    assert world.activity_now(activity).deleted_at is None
    assert (world.count("activities"), mails(world)) == (1, {})


def test_what_is_not_chosen_or_chosen_anew_is_made_on_both_sides(world, ann):
    twins(world, ann)
    run = dry_run(world, ann)
    choose(world, run)

    back = choose(world, run, link=False)
    apply(world, run)

    assert (back.people, world.count("activities"), mails(world)) == (
        1,
        2,
        {(INES, "invitation"): 1},
    )


def test_all_are_chosen_at_once_and_the_others_stay_in_the_count(world, ann):
    twins(world, ann)
    twins(world, ann, "Kick-off")
    plan(world, ann, "Something else", people=[guest(KIM)])
    run = dry_run(world, ann)

    chosen = choose(world, run)
    apply(world, run)

    assert (run.people, chosen.people) == (2, 1)
    assert (world.count("activities"), mails(world)) == (3, {(KIM, "invitation"): 1})


def rename_activity(world, ann, activity, event):
    world.edit(ann, activity, subject="Another name")


def rename_meeting(world, ann, activity, event):
    ann.change_event(event, subject="Another name")


def link_elsewhere(world, ann, activity, event):
    other = ann.create_event(subject="Other", start=world.tomorrow() + timedelta(days=9))
    world.link(ann, other, activity)


def link_meeting(world, ann, activity, event):
    world.create(ann, event)


@pytest.mark.parametrize(
    "meanwhile", [rename_activity, rename_meeting, link_elsewhere, link_meeting]
)
def test_a_choice_that_is_not_true_any_more_is_said_and_changes_nothing(world, ann, meanwhile):
    activity, event = twins(world, ann)
    run = dry_run(world, ann)
    choose(world, run)
    meanwhile(world, ann, activity, event)
    before = (world.count("activities"), world.count("links"), mails(world))

    apply(world, run)

    assert (world.count("activities"), world.count("links"), mails(world)) == before
    assert set(states(world, run).values()) == {ItemState.STALE}


def test_what_resembles_several_is_only_marked(world, ann):
    activity, _ = twins(world, ann)
    ann.create_event(subject="The quarterly review", start=activity.when.start)
    run = dry_run(world, ann)
    item = made(world, run)

    assert (item.item.outlook["resembles"], item.item.twin) == (True, None)
    with pytest.raises(InvalidRequest):
        choose(world, run, item)


def test_nothing_is_chosen_any_more_of_a_plan_that_was_applied(world, ann):
    twins(world, ann)
    run = apply(world, dry_run(world, ann))

    with pytest.raises(RunNotReady):
        choose(world, run)
