"""Each key of the policy that this version carries out makes a difference."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from liaison.calendar.mailbox_switch import policy_changed
from liaison.crm.model import ActivityStatus
from liaison.policy.store import read_policy
from liaison.worker.sweep import forget_old
from scenario_runs import calls_during, full_rounds_in, item_of, mailbox_of, note, sync

EACH_REMOVAL = ["cancel", "mark", "delete", "keep"]


def choose(world, **changes):
    """What an administrator does on the page of the policy."""
    before = world.policy()
    world.set_policy(**changes)
    with world.database.transaction() as session:
        return policy_changed(session, before, read_policy(session).policy, world.clock.now())


def linked_in(world, ann, days, **fields):
    start = world.tomorrow() + timedelta(days=days - 1)
    made = world.create(ann, ann.create_event(subject="Review", start=start, **fields))
    world.run(ann)
    return made


def counts_in_window(world, ann, days):
    """How many meetings the window shows, where there is one so many days from now."""
    if not ann.events():
        start = world.tomorrow() + timedelta(days=days - 1)
        ann.create_event(subject="Somebody's", start=start)
    [report] = world.run(ann)
    return report.counts.get("not-linked", 0)


@pytest.mark.parametrize(("days", "count"), [(0, 0), (14, 1)])
def test_window_past_days_is_how_far_back_meetings_are_read(world, ann, days, count):
    choose(world, windowPastDays=days)

    assert counts_in_window(world, ann, -3) == count


@pytest.mark.parametrize(("days_ago", "count"), [(None, 0), (10, 1)])
def test_window_from_is_a_fixed_first_day(world, ann, days_ago, count):
    first = world.clock.now() - timedelta(days=days_ago) if days_ago else None
    choose(world, windowFrom=first.date().isoformat() if first else None)

    assert counts_in_window(world, ann, -3) == count


@pytest.mark.parametrize(("days", "count"), [(30, 0), (90, 1)])
def test_window_future_days_is_how_far_ahead_meetings_are_read(world, ann, days, count):
    choose(world, windowFutureDays=days)

    assert counts_in_window(world, ann, 60) == count


def test_another_window_is_read_at_once_and_not_after_a_week(world, ann):
    choose(world, windowFutureDays=30)
    before = counts_in_window(world, ann, 60)

    woken = choose(world, windowFutureDays=90)

    assert woken == [world.own(ann).id]
    assert (before, counts_in_window(world, ann, 60)) == (0, 1)


def test_another_policy_with_the_same_window_does_not_read_it_anew(world, ann):
    linked_in(world, ann, 2)

    choose(world, onCancel="mark")

    assert full_rounds_in(calls_during(world, lambda: sync(world, ann))) == []


@pytest.mark.parametrize(
    ("follow", "told", "followed"),
    [
        ("always", "by a round", True),
        ("push", "by a round", False),
        ("push", "by a notification", True),
        ("never", "by a notification", False),
    ],
)
def test_follow_past_says_how_long_a_meeting_is_followed(world, ann, follow, told, followed):
    choose(world, windowPastDays=14, followPast=follow)
    made = linked_in(world, ann, -3)
    [event] = ann.events(subject="Review")
    ann.change_event(event.id, subject="Renamed")

    if told == "by a round":
        world.run(ann)
    else:
        world.notify(ann, event.id)

    assert (world.activity_now(made.activity).subject == "Renamed") is followed


@pytest.mark.parametrize(("choice", "marked"), [("keep", []), ("review", ["mia@unknown.example"])])
def test_unknown_participants_mark_the_activity_or_not(world, ann, choice, marked):
    choose(world, unknownParticipants=choice)

    made = linked_in(world, ann, 2, attendees=["mia@unknown.example"])

    assert [note.address for note in world.activity_now(made.activity).review] == marked


@pytest.mark.parametrize(
    ("domains", "marked"), [(None, ["mia@sister.example"]), (["sister.example"], [])]
)
def test_internal_domains_name_our_own_people(world, ann, domains, marked):
    choose(world, unknownParticipants="review", internalDomains=domains)

    made = linked_in(world, ann, 2, attendees=["mia@sister.example"])

    assert [note.address for note in world.activity_now(made.activity).review] == marked


def what_became_of(world, made):
    activity = world.activity_now(made.activity)
    if activity.deleted_at:
        return "delete"
    if activity.review:
        return "mark"
    return "cancel" if activity.status is ActivityStatus.CANCELLED else "keep"


@pytest.mark.parametrize("choice", EACH_REMOVAL)
def test_on_cancel_says_what_becomes_of_the_activity(world, ann, choice):
    choose(world, onCancel=choice, onDelete="keep" if choice != "keep" else "cancel")
    made = linked_in(world, ann, 2, attendees=["ines@contoso.example"])

    ann.cancel_event(ann.events()[0].id)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert what_became_of(world, made) == choice


@pytest.mark.parametrize("choice", EACH_REMOVAL)
def test_on_delete_says_what_becomes_of_the_activity(world, ann, choice):
    choose(world, onDelete=choice, onCancel="keep" if choice != "keep" else "cancel")
    made = linked_in(world, ann, 2)

    ann.delete_event(ann.events()[0].id)
    world.run(ann)
    world.clock.advance(seconds=31)
    world.run(ann)

    assert what_became_of(world, made) == choice


@pytest.mark.parametrize(("interval", "minutes"), [("5 minutes", 5), ("2 hours", 120)])
def test_calendar_interval_is_when_the_changes_are_read_again(world, ann, interval, minutes):
    choose(world, push=False, calendarInterval=interval)

    sync(world, ann)

    assert mailbox_of(world, ann).due_at == world.clock.now() + timedelta(minutes=minutes)


@pytest.mark.parametrize(("aligned", "due"), [("off", (15, 17)), ("on", (15, 0))])
def test_align_to_clock_reads_at_the_full_hour(world, ann, clock, aligned, due):
    clock.set(clock.now().replace(hour=14, minute=17))
    choose(world, push=False, calendarInterval="1 hour", alignToClock=aligned)

    sync(world, ann)

    due_at = mailbox_of(world, ann).due_at
    assert (due_at.hour, due_at.minute) == due


@pytest.mark.parametrize("push", ["on", "off"])
def test_push_asks_for_notifications_or_not(pushed, push):
    choose(pushed, push=push)

    sync(pushed, pushed.representative("Ann Berg"))

    subscribed = [call for call in pushed.sandbox.log if call.path.endswith("/subscriptions")]
    assert bool(subscribed) is (push == "on")


@pytest.mark.parametrize(("most", "is_dead"), [(1, True), (2, False)])
def test_max_attempts_is_how_often_an_event_is_tried(world, ann, sandbox, most, is_dead):
    choose(world, maxAttempts=most)
    linked_in(world, ann, 2)
    failing = failing_event(world, ann, sandbox)

    sync(world, ann)

    assert item_of(world, ann, failing.id).is_dead is is_dead


@pytest.mark.parametrize(("longest", "seconds"), [("1 minute", 45), ("6 hours", 90)])
def test_retry_max_bounds_the_wait_between_two_tries(world, ann, sandbox, longest, seconds):
    choose(world, retryMax=longest)
    linked_in(world, ann, 2)
    failing = failing_event(world, ann, sandbox)
    sync(world, ann)
    world.clock.set(item_of(world, ann, failing.id).next_at)

    sync(world, ann)

    wait = item_of(world, ann, failing.id).next_at - world.clock.now()
    assert wait.total_seconds() == seconds


@pytest.mark.parametrize(("days", "is_kept"), [(10, False), (60, True)])
def test_log_retention_days_is_how_long_the_log_is_kept(world, ann, days, is_kept):
    choose(world, logRetentionDays=days)
    made = linked_in(world, ann, 2)
    world.clock.advance(days=30)

    forget_old(world.tools)

    assert bool(world.log(made.link)) is is_kept


@pytest.mark.parametrize(("limit", "cancelled"), [(1, 1), (20, 3)])
def test_removal_limit_says_how_many_go_in_a_day(world, ann, sandbox, limit, cancelled):
    world.set_policy(removalLimit=limit)

    assert cancelled_of(world, ann, sandbox, made=3, deleted=3) == cancelled


@pytest.mark.parametrize(("percent", "cancelled"), [(20, 4), (100, 5)])
def test_removal_percent_says_what_share_goes_in_a_day(world, ann, sandbox, percent, cancelled):
    world.set_policy(removalPercent=percent)

    assert cancelled_of(world, ann, sandbox, made=6, deleted=5) == cancelled


@pytest.mark.parametrize(("interval", "subject"), [("1 hours", "Review"), ("365 days", "Damaged")])
def test_reconcile_interval_says_when_everything_is_compared(world, ann, interval, subject):
    world.set_policy(reconcileInterval=interval)
    made = world.create(ann, ann.create_event(subject="Review", start=world.tomorrow()))
    world.run(ann)
    with world.database.transaction() as session:
        session.execute(text("UPDATE activities SET subject = 'Damaged'"))

    world.clock.advance(hours=3)
    sync(world, ann)

    assert world.activity_now(made.activity).subject == subject


def cancelled_of(world, ann, sandbox, *, made, deleted):
    sandbox.settings.deleted_items_still_answer = False
    events = [ann.create_event(subject=str(n), start=world.tomorrow(8 + n)) for n in range(made)]
    linked = [world.create(ann, event_id) for event_id in events]
    world.run(ann)
    for event_id in events[:deleted]:
        ann.delete_event(event_id, hard=True)
    world.run(ann)
    return [world.activity_now(one.activity).status for one in linked].count("cancelled")


def failing_event(world, ann, sandbox):
    [event] = ann.events()
    sandbox.faults.add(path_regex=f"/events/{event.immutable_id}", status=500, times=-1)
    note(world, ann, event.id)
    return event
