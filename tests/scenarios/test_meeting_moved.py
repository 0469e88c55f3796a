from datetime import timedelta

from liaison.calendar.model import LinkState


def test_a_moved_meeting_moves_its_activity(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.link(ann, event_id, world.activity(ann))

    later = world.tomorrow() + timedelta(days=1)
    ann.change_event(event_id, start=later)
    world.run(ann)

    activity = world.activity_now(linked.activity)
    assert activity.when.start == later
    assert activity.changed_by == "SYNC_MASTER"
    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.reasons(linked.link)[-1] == "activity-updated"


def test_linking_takes_outlooks_values_once_and_keeps_the_old_ones_in_the_log(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow(), location="Room 1")
    activity = world.activity(ann, subject="Renewal", notes="Ours")

    linked = world.link(ann, event_id, activity)

    assert linked.created
    assert linked.activity.subject == "Review"
    assert linked.activity.place == "Room 1"
    assert linked.activity.changed_by == "Ann Berg"
    [updated] = [one for one in world.log(linked.link) if one.reason == "activity-updated"]
    assert updated.before["subject"] == "Renewal"


def test_after_agreement_a_further_run_writes_nothing(world, ann):
    event_id = ann.create_event(subject="Review", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)
    calls = len(world.sandbox.log)

    world.run(ann)

    assert world.activity_now(linked.activity).version == linked.activity.version
    assert all(call.method == "GET" for call in list(world.sandbox.log)[calls:])
