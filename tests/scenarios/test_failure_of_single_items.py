import pytest

from fakes.unruly import BentCalendars, PickyCrm, WatchedCalendars, lead_away
from liaison.calendar.linking.acts import retry
from liaison.calendar.model import FrozenReason, LinkState
from liaison.crm.model import ActivityStatus
from scenario_runs import (
    calls_during,
    full_rounds_in,
    item_of,
    linked_meetings,
    mailbox_of,
    note,
    settle_down,
    sync,
    with_calendars,
    with_crm,
)


@pytest.fixture
def three(world, ann):
    return linked_meetings(world, ann, 3)


def events(ann):
    return sorted(ann.events(), key=lambda event: event.subject)


def path_of(event):
    return f"/events/{event.immutable_id}"


def test_a_page_that_cannot_be_stored_is_done_one_by_one_and_only_the_bad_event_waits(
    world, ann, three
):
    with_crm(world, PickyCrm(world.tools.crm, "Unbearable"))
    for event, subject in zip(events(ann), ("One", "Unbearable", "Three"), strict=True):
        ann.change_event(event.id, subject=subject)

    report = world.run(ann)[0]

    [bad] = ann.events(subject="Unbearable")
    assert [world.activity_now(one.activity).subject for one in three] == [
        "One",
        "Meeting 1",
        "Three",
    ]
    assert report.stopped_by is None
    assert item_of(world, ann, bad.id).is_dead
    assert world.waiting(ann) == [bad.immutable_id]
    assert world.log(three[1].link)[-1].outcome == "failed"


@pytest.mark.parametrize("how", ["retry", "notification", "change"])
def test_a_failed_event_is_done_as_soon_as_somebody_asks_again(world, ann, three, how):
    picky = PickyCrm(world.tools.crm, "Unbearable")
    with_crm(world, picky)
    ann.change_event(events(ann)[0].id, subject="Unbearable")
    world.run(ann)
    [bad] = ann.events(subject="Unbearable")
    picky.is_picky = False
    world.clock.advance(minutes=6)

    if how == "retry":
        retry(world.tools, world.sign_in(ann), three[0].link.id)
    elif how == "notification":
        note(world, ann, bad.id)
    else:
        ann.change_event(bad.id, location="Room 1")
    sync(world, ann)

    assert world.activity_now(three[0].activity).subject == "Unbearable"
    assert world.waiting(ann) == []


@pytest.fixture
def seldom_compared(world):
    """The reconcile tries everything once a day; this is about what waits by itself."""
    world.set_policy(reconcileInterval="365 days")


def test_a_failed_event_does_not_come_back_to_life_by_itself(world, ann, seldom_compared, three):
    with_crm(world, PickyCrm(world.tools.crm, "Unbearable"))
    ann.change_event(events(ann)[0].id, subject="Unbearable")
    world.run(ann)

    settle_down(world, ann)

    [bad] = ann.events(subject="Unbearable")
    assert item_of(world, ann, bad.id).is_dead
    assert world.reasons(three[0].link).count("failed-permanent") == 1


def test_an_event_that_fails_is_tried_again_later_and_later_and_then_listed_as_failed(
    world, ann, three, sandbox
):
    event = events(ann)[0]
    sandbox.faults.add(path_regex=path_of(event), status=500, times=-1)
    note(world, ann, event.id)

    waits = []
    for _ in range(7):
        sync(world, ann)
        item = item_of(world, ann, event.id)
        waits.append((item.next_at - world.clock.now()).total_seconds())
        world.clock.set(item.next_at)
    sync(world, ann)

    item = item_of(world, ann, event.id)
    assert waits == [22.5, 90, 360, 1440, 5760, 16200, 16200]
    assert (item.is_dead, item.attempts) == (True, 8)
    assert world.reasons(three[0].link)[-8:] == ["retry-later"] * 7 + ["failed-permanent"]


def test_a_hint_does_not_shorten_the_wait_of_an_event_that_fails(world, ann, three, sandbox):
    event = events(ann)[0]
    sandbox.faults.add(path_regex=path_of(event), status=500)
    note(world, ann, event.id)
    sync(world, ann)
    world.clock.advance(seconds=1)
    note(world, ann, event.id)

    calls = calls_during(world, lambda: sync(world, ann))

    assert [call for call in calls if path_of(event) in call.path] == []


def test_bad_events_do_not_stop_the_others_nor_the_changes(world, ann, three, sandbox):
    bad = [ann.create_event(subject=f"Bad {number}", start=world.tomorrow()) for number in range(4)]
    for event_id in bad:
        event = ann.event(event_id)
        sandbox.faults.add(path_regex=path_of(event), status=500, times=-1)
    world.run(ann)
    world.clock.advance(minutes=6)
    noted, unnoted = events(ann)[4], events(ann)[5]
    ann.change_event(noted.id, location="Room 1")
    ann.change_event(unnoted.id, location="Room 2")
    note(world, ann, *bad, noted.id)

    report = sync(world, ann)

    assert report.stopped_by is None
    assert world.activity_now(three[0].activity).place == "Room 1"
    assert world.activity_now(three[1].activity).place == "Room 2"


def test_a_link_to_a_foreign_host_is_not_followed_and_nothing_is_lost(world, ann, three):
    own = world.tools.outlook.calendars
    with_calendars(world, BentCalendars(own, lead_away))
    world.clock.advance(days=8)
    ann.change_event(events(ann)[0].id, location="Room 1")

    report = sync(world, ann)
    with_calendars(world, own)
    world.clock.advance(minutes=6)
    calls = calls_during(world, lambda: sync(world, ann))

    assert report.stopped_by == "request-rejected"
    assert len(full_rounds_in(calls)) == 1
    assert world.link_now(three[0].link).state is LinkState.LIVE
    assert mailbox_of(world, ann).delta_link.startswith(world.sandbox.graph_url)


def test_a_hint_that_arrives_while_the_event_is_worked_on_is_not_lost(world, ann, three):
    event = events(ann)[0]
    own = world.tools.outlook.calendars

    def changes_right_after_the_look():
        with_calendars(world, own)
        ann.change_event(event.id, subject="Newest")
        note(world, ann, event.id)

    with_calendars(world, WatchedCalendars(own, changes_right_after_the_look))
    ann.change_event(event.id, subject="Newer")
    note(world, ann, event.id)
    sync(world, ann)

    assert mailbox_of(world, ann).due_at <= world.clock.now()

    sync(world, ann)

    assert world.activity_now(three[0].activity).subject == "Newest"
    assert world.waiting(ann) == []


def test_a_hint_that_arrives_while_the_changes_are_read_leaves_the_mailbox_due(world, ann, three):
    event = events(ann)[0]
    own = world.tools.outlook.calendars

    def comes_too_late():
        with_calendars(world, own)
        ann.change_event(event.id, subject="Newest")
        note(world, ann, event.id)

    with_calendars(world, WatchedCalendars(own, comes_too_late))
    world.clock.advance(minutes=6)
    sync(world, ann)
    settled = world.waiting(ann) == []

    assert settled or mailbox_of(world, ann).due_at <= world.clock.now()
    sync(world, ann)
    assert world.activity_now(three[0].activity).subject == "Newest"


@pytest.mark.parametrize("state", ["unlicensed", "moved", "denied"])
def test_a_mailbox_that_is_lost_freezes_its_links_and_removes_nothing(world, ann, three, state):
    deleted = events(ann)[0]
    ann.delete_event(deleted.id, hard=True)
    ann.mailbox_state = state
    for _ in range(3):
        world.clock.advance(minutes=16)
        report = sync(world, ann)

    assert report.stopped_by == "mailbox-unavailable"
    assert {world.link_now(one.link).frozen_reason for one in three} == {
        FrozenReason.MAILBOX_UNAVAILABLE
    }
    assert {world.activity_now(one.activity).status for one in three} == {ActivityStatus.PLANNED}

    ann.mailbox_state = "ready"
    settle_down(world, ann)

    assert [world.link_now(one.link).state for one in three] == [
        LinkState.ENDED,
        LinkState.LIVE,
        LinkState.LIVE,
    ]
    assert world.waiting(ann) == []


def test_withdrawn_consent_removes_nothing_and_everything_follows_once_it_is_given_again(
    world, ann, three, sandbox
):
    sandbox.faults.add(status=403, code="Authorization_RequestDenied", times=-1)
    ann.change_event(events(ann)[0].id, location="Room 1")
    note(world, ann, events(ann)[0].id)

    report = sync(world, ann)

    assert report.stopped_by == "consent-missing"
    assert mailbox_of(world, ann).last_error == "consent-missing"
    assert {world.activity_now(one.activity).status for one in three} == {ActivityStatus.PLANNED}

    sandbox.faults.clear()
    settle_down(world, ann)

    assert world.activity_now(three[0].activity).place == "Room 1"
    assert mailbox_of(world, ann).last_error is None
