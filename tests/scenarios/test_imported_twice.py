"""One invitation, imported by hand into two of our mailboxes: both say that they organize it."""

import pytest

from capture_stage import activities, captures, link_of
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus

UID = "imported@fabrikam.example"


@pytest.fixture
def copies(world, ann, bo):
    """The event of each; Ann's mailbox is the smaller one."""
    found = {}
    for person, subject in ((ann, "Fair"), (bo, "Fair, in Bo's words")):
        found[person] = person.create_event(subject=subject, start=world.tomorrow())
        person.make_odd(found[person], iCalUId=UID)
    return found


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_imported_copies_are_one_activity_and_do_not_take_turns(world, ann, bo, copies, order):
    """pains 9, 10: the smallest mailbox governs, in whatever order they are visited."""
    captures(world, "all")
    people = [(ann, bo)[at] for at in order]
    world.run(*people)
    world.run(ann, bo)
    [activity] = activities(world)
    link = link_of(world, activity)
    version = activity.version

    for person in (*people, *people):
        world.notify(person, copies[person])

    assert (activity.subject, activity.organizer.address) == ("Fair", ann.address)
    assert world.activity_now(activity).version == version
    assert all(copy.is_organizer for copy in world.link_now(link).copies)


def test_when_the_copy_that_governs_goes_the_other_one_takes_over(world, ann, bo, copies):
    captures(world, "all")
    world.run(ann, bo)
    [activity] = activities(world)

    ann.delete_event(copies[ann], hard=True)
    world.run(ann, bo)

    assert world.activity_now(activity).subject == "Fair, in Bo's words"
    assert world.link_now(link_of(world, activity)).state is LinkState.LIVE

    bo.delete_event(copies[bo], hard=True)
    world.run(bo, ann)

    assert world.activity_now(activity).status is ActivityStatus.CANCELLED
