"""Two at once, and workers that die: one meeting is one activity, whatever happens."""

import pytest

from capture_stage import activities, captures, link_of
from liaison.calendar.model import LinkState
from scenario_runs import with_crm
from scenario_world import at_once

KIM = ("Kim Sato", "kim@fabrikam.example")


def invited(world, sandbox, *people, subject="Review"):
    given = {"subject": subject, "start": world.tomorrow()}
    return sandbox.tenant.outside.invite(KIM, [one.address for one in people], **given)


def test_two_workers_that_meet_one_meeting_at_once_make_one_activity(world, sandbox, ann, bo):
    """pains 2, 9: the link is reserved before the activity is made."""
    captures(world, "all")
    for number in range(10):
        invited(world, sandbox, ann, bo, subject=f"Review {number}")

    at_once(lambda: world.run(ann), lambda: world.run(bo))
    world.run(ann, bo)

    made = activities(world)
    assert sorted(one.subject for one in made) == sorted(f"Review {n}" for n in range(10))
    assert world.count("links") == 10
    for one in made:
        assert len(link_of(world, one).copies) == 2
        assert one.owner_id == world.own(ann).id


def test_the_loser_of_a_race_takes_the_winners_link(world, sandbox, ann, bo):
    captures(world, "all")
    invited(world, sandbox, ann, bo)
    plain = world.tools.crm

    def ann_is_first():
        with_crm(world, plain)
        at_once(lambda: world.run(ann))

    with_crm(world, InBetween(plain, ann_is_first))
    world.run(bo)

    [stub] = activities(world)
    link = link_of(world, stub)
    assert link.state is LinkState.LIVE
    assert {copy.mailbox_id for copy in link.copies} == {world.own(ann).id, world.own(bo).id}


class InBetween:
    """A CRM where something happens once between looking for what is alike and the reservation of the link."""

    def __init__(self, crm, act):
        self._crm, self._act = crm, act

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def find_alike(self, session, meetings):
        self._act()
        return self._crm.find_alike(session, meetings)


def test_an_organizer_and_an_invitee_at_once_make_one_activity_with_both_copies(world, ann, bo):
    captures(world, "all")
    for number in range(10):
        ann.create_event(subject=f"Team {number}", start=world.tomorrow(), attendees=[bo.address])

    at_once(lambda: world.run(ann), lambda: world.run(bo))
    world.run(ann, bo)

    made = activities(world)
    assert len(made) == 10
    assert {len(link_of(world, one).copies) for one in made} == {2}


def test_a_meeting_that_cannot_be_stored_stops_no_other(world, ann):
    """pains 32"""
    captures(world, "all")
    for subject in ("One", "Poison", "Two"):
        ann.create_event(subject=subject, start=world.tomorrow())
    with_crm(world, Refusing(world.tools.crm))

    [report] = world.run(ann)

    assert sorted(one.subject for one in activities(world)) == ["One", "Two"]
    assert report.counts["failed-permanent"] == 1
    assert world.count("links") == 2


class Refusing:
    """A CRM that cannot make one activity."""

    def __init__(self, crm):
        self._crm = crm

    def __getattr__(self, name):
        return getattr(self._crm, name)

    def create_activities(self, session, new, actor):
        if any(one.fields["subject"] == "Poison" for one in new):
            raise ValueError("poison")
        return self._crm.create_activities(session, new, actor)


@pytest.mark.parametrize("again", [1, 2])
def test_a_page_that_is_read_again_makes_no_twin(world, ann, again):
    """pains 33: what was stored before the cursor is met again."""
    captures(world, "all")
    ann.create_event(subject="Review", start=world.tomorrow())
    world.run(ann)

    for _ in range(again):
        captures(world, "all", windowFutureDays=world.policy().window_future_days - 1)
        world.run(ann)

    assert len(activities(world)) == 1
