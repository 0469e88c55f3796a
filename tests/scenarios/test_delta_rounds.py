from dataclasses import replace
from datetime import timedelta

import pytest

from fakes.unruly import BentCalendars, PartialChanges
from liaison.calendar.model import LinkState
from liaison.crm.model import ActivityStatus
from liaison.outlook.model import UnreadableEvent
from scenario_runs import (
    calls_during,
    full_rounds_in,
    looks_in,
    mailbox_of,
    note_ids,
    rounds_in,
    sync,
    with_calendars,
)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr("liaison.outlook.events.CHANGES_PER_PAGE", ("odata.maxpagesize=2",))


def meetings(world, person, count):
    return [
        person.create_event(subject=f"Meeting {number}", start=world.tomorrow(8 + number))
        for number in range(count)
    ]


def linked_meetings(world, person, count):
    return [world.create(person, event_id) for event_id in meetings(world, person, count)]


def test_a_meeting_moved_out_of_the_window_follows_and_is_not_removed(world, ann):
    event_id = ann.create_event(subject="Far", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)

    far = world.tomorrow() + timedelta(days=900)
    ann.change_event(event_id, start=far)
    world.run(ann)

    assert world.activity_now(linked.activity).status is ActivityStatus.PLANNED
    assert world.activity_now(linked.activity).when.start == far
    assert world.link_now(linked.link).state is LinkState.LIVE


def test_a_linked_meeting_outside_the_window_is_still_followed_when_delta_calls_it_removed(
    world, ann
):
    event_id = ann.create_event(subject="Far", start=world.tomorrow() + timedelta(days=900))
    linked = world.create(ann, event_id)
    world.run(ann)

    ann.change_event(event_id, subject="Farther")
    world.run(ann)

    assert world.activity_now(linked.activity).subject == "Farther"


def test_an_unlinked_meeting_outside_the_window_costs_no_look(world, ann):
    world.run(ann)
    ann.create_event(subject="Far", start=world.tomorrow() + timedelta(days=900))

    calls = calls_during(world, lambda: world.run(ann))

    assert looks_in(calls) == []
    assert world.waiting(ann) == []


def test_a_meeting_that_comes_into_the_window_is_followed_as_before(world, ann):
    event_id = ann.create_event(subject="Far", start=world.tomorrow() + timedelta(days=900))
    linked = world.create(ann, event_id)
    world.run(ann)

    ann.change_event(event_id, start=world.tomorrow())
    world.run(ann)

    assert world.activity_now(linked.activity).when.start == world.tomorrow()


def test_pages_duplicates_and_replays_change_nothing_twice(world, ann, sandbox, small_pages):
    sandbox.settings.delta_replays = True
    linked = linked_meetings(world, ann, 5)
    world.run(ann)
    for event in ann.events():
        ann.change_event(event.id, location="Room 1")
    world.run(ann)
    versions = [world.activity_now(one.activity).version for one in linked]

    world.run(ann)

    assert [world.activity_now(one.activity).place for one in linked] == ["Room 1"] * 5
    assert [world.activity_now(one.activity).version for one in linked] == versions
    assert {world.reasons(one.link).count("activity-updated") for one in linked} == {1}


def test_an_event_that_comes_twice_on_one_page_is_one_update_with_its_entry_in_the_log(
    world, ann, sandbox
):
    linked = linked_meetings(world, ann, 3)
    world.run(ann)
    for event in ann.events():
        ann.change_event(event.id, location="Room 1")

    world.run(ann)

    assert [world.activity_now(one.activity).place for one in linked] == ["Room 1"] * 3
    assert [world.reasons(one.link)[-1] for one in linked] == ["activity-updated"] * 3
    assert world.log(linked[0].link)[-1].after == {"location": "Room 1"}


def test_what_was_stored_before_a_broken_page_stays_and_the_next_run_reads_on(
    world, ann, sandbox, small_pages
):
    linked = linked_meetings(world, ann, 6)
    world.run(ann)
    for event in ann.events():
        ann.change_event(event.id, location="Room 1")
    sandbox.faults.add(path_regex=r"skiptoken", status=500)

    broken = world.run(ann)[0]
    after_one_page = [world.activity_now(one.activity).place for one in linked]
    world.clock.advance(minutes=1)
    calls = calls_during(world, lambda: world.run(ann))

    assert broken.stopped_by == "gateway-unavailable"
    assert after_one_page.count("Room 1") == 2
    assert "skiptoken" in rounds_in(calls)[0].query
    assert [world.activity_now(one.activity).place for one in linked] == ["Room 1"] * 6


def test_a_page_that_names_a_next_one_is_not_the_last_whatever_else_it_names(
    world, ann, sandbox, small_pages
):
    linked_meetings(world, ann, 4)
    own = world.tools.outlook.calendars
    with_calendars(world, BentCalendars(own, lambda page: replace(page, delta_link="the-end")))
    sandbox.faults.add(path_regex=r"skiptoken", status=500)

    world.run(ann)

    assert "skiptoken" in mailbox_of(world, ann).delta_link


def test_a_full_round_that_broke_off_still_finds_what_was_deleted_before_it(
    world, ann, sandbox, small_pages
):
    sandbox.settings.deleted_items_still_answer = False
    linked = linked_meetings(world, ann, 5)
    world.run(ann)
    world.clock.advance(minutes=1)
    ann.delete_event(ann.events(subject="Meeting 0")[0].id)
    sandbox.tenant.expire_delta_tokens()
    fault = sandbox.faults.add(path_regex=r"skiptoken", status=500)

    world.run(ann)
    world.clock.advance(minutes=1)
    world.run(ann)

    assert fault.times == 0
    assert world.activity_now(linked[0].activity).status is ActivityStatus.CANCELLED


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (410, "SyncStateNotFound"),
        (410, "resyncRequired"),
        (400, "syncStateNotFound"),
        (400, "SyncStateInvalid"),
        (404, "syncstatenotfound"),
        (404, "ErrorFolderNotFound"),
        (403, "ErrorAccessDenied"),
    ],
)
def test_an_expired_token_reads_the_whole_window_and_finds_what_was_deleted_meanwhile(
    world, ann, sandbox, status, code
):
    sandbox.settings.deleted_items_still_answer = False
    kept, gone = linked_meetings(world, ann, 2)
    world.run(ann)
    world.clock.advance(minutes=1)
    ann.delete_event(ann.events(subject="Meeting 1")[0].id)
    ann.change_event(ann.events(subject="Meeting 0")[0].id, location="Room 1")
    sandbox.faults.add(path_regex="deltatoken", status=status, code=code)

    calls = calls_during(world, lambda: world.run(ann))

    assert len(full_rounds_in(calls)) == 1
    assert world.activity_now(kept.activity).place == "Room 1"
    assert world.activity_now(gone.activity).status is ActivityStatus.CANCELLED
    assert world.link_now(gone.link).state is LinkState.ENDED


def test_a_token_that_expires_in_the_middle_of_a_round_begins_a_new_one(
    world, ann, sandbox, small_pages
):
    linked = linked_meetings(world, ann, 5)
    world.run(ann)
    for event in ann.events():
        ann.change_event(event.id, location="Room 1")
    sandbox.faults.add(path_regex="skiptoken", status=410, code="SyncStateNotFound")

    calls = calls_during(world, lambda: world.run(ann))

    assert len(full_rounds_in(calls)) == 1
    assert [world.activity_now(one.activity).place for one in linked] == ["Room 1"] * 5


def test_tokens_that_expire_again_and_again_end_the_run_and_not_the_patience(
    world, ann, sandbox, small_pages
):
    linked_meetings(world, ann, 3)
    sandbox.faults.add(path_regex="skiptoken", status=410, code="SyncStateNotFound", times=-1)

    report = world.run(ann)[0]

    assert report.stopped_by == "delta-expired"
    assert mailbox_of(world, ann).due_at > world.clock.now()

    sandbox.faults.clear()
    ann.change_event(ann.events(subject="Meeting 0")[0].id, location="Room 1")
    world.clock.advance(hours=7)
    assert world.run(ann)[0].stopped_by is None


def test_the_window_is_laid_anew_after_seven_days_and_not_before(world, ann):
    world.run(ann)
    world.clock.advance(days=6, hours=23)
    before = calls_during(world, lambda: world.run(ann))
    world.clock.advance(hours=1)

    after = calls_during(world, lambda: world.run(ann))

    assert full_rounds_in(before) == []
    assert len(full_rounds_in(after)) == 1
    assert mailbox_of(world, ann).window_end == world.clock.now() + timedelta(days=730)


def test_a_new_window_looks_up_nothing_that_it_returned_or_that_lies_outside(world, ann, sandbox):
    sandbox.settings.delta_first_round_tells_removed = False
    # The reconcile looks at everything; this is about rounds.
    world.set_policy(reconcileInterval="365 days")
    ann_meets = [
        ann.create_event(subject="Inside", start=world.tomorrow() + timedelta(days=20)),
        ann.create_event(subject="Far", start=world.tomorrow() + timedelta(days=900)),
        ann.create_event(subject="Soon past", start=world.tomorrow()),
    ]
    for event_id in ann_meets:
        world.create(ann, event_id)
    world.run(ann)
    world.clock.advance(days=8)

    calls = calls_during(world, lambda: world.run(ann))

    assert len(full_rounds_in(calls)) == 1
    assert looks_in(calls) == []


def test_a_burst_of_notifications_reads_one_round_instead_of_each_event(world, ann):
    events = meetings(world, ann, 12) + meetings(world, ann, 12)
    linked = world.create(ann, events[3])
    world.run(ann)
    for event_id in events:
        ann.change_event(event_id, location="Room 1")
    note_ids(world, ann, *(event.immutable_id for event in ann.events()))
    world.clock.advance(seconds=2)

    calls = calls_during(world, lambda: sync(world, ann))

    assert len(rounds_in(calls)) == 1
    assert looks_in(calls) == []
    assert world.waiting(ann) == []
    assert world.activity_now(linked.activity).place == "Room 1"


def test_two_copies_of_one_meeting_on_one_page_are_each_decided_and_logged_once(world, ann):
    event_id = ann.create_event(subject="Meeting 0", start=world.tomorrow())
    linked = world.create(ann, event_id)
    world.run(ann)
    twin = ann.copy_event(event_id)
    ann.make_odd(twin, iCalUId=ann.event(event_id).ical_uid)
    ann.change_event(event_id, location="Room 1")
    ann.change_event(twin, location="Room 1")

    world.run(ann)

    assert world.activity_now(linked.activity).place == "Room 1"
    assert world.reasons(linked.link).count("activity-updated") == 1
    assert world.link_now(linked.link).state is LinkState.LIVE


def in_part(page):
    return replace(
        page, items=tuple(UnreadableEvent(item.event_id, "A part.") for item in page.items)
    )


def test_an_event_that_the_changes_tell_in_part_is_looked_up(world, ann):
    [linked] = linked_meetings(world, ann, 1)
    world.run(ann)
    with_calendars(world, PartialChanges(world.tools.outlook.calendars, in_part))
    ann.change_event(ann.events()[0].id, location="Room 1")

    world.run(ann)

    assert world.activity_now(linked.activity).place == "Room 1"
    assert "unsupported" not in world.reasons(linked.link)


def test_an_event_that_the_window_tells_in_part_is_looked_up_and_captured(world, ann):
    world.set_policy(capture="all")
    meetings(world, ann, 1)
    with_calendars(world, PartialChanges(world.tools.outlook.calendars, in_part))

    world.run(ann)

    assert world.count("links") == 1
