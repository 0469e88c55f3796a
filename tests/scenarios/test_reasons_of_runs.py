"""A story for each reason for which a run, a mailbox or an item waits: what happened, and what the log says."""

import pytest

from liaison.calendar.model import FrozenReason, LinkState
from liaison.crm.model import ActivityStatus
from liaison.people import service_switch, sync_user
from scenario_runs import note, sync


@pytest.fixture
def linked(world, ann):
    made = world.create(ann, ann.create_event(subject="Review", start=world.tomorrow()))
    world.run(ann)
    return made


def last(world, made):
    return world.log(made.link)[-1]


def test_service_stopped_reads_and_writes_nothing_and_starting_catches_up(world, ann, linked):
    world.change(service_switch.stop)
    ann.change_event(ann.events()[0].id, subject="Renamed")

    stopped = sync(world, ann)
    before = world.activity_now(linked.activity).subject
    world.start_service()
    sync(world, ann)

    assert (stopped.stopped_by, before) == ("service-stopped", "Review")
    assert world.activity_now(linked.activity).subject == "Renamed"


def test_sync_user_locked_is_one_error_in_the_log_of_the_mailbox(world, ann, linked):
    world.change(sync_user.lock)
    ann.change_event(ann.events()[0].id, subject="Renamed")

    assert sync(world, ann).stopped_by == "sync-user-locked"

    assert world.mailbox_log(ann)[-1] == "sync-user-locked"
    assert world.activity_now(linked.activity).subject == "Review"


def test_representative_inactive_freezes_what_he_organizes(world, ann, linked):
    world.switch(ann, active=False)

    assert sync(world, ann).stopped_by == "representative-inactive"

    assert world.link_now(linked.link).frozen_reason is FrozenReason.ORGANIZER_INACTIVE


def test_link_frozen_says_why_and_link_resumed_that_it_is_over(world, ann, linked):
    world.switch(ann, active=False)
    sync(world, ann)
    frozen = last(world, linked)
    world.switch(ann, active=True)
    world.run(ann)

    assert (frozen.reason, frozen.facts["cause"]) == ("link-frozen", "organizer-inactive")
    assert "link-resumed" in world.reasons(linked.link)
    assert world.link_now(linked.link).state is LinkState.LIVE


def test_mailbox_unavailable_is_no_removal(world, ann, linked):
    ann.mailbox_state = "unlicensed"

    [report] = world.run(ann)

    assert report.stopped_by == "mailbox-unavailable"

    assert world.link_now(linked.link).frozen_reason is FrozenReason.MAILBOX_UNAVAILABLE
    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED


def test_retry_later_names_the_time_and_failed_permanent_ends_it(world, ann, sandbox, linked):
    world.set_policy(maxAttempts=2)
    [event] = ann.events()
    sandbox.faults.add(path_regex=f"/events/{event.immutable_id}", status=500, times=-1)
    note(world, ann, event.id)

    sync(world, ann)
    first = last(world, linked)
    world.clock.advance(hours=1)
    sync(world, ann)

    assert (first.reason, "nextAt" in first.facts) == ("retry-later", True)
    assert (last(world, linked).reason, last(world, linked).outcome) == (
        "failed-permanent",
        "failed",
    )
