"""Answers that are cut off, and meetings that vanish while somebody links them."""

import pytest

from liaison.calendar.model import LinkState
from liaison.errors import GatewayUnavailable, MeetingNotFound


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def test_an_answer_that_is_cut_off_is_tried_again_and_stops_no_other(world, ann, meeting):
    other = ann.create_event(subject="Other", start=world.tomorrow(15))
    cut, sound = world.create(ann, meeting), world.create(ann, other)
    world.run(ann)
    ann.change_event(meeting, subject="Changed")
    ann.change_event(other, subject="Other, changed")
    event_id = ann.event(meeting).immutable_id
    world.sandbox.faults.add(path_regex=f"/events/{event_id}", kind="truncate", times=2)
    world.note(ann, meeting)
    world.note(ann, other)

    world.work(ann)

    assert world.activity_now(sound.activity).subject == "Other, changed"
    assert world.activity_now(cut.activity).subject == "Review"
    assert world.waiting(ann) == [event_id]
    assert world.reasons(cut.link)[-1] == "retry-later"

    world.clock.advance(minutes=1)
    world.work(ann)

    assert world.activity_now(cut.activity).subject == "Changed"
    assert world.waiting(ann) == []


def test_a_cut_off_answer_while_linking_is_an_error_and_writes_nothing(world, ann, meeting):
    world.sandbox.faults.add(path_regex="/events/", kind="truncate", times=-1)
    activity = world.activity(ann)

    with pytest.raises(GatewayUnavailable):
        world.link(ann, meeting, activity)

    assert world.count("links") == 0


def test_a_meeting_that_vanishes_while_it_is_looked_up_is_not_found(world, ann, meeting):
    world.after_call("immutable_id", lambda: ann.delete_event(meeting, hard=True))

    with pytest.raises(MeetingNotFound):
        world.link(ann, meeting, world.activity(ann))

    assert world.count("links") == 0


def test_a_meeting_that_vanishes_before_the_organizers_copy_is_read_is_not_found(
    world, ann, bo, meeting
):
    copy = bo.events()[0].id
    world.after_call("look_up", lambda: ann.delete_event(meeting, hard=True))

    with pytest.raises(MeetingNotFound):
        world.link(bo, copy, world.activity(bo))

    assert world.count("links") == 0


def test_a_meeting_that_vanishes_right_after_it_was_read_is_removed_by_the_next_run(
    world, ann, bo, meeting
):
    copy = bo.events()[0].id
    world.after_call("list_by_ical_uid", lambda: ann.delete_event(meeting, hard=True))

    linked = world.link(bo, copy, world.activity(bo))
    world.run(ann, bo)

    assert world.link_now(linked.link).state is LinkState.ENDED
    assert world.reasons(linked.link)[-1] in {"event-cancelled", "invitee-copy"}
