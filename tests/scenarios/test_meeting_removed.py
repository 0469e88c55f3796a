from datetime import timedelta

import pytest

from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus

OUTSIDER = ("Ines Moreau", "ines@contoso.example")


@pytest.fixture(params=[True, False], ids=["deleted items still answer", "deleted items are gone"])
def deleted_items(request, sandbox):
    sandbox.settings.deleted_items_still_answer = request.param
    return request.param


def second_look(world, person):
    world.clock.advance(seconds=31)
    world.run(person)


def test_a_cancelled_meeting_cancels_its_activity_and_ends_the_link(world, ann, deleted_items):
    event_id = ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=["ines@contoso.example"]
    )
    linked = world.create(ann, event_id)

    ann.cancel_event(event_id)
    world.run(ann)
    second_look(world, ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    assert world.link_now(linked.link).state is LinkState.ENDED
    assert "event-cancelled" in world.reasons(linked.link)
    assert world.waiting(ann) == []


def test_a_deleted_meeting_without_others_is_a_deletion(world, ann, deleted_items):
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)

    ann.delete_event(event_id)
    world.run(ann)
    second_look(world, ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    assert "event-deleted" in world.reasons(linked.link)


def test_the_second_look_is_taken_before_a_deletion_is_believed(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)

    ann.delete_event(event_id)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.link_now(linked.link).state is LinkState.LIVE


def test_a_meeting_dragged_back_before_the_second_look_is_not_removed(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)
    immutable_id = ann.event(event_id).immutable_id
    ann.delete_event(event_id)
    world.run(ann)

    ann.restore_event(immutable_id)
    second_look(world, ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.link_now(linked.link).state is LinkState.LIVE


def test_a_meeting_that_comes_back_restores_its_activity(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)
    immutable_id = ann.event(event_id).immutable_id
    ann.delete_event(event_id)
    world.run(ann)
    second_look(world, ann)

    ann.restore_event(immutable_id)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.link_now(linked.link).state is LinkState.LIVE
    assert "event-restored" in world.reasons(linked.link)


def test_a_meeting_that_comes_back_does_not_undo_what_somebody_changed_since(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)
    immutable_id = ann.event(event_id).immutable_id
    ann.delete_event(event_id)
    world.run(ann)
    second_look(world, ann)
    world.edit(ann, linked.activity, outcome="It was cancelled by phone")

    ann.restore_event(immutable_id)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.CANCELLED
    assert world.link_now(linked.link).state is LinkState.LIVE


def test_a_completed_activity_is_kept(world, ann, deleted_items):
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.edit(ann, linked.activity, status="completed")

    ann.delete_event(event_id)
    world.run(ann)
    second_look(world, ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.COMPLETED
    assert world.link_now(linked.link).state is LinkState.ENDED
    assert "completed-kept" in world.reasons(linked.link)


def test_a_past_meeting_that_is_cleaned_up_keeps_its_activity(world, ann, deleted_items):
    event_id = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.clock.advance(days=3)

    ann.delete_event(event_id)
    world.notify_id(ann, linked.link.copies[0].event_id)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert "past-removal-kept" in world.reasons(linked.link)


def test_a_meeting_moved_out_of_the_window_is_an_update(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)

    far = world.tomorrow() + timedelta(days=800)
    ann.change_event(event_id, start=far)
    world.run(ann)

    activity = world.activity_now(linked.activity)
    assert activity.status is ActivityStatus.PLANNED
    assert activity.when.start == far


def test_a_meeting_moved_to_another_calendar_stays_linked_and_is_followed(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)

    moved = ann.move_event(event_id, "Projects")
    ann.change_event(moved.immutable_id, subject="Review, moved")
    world.run(ann)

    assert world.activity_now(linked.activity).subject == "Review, moved"
    assert world.link_now(linked.link).state is LinkState.LIVE
    assert "left-calendar" in world.reasons(linked.link)


def test_a_mailbox_that_denies_everything_removes_nothing(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)

    ann.mailbox_state = "unlicensed"
    world.notify(ann, event_id)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    link = world.link_now(linked.link)
    assert link.state is LinkState.FROZEN

    ann.mailbox_state = "ready"
    world.clock.advance(minutes=16)
    ann.change_event(event_id, subject="Changed meanwhile")
    world.run(ann)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(linked.activity).subject == "Changed meanwhile"
    assert {"link-frozen", "link-resumed"} <= set(world.reasons(linked.link))
