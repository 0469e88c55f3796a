"""What was removed and came back while nobody listened: the proof looks once more."""

from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from reconcile_stage import be_told_nothing, linked, prove


def test_a_meeting_that_came_back_outside_the_window_is_found_though_nobody_told_us(
    world, ann, sandbox
):
    sandbox.settings.deleted_items_still_answer = False
    world.set_policy(windowFutureDays=10)
    event_id, activity, link = linked(world, ann, days=30)
    immutable_id = ann.event(event_id).immutable_id
    ann.delete_event(event_id)
    prove(world, ann)
    assert world.activity_now(activity).status is ActivityStatus.CANCELLED

    ann.restore_event(immutable_id)
    be_told_nothing(world)
    prove(world, ann)

    assert world.activity_now(activity).status is ActivityStatus.PLANNED
    assert world.link_now(link).state is LinkState.LIVE
    assert "event-restored" in world.reasons(link)
