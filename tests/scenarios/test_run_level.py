from datetime import timedelta

import pytest
from sqlalchemy import text

from liaison.calendar.model import FrozenReason, LinkState
from liaison.crm.model import ActivityStatus
from liaison.people import service_switch, sync_user
from scenario_runs import calls_during, mailbox_of, note, rounds_in, sync


@pytest.fixture
def linked(world, ann):
    start = world.tomorrow() + timedelta(days=4)
    made = world.create(ann, ann.create_event(subject="Review", start=start))
    world.run(ann)
    return made


def rename_and_note(world, ann):
    [event] = ann.events()
    ann.change_event(event.id, subject="Renamed")
    note(world, ann, event.id)


def lose_address(world, ann, address):
    own = world.own(ann)
    with world.database.transaction() as session:
        statement = text("UPDATE representatives SET address = :address WHERE id = :id")
        session.execute(statement, {"address": address, "id": own.id})


def test_a_stopped_service_reads_and_writes_nothing_and_forgets_nothing(world, ann, linked):
    world.change(service_switch.stop)
    rename_and_note(world, ann)

    calls = calls_during(world, lambda: sync(world, ann))

    assert calls == []
    assert world.activity_now(linked.activity).subject == "Review"
    assert world.link_now(linked.link).state is LinkState.LIVE

    world.start_service()
    assert mailbox_of(world, ann).due_at == world.clock.now()
    sync(world, ann)
    assert world.activity_now(linked.activity).subject == "Renamed"


def test_a_locked_sync_user_writes_nothing_and_is_one_error_per_run(world, ann, linked):
    world.change(sync_user.lock)
    rename_and_note(world, ann)
    before = world.count("decisions")

    calls = calls_during(world, lambda: sync(world, ann))

    assert calls == []
    assert world.activity_now(linked.activity).subject == "Review"
    assert world.count("decisions") == before + 1
    assert mailbox_of(world, ann).last_error == "sync-user-locked"


def test_a_representative_without_an_address_freezes_his_links_and_removes_nothing(
    world, ann, linked
):
    """representative-incomplete."""
    lose_address(world, ann, "")

    report = sync(world, ann)

    link = world.link_now(linked.link)
    assert report.stopped_by == "representative-incomplete"
    assert (link.state, link.frozen_reason) == (LinkState.FROZEN, FrozenReason.MAILBOX_UNAVAILABLE)
    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.reasons(linked.link)[-1] == "link-frozen"


def test_a_mailbox_that_is_throttled_is_due_exactly_when_microsoft_said(
    world, ann, linked, sandbox
):
    sandbox.faults.add(path_regex="/events/", status=429, retry_after="2.128")
    rename_and_note(world, ann)

    report = sync(world, ann)

    assert report.stopped_by == "throttled"
    assert mailbox_of(world, ann).due_at == world.clock.now() + timedelta(seconds=2.128)


def test_a_hint_does_not_shorten_the_wait_that_microsoft_asked_for(world, ann, linked, sandbox):
    sandbox.faults.add(path_regex="/events/", status=429, retry_after="300")
    rename_and_note(world, ann)
    sync(world, ann)
    until = mailbox_of(world, ann).due_at
    world.clock.advance(seconds=10)
    note(world, ann, ann.events()[0].id)

    calls = calls_during(world, lambda: sync(world, ann))

    assert calls == []
    assert mailbox_of(world, ann).due_at == until

    world.clock.set(until)
    sync(world, ann)
    assert world.activity_now(linked.activity).subject == "Renamed"


def test_a_mailbox_that_fails_waits_longer_each_time_and_at_most_retry_max(
    world, ann, linked, sandbox
):
    sandbox.faults.add(path_regex="calendarView", status=500, times=-1)

    waits = []
    for _ in range(8):
        world.run(ann)
        row = mailbox_of(world, ann)
        waits.append((row.due_at - world.clock.now()).total_seconds())
        world.clock.set(row.due_at)

    assert waits == [22.5, 90, 360, 1440, 5760, 16200, 16200, 16200]
    assert row.attempts == 8

    sandbox.faults.clear()
    world.run(ann)
    assert mailbox_of(world, ann).attempts == 0


def test_the_changes_are_read_at_every_interval_and_not_in_between(world, ann, linked):
    due_at = mailbox_of(world, ann).next_delta_at
    world.clock.set(due_at - timedelta(seconds=1))
    before = calls_during(world, lambda: sync(world, ann))
    world.clock.advance(seconds=1)

    after = calls_during(world, lambda: sync(world, ann))

    assert rounds_in(before) == []
    assert len(rounds_in(after)) == 1
    assert mailbox_of(world, ann).next_delta_at == due_at + timedelta(minutes=5)


def test_a_run_without_changes_makes_no_writes_on_either_side(world, ann, linked):
    decisions = world.count("decisions")
    world.clock.advance(minutes=6)

    calls = calls_during(world, lambda: sync(world, ann))

    assert [call.method for call in rounds_in(calls)] == ["GET"]
    assert world.count("decisions") == decisions
    assert world.activity_now(linked.activity) == linked.activity
    assert world.sandbox.tenant.mails == []
