"""Who asks for a sync or a retry need not ask first how many get mail: above the budget it waits, however it is asked for."""

import pytest

from held_world import approve_as, open_holds, the_hold
from initial_stage import begin, undo, work
from liaison.calendar.linking import acts
from liaison.calendar.linking.resuming import foresee_resumption
from liaison.calendar.stores.noted_lists import list_failed, retry_failed
from scenario_runs import sync
from transfer_stage import INES, KIM, mails

GUESTS = [INES, KIM]
UPDATES = {(INES, "update"): 1, (KIM, "update"): 1}


@pytest.fixture(autouse=True)
def may_write(world, ann):
    world.writes_allowed = True
    world.set_policy(mailBudgetPerAction=1, owners={"place": "outlook", "subject": "both"})
    world.run(ann)


def sync_now(world, ann, link):
    acts.sync_now(world.tools, world.sign_in(ann), link.id, pause=lambda _: world.work(ann))


def retry(world, ann, link):
    acts.retry(world.tools, world.sign_in(ann), link.id)
    world.work(ann)


ways = pytest.mark.parametrize("ask", [sync_now, retry])


@pytest.fixture
def meeting(world, ann):
    """Ann's meeting with two people outside, linked and in step."""
    start = world.tomorrow()
    event = ann.create_event(subject="Review", start=start, attendees=GUESTS)
    made = world.create(ann, event)
    world.run(ann)
    world.clock.advance(minutes=1)
    return event, made


def sent_since(world, before):
    return dict(mails(world) - before)


@ways
def test_what_waits_goes_on_waiting_whoever_asks_for_it_again(world, ann, meeting, ask):
    _, made = meeting
    before = mails(world)
    world.edit(ann, made.activity, subject="Renewal")
    sync(world, ann)
    hold = the_hold(world)

    for _ in range(3):
        ask(world, ann, made.link)
        world.clock.advance(minutes=1)

    assert sent_since(world, before) == {}
    assert [one.id for one in open_holds(world)] == [hold.id]
    approve_as(world, hold)
    world.work(ann)
    assert sent_since(world, before) == UPDATES


@ways
def test_resuming_what_was_undone_mails_no_more_than_the_budget_unasked(world, ann, meeting, ask):
    event, made = meeting
    ann.change_event(event, location="Room 7")
    undo(world, work(world, begin(world, ann)))
    world.edit(ann, made.activity, subject="Renewal")
    world.run(ann)
    before = mails(world)
    told = foresee_resumption(world.tools, world.sign_in(ann), made.link.id)

    ask(world, ann, made.link)

    assert len(told.outsiders) == 2
    assert sent_since(world, before) == {}
    hold = the_hold(world)
    assert hold.mails[made.activity.id].outsiders == 2
    approve_as(world, hold)
    world.work(ann)
    assert sent_since(world, before) == UPDATES


def retry_as_administrator(world, ann, _link):
    with world.database.transaction() as session:
        [item] = list_failed(session, limit=10, before=None)
        retry_failed(session, item.id, world.clock.now())
    world.work(ann)


@pytest.mark.parametrize("ask", [sync_now, retry, retry_as_administrator])
def test_what_failed_waits_when_it_is_tried_again_if_it_mails_too_many(world, ann, meeting, ask):
    _, made = meeting
    before = mails(world)
    world.sandbox.faults.add(path_regex="/events/", status=400, code="ErrorInvalidRequest")
    world.edit(ann, made.activity, subject="Renewal")
    world.work(ann)
    assert len(world.waiting(ann)) == 1

    ask(world, ann, made.link)

    assert sent_since(world, before) == {}
    assert the_hold(world).mails[made.activity.id].outsiders == 2
