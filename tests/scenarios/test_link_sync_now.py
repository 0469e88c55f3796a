"""Sync now, retry, and links that follow by themselves after Microsoft 365 could not be reached."""

import pytest

from liaison.calendar.linking import acts
from liaison.calendar.model import LinkState
from liaison.errors import (
    GatewayUnavailable,
    LinkEnded,
    LinkFrozen,
    ServiceStopped,
    SyncUserLocked,
)
from liaison.people import service_switch, sync_user


@pytest.fixture
def meeting(world, ann, bo):
    return ann.create_event(
        subject="Review", start=world.tomorrow(), attendees=[(bo.name, bo.address)]
    )


def nobody_works(_seconds):
    """A pause in which nothing happens; the time that it waits for passes by itself."""


def sync_now(world, person, link, *, pause):
    return acts.sync_now(world.tools, world.sign_in(person), link.id, pause=pause)


def test_sync_now_answers_with_what_was_decided(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.run(ann)
    ann.change_event(meeting, subject="Changed")
    world.clock.advance(seconds=1)

    decided = sync_now(world, ann, linked.link, pause=lambda _: world.work(ann))

    assert [one.decision.reason for one in decided] == ["activity-updated"]
    assert world.activity_now(linked.activity).subject == "Changed"
    assert world.woken[-1] == world.own(ann).id


def test_sync_now_by_an_invitee_looks_at_the_organizers_copy(world, ann, bo, meeting):
    linked = world.create(bo, bo.events()[0].id)
    world.run(ann, bo)
    ann.change_event(meeting, subject="Changed")
    world.clock.advance(seconds=1)

    decided = sync_now(world, bo, linked.link, pause=lambda _: world.work(ann))

    assert [one.decision.reason for one in decided] == ["activity-updated"]


def test_sync_now_gives_up_after_a_while_when_nobody_works(world, ann, meeting, monkeypatch):
    linked = world.create(ann, meeting)
    moments = iter(range(100))
    monkeypatch.setattr(acts.time, "monotonic", lambda: float(next(moments)))

    decided = sync_now(world, ann, linked.link, pause=nobody_works)

    assert decided is None
    assert len(world.waiting(ann)) == 1


def test_sync_now_is_answered_also_when_the_meeting_needs_a_second_look(world, ann, sandbox):
    sandbox.settings.deleted_items_still_answer = True
    alone = ann.create_event(subject="Alone", start=world.tomorrow())
    linked = world.create(ann, alone)
    world.run(ann)
    ann.delete_event(alone)
    world.clock.advance(seconds=1)

    first = sync_now(world, ann, linked.link, pause=lambda _: world.work(ann))
    again = sync_now(world, ann, linked.link, pause=lambda _: world.work(ann))

    assert [one.decision.reason for one in first] == ["retry-later"]
    assert again
    world.clock.advance(seconds=31)
    world.work(ann)
    assert world.link_now(linked.link).state is LinkState.ENDED


def test_sync_now_is_refused_while_the_service_is_stopped(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.change(service_switch.stop)

    with pytest.raises(ServiceStopped):
        sync_now(world, ann, linked.link, pause=nobody_works)

    assert world.waiting(ann) == []


def test_sync_now_is_refused_while_the_sync_user_is_locked(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.change(sync_user.lock)

    with pytest.raises(SyncUserLocked):
        sync_now(world, ann, linked.link, pause=nobody_works)


def test_an_ended_link_is_not_synced(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    with pytest.raises(LinkEnded):
        sync_now(world, ann, linked.link, pause=nobody_works)


def test_a_link_whose_organizer_is_not_active_is_not_synced(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.switch(ann, active=False)
    world.run(ann)

    with pytest.raises(LinkFrozen):
        sync_now(world, ann, linked.link, pause=nobody_works)


def test_linking_works_while_the_service_is_stopped_and_the_sync_user_locked(world, ann, meeting):
    world.change(service_switch.stop)
    world.change(sync_user.lock)

    linked = world.link(ann, meeting, world.activity(ann))

    assert linked.link.state is LinkState.LIVE
    assert linked.activity.subject == "Review"
    assert linked.activity.changed_by == "Ann Berg"


@pytest.mark.parametrize("trouble", [{"status": 503}, {"status": 429}, {"kind": "drop-before"}])
def test_a_link_made_while_the_organizers_copy_cannot_be_read_follows_by_itself(
    world, ann, bo, meeting, trouble
):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1, **trouble)
    activity = world.activity(bo)

    linked = world.link(bo, bo.events()[0].id, activity)

    assert linked.created
    assert linked.link.state is LinkState.RESERVED
    assert linked.activity == activity
    assert world.woken == [world.own(ann).id]

    world.sandbox.faults.clear()
    world.work(ann)

    assert world.link_now(linked.link).state is LinkState.LIVE
    assert world.activity_now(activity).subject == "Review"
    assert world.waiting(ann) == []


def test_a_reserved_link_is_the_same_link_for_who_asks_again(world, ann, bo, meeting):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1)
    activity = world.activity(bo)
    first = world.link(bo, bo.events()[0].id, activity)
    world.sandbox.faults.clear()

    again = world.link(ann, meeting, activity)

    assert again.link.id == first.link.id
    assert world.count("links") == 1


def test_nothing_is_created_from_a_meeting_whose_organizers_copy_cannot_be_read(
    world, ann, bo, meeting
):
    world.sandbox.faults.add(path_regex=f"/users/{ann.oid}/", times=-1)

    with pytest.raises(GatewayUnavailable):
        world.create(bo, bo.events()[0].id)

    assert (world.count("links"), world.count("activities")) == (0, 0)


def test_a_failed_meeting_is_listed_and_tried_again_on_request(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.run(ann)
    ann.change_event(meeting, subject="Changed")
    world.sandbox.faults.add(path_regex="/events/", status=400, code="ErrorInvalidRequest")
    world.notify(ann, meeting)
    assert world.reasons(linked.link)[-1] == "failed-permanent"
    assert len(world.waiting(ann)) == 1
    world.clock.advance(minutes=1)
    world.work(ann)
    assert world.activity_now(linked.activity).subject == "Review"

    acts.retry(world.tools, world.sign_in(ann), linked.link.id)
    world.work(ann)

    assert world.activity_now(linked.activity).subject == "Changed"
    assert world.waiting(ann) == []


def test_retrying_an_ended_link_is_refused(world, ann, meeting):
    linked = world.create(ann, meeting)
    world.unlink(ann, linked.link)

    with pytest.raises(LinkEnded):
        acts.retry(world.tools, world.sign_in(ann), linked.link.id)
