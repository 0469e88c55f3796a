"""What stops the background sync as a whole, and that nothing is lost meanwhile."""

import pytest

from liaison.people import service_switch, sync_user


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def test_a_locked_sync_user_is_one_error_per_run_and_nothing_is_written(world, ann, meeting):
    linked = world.create(ann, meeting)
    ann.change_event(meeting, subject="Changed")
    world.note(ann, meeting)
    world.change(sync_user.lock)
    calls = len(world.sandbox.log)

    [report] = world.run(ann)
    world.run(ann)

    assert report.stopped_by == "sync-user-locked"
    assert len(world.sandbox.log) == calls
    assert world.activity_now(linked.activity) == linked.activity
    assert world.link_now(linked.link) == linked.link
    assert world.mailbox_log(ann).count("sync-user-locked") == 2
    assert len(world.waiting(ann)) == 1

    world.change(sync_user.unlock)
    world.run(ann)

    assert world.activity_now(linked.activity).subject == "Changed"


def test_a_stopped_service_reads_nothing_and_keeps_what_is_noted(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.run(ann, bo)
    world.change(service_switch.stop)
    ann.change_event(meeting, subject="Changed")
    world.note(ann, meeting)
    calls = len(world.sandbox.log)

    world.run(ann, bo)

    assert len(world.sandbox.log) == calls
    assert len(world.waiting(ann)) == 1
    assert world.activity_now(linked.activity) == linked.activity


def test_on_start_of_the_service_every_mailbox_is_due(world, ann, bo, meeting):
    linked = world.create(ann, meeting)
    world.run(ann, bo)
    world.change(service_switch.stop)
    ann.change_event(meeting, subject="Changed")
    world.run(ann, bo)

    world.start_service()

    assert world.due() == {world.own(ann).id, world.own(bo).id}
    world.work(ann)
    assert world.activity_now(linked.activity).subject == "Changed"
