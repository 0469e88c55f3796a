"""A meeting to which a group was invited: no copy names its owner, and it belongs to all of them."""

import pytest

from capture_stage import activities, captures, link_of

KIM = ("Kim Sato", "kim@fabrikam.example")
GROUP = "sales@nordwind.example"


@pytest.fixture
def to_group(world, sandbox, ann, bo):
    """Exchange delivered the group's invitation to Ann and Bo; the meeting names the group alone."""
    invite = sandbox.tenant.outside.invite
    uid = invite(KIM, [ann.address, bo.address], subject="Review", start=world.tomorrow())
    for person in (ann, bo):
        [copy] = person.events()
        person.change_event(copy.id, attendees=[GROUP])
        assert copy.ical_uid == uid


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_meeting_to_a_group_belongs_to_every_mailbox_that_has_a_copy(
    world, ann, bo, to_group, order
):
    """pains 28: not the first user alone."""
    captures(world, "all")

    world.run(*((ann, bo)[at] for at in order))
    world.run(ann, bo)

    [activity] = activities(world)
    copies = link_of(world, activity).copies
    assert {copy.mailbox_id for copy in copies} == {world.own(ann).id, world.own(bo).id}
    assert [one.address for one in activity.participants] == [KIM[1], GROUP]
    assert activity.review == ()


def test_each_of_them_may_link_it(world, ann, bo, to_group):
    activity = world.activity(ann)
    [copy] = bo.events()

    linked = world.link(bo, copy.id, activity)

    assert linked.link.copy_of(world.own(bo).id) is not None
