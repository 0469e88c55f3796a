"""What a person unlinked stays unlinked, until a person links it again."""

import pytest

from liaison.calendar.model import LinkState
from liaison.errors import ActivityTaken


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


@pytest.fixture
def bos_copy(bo, meeting):
    return bo.events(subject="Review")[0].id


def test_an_unlinked_meeting_and_its_activity_stay_as_they_are(world, ann, meeting):
    linked = world.create(ann, meeting)

    ended = world.unlink(ann, linked.link)

    assert (ended.state, ended.ended_by) == (LinkState.ENDED, "Ann Berg")
    assert world.activity_now(linked.activity) == linked.activity
    assert ann.event(meeting).subject == "Review"
    assert world.reasons(linked.link)[-1] == "unlinked-by-person"


def test_unlinking_twice_is_the_same(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    world.unlink(ann, linked.link)

    assert world.reasons(linked.link).count("unlinked-by-person") == 1


def test_what_a_person_unlinked_is_not_followed_and_not_captured_again(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    ann.change_event(meeting, subject="Changed since")
    world.notify(ann, meeting)
    world.run(ann, bo)

    assert world.activity_now(linked.activity).subject == "Review"
    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.count("activities") == 1
    assert "unlinked-by-person" in world.reasons(linked.link)


def test_the_removal_of_an_unlinked_meeting_changes_nothing(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    ann.delete_event(meeting)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert world.activity_now(linked.activity) == linked.activity


def test_a_person_revives_the_link_to_the_same_activity(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)
    ann.change_event(meeting, subject="Changed since")

    again = world.link(ann, meeting, linked.activity)

    assert again.created
    assert (again.link.id, again.link.state) == (linked.link.id, LinkState.LIVE)
    assert (again.link.ended_at, again.link.ended_by, again.link.ended_reason) == (None, None, None)
    assert again.activity.subject == "Changed since"


def test_a_person_revives_the_link_to_another_activity(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)
    other = world.activity(ann, subject="Other")

    again = world.link(ann, meeting, other)

    assert again.link.id == linked.link.id
    assert again.link.activity_id == other.id
    assert again.activity.subject == "Review"
    ann.change_event(meeting, subject="Followed")
    world.run(ann)
    assert world.activity_now(other).subject == "Followed"
    assert world.activity_now(linked.activity).subject == "Review"


def test_a_link_is_revived_also_after_somebody_was_taken_off_the_list(
    world, ann, bo, meeting, bos_copy
):
    linked = world.create(bo, bos_copy)
    world.unlink(ann, linked.link)
    ann.change_event(meeting, attendees=[])

    again = world.link(ann, meeting, linked.activity)

    assert again.link.state is LinkState.LIVE
    assert [one.address for one in again.activity.participants] == [ann.address]


def test_an_activity_created_from_an_unlinked_meeting_is_a_new_one(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    again = world.create(ann, meeting)

    assert again.link.id == linked.link.id
    assert again.activity.id != linked.activity.id
    assert again.link.state is LinkState.LIVE


def test_an_unlinked_activity_may_be_linked_to_another_meeting(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)
    other = ann.create_event(subject="Other", start=world.tomorrow(15))

    moved = world.link(ann, other, linked.activity)

    assert moved.created
    with pytest.raises(ActivityTaken):
        world.link(ann, meeting, linked.activity)
