"""The organizer's mailbox is lost between our write and its answer, while a colleague's copy shows already: no twin (invariant 2)."""

from datetime import timedelta

import pytest

from capture_stage import activities
from liaison.calendar.model import LinkState
from liaison.errors import Conflict
from scenario_runs import item_of, sync
from transfer_stage import INES, colleague, guest, link_of, mails, plan

POSTED = r"/users/[^/]+/events$"


@pytest.fixture(autouse=True)
def captured_and_transferred(world, ann, bo):
    world.writes_allowed = True
    world.set_policy(capture="all", transfer="flagged")
    world.run(ann, bo)


@pytest.fixture(params=["denied", "switched off"])
def lose(request, world, ann):
    """Ann's mailbox is not read any more."""

    def lose():
        if request.param == "denied":
            ann.mailbox_state = "denied"
        else:
            world.switch(ann, active=False)
        world.run(ann)

    return lose


def come_back(world, ann):
    if ann.mailbox_state == "denied":
        ann.mailbox_state = "ready"
    else:
        world.switch(ann, active=True)


def made_without_an_answer(world, ann, bo):
    """The event is there, its guests are invited, and nobody told us."""
    activity = plan(world, ann, people=[colleague(world, bo), guest()])
    world.sandbox.faults.add(method="POST", path_regex=POSTED, kind="drop-after", times=1)
    sync(world, ann)
    assert link_of(world, activity).awaits_event
    return activity


def look(world, *people):
    for _ in range(3):
        world.clock.advance(minutes=20)
        world.run(*people)


def test_a_colleagues_copy_waits_until_the_departure_is_settled(world, ann, bo, lose):
    activity = made_without_an_answer(world, ann, bo)
    lose()
    look(world, bo)
    assert [one.id for one in activities(world)] == [activity.id]

    come_back(world, ann)
    look(world, ann, bo)

    assert [one.id for one in activities(world)] == [activity.id]
    link = link_of(world, activity)
    assert link.state is LinkState.LIVE
    assert {copy.mailbox_id for copy in link.copies} == {world.own(ann).id, world.own(bo).id}
    assert mails(world) == {(INES, "invitation"): 1, (bo.address, "invitation"): 1}


def test_it_waits_too_though_somebody_changed_the_activity_meanwhile(world, ann, bo, lose):
    activity = made_without_an_answer(world, ann, bo)
    lose()
    world.edit(ann, activity, subject="Renewal 2027")

    look(world, bo)

    assert [one.id for one in activities(world)] == [activity.id]


def test_a_person_makes_no_twin_of_it_either(world, ann, bo, lose):
    activity = made_without_an_answer(world, ann, bo)
    lose()
    [copy] = bo.events(subject="Renewal")

    with pytest.raises(Conflict, match="being brought to Outlook"):
        world.create(bo, copy.id)

    assert [one.id for one in activities(world)] == [activity.id]


def test_another_meeting_of_the_same_organizer_is_captured_meanwhile(world, ann, bo, lose):
    made_without_an_answer(world, ann, bo)
    other = world.tomorrow() + timedelta(days=3)
    ann.create_event(subject="Lunch", start=other, attendees=[bo.address])
    lose()

    look(world, bo)

    assert "Lunch" in {one.subject for one in activities(world)}


def test_the_copy_is_looked_at_again_by_itself(world, ann, bo, lose):
    made_without_an_answer(world, ann, bo)
    lose()
    world.run(bo)
    [copy] = bo.events(subject="Renewal")

    item = item_of(world, bo, copy.id)

    assert item.next_at > world.clock.now()
    assert not item.is_dead
